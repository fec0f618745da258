"""A tool of the kit: a sheet to fill in or a checklist to tick off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import GateRef, Model, Prose, Slug, Texts, Words
from generator.model.sheet import Sheet
from generator.problems import Fault
from generator.problems.sense import CHECKLIST, SHEET_OR_CHECKLIST, WARNING_COLUMN

System = Literal["intelligence", "combat", "defence"]
"""What a tool serves, in the order in which a deal needs it."""


class Item(Model):
    """A line of a checklist."""

    id: Slug
    title: Words
    """What is to be ticked off."""
    detail: Prose | None = None
    """What counts as done."""
    must: bool = False
    """Whether the checklist fails without it."""


class WarningRule(Model):
    """When the sheet raises a warning, and what happens then."""

    id: Slug
    title: Words
    columns: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Ids of the columns that the rule reads."""
    when: Prose
    then: Prose


class Tool(Content):
    """A tool of the kit."""

    system: System
    purpose: Prose
    """What the tool is for."""
    when: Texts
    """The moments at which to reach for it."""
    sheet: Sheet | None = None
    checklist: tuple[Item, ...] | None = Field(
        default=None, examples=[[{"id": "price-list", "title": "The price list is printed"}]]
    )
    warnings: tuple[WarningRule, ...] = ()
    gate: GateRef | None = None
    """The exam or policy that has to be passed before the tool is used on a customer."""

    @property
    def order(self) -> tuple[Any, ...]:
        return (get_args(System).index(self.system), self.title.casefold())

    @property
    def group(self) -> str:
        return self.system

    def faults(self) -> Iterator[Fault]:
        if (self.sheet is None) == (self.checklist is None):
            yield SHEET_OR_CHECKLIST.fault(
                () if self.sheet is None else ("checklist",),
                "a tool is either a sheet or a checklist",
                "give `sheet` or `checklist`, and only one of them",
            )
        if self.checklist is not None and not self.checklist:
            yield CHECKLIST.fault(
                ("checklist",), "the checklist is empty", "list at least one item"
            )
        if self.sheet:
            yield from self.sheet.faults(("sheet",))
        yield from self._warning_faults()

    def anchors(self) -> Iterator[str]:
        return (f"item-{item.id}" for item in self.checklist or ())

    def _warning_faults(self) -> Iterator[Fault]:
        columns = [column.id for column in self.sheet.columns] if self.sheet else []
        for index, warning in enumerate(self.warnings):
            for position, name in enumerate(warning.columns):
                if name not in columns:
                    yield WARNING_COLUMN.fault(
                        ("warnings", index, "columns", position),
                        f'warning rule "{warning.id}" reads column "{name}", '
                        "which the sheet does not have",
                        "columns: " + (", ".join(columns) or "none, the tool has no sheet"),
                    )
