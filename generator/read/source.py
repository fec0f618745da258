"""One text file, read: its data with places, its body, its digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from generator.markdown import Body, parse_document, parse_field
from generator.problems import Location, Problem
from generator.problems.core import Path
from generator.problems.read import FRONT_MATTER, NOT_UTF8, TOO_LARGE, UNREADABLE
from generator.read.syntax import Fault
from generator.read.yaml import load, marks_of

MAX_BYTES = 1024 * 1024
_MARKUP = re.compile(r"[*_`\[\n<]")


@dataclass(frozen=True, slots=True)
class Source:
    """A text file below the content folder."""

    root: str
    """The content folder as the user named it; "" for a file that lies in none."""
    path: str
    """Relative to `root`, with slashes."""
    digest: str
    """SHA-256 of the file's bytes."""
    data: dict[str, Any]
    yaml: str
    yaml_line: int
    """Lines of the file before the YAML begins."""
    body: Body | None = None
    body_text: str = ""
    body_line: int = 0
    """Lines of the file before the body begins."""
    prose: Mapping[str, Body] = field(default_factory=dict)
    """What texts of fields are parsed to, for those that look as if they held markup. They are
    parsed here because files are read by several processes, and validated by one."""
    renamed: Mapping[Path, str] = field(default_factory=dict)
    """For fields of `data` that are called otherwise in the file, what they are called there."""

    @property
    def place(self) -> str:
        """The path as problems show it."""
        return f"{self.root}/{self.path}" if self.root else self.path

    def at(self, line: int, column: int) -> Location:
        """A place given by line and column from 0, counted in the whole file."""
        return Location(self.place, line + 1, column + 1)

    def locate(self, path: Path, key: bool = False) -> Location:
        """Where the value at `path` begins, or its key; for a missing one, its holder."""
        marks = marks_of(self.yaml)
        wanted = self._written(path)
        while wanted and wanted not in marks.values:
            wanted, key = wanted[:-1], True
        if not wanted:
            return self.at(self.yaml_line, 0)
        line, column = (marks.keys if key else marks.values).get(wanted, marks.values[wanted])
        return self.at(self.yaml_line + line, column)

    def _written(self, path: Path) -> Path:
        """`path` by the names in the file."""
        if not self.renamed:
            return path
        ends = range(1, len(path) + 1)
        return tuple(self.renamed.get(path[:end], path[end - 1]) for end in ends)

    def line_of(self, field: str) -> Location:
        """The line of a field at the top level, found without parsing; the top without it."""
        found = re.search(rf"^{re.escape(field)}[ \t]*:", self.yaml, re.MULTILINE)
        line = self.yaml.count("\n", 0, found.start()) + self.yaml_line if found else 0
        return self.at(line, 0)

    def locate_in_text(self, path: Path, line: int, column: int) -> Location:
        """A place inside the text at `path`: exact in blocks, else where the text begins."""
        start = self.locate(path)
        style = marks_of(self.yaml).blocks.get(self._written(path))
        if style is None:
            return start
        lines = self.yaml.split("\n")[start.line - self.yaml_line :]
        if style == ">":
            line, column = _unfolded(lines, line, column)
        return replace(start, line=start.line + 1 + line, column=_indent(lines) + column + 1)

    def locate_in_body(self, line: int, column: int) -> Location:
        """A place inside the body, line and column from 0."""
        return self.at(self.body_line + line, column)


def _indent(lines: list[str]) -> int:
    """By how much a block is indented: as much as its first line that is not empty."""
    first = next((line for line in lines if line.strip()), "")
    return len(first) - len(first.lstrip(" "))


def _unfolded(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Where in the `lines` of a folded block, indentation apart, a place of its text stands: each
    empty line became a line end and every other line end a space (YAML 1.1, 8.4)."""
    indent, empty = _indent(lines), 0
    for number, text in enumerate(lines):
        if not text.strip():
            empty += 1
        elif empty >= line:
            length = len(text) - indent
            if column <= length:
                return number, column
            column -= length + 1
    return 0, 0


def read_source(root: FilePath, shown_root: str, path: str) -> tuple[Source | None, list[Problem]]:
    """Reads the file `path` below `root`. Without a usable source there is at least one problem."""
    place = Location(f"{shown_root}/{path}")
    try:
        with (root / path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [UNREADABLE.at(place, f"cannot read the file: {error.strerror}")]
    return source_of(shown_root, path, raw)


def source_of(
    shown_root: str, path: str, raw: bytes, body: bool = True
) -> tuple[Source | None, list[Problem]]:
    """The same from the bytes of a file. Without `body` a Markdown body is kept as text alone."""
    place = Location(f"{shown_root}/{path}" if shown_root else path)
    if len(raw) > MAX_BYTES:
        return None, [TOO_LARGE.at(place, "the file is larger than 1 MiB", "split it up")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [NOT_UTF8.at(_place_of(error, place), "the text is not UTF-8",
                                  "save the file again as UTF-8")]  # fmt: skip
    text = re.sub("\r\n?", "\n", text)
    if path.endswith(".md"):
        return _markdown(shown_root, path, digest_of(raw), text, body)
    return _data(Source(shown_root, path, digest_of(raw), {}, text, 0))


def _place_of(error: UnicodeDecodeError, file: Location) -> Location:
    """Where decoding failed; everything before it is sound."""
    before = error.object[: error.start].decode("utf-8-sig").split("\n")
    return replace(file, line=len(before), column=len(before[-1]) + 1)


def _markdown(
    root: str, path: str, digest: str, text: str, parsed: bool
) -> tuple[Source | None, list[Problem]]:
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if match is None:
        opened = text.startswith("---")
        message = "the front matter is not closed" if opened else "the file has no front matter"
        hint = "end it with a line ---" if opened else "begin the file with ---, fields, ---"
        return None, [FRONT_MATTER.at(Location(f"{root}/{path}"), message, hint)]
    source, problems = _data(Source(root, path, digest, {}, match.group(1), 1))
    body = text[match.end() :]
    if source and body.strip():
        lines = text.count("\n", 0, match.end())
        made = parse_document(body) if parsed else None
        source = replace(source, body=made, body_text=body, body_line=lines)
    return source, problems


def _data(source: Source) -> tuple[Source | None, list[Problem]]:
    # For YAML these end lines, for editors they do not, and places are those of editors.
    source = replace(source, yaml=re.sub("[\x85\u2028\u2029]", " ", source.yaml))
    data, faults = load(source.yaml)
    problems = [_problem(source, fault) for fault in faults]
    if data is None:
        return None, problems
    return replace(source, data=data, prose=dict(_parsed(data))), problems


def _parsed(value: Any) -> Iterator[tuple[str, Body]]:
    if isinstance(value, str):
        if _MARKUP.search(value):
            yield value.strip(), parse_field(value.strip())
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _parsed(inner)


def _problem(source: Source, fault: Fault) -> Problem:
    line, column = fault.at
    return fault.rule.at(source.at(source.yaml_line + line, column), fault.message, fault.hint)


def digest_of(raw: bytes) -> str:
    """The digest by which files and texts are known."""
    return hashlib.sha256(raw).hexdigest()
