"""What a file says, as far as it can be understood: as it stands, or after mending.

Takes nothing but a model and where it comes from; does not know how anything was mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic

from generator.problems import Fault, Problem
from generator.problems.core import Path
from generator.read import Source
from generator.validate.fields import M, Places, repeated_items


@dataclass(frozen=True, slots=True)
class Understood(Generic[M]):
    """What a file says, as far as it can be understood."""

    model: M
    source: Source
    """With the data that the model is made of."""
    stand_ins: frozenset[Path] = frozenset()
    sound: bool = True
    """Whether nothing had to be mended."""
    sure: bool = True
    """Whether its parts can be held against each other, in spite of stand-ins."""
    problems: tuple[Problem, ...] = ()
    """Of what could only be looked at after mending."""

    def is_written(self, path: Path) -> bool:
        """Whether what stands at `path` comes from the file."""
        return not any(path[:end] in self.stand_ins for end in range(len(path) + 1))

    def judged(self, faults: Iterable[Fault]) -> Iterator[Problem]:
        """What is wrong with what it says beyond single fields; `faults` are those that the model
        finds, as far as they are asked for."""
        yield from self.problems
        if self.sure:
            if not self.sound:
                yield from repeated_items(self.model, self.source)
            yield from located((f for f in faults if self.is_written(f.path)), self.source)


def located(faults: Iterable[Fault], places: Places) -> Iterator[Problem]:
    """Faults of a model as problems at the lines of its file."""
    for fault in faults:
        yield fault.rule.at(places.locate(fault.path, fault.key), fault.message, fault.hint)
