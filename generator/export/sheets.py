"""Sheets as tables, and what goes into their columns."""

from __future__ import annotations

from collections.abc import Iterator

from generator.export.desk import Desk
from generator.export.layout import relative
from generator.markdown.dialect import blocks, bullets, escape, strong, table
from generator.model.sheet import Column, Row, Sheet

_FIGURES = ("number", "percent", "money")


def sheet(desk: Desk, data: Sheet) -> str:
    """The table, and the way to take it along."""
    right = [n for n, column in enumerate(data.columns) if column.type in _FIGURES]
    rows = [[_cell(desk, column, row) for column in data.columns] for row in data.rows]
    empty = [[""] * len(data.columns)]
    return blocks(
        (
            table([escape(column.title) for column in data.columns], rows or empty, right),
            "" if rows else desk.say("tool.empty"),
            _csv(desk),
        )
    )


def columns(desk: Desk, data: Sheet) -> str:
    """What goes into each column."""
    return bullets(item for column in data.columns for item in _column(desk, column))


def _column(desk: Desk, column: Column) -> Iterator[str]:
    if not column.help and not column.choices:
        return
    name = f"{strong(escape(column.title))} ({desk.say(f'column_type.{column.type}')})"
    choices = desk.say_between(escape(choice) for choice in column.choices.values())
    help_text = desk.prose(column.help) if column.help else ""
    between = "\n\n" if "\n" in help_text else "<br>"
    yield between.join(filter(None, (name, help_text, choices)))


def _cell(desk: Desk, column: Column, row: Row) -> str:
    value = row.cells.get(column.id, "")
    if column.type == "choice":
        return escape(column.choices.get(value, value))
    if column.type == "percent" and value:
        return escape(f"{value}%")
    if column.type == "duration":
        return _duration(desk, value)
    return escape(value)


def _duration(desk: Desk, text: str) -> str:
    """A length of time in words, where it is one."""
    amount, _, unit = text.partition(" ")
    if not amount.isdigit():
        return escape(text)
    return desk.say(f"unit.{unit.removesuffix('s')}s", count=int(amount))


def _csv(desk: Desk) -> str:
    assert desk.entry is not None
    path = desk.volume.layout.sheet(desk.volume.code, desk.entry.id)
    return f"[{desk.say('tool.csv')}]({relative(path, desk.path)})"
