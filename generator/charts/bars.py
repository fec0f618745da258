"""Horizontal bars from one zero line, each below its label.

Takes labels and numbers, gives rectangles and lines of text. The labels carry the values in
words; the bars only show their proportion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from generator.charts.text import LEADING, Line, stack, wrap

Number: TypeAlias = int | float | Decimal

SIZE = 15.0
"""Font size of the labels."""
WIDTH = 320.0
_MARGIN = 2.0
_THICKNESS = 14.0
_LABEL_GAP = 5.0
_ROW_GAP = 14.0
_LEAST = 2.0  # a value of zero is still a mark on the zero line


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with the lines of its label above it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below one another; `zero` is where they begin."""

    width: float
    height: float
    size: float
    zero: float
    track: tuple[float, float] | None
    """Start and end of the track behind every bar; there is one if the full length is known."""
    bars: tuple[Bar, ...]


def bars(
    rows: Sequence[tuple[str, Number]], full: Number | None = None, width: float = WIDTH
) -> Bars:
    """One bar for each (label, value), on a scale from zero to the greatest value or to `full`.

    Values may be negative: their bars go left from the zero line. With `full` given, values beyond
    it are drawn as long as it.
    """
    values = [_clamped(float(value), full) for _, value in rows]
    least = min(0.0, *values, 0.0)
    most = max(0.0, *values, float(full or 0))
    scale = (width - 2 * _MARGIN) / ((most - least) or 1.0)
    zero = _MARGIN - least * scale
    drawn: list[Bar] = []
    y = 0.0
    for (label, _), value in zip(rows, values, strict=True):
        drawn.append(_bar(label, value * scale, zero, y, width))
        y = drawn[-1].y + _THICKNESS + _ROW_GAP
    track = None if full is None else (_MARGIN, width - _MARGIN)
    height = max(y - _ROW_GAP + _MARGIN, _MARGIN)
    return Bars(width, height, SIZE, zero, track, tuple(drawn))


def _clamped(value: float, full: Number | None) -> float:
    return value if full is None else min(value, float(full))


def _bar(label: str, length: float, zero: float, top: float, width: float) -> Bar:
    """A bar whose label begins at the height `top`; a negative length goes left."""
    lines = wrap(label, width - 2 * _MARGIN, SIZE)
    block = len(lines) * SIZE * LEADING
    extent = max(abs(length), _LEAST)
    x = min(zero if length >= 0 else zero - extent, width - _MARGIN - extent)
    text = stack(lines, _MARGIN, top + block / 2, SIZE)
    return Bar(x, top + block + _LABEL_GAP, extent, _THICKNESS, label, text)
