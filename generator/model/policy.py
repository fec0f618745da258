"""Rules of the house, each with its reason and the way it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import Model, Prose, Slug, Words
from generator.model.sheet import Sheet
from generator.problems import Fault


class PolicyRule(Model):
    """One rule."""

    id: Slug
    title: Words
    """The rule in a few words."""
    text: Prose
    """What holds."""
    why: Prose
    """Why the rule holds."""
    check: Prose
    """How somebody can tell whether it is kept."""


class Policy(Content):
    """Rules of the house."""

    rules: Annotated[tuple[PolicyRule, ...], Field(min_length=1)]
    """The rules, in order."""
    table: Sheet | None = None

    def faults(self) -> Iterator[Fault]:
        if self.table:
            yield from self.table.faults(("table",))

    def anchors(self) -> Iterator[str]:
        return (f"rule-{rule.id}" for rule in self.rules)
