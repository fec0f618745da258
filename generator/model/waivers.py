"""A file of waivers: entries that may stay as they are until a day, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.fields import AnyRef, Date, Model, Words
from generator.problems import Fault
from generator.problems.staleness import WAIVED_TWICE


class WaiverLine(Model):
    """A waiver for one entry."""

    entry: AnyRef
    """The id of the entry."""
    until: Date
    """The last day on which it is excused."""
    reason: Words
    """Why it may wait."""


class Waivers(Model):
    """A file of waivers."""

    waivers: tuple[WaiverLine, ...] = ()

    def faults(self) -> Iterator[Fault]:
        seen: set[str] = set()
        for index, line in enumerate(self.waivers):
            if line.entry in seen:
                yield WAIVED_TWICE.fault(
                    ("waivers", index, "entry"),
                    f'"{line.entry}" has a waiver above',
                    "keep one of them",
                )
            seen.add(line.entry)
