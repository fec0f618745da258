"""Two texts to what went and what came, word by word, Chinese character by character."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.changes.change import Nature, Piece
from generator.changes.tokens import Tokens, facts_of, laid_out, tokens_of, unmarked

MOST_TOKENS = 2000
"""Longer texts are compared paragraph by paragraph, and these only up to that length."""
MOST_BLOCKS = 4000
_AROUND = 8
"""Tokens kept on each side of a change; what lies further away becomes an ellipsis."""
_ELLIPSIS = "…"
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
_ITEM = re.compile(r"(?m)^[ \t]*(?:[-*+]|>)[ \t]+(?:\[[ xX]\][ \t]+)?")
_DELIMITERS = re.compile(r"(?m)^[ \t]*\|?[ \t]*:?-{2,}:?[-:| \t]*$")
_CELLS = re.compile(r"[ \t]*\|[\s|]*")
_EMPHASIS = re.compile(
    r"\*\*|`|(?<!\w)__?(?=\w)|(?<=\w)__?(?!\w)|(?<![\s*])\*(?!\w)|(?<!\w)\*(?=\w)"
)


@dataclass(frozen=True, slots=True)
class TextChange:
    """How a text changed."""

    nature: Nature
    pieces: tuple[Piece, ...] = ()


def compare_texts(before: str, after: str) -> TextChange | None:
    """How `before` became `after`; None where only its lines are broken elsewhere."""
    if before == after or laid_out(before) == laid_out(after):
        return None
    if unmarked(before) == unmarked(after) and facts_of(before) == facts_of(after):
        return TextChange(Nature.FORMAT)
    old, new = (Counter(map(unmarked, blocks_of(text))) for text in (before, after))
    if facts_of(before) != facts_of(after):
        nature = Nature.FACT
    elif old == new:
        return TextChange(Nature.ORDER)
    elif old < new or new < old:  # a paragraph or an item that only came or went
        nature = Nature.FACT
    else:
        nature = Nature.WORDING
    return TextChange(nature, tuple(_pieces(before, after)))


def blocks_of(text: str) -> list[str]:
    """Paragraphs, items of lists and rows of tables: what is moved as a whole."""
    parts = re.split(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,9}[.)]|\|)[ \t]*)", text.strip())
    return [part.strip() for part in parts if part.strip()]


def _readable(text: str, targets: bool) -> str:
    """Without what only Markdown needs; with the targets of links where these differ."""
    text = _LINK.sub(r"\1 (\2)" if targets else r"\1", _ITEM.sub("", text))
    return _EMPHASIS.sub("", _CELLS.sub(" · ", _DELIMITERS.sub("", text)))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    targets = _targets(before) != _targets(after)
    before, after = _readable(before, targets), _readable(after, targets)
    old, new = tokens_of(before), tokens_of(after)
    if max(len(old), len(new)) <= MOST_TOKENS:
        yield from _joined(_shortened([*_by_token(old, new)]))
        return
    former, present = blocks_of(before), blocks_of(after)
    if max(len(former), len(present)) > MOST_BLOCKS:
        return
    pieces = [piece for pair in _changed_blocks(former, present) for piece in pair]
    yield from _joined(_shortened(pieces))


def _targets(text: str) -> Counter[str]:
    return Counter(match.group(2) for match in _LINK.finditer(text))


def _changed_blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """The blocks that differ, those in the same place word by word."""
    matcher = difflib.SequenceMatcher(None, old, new)
    for operation, i, j, k, end in matcher.get_opcodes():
        if operation == "equal":
            continue
        pairs = min(j - i, end - k)
        for offset in range(pairs):
            yield [*_block(old[i + offset], new[k + offset]), ("", " ")]
        for gone in old[i + pairs : j]:
            yield [("-", _cut(gone)), ("", " ")]
        for come in new[k + pairs : end]:
            yield [("+", _cut(come)), ("", " ")]


def _block(old: str, new: str) -> Sequence[Piece]:
    former, present = tokens_of(old), tokens_of(new)
    if max(len(former), len(present)) > MOST_TOKENS:
        return [("-", _cut(old)), ("+", _cut(new))]
    return [*_by_token(former, present)]


def _cut(text: str, most: int = 400) -> str:
    return text if len(text) <= most else text[:most].rstrip() + _ELLIPSIS


def _by_token(old: Tokens, new: Tokens) -> Iterator[Piece]:
    """A piece for each run of tokens. Where little is left of a text, it is replaced as a whole:
    crumbs of the former one would not be readable."""
    matcher = difflib.SequenceMatcher(None, old, new)
    if matcher.quick_ratio() < 0.35 or matcher.ratio() < 0.35:
        yield "-", "".join(old)
        yield "", " "
        yield "+", "".join(new)
        return
    for operation, i, j, k, end in matcher.get_opcodes():
        if operation == "equal":
            yield "", "".join(old[i:j])
        else:
            yield "-", "".join(old[i:j])
            yield "+", "".join(new[k:end])


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What stayed is kept only near to what changed."""
    last = len(pieces) - 1
    for index, (mark, text) in enumerate(pieces):
        tokens = tokens_of(text) if not mark else ()
        if len(tokens) <= 2 * _AROUND + 4:
            yield mark, text
        elif index == 0:
            yield mark, _ELLIPSIS + "".join(tokens[-_AROUND:])
        elif index == last:
            yield mark, "".join(tokens[:_AROUND]) + _ELLIPSIS
        else:
            head, tail = "".join(tokens[:_AROUND]), "".join(tokens[-_AROUND:])
            yield mark, f"{head}{_ELLIPSIS}{tail}"


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same with a single space between words, and no empty piece."""
    for mark, text in pieces:
        if plain := re.sub(r"\s+", " ", text):
            yield mark, plain
