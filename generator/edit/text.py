"""The YAML inside a file's bytes, taken out, changed and put back; every other byte stays.

Takes and gives bytes, so that line ends and the byte order mark survive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

BREAK = r"(?:\r\n|[\n\r\x85\u2028\u2029])"
"""What ends a line of YAML 1.1."""
_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?<=[\r\n])---[ \t]*(?=[\r\n]|\Z)")

Edit = tuple[int, int, str]
"""Where a stretch of text begins and ends, and what takes its place."""


class NotEditable(Exception):
    """The text cannot be changed in place; says why."""


def within_yaml(raw: bytes, markdown: bool, change: Callable[[str], str]) -> bytes:
    """`raw` with its YAML put through `change`: all of the file, or the front matter of a Markdown
    file. Raises NotEditable where that has none, and UnicodeDecodeError."""
    text = raw.decode("utf-8")
    start, end = yaml_range(text, markdown)
    return (text[:start] + change(text[start:end]) + text[end:]).encode("utf-8")


def yaml_range(text: str, markdown: bool) -> tuple[int, int]:
    """Where the YAML of a file begins and ends. Raises NotEditable."""
    if not markdown:
        return int(text.startswith("\ufeff")), len(text)
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        raise NotEditable("the file has no front matter")
    return opening.end(), closing.start()


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` after `edits`, which do not overlap; at one place the earlier of them comes first."""
    ordered = sorted(edits, key=lambda edit: edit[:2])
    for start, end, put in reversed(ordered):
        text = text[:start] + put + text[end:]
    return text


def line_start(text: str, at: int) -> int:
    """Where the line begins that holds `at`."""
    return max((found.end() for found in re.finditer(BREAK, text[:at])), default=0)


def line_end(text: str, at: int) -> int:
    """Where the line ends that holds `at`, its break left out."""
    found = re.compile(BREAK).search(text, at)
    return found.start() if found else len(text)


def after_break(text: str, at: int) -> int:
    """Behind the line break at `at`, if there is one."""
    found = re.compile(BREAK).match(text, at)
    return found.end() if found else at


def break_near(text: str, at: int) -> str:
    """The line break that the line at `at` ends with; for a last line, that of the text."""
    end = line_end(text, at)
    if (own := text[end : after_break(text, end)]) in ("\n", "\r", "\r\n"):
        return own
    first = re.search(r"\r\n|\n|\r", text)
    return first.group() if first else "\n"
