"""Facts with what they are called, as the pages of several kinds write them."""

from __future__ import annotations

from generator.export.desk import Desk
from generator.markdown.dialect import strong


def pair(desk: Desk, key: str, value: str) -> str:
    """A fact with what it is called; below it where it is more than a line."""
    name = strong(desk.say(key))
    return f"{name}\n\n{value}" if "\n" in value else f"{name} {value}"


def below(line: str, more: str) -> str:
    """Something below the first line of an item."""
    if not more:
        return line
    return f"{line}\n\n{more}" if "\n" in line + more else f"{line}<br>{more}"
