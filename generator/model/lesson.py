"""A mistake that was paid for, and the rule that came of it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import Prose


class Lesson(Content):
    """A lesson that was paid for."""

    year: int = Field(ge=1900, le=2200, examples=[2026])
    """The year in which it happened."""
    mistake: Prose
    """What went wrong."""
    outcome: Prose
    """What it cost."""
    rule: Prose
    """What holds now."""

    @property
    def order(self) -> tuple[Any, ...]:
        return (self.year, self.title.casefold())
