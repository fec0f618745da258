"""How wide words will be, and where their lines break.

Takes words and a size, gives widths and lines in the units of the drawing. Knows no font: the
reader's system chooses it, so a width is what the widest common system font would need. Breaks
follow the line-breaking habits of Latin and Chinese text (after Unicode Annex 14, much reduced).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

LEADING = 1.35
"""Distance between baselines, in em."""

_SAFETY = 1.03
_AUTOSPACE = 0.125  # em that `text-autospace` puts between Han and Latin
_RISE = 0.36  # from the baseline to the middle of capitals and of Han, in em

_CLOSING = "，。、；：！？）》」』】〕〉％”’,.;:!?)]}%…"
_OPENING = "（《「『【〔〈“‘([{"
_AMBIGUOUS = "“”‘’…—·×"  # as wide as a Han character in Chinese fonts
_JOINTS = "-–/"
_FULL_WIDTH = "，。、；：！？）》」』】〕〉（《「『【〔〈"
_STRAY_SPACE = re.compile(rf"\s+(?=[{_FULL_WIDTH}])|(?<=[{_FULL_WIDTH}])\s+")

_ADVANCES = {
    0.34: "ijlI|'.,:;/ ",
    0.42: 'frt!()[]-`\\"',
    0.58: "cszJLF?*_^{}–",
    0.70: "ABCEKPRSTVXYZ$",
    0.79: "DGHNOQU&",
    0.87: "wM+=<>~#",
    1.00: "mW@%",
}
"""Advances in em of the widest system fonts (DejaVu Sans, Verdana, Segoe UI), by class."""
_ADVANCE = {character: em for em, characters in _ADVANCES.items() for character in characters}
_PLAIN = 0.64  # other Latin letters, and figures


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its words, its anchor point and its baseline."""

    text: str
    x: float
    y: float


@functools.lru_cache(maxsize=65536)
def width(text: str, size: float) -> float:
    """The room that the text needs on one line, in the unit of `size`."""
    ems = sum(map(_advance, text))
    seams = sum(_is_wide(before) != _is_wide(after) for before, after in pairwise(text))
    return (ems + seams * _AUTOSPACE) * size * _SAFETY


def wrap(text: str, limit: float, size: float) -> tuple[str, ...]:
    """The text in as few lines as fit the limit, and those of about equal length.

    Lines break at spaces, after hyphens and between Chinese characters; none begins with closing
    or ends with opening punctuation. Only a piece that is longer than a line is cut anywhere.
    """
    pieces = _pieces(_tidy(text))
    lines = _fill(pieces, limit, size)
    low, high = max((width(piece.rstrip(), size) for piece in pieces), default=0.0), limit
    if len(lines) < 2 or low > limit:
        return lines
    while high - low > size / 8:
        middle = (low + high) / 2
        tighter = _fill(pieces, middle, size)
        if len(tighter) > len(lines):
            low = middle
        else:
            lines, high = tighter, middle
    return lines


def longest_piece(texts: Iterable[str], size: float) -> float:
    """The room for the widest piece that should not be cut: a word, or a Chinese character."""
    pieces = (piece.rstrip() for text in texts for piece in _pieces(_tidy(text)))
    return max((width(piece, size) for piece in pieces), default=0.0)


def stack(lines: Sequence[str], x: float, middle: float, size: float) -> tuple[Line, ...]:
    """Lines below one another, the block centred on the height `middle`."""
    first = middle - (len(lines) - 1) * size * LEADING / 2 + size * _RISE
    return tuple(Line(text, x, first + index * size * LEADING) for index, text in enumerate(lines))


def settle(
    centres: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> tuple[float, ...]:
    """Centres moved as little as keeps the blocks in order, apart and between low and high.

    `centres` ascend. Blocks that together are longer than the room reach beyond `high`.
    """
    starts: list[float] = []
    end = low
    for centre, size in zip(centres, sizes, strict=True):
        starts.append(max(centre - size / 2, end))
        end = starts[-1] + size
    limit = max(high, low + sum(sizes))
    for index in reversed(range(len(starts))):
        limit = starts[index] = min(starts[index], limit - sizes[index])
    return tuple(start + size / 2 for start, size in zip(starts, sizes, strict=True))


@cache
def _advance(character: str) -> float:
    """The advance of one character, in em."""
    base = unicodedata.normalize("NFD", character)[0]
    if unicodedata.combining(base):
        return 0.0
    if base in _ADVANCE:
        return _ADVANCE[base]
    return _PLAIN if base.isascii() else 1.0


@cache
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" or character in _AMBIGUOUS


def _tidy(text: str) -> str:
    """Single spaces, and none beside full-width punctuation, which brings its own."""
    return _STRAY_SPACE.sub("", " ".join(text.split()))


def _pieces(text: str) -> list[str]:
    """The text cut at every place where a line may break; spaces end the piece before."""
    pieces = [text[:1]] if text else []
    for before, after in pairwise(text):
        if _may_break(before, after):
            pieces.append(after)
        else:
            pieces[-1] += after
    return pieces


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return True
    if after == " " or after in _CLOSING or before in _OPENING or before == after == "—":
        return False
    if before in _JOINTS:
        return after.isalpha()
    return _is_wide(before) or _is_wide(after)


def _fill(pieces: Sequence[str], limit: float, size: float) -> tuple[str, ...]:
    """Pieces set one after the other, a new line whenever the next does not fit."""
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width((line + piece).rstrip(), size) > limit:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while width(line.rstrip(), size) > limit and len(line.rstrip()) > 1:
            head = _head(line, limit, size)
            lines.append(line[:head])
            line = line[head:]
    return (*lines, line.rstrip()) if line else tuple(lines)


def _head(word: str, limit: float, size: float) -> int:
    """How many characters of an overlong word fit a line; at least one."""
    fitting = (end for end in range(len(word), 1, -1) if width(word[:end], size) <= limit)
    return next(fitting, 1)
