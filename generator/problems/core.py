"""The values that every stage speaks in: a location, a rule, a problem."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where a value sits inside an entry's data: keys and list positions, outermost first."""


def quoted(text: str, most: int = 60) -> str:
    """`text` in quotation marks, as far as a message has room: on one line, without control
    characters, cut where it is too long."""
    line = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
    return f'"{line}"' if len(line) <= most else f'"{line[: most - 3]}…"'


class Severity(enum.StrEnum):
    """How much a problem matters: errors stop a build, warnings fail `--strict`, notes neither."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts errors first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file. `path` is relative to the folder the command ran in or to the
    project; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked. `code` is permanent; the texts are shown by `playbook explain`."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    fix: str
    example: str

    def at(self, location: Location, message: str, hint: str = "") -> Problem:
        """A problem of this rule at `location`."""
        return Problem(self, location, message, hint)

    def fault(self, path: Path, message: str, hint: str = "", key: bool = False) -> Fault:
        """The same for a model, which knows the path of a value but not its line."""
        return Fault(self, path, message, hint, key)


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that is broken at a place. It never formats itself."""

    rule: Rule
    location: Location
    message: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def order(self) -> tuple[Location, str, str]:
        """Problems are listed as they stand in the files."""
        return (self.location, self.rule.code, self.message)


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken at a path inside an entry; `validate` finds its line."""

    rule: Rule
    path: Path
    message: str
    hint: str = ""
    key: bool = False
    """Whether the key at `path` is at fault, and not its value."""
