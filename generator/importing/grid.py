"""A table with merged cells to plain rows and columns, as Markdown has them.

What covers several rows stands in each of them, so that each row can be read by itself; what covers
several columns stands in each, or alone in its row. Head rows become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.importing.document import (
    CODE,
    STRONG,
    Block,
    Break,
    Cell,
    Code,
    Heading,
    Inline,
    Items,
    Line,
    Paragraph,
    Quote,
    Table,
    Text,
    words_of,
)
from generator.importing.lines import BOXES, is_bold, tidy, without_bold

MOST_CELLS = 50_000
"""A table that merging would make larger than this is taken without it."""
_DEEPEST_HEAD = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in rows of the same length."""

    title: Line
    """What stands across the whole table on top."""
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


def grid_of(table: Table) -> Grid:
    """The grid of a table that has at least one cell."""
    rows = _filled(table)
    title: Line = ()
    if len(rows) > 1 and _is_one(rows[0]) and len(rows[0]) > 1:
        title, rows = without_bold(_line(rows[0][0])), rows[1:]
    depth = _head_rows(rows)
    head = tuple(_joined_head(column) for column in zip(*rows[: depth or 1], strict=True))
    if not depth:
        head = ((),) * len(rows[0])
    return Grid(title, head, tuple(_row(row) for row in rows[depth:]))


def _filled(table: Table) -> list[list[Cell]]:
    """The cell at each place."""
    rows = _merged(table)
    if rows is None:
        rows = [dict(enumerate(row)) for row in table.rows]
    width = max((max(row, default=-1) for row in rows), default=-1) + 1
    return [[row.get(column, Cell(())) for column in range(width)] for row in rows if row]


def _merged(table: Table) -> list[dict[int, Cell]] | None:
    """The cells of each row by column; None where these would be too many."""
    height, count = len(table.rows), 0
    rows: list[dict[int, Cell]] = [{} for _ in table.rows]
    for at, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while column in rows[at]:
                column += 1
            below = range(at, min(at + cell.down, height))
            count += len(below) * cell.across
            if count > MOST_CELLS:
                return None
            for line in below:
                for right in range(column, column + cell.across):
                    rows[line].setdefault(right, cell)
            column += cell.across
    return rows


def _is_one(row: Sequence[Cell]) -> bool:
    return all(cell is row[0] for cell in row)


def _head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows on top are a head; 0 where the table has names in its first column instead."""
    marked = 0
    for row in rows:
        if not all(cell.head for cell in row):
            break
        marked += 1
    if marked:
        return min(marked, _DEEPEST_HEAD)
    first = rows[0]
    if any(cell.across > 1 and not _is_one(first) for cell in first):
        deep = max(cell.down for cell in first)
        return min(deep, _DEEPEST_HEAD) if deep < len(rows) else 1
    if not _bold(first) and len(rows) > 1 and _bold([row[0] for row in rows]):
        return 0
    return 1


def _bold(cells: Iterable[Cell]) -> bool:
    lines = [(cell.head, _line(cell)) for cell in cells]
    said = [head or is_bold(line) for head, line in lines if line or head]
    return bool(said) and all(said)


def _joined_head(cells: Iterable[Cell]) -> Line:
    """The words of a column's heads from top to bottom, each once."""
    made: list[Inline] = []
    seen: list[str] = []
    for cell in cells:
        line = without_bold(_line(cell))
        if words_of(line) and words_of(line) not in seen:
            made += [Text(" / "), *line] if made else line
            seen.append(words_of(line))
    return tidy(made)


def _row(row: Sequence[Cell]) -> tuple[Line, ...]:
    """The lines of a row; a cell that covers all of it stands in the first column alone."""
    if _is_one(row):
        return (_line(row[0]), *((),) * (len(row) - 1))
    return tuple(_line(cell) for cell in row)


def _line(cell: Cell) -> Line:
    return tidy(_in_cell(cell.blocks))


def _in_cell(blocks: Iterable[Block], indent: str = "") -> Iterator[Inline]:
    """Blocks on one line, with breaks between them."""
    for at, block in enumerate(blocks):
        if at:
            yield Break()
        if isinstance(block, Paragraph):
            yield from block.line
        elif isinstance(block, Heading):
            yield from (
                Text(each.text, each.marks | {STRONG}, each.href)
                if isinstance(each, Text)
                else each
                for each in block.line
            )
        elif isinstance(block, Items):
            yield from _items_in_cell(block, indent)
        elif isinstance(block, Quote):
            yield from _in_cell(block.blocks, indent)
        elif isinstance(block, Code):
            yield from _code_in_cell(block)
        elif isinstance(block, Table):
            yield from _table_in_cell(block)


def _items_in_cell(items: Items, indent: str) -> Iterator[Inline]:
    for number, item in enumerate(items.items):
        if number:
            yield Break()
        sign = "•" if items.start is None else f"{items.start + number}."
        sign = BOXES[item.done] if item.done is not None else sign
        yield Text(f"{indent}{sign} ")
        yield from _in_cell(item.blocks, indent + "– ")


def _code_in_cell(code: Code) -> Iterator[Inline]:
    for number, line in enumerate(code.text.splitlines()):
        if number:
            yield Break()
        yield Text(line, frozenset({CODE}))


def _table_in_cell(table: Table) -> Iterator[Inline]:
    """A table in a table: its rows as lines."""
    grid = grid_of(table)
    for number, row in enumerate(each for each in (grid.head, *grid.rows) if any(each)):
        if number:
            yield Break()
        for column, line in enumerate(each for each in row if each):
            if column:
                yield Text(" / ")
            yield from line
