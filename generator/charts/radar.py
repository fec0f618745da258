"""A radar: one axis for each aspect, the values joined to a shape.

Takes labels, values and maxima, gives paths and lines of text. Three axes are the least that make
a shape; fewer become bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TypeAlias

from generator.charts.bars import Bars, Number, bars
from generator.charts.strokes import Point, polygon, polyline
from generator.charts.text import LEADING, Line, longest_piece, settle, stack, width, wrap

Axis: TypeAlias = tuple[str, Number, Number]

SIZE = 14.0
"""Font size of the labels."""
WIDTH = 360.0
_RADIUS_LEAST, _RADIUS_MOST = 60.0, 108.0
_BESIDE = 5.2 * SIZE  # a name of five Chinese characters
_GAP = 10.0  # between the outermost ring and the words
_MARGIN = 2.0
_DOT = 3.5
_RINGS = 4
_RINGS_MOST = 6


@dataclass(frozen=True, slots=True)
class Label:
    """The words beside one axis; the last line is the value."""

    name: str
    """The same in one line."""
    lines: tuple[Line, ...]
    anchor: str
    """The `text-anchor` of its lines: start, middle or end."""


@dataclass(frozen=True, slots=True)
class Radar:
    """Everything is in one coordinate system, with the origin top left."""

    width: float
    height: float
    size: float
    centre: Point
    radius: float
    dot: float
    rings: tuple[str, ...]
    spokes: tuple[str, ...]
    shape: str
    dots: tuple[Point, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A label as lines and as the direction of its axis, before it has a place."""

    name: str
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> float:
        return len(self.lines) * SIZE * LEADING

    @property
    def side(self) -> int:
        return 0 if _is_pole((self.x, self.y)) else 1 if self.x > 0 else -1


def radar(axes: Sequence[Axis]) -> Radar | Bars:
    """The radar for axes of (label, value, maximum), the first one pointing up.

    Fewer than three axes make no shape and become bars. Values are drawn between zero and their
    maximum, whatever they are; labels show them as given.
    """
    if len(axes) < 3:
        return bars([(_name(axis), _share(axis)) for axis in axes], full=1)
    return _radar(axes)


def _radar(axes: Sequence[Axis]) -> Radar:
    directions = [_direction(index, len(axes)) for index in range(len(axes))]
    radius = _radius(axes, directions)
    blocks = _blocks(axes, directions, radius)
    middles = _middles(blocks, radius)
    top, bottom = _extent(blocks, middles, radius)
    centre = (WIDTH / 2, _MARGIN - top)
    dots = _points(directions, [_share(axis) * radius for axis in axes], centre)
    ends = _points(directions, [radius] * len(axes), centre)
    return Radar(
        width=WIDTH,
        height=bottom - top + 2 * _MARGIN,
        size=SIZE,
        centre=centre,
        radius=radius,
        dot=_DOT,
        rings=tuple(_ring(directions, ring, centre) for ring in _ring_radii(axes, radius)),
        spokes=tuple(polyline((centre, end)) for end in ends),
        shape=polygon(dots),
        dots=dots,
        labels=tuple(_label(b, m, radius, centre) for b, m in zip(blocks, middles, strict=True)),
    )


def _blocks(axes: Sequence[Axis], directions: Sequence[Point], radius: float) -> list[_Block]:
    return [
        _Block(_name(axis), _lines(axis, radius, direction), *direction)
        for axis, direction in zip(axes, directions, strict=True)
    ]


def _radius(axes: Sequence[Axis], directions: Sequence[Point]) -> float:
    """As large as leaves room at the sides for the longest word and for short names in one line."""
    pairs = zip(axes, directions, strict=True)
    beside = [axis[0] for axis, direction in pairs if not _is_pole(direction)]
    names = (min(width(name, SIZE), _BESIDE) for name in beside)
    room = WIDTH / 2 - _GAP - _MARGIN - max(longest_piece(beside, SIZE), *names)
    return min(max(room, _RADIUS_LEAST), _RADIUS_MOST)


def _is_pole(direction: Point) -> bool:
    """Whether an axis points straight up or down, so that its label stands above or below."""
    return abs(direction[0]) < 0.01


def _direction(index: int, count: int) -> Point:
    """The unit vector of an axis: clockwise from the top, y pointing down."""
    angle = 2 * pi * index / count
    return (sin(angle), -cos(angle))


def _lines(axis: Axis, radius: float, direction: Point) -> tuple[str, ...]:
    beside = WIDTH / 2 - radius - _GAP - _MARGIN
    room = WIDTH * 0.6 if _is_pole(direction) else beside
    return (*wrap(axis[0], room, SIZE), *wrap(_score(axis), room, SIZE))


def _name(axis: Axis) -> str:
    """Label and value in one line of text."""
    return f"{axis[0]} {_score(axis)}"


def _score(axis: Axis) -> str:
    return f"{_numeral(axis[1])}/{_numeral(axis[2])}"


def _numeral(value: Number) -> str:
    """A number in figures: at most two decimals, none that say nothing."""
    return f"{round(float(value), 2):.2f}".rstrip("0").rstrip(".")


def _middles(blocks: Sequence[_Block], radius: float) -> list[float]:
    """The height of every label, seen from the centre: apart on each side, clear at the poles."""
    reach = radius + _GAP
    middles: dict[int, float] = {}
    for side in (-1, 1):
        column = sorted(
            (i for i, block in enumerate(blocks) if block.side == side), key=lambda i: blocks[i].y
        )
        heights = [blocks[i].height + _MARGIN for i in column]
        room = max(reach, sum(heights) / 2)
        places = settle([blocks[i].y * reach for i in column], heights, -room, room)
        middles.update(zip(column, places, strict=True))
    beside = [blocks[i] for i in middles]
    top, bottom = _extent(beside, list(middles.values()), radius)
    for i, block in enumerate(blocks):
        if block.side == 0:
            pole = min(top, -reach) if block.y < 0 else max(bottom, reach)
            middles[i] = pole + block.height / 2 * (-1 if block.y < 0 else 1)
    return [middles[i] for i in range(len(blocks))]


def _extent(
    blocks: Sequence[_Block], middles: Sequence[float], radius: float
) -> tuple[float, float]:
    """The highest and the lowest point of rings and labels, seen from the centre."""
    tops = (middle - block.height / 2 for block, middle in zip(blocks, middles, strict=True))
    bottoms = (middle + block.height / 2 for block, middle in zip(blocks, middles, strict=True))
    return min((-radius, *tops)), max((radius, *bottoms))


def _label(block: _Block, middle: float, radius: float, centre: Point) -> Label:
    """The label in its place, outside a circle around the rings."""
    near = max(abs(middle) - block.height / 2, 0.0)
    reach = radius + _GAP
    x = sqrt(max(reach**2 - near**2, (reach * block.x) ** 2)) * block.side
    anchor = ("middle", "start", "end")[block.side]
    lines = stack(block.lines, centre[0] + x, centre[1] + middle, SIZE)
    return Label(block.name, lines, anchor)


def _share(axis: Axis) -> float:
    """The value as a part of its maximum, from 0 to 1."""
    _, value, maximum = axis
    return min(max(float(value) / float(maximum), 0.0), 1.0) if maximum > 0 else 0.0


def _ring_radii(axes: Sequence[Axis], radius: float) -> tuple[float, ...]:
    """One ring for each point of a short common scale, else quarters."""
    maxima = {float(maximum) for _, _, maximum in axes}
    top = maxima.pop()
    count = int(top) if not maxima and top in range(2, _RINGS_MOST + 1) else _RINGS
    return tuple(radius * step / count for step in range(1, count + 1))


def _points(
    directions: Sequence[Point], lengths: Sequence[float], centre: Point
) -> tuple[Point, ...]:
    return tuple(
        (round(centre[0] + x * length, 1), round(centre[1] + y * length, 1))
        for (x, y), length in zip(directions, lengths, strict=True)
    )


def _ring(directions: Sequence[Point], radius: float, centre: Point) -> str:
    return polygon(_points(directions, [radius] * len(directions), centre))
