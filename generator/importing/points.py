"""Lists that nobody marked as such: lines that begin with a box, a bullet or the next number.

Takes blocks, gives blocks in which such lines are items, ticked or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.importing.document import (
    Anchor,
    Block,
    Break,
    Inline,
    Item,
    Items,
    Line,
    Paragraph,
    Text,
    Tick,
    words_of,
)
from generator.importing.lines import boxes_as_text, tidy, without_start

_BOXES = {"☐": False, "□": False, "▢": False, "◻": False, "❏": False, "❑": False, "☑": True,
          "☒": True, "✓": True, "✔": True, "✅": True, "√": True, "🗹": True}  # fmt: skip
_BOX = re.compile(rf"\s*([{''.join(_BOXES)}])\ufe0f?\s*")
_ASCII_BOX = re.compile(r"\s*\[([ xX])\]\s+")
_BULLET = re.compile(r"([•·●■▪◆➢►▶]|[-–—](?= ))\s*(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})\s*(?:[、．)）]|\.(?!\d))\s*(?=\S)")


def lines_apart(block: Block) -> Iterator[Block]:
    """Lines of a paragraph that each begin with a box or a bullet are paragraphs."""
    if not isinstance(block, Paragraph):
        yield block
        return
    lines = _split(block.line)
    if len(lines) > 1 and any(begins_item(line) for line in lines[1:]):
        yield from (Paragraph(line) for line in lines if line)
    else:
        yield block


def _split(line: Line) -> list[Line]:
    lines: list[list[Inline]] = [[]]
    for each in line:
        if isinstance(each, Break):
            lines.append([])
        else:
            lines[-1].append(each)
    return [tidy(each) for each in lines]


def begins_item(line: Line) -> bool:
    """Whether a line begins with a box or a bullet."""
    words = words_of(line)
    ticked = bool(line) and isinstance(line[0], Tick)
    return ticked or bool(_BOX.match(words) or _BULLET.match(words))


def with_items(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Paragraphs that begin with a box, a bullet or the next number become lists."""
    made: list[Block] = []
    open_list = False
    for block in _numbered(list(blocks)):
        if isinstance(block, Items):
            item: Items | None = _items_with_boxes(block)
        else:
            item = _item_of(block) if isinstance(block, Paragraph) else None
        last = made[-1] if open_list else None
        open_list = isinstance(block, Paragraph) and item is not None
        if item and isinstance(last, Items) and _joins(last, item):
            made[-1] = Items((*last.items, *item.items), last.start)
        elif item:
            made.append(item)
        elif isinstance(block, Paragraph):
            made.append(Paragraph(boxes_as_text(block.line)))
        else:
            made.append(block)
    return tuple(made)


def _joins(last: Items, item: Items) -> bool:
    """Whether two lists, each made of paragraphs, are one."""
    boxes = [each.done is not None for each in (*last.items, *item.items)]
    return last.start is None and len(set(boxes)) == 1


def _items_with_boxes(items: Items) -> Items:
    return replace(items, items=tuple(map(_item_with_box, items.items)))


def _item_with_box(item: Item) -> Item:
    blocks = item.blocks
    if item.done is None and blocks and isinstance(blocks[0], Paragraph):
        found = _box(blocks[0].line, ascii_too=False)
        if found:
            done, line = found
            rest = (Paragraph(line), *blocks[1:]) if line else blocks[1:]
            return Item(with_items(rest), done)
    return replace(item, blocks=with_items(blocks))


def _item_of(block: Paragraph) -> Items | None:
    if found := _box(block.line, ascii_too=True):
        done, line = found
        return Items((Item((Paragraph(line),), done),))
    words = words_of(block.line)
    bullet = _BULLET.match(words) if isinstance(block.line[0], Text) else None
    if bullet:
        return Items((Item((Paragraph(without_start(block.line, bullet.end())),)),))
    return None


def _box(line: Line, ascii_too: bool) -> tuple[bool, Line] | None:
    """Whether the box is ticked that a line begins with, and the rest. A line with several boxes
    offers a choice, and stays as it is."""
    shown = tuple(each for each in line if not isinstance(each, Anchor))
    ticks = [each for each in shown if isinstance(each, Tick)]
    if shown and isinstance(shown[0], Tick):
        rest = tidy(each for each in line if each is not shown[0])
        return (shown[0].done, rest) if len(ticks) == 1 and rest else None
    if not shown or not isinstance(shown[0], Text):
        return None
    words = words_of(line)
    found = _BOX.match(words) or (_ASCII_BOX.match(words) if ascii_too else None)
    if not found or ticks or any(box in words[found.end() :] for box in _BOXES):
        return None
    rest = without_start(line, found.end())
    sign = found.group(1)
    return (_BOXES.get(sign, sign in "xX"), rest) if rest else None


def _numbered(blocks: list[Block]) -> Iterator[Block]:
    """Paragraphs numbered 1, 2, … one after the other are a list."""
    at = 0
    while at < len(blocks):
        run = _run(blocks, at)
        if len(run) > 1:
            yield Items(tuple(Item((Paragraph(line),)) for line in run), 1)
            at += len(run)
        else:
            yield blocks[at]
            at += 1


def _run(blocks: list[Block], at: int) -> list[Line]:
    run: list[Line] = []
    for block in blocks[at:]:
        if not isinstance(block, Paragraph) or not isinstance(block.line[0], Text):
            break
        found = _NUMBERED.match(words_of(block.line))
        if not found or int(found.group(1)) != len(run) + 1:
            break
        run.append(without_start(block.line, found.end()))
    return run


def without_ticks(block: Block) -> Block:
    """A block in a cell of a table, where a box is a sign and a list stays one."""
    if isinstance(block, Paragraph):
        return Paragraph(boxes_as_text(block.line))
    if isinstance(block, Items):
        return _items_with_boxes(block)
    return block
