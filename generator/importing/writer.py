"""Blocks as Markdown in the dialect of the playbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.importing.document import (
    STRONG,
    Block,
    Code,
    Heading,
    Item,
    Items,
    Line,
    NoteMark,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    inlines,
)
from generator.importing.grid import grid_of
from generator.importing.lines import shown
from generator.importing.markup import heading_of, markdown_of

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_LAST_NUMBER = 99_999
Numbers = Mapping[str, int]


def written(blocks: tuple[Block, ...], notes: Mapping[str, tuple[Block, ...]]) -> str:
    """The body of an entry: blocks with an empty line between them, footnotes last."""
    anchors = (each.anchor for each in inlines(blocks) if isinstance(each, NoteMark))
    used = [anchor for anchor in dict.fromkeys(anchors) if anchor in notes]
    numbers = {anchor: number for number, anchor in enumerate(used, 1)}
    pieces = list(_blocks(blocks, numbers, outermost=True))
    pieces += [_note(notes[anchor], number, numbers) for anchor, number in numbers.items()]
    return "\n\n".join(pieces) + "\n" if pieces else ""


def _note(blocks: tuple[Block, ...], number: int, numbers: Numbers) -> str:
    return _hung(f"[^{number}]: ", "    ", "\n\n".join(_blocks(blocks, numbers)))


def _blocks(blocks: Iterable[Block], numbers: Numbers, outermost: bool = False) -> Iterator[str]:
    last: Block | None = None
    turned = False
    for block in blocks:
        follows = isinstance(block, Items) and isinstance(last, Items)
        alike = follows and (block.start is None) == (last.start is None)  # type: ignore[union-attr]
        turned = alike and not turned
        piece = _block(block, numbers, outermost, turned)
        if piece:
            yield piece
            last = block


def _block(block: Block, numbers: Numbers, outermost: bool, turned: bool) -> str:
    if isinstance(block, Heading):
        return _heading(block, numbers, outermost)
    if isinstance(block, Paragraph):
        return markdown_of(block.line, numbers) if shown(block.line) else ""
    if isinstance(block, Items):
        return _items(block, numbers, turned)
    if isinstance(block, Quote):
        return _hung("> ", "> ", "\n\n".join(_blocks(block.blocks, numbers)))
    if isinstance(block, Code):
        return _code(block)
    if isinstance(block, Table):
        return _table(block, numbers)
    return "---" if isinstance(block, Rule) and outermost else ""


def _heading(block: Heading, numbers: Numbers, outermost: bool) -> str:
    """A heading; inside of something else, where none can stand, bold text."""
    if outermost:
        return f"{'#' * block.rank} {heading_of(block.line, numbers)}"
    return markdown_of(_bold(block.line), numbers)


def _bold(line: Line) -> Line:
    return tuple(
        Text(each.text, each.marks | {STRONG}, each.href) if isinstance(each, Text) else each
        for each in line
    )


def _items(items: Items, numbers: Numbers, turned: bool) -> str:
    """A list; one that follows another of its kind is told from it by its signs."""
    parts = [_item(item, numbers) for item in items.items]
    loose = any(not _is_tight(item) for item in items.items)
    start = items.start if items.start is not None and items.start <= _LAST_NUMBER else 1
    lines = []
    for number, part in enumerate(part for part in parts if part):
        sign = ("* " if turned else "- ") if items.start is None else (
            f"{start + number}{')' if turned else '.'} ")  # fmt: skip
        lines.append(_hung(sign, " " * len(sign), part))
    return ("\n\n" if loose else "\n").join(lines)


def _item(item: Item, numbers: Numbers) -> str:
    blocks = [block for block in item.blocks if not isinstance(block, Rule)]
    pieces = list(_blocks(blocks, numbers))
    if not pieces:
        return ""
    box = "" if item.done is None else f"[{'x' if item.done else ' '}] "
    if box and blocks and isinstance(blocks[0], Paragraph):
        pieces[0] = box + pieces[0]
    return ("\n" if _is_tight(item) else "\n\n").join(pieces)


def _is_tight(item: Item) -> bool:
    rest = item.blocks[1:] if item.blocks and isinstance(item.blocks[0], Paragraph) else item.blocks
    lists = [block for block in rest if isinstance(block, Items)]
    tight = all(_is_tight(inner) for block in lists for inner in block.items)
    return tight and len(lists) == len(rest) <= 1


def _hung(sign: str, indent: str, text: str) -> str:
    """`text` behind a sign, its further lines indented."""
    first, *rest = text.split("\n")
    return "\n".join([f"{sign}{first}", *(f"{indent}{line}".rstrip() for line in rest)])


def _code(code: Code) -> str:
    text = _UNSEEN.sub("", code.text.replace("\r\n", "\n").replace("\r", "\n"))
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}{code.language}\n{text}\n{fence}"


def _table(table: Table, numbers: Numbers) -> str:
    grid = grid_of(table)
    title = f"{markdown_of(_bold(grid.title), numbers)}\n\n" if grid.title else ""
    rows = [_row(grid.head, numbers), "|" + " --- |" * len(grid.head)]
    rows += [_row(row, numbers) for row in grid.rows]
    return title + "\n".join(rows)


def _row(row: tuple[Line, ...], numbers: Numbers) -> str:
    cells = (markdown_of(line, numbers, in_table=True) for line in row)
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)
