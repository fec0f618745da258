"""What is wrong with the YAML itself, for people who write it by hand.

Takes what libyaml's parser says of a text, which speaks of tokens and indicators and often points
behind the mistake; gives the mistake, its place and what to do. Knows nothing of fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from generator.problems import Rule
from generator.problems.read import YAML_SYNTAX

Position = tuple[int, int]
"""Line and column, both from 0."""
_QUOTE = "put the whole text in quotation marks"
_SAID = {
    "violates indentation": ("a tab cannot indent", "indent with spaces"),
    "expected '-' indicator": (
        "a field stands in the middle of a list",
        "begin each item with -, and let its fields begin in the same column",
    ),
    "block sequence entries": (
        "a list cannot begin behind the name of its field",
        "begin it on the next line, or put a text that begins with - in quotation marks",
    ),
    "unknown escape character": (
        "a backslash cannot stand here in double quotation marks",
        "write two of them, or use single quotation marks",
    ),
    "comment or line break": (
        "nothing can stand behind | or >",
        "begin the text on the next line, or put it in quotation marks",
    ),
    "unknown directive": ("a line cannot begin with %", _QUOTE),
    "document start": ("nothing can stand behind the end of the fields", "delete the line ..."),
}
"""The mistake and what to do, by a part of what the parser says."""
_CLOSE = "close it, or put the whole text in quotation marks"
_SAME_COLUMN = "let the fields that belong together begin in the same column"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the YAML itself."""

    rule: Rule
    at: Position
    message: str
    hint: str = ""


def syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """The mistake in `text` that made the parser raise `error`."""
    mark, what = getattr(error, "problem_mark", None), str(getattr(error, "problem", None) or "")
    if mark is None:
        return _control_character(text)
    lines, at = text.split("\n"), (mark.line, mark.column)
    opened: Any = getattr(error, "context_mark", None) or mark
    began = (opened.line, opened.column)
    if "unexpected end of stream" in what:
        return Fault(YAML_SYNTAX, began, "the quoted text is not closed",
                     "end it with the quotation mark that it begins with")  # fmt: skip
    if "expected ',' or" in what:
        return Fault(YAML_SYNTAX, began, "the bracket is not closed",
                     _CLOSE)  # fmt: skip
    if "mapping values are not allowed" in what:
        return _misplaced_colon(lines, at)
    if "expected ':'" in what:
        return _without_colon(lines, began)
    if "expected key" in what:
        return _unexpected(lines, at)
    if "alphabetic or numeric" in what:
        return _bad_beginning(lines, began)
    if "cannot start any token" in what or "expected node content" in what:
        return _bad_beginning(lines, at)
    said = next((said for part, said in _SAID.items() if part in what), (what, ""))
    return Fault(YAML_SYNTAX, at, *said)


def _control_character(text: str) -> Fault:
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start() if found else 0].split("\n")
    return Fault(YAML_SYNTAX, (len(before) - 1, len(before[-1])),
                 "control characters are not allowed", "delete what cannot be seen")  # fmt: skip


def _misplaced_colon(lines: list[str], at: Position) -> Fault:
    """A second colon in a line; or the first one below a line that should have had one."""
    line, column = at
    above = next((n for n in range(line - 1, -1, -1) if _says_something(lines[n])), None)
    if above is None or re.search(r":\s", lines[line][:column]):
        return Fault(YAML_SYNTAX, at, "a text with a colon and a space has to be quoted", _QUOTE)
    if not re.search(r":(\s|$)", lines[above]):
        return _without_colon(lines, (above, _indent(lines[above])))
    return Fault(YAML_SYNTAX, (line, _indent(lines[line])),
                 "the line is indented further than the field above it", _SAME_COLUMN)  # fmt: skip


def _without_colon(lines: list[str], at: Position) -> Fault:
    """A line that is no field: the place of its colon where it has one of a kind."""
    line = lines[at[0]] if at[0] < len(lines) else ""
    wide = line.find("：")
    if wide >= 0:
        return Fault(YAML_SYNTAX, (at[0], wide), "a field is set apart by : and not by ：",
                     "write an ordinary colon and a space")  # fmt: skip
    return Fault(YAML_SYNTAX, at, "the line has no colon with a space behind it",
                 "write `field: value`, or indent what belongs to the text above")  # fmt: skip


def _unexpected(lines: list[str], at: Position) -> Fault:
    before = lines[at[0]][: at[1]].rstrip() if at[0] < len(lines) else ""
    if before.endswith(("'", '"')):
        return Fault(YAML_SYNTAX, at, "the quoted text ends before the line does",
                     _QUOTE + "; inside '…', write '' for one")  # fmt: skip
    if before.endswith(("]", "}")):
        return Fault(YAML_SYNTAX, at, "something stands behind the closing bracket",
                     _QUOTE + ", or delete the rest")  # fmt: skip
    return Fault(YAML_SYNTAX, at, "the line does not begin where the fields above it do",
                 _SAME_COLUMN)  # fmt: skip


def _bad_beginning(lines: list[str], at: Position) -> Fault:
    rest = lines[at[0]][at[1] :] if at[0] < len(lines) else ""
    if rest.startswith("\t"):
        return Fault(YAML_SYNTAX, at, *_SAID["violates indentation"])
    if not rest:  # the end of the text, where only an open bracket expects more
        return Fault(YAML_SYNTAX, at, "a bracket is not closed", _CLOSE)
    return Fault(YAML_SYNTAX, at, f"a text cannot begin with {rest[0]}", _QUOTE)


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    """Where the text of a line begins, behind the sign of a list's item."""
    found = re.match(r"\s*(-\s+)*", line)
    return found.end() if found else 0
