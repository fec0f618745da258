"""A table with typed columns: the sheet of a tool, the table of a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from generator.model.fields import Duration, Model, Prose, Slug, Words
from generator.problems import Fault
from generator.problems.core import Path
from generator.problems.sense import CELL, COLUMN_NAMES

ColumnType = Literal["text", "number", "percent", "money", "date", "duration", "choice", "person"]
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,4})?$")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")


class Column(Model):
    """A column of a sheet."""

    id: Slug
    title: Words
    type: ColumnType = "text"
    help: Prose | None = None
    """What goes into the column."""
    choices: dict[Slug, Words] = Field(default_factory=dict)
    """The values that a column of type choice takes."""


class Row(Model):
    """A row that the sheet brings along."""

    id: Slug
    cells: dict[Slug, Words]
    """Values by the ids of their columns. Only cells of text columns are translated."""


class Sheet(Model):
    """A table with typed columns."""

    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: tuple[Row, ...] = ()

    def faults(self, at: Path) -> Iterator[Fault]:
        """What is wrong inside the sheet, which stands at `at` in its entry."""
        yield from self._repeated_titles(at)
        columns = {column.id: column for column in self.columns}
        for index, row in enumerate(self.rows):
            for name, value in row.cells.items():
                yield from _cell_faults((*at, "rows", index, "cells", name), columns, name, value)

    def _repeated_titles(self, at: Path) -> Iterator[Fault]:
        seen: set[str] = set()
        for index, column in enumerate(self.columns):
            name = column.title.casefold()
            if name in seen:
                yield COLUMN_NAMES.fault(
                    (*at, "columns", index, "title"),
                    f'two columns are called "{column.title}"',
                    "give each column a name of its own",
                )
            seen.add(name)


def _cell_faults(path: Path, columns: dict[str, Column], name: str, value: str) -> Iterator[Fault]:
    column = columns.get(name)
    if column is None:
        yield CELL.fault(
            path,
            f'the cell names an unknown column "{name}"',
            "columns: " + ", ".join(columns),
            key=True,
        )
    elif not _fits(column, value):
        yield CELL.fault(
            path,
            f'"{value}" does not fit the column "{column.id}" of type {column.type}',
            _expected(column),
        )


def _fits(column: Column, value: str) -> bool:
    match column.type:
        case "number" | "percent" | "money":
            return bool(_NUMBER.match(value))
        case "date":
            return bool(_DATE.match(value))
        case "choice":
            return value in column.choices
        case "duration":
            return _is_duration(value)
    return True


def _is_duration(value: str) -> bool:
    try:
        Duration.parse(value)
    except PydanticCustomError:
        return False
    return True


def _expected(column: Column) -> str:
    match column.type:
        case "choice":
            return "choices: " + ", ".join(column.choices)
        case "date":
            return "write a date like 2026-11-23"
        case "duration":
            return "write a length of time like 48 hours or 5 workdays"
    return "write a number without its unit"
