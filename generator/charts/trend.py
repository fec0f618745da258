"""A rate over time as a line, from 0 to 1 on a scale that shows both ends.

Takes labels with rates, gives paths, dots and lines of text. Where a rate is not known the line has
a gap. Only as many labels are set as have room, counted from the last, which always has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.charts.strokes import Point, pair
from generator.charts.text import LEADING, Line, width

SIZE = 13.0
"""Font size of all labels."""
WIDTH = 640.0
_HEIGHT = 140.0
"""Of the room between the lowest rate and the highest."""
_GAP = 8.0
_DOT = 2.5
_RISE = 0.36  # from the baseline to the middle of figures, in em


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the chart, with its label at the start."""

    path: str
    line: Line


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of rates over time."""

    width: float
    height: float
    size: float
    dot: float
    levels: tuple[Level, ...]
    paths: tuple[str, ...]
    """The line, in as many pieces as gaps make of it."""
    dots: tuple[Point, ...]
    """Every rate that is known; the last one is where the line ends."""
    ticks: tuple[Line, ...]
    """Labels below, each centred on its rate."""


def trend(
    points: Sequence[tuple[str, float | None]],
    levels: Sequence[tuple[str, float]],
    width: float = WIDTH,
) -> Trend:
    """A line through (label, rate) in their order, over lines at some rates, such as 0, 0.5, 1."""
    sheet = _Sheet(points, levels, width)
    found = [
        None if rate is None else (sheet.x(at), sheet.y(rate)) for at, (_, rate) in sheet.rates
    ]
    return Trend(
        width=width,
        height=sheet.foot + _GAP + SIZE * LEADING,
        size=SIZE,
        dot=_DOT,
        levels=tuple(sheet.level(label, rate) for label, rate in levels),
        paths=tuple(_pieces(found)),
        dots=tuple(point for point in found if point),
        ticks=tuple(sheet.ticks()),
    )


class _Sheet:
    """Where things stand: labels of the levels at the start, half a label of room at the end."""

    def __init__(
        self,
        points: Sequence[tuple[str, float | None]],
        levels: Sequence[tuple[str, float]],
        wide: float,
    ) -> None:
        self.points = points
        self.label = max((width(label, SIZE) for label, _ in points), default=0.0)
        names = max((width(label, SIZE) for label, _ in levels), default=0.0)
        self.left = names + _GAP
        self.first = max(self.left + _GAP, self.label / 2)
        self.right = wide - max(self.label / 2, _GAP)
        self.wide = wide
        self.head = SIZE
        self.foot = self.head + _HEIGHT

    @property
    def rates(self) -> Iterator[tuple[int, tuple[str, float | None]]]:
        return enumerate(self.points)

    def x(self, at: int) -> float:
        """A single point stands at the end, where the present is."""
        last = len(self.points) - 1
        return self.right if not last else self.first + (self.right - self.first) * at / last

    def y(self, rate: float) -> float:
        return self.foot - min(max(rate, 0.0), 1.0) * _HEIGHT

    def level(self, label: str, rate: float) -> Level:
        y = self.y(rate)
        path = f"M{pair((self.left, y))}L{pair((self.wide, y))}"
        return Level(path, Line(label, self.left - _GAP, y + SIZE * _RISE))

    def ticks(self) -> Iterator[Line]:
        last = len(self.points) - 1
        apart = (self.right - self.first) / max(last, 1)
        step = next((n for n in range(1, last + 1) if n * apart >= self.label + _GAP), last + 1)
        for at, (label, _) in self.rates:
            if (last - at) % step == 0:
                yield Line(label, self.x(at), self.foot + _GAP + SIZE)


def _pieces(points: Sequence[Point | None]) -> Iterator[str]:
    """The line between gaps; a point between two gaps is a dot alone."""
    piece: list[Point] = []
    for point in (*points, None):
        if point:
            piece.append(point)
            continue
        if len(piece) > 1:
            yield "M" + "L".join(map(pair, piece))
        piece = []
