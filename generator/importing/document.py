"""A document as the trade sees it, whatever program wrote it: headings, lists, tables, texts.

Values that the readers make and the writer turns into Markdown; they know nothing of either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

STRONG, EMPHASIS, DELETED, CODE = "strong", "em", "del", "code"
RAISED, LOWERED, MARKED = "sup", "sub", "mark"


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one form."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""
    """Where a link on the words leads."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the text."""

    source: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick."""

    done: bool


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote is referred to, by the anchor of its text."""

    anchor: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links lead to."""

    name: str


Inline: TypeAlias = Text | Image | Break | Tick | NoteMark | Anchor
Line: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `rank` is small for what stands high, and need not follow on the one above."""

    rank: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    blocks: tuple[Block, ...]
    done: bool | None = None
    """Of a box to tick; None where there is none."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]
    start: int | None = None
    """The first number; None for a list without numbers."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something quoted, or set off in a box."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many columns and rows it covers."""

    blocks: tuple[Block, ...]
    across: int = 1
    down: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as they were written: a cell that covers others stands once."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block: TypeAlias = Heading | Paragraph | Items | Quote | Code | Table | Rule


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been read."""

    name: str
    """Its path as the user gave it, with slashes."""
    title: str
    blocks: tuple[Block, ...]
    author: str = ""
    keywords: tuple[str, ...] = ()
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    """Footnotes by the anchors of their texts."""
    held: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures that came with it, by the sources that texts name."""
    remarks: tuple[str, ...] = ()
    """What was left out, or needs a look."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a document cannot be imported, and what to do."""

    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


def words_of(line: Line) -> str:
    """The words of a line, without their forms."""
    pieces = (
        each.text if isinstance(each, Text) else " " if isinstance(each, Break) else ""
        for each in line
    )
    return "".join(pieces).strip()


def changed(
    blocks: Iterable[Block], change: Callable[[Inline], Iterable[Inline]]
) -> tuple[Block, ...]:
    """The blocks with everything on their lines put through `change`."""
    return tuple(_changed(block, change) for block in blocks)


def _changed(block: Block, change: Callable[[Inline], Iterable[Inline]]) -> Block:
    if isinstance(block, Heading | Paragraph):
        return replace(block, line=tuple(new for each in block.line for new in change(each)))
    if isinstance(block, Items):
        items = (replace(item, blocks=changed(item.blocks, change)) for item in block.items)
        return replace(block, items=tuple(items))
    if isinstance(block, Quote):
        return Quote(changed(block.blocks, change))
    if isinstance(block, Table):
        rows = (
            tuple(replace(cell, blocks=changed(cell.blocks, change)) for cell in row)
            for row in block.rows
        )
        return Table(tuple(rows))
    return block


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Everything on the lines of `blocks`, in order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from block.line
        elif isinstance(block, Items):
            yield from inlines(each for item in block.items for each in item.blocks)
        elif isinstance(block, Quote):
            yield from inlines(block.blocks)
        elif isinstance(block, Table):
            yield from inlines(b for row in block.rows for cell in row for b in cell.blocks)
