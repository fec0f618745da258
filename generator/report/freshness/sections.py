"""Sections of a Markdown document, and as many of them as a limit leaves room for.

Takes finished Markdown; knows nothing of what it says. What does not fit is cut between sections or
between the rows of a table, so that what stays is whole, and is named at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Size = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document."""

    name: str
    """In the words of a list of what was left out."""
    opening: str
    rows: tuple[str, ...] = ()
    closing: str = ""
    count: int = 0
    """How many rows there are, where more are known than are given."""


def characters(text: str) -> int:
    """The length as GitHub may count it at worst: rare characters count two."""
    return len(text.encode("utf-16-le", "replace")) // 2


def octets(text: str) -> int:
    """The length in bytes."""
    return len(text.encode("utf-8", "replace"))


def document(sections: Sequence[Section], limit: int, size: Size, rest: str) -> str:
    """The sections, as far as they fit into `limit`; `rest` says where the others are."""
    names = [section.name for section in sections]
    room = limit - size(_pointer(names, rest))
    kept: list[str] = []
    for place, section in enumerate(sections):
        text, whole = _fitted(section, room, size, rest)
        kept.append(text)
        room -= size(text)
        if not whole:
            left = names[place + 1 :] if text else names[place:]
            return "".join(kept) + _pointer(left, rest)
    return "".join(kept)


def _pointer(names: Sequence[str], rest: str) -> str:
    if not names:
        return f"\n*The table above is cut. The rest is in {rest}.*\n"
    return f"\n*Not shown here: {', '.join(names)}. The rest is in {rest}.*\n"


def _fitted(section: Section, room: int, size: Size, rest: str) -> tuple[str, bool]:
    """As much of the section as fits, and whether that is all that it wants to show."""
    for count in _fewer(len(section.rows)):
        text = _text(section, section.rows[:count], rest)
        if size(text) <= room:
            return text, count == len(section.rows)
        if count == 0:
            break
    return "", False


def _fewer(count: int) -> Iterator[int]:
    while count > 1:
        yield count
        count //= 2
    yield count


def _text(section: Section, rows: Sequence[str], rest: str) -> str:
    left = max(section.count, len(section.rows)) - len(rows)
    more = f"\n… and {left} more, in {rest}.\n" if left else ""
    return f"{section.opening}{''.join(rows)}{more}{section.closing}"
