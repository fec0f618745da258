"""Something that the team measures."""

from __future__ import annotations

from typing import Any, Literal

from generator.model.entry import Content
from generator.model.fields import Prose, ToolRef, Words


class Metric(Content):
    """Something that the team measures."""

    type: Literal["process", "outcome"]
    definition: Prose
    """What is measured, and what counts."""
    formula: Prose
    """The formula in words."""
    unit: Words
    """The unit that the figure is given in."""
    target: Prose
    """The figure to be reached, and by when."""
    measured_in: Prose
    """Where the figure is read off, and how often."""
    tools: tuple[ToolRef, ...] = ()
    """The tools that it is read off."""

    @property
    def order(self) -> tuple[Any, ...]:
        return (self.type != "process", self.title.casefold())

    @property
    def group(self) -> str:
        return self.type
