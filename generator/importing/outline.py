"""What writers meant without saying so: headings in bold, numbered sections, ticks, boxes.

Takes the blocks of a document, gives blocks whose headings say how high they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.importing.document import (
    Anchor,
    Block,
    Cell,
    Heading,
    Items,
    Line,
    Paragraph,
    Quote,
    Table,
    Text,
    words_of,
)
from generator.importing.lines import is_bold, without_bold
from generator.importing.points import begins_item, lines_apart, with_items, without_ticks

LONGEST_HEADING = 40
"""Characters; a longer bold paragraph is emphasis."""
_SENTENCE = re.compile(r"[。！？；，、.!?;,…]$")
_COUNT = "[一二三四五六七八九十百零〇两\\d]+"
_SECTIONS = (
    re.compile(rf"第\s*{_COUNT}\s*[章部篇编]"),
    re.compile(rf"第\s*{_COUNT}\s*[节条]"),
    re.compile(r"[一二三四五六七八九十]{1,3}\s*[、．.]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
)
"""Numbers of sections, from the outermost in; a paragraph that begins so is a heading."""
_BOLD_SECTIONS = (
    re.compile(r"\d{1,2}\s*[、．.)）](?!\d)"),
    re.compile(r"\d{1,2}\.\d{1,2}(?![.\d])"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
"""Numbers of headings only where the words are bold: otherwise a list may be meant."""
_GUESSED = 10
"""Ranks of headings that a document does not mark as such begin here."""


def outlined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with headings, lists and boxes where they were meant."""
    apart = [each for block in blocks for each in lines_apart(block)]
    headed = _with_headings([_unnumbered(_boxed(block)) for block in apart])
    return with_items(headed)


def _boxed(block: Block) -> Block:
    """A table of one cell is a box around its text."""
    if isinstance(block, Table) and len(block.rows) == 1 and len(block.rows[0]) == 1:
        return Quote(outlined(block.rows[0][0].blocks))
    if isinstance(block, Quote):
        return Quote(with_items(block.blocks))
    if isinstance(block, Table):
        return Table(tuple(tuple(map(_cell, row)) for row in block.rows))
    return block


def _cell(cell: Cell) -> Cell:
    return replace(cell, blocks=tuple(without_ticks(block) for block in cell.blocks))


def _unnumbered(block: Block) -> Block:
    """A list of one bold item is a numbered heading: Word numbers both in the same way."""
    if isinstance(block, Items) and block.start is not None and len(block.items) == 1:
        inner = block.items[0].blocks
        if len(inner) == 1 and isinstance(inner[0], Paragraph) and _may_head(inner[0].line):
            return inner[0] if is_bold(inner[0].line) else block
    return block


def _may_head(line: Line) -> bool:
    words = words_of(line)
    plain = all(isinstance(each, Text | Anchor) for each in line)
    return plain and 0 < len(words) <= LONGEST_HEADING and not _SENTENCE.search(words)


def _with_headings(blocks: Sequence[Block]) -> list[Block]:
    ranks = [_guess(block) for block in blocks]
    lists = _numbers_of_lists(blocks, ranks)
    said = _said(blocks)
    made: list[Block] = []
    for block, rank in zip(blocks, ranks, strict=True):
        if isinstance(block, Heading):
            made.append(Heading(block.rank, without_bold(block.line)))
        elif isinstance(block, Paragraph) and rank is not None and rank not in lists:
            line = without_bold(block.line)
            made.append(Heading(said.get(rank % _UNSURE, _GUESSED + rank % _UNSURE), line))
        else:
            made.append(block)
    return made


def _said(blocks: Iterable[Block]) -> dict[int, int]:
    """The ranks of real headings that are numbered, by the form of their numbers."""
    said: dict[int, int] = {}
    for block in blocks:
        if isinstance(block, Heading):
            words = words_of(block.line)
            for form, pattern in enumerate((*_SECTIONS, *_BOLD_SECTIONS)):
                if pattern.match(words):
                    said.setdefault(form, block.rank)
    return said


def _guess(block: Block) -> int | None:
    """How high a paragraph stands that is a heading; None for one that is not."""
    if not isinstance(block, Paragraph) or not _may_head(block.line):
        return None
    words, bold = words_of(block.line), is_bold(block.line)
    if begins_item(block.line) or (bold and re.search(r"[:：]$", words)):
        return None
    for rank, pattern in enumerate(_SECTIONS):
        if pattern.match(words):
            return rank if bold else rank + _UNSURE
    for rank, pattern in enumerate(_BOLD_SECTIONS, len(_SECTIONS)):
        if bold and pattern.match(words):
            return rank
    return len(_SECTIONS + _BOLD_SECTIONS) if bold else None


_UNSURE = 100


def _numbers_of_lists(blocks: Sequence[Block], ranks: Sequence[int | None]) -> set[int]:
    """The ranks of numbered paragraphs that mostly follow each other: those are lists of points."""
    found: dict[int, list[bool]] = {}
    for at, rank in enumerate(ranks):
        if rank is not None and rank >= _UNSURE:
            after = ranks[at + 1] if at + 1 < len(ranks) else rank
            follows = after == rank or (
                at + 1 < len(blocks) and isinstance(blocks[at + 1], Heading)
            )
            found.setdefault(rank, []).append(follows)
    return {rank for rank, follows in found.items() if sum(follows) * 2 > len(follows)}


def without_contents(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], bool]:
    """The blocks without a table of contents, and whether there was one. Pages make their own."""
    anchors = {
        each.name
        for block in blocks
        if isinstance(block, Heading)
        for each in block.line
        if isinstance(each, Anchor)
    }
    entries = {at for at, block in enumerate(blocks) if _is_entry(block, anchors)}
    if len(entries) < 2:
        return tuple(blocks), False
    first = min(entries)
    if first and re.fullmatch(r"目\s*录|contents|table of contents",
                              words_of(_line_of(blocks[first - 1])).casefold()):  # fmt: skip
        entries.add(first - 1)
    return tuple(block for at, block in enumerate(blocks) if at not in entries), True


def _is_entry(block: Block, anchors: set[str]) -> bool:
    texts = [each for each in _line_of(block) if isinstance(each, Text) and each.text.strip()]
    linked = [each for each in texts if each.href.startswith("#") and each.href[1:] in anchors]
    rest = "".join(each.text for each in texts if each not in linked)
    return bool(linked) and not re.search(r"[^\s.·…\d]", rest)


def _line_of(block: Block) -> Line:
    return block.line if isinstance(block, Paragraph | Heading) else ()


def levelled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Headings with levels from 2 on, none of them skipped."""
    above: list[int] = []
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.rank:
                above.pop()
            above.append(block.rank)
            made.append(Heading(min(1 + len(above), 6), block.line))
        else:
            made.append(block)
    return tuple(made)


def is_numbered(words: str) -> bool:
    """Whether a heading begins with the number of a section."""
    return any(pattern.match(words) for pattern in (*_SECTIONS, *_BOLD_SECTIONS))
