"""A time line: spans in proportion, month ticks, a label for each span.

Takes (label, from, to), gives rectangles, ticks, leaders and lines of text. "across" runs from
left to right, "down" from top to bottom for narrow screens. Labels that are wider than their
span are moved aside, as little as possible, and keep a leader to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.charts.strokes import Point, polyline
from generator.charts.text import LEADING, Line, longest_piece, settle, stack, width, wrap

Direction: TypeAlias = Literal["across", "down"]
Stage: TypeAlias = tuple[str, float, float]

SIZE = 14.0
"""Font size of the labels."""
NUMBER_SIZE = 12.0
WIDTH_ACROSS = 680.0
WIDTH_DOWN = 320.0
_MARGIN = 16.0  # half of a number stands beyond the ends of the line
_BAR = 12.0
_NUMBERS = 18.0  # room for the numbers above the ticks, "across"
_NUMBERS_DOWN = 34.0  # and beside them, "down"
_TICK_SHORT, _TICK_LONG = 4.0, 8.0
_TICK_GAP = 3.0  # between ticks and bar
_LEADER = 20.0  # from the bar to the labels
_LABEL_GAP = 10.0
_SEAM = 1.0  # paper at both ends of a bar, so that spans that meet stay apart
_TICKS = (1, 2, 3, 6, 12, 24, 60, 120)
_TICK_LEAST = 12.0  # between two ticks
_LENGTH_LEAST = 200.0  # of the line, "down"
_ROW = 44.0  # of one label, "down": easy to tap


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle with its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Span:
    """One stage: its bar, the leader to its label, the label and the area of both to click."""

    bar: Rectangle
    middle: Point
    """Of the bar: the place for a mark."""
    leader: str
    area: Rectangle
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at a month; `number` is there where a stage begins or ends."""

    path: str
    number: Line | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything is in one coordinate system, with the origin top left."""

    direction: Direction
    width: float
    height: float
    size: float
    number_size: float
    anchor: str
    """The `text-anchor` of the labels."""
    number_anchor: str
    spans: tuple[Span, ...]
    """In the order of the stages given."""
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Months as places along the line."""

    first: float
    last: float
    start: float
    length: float

    def at(self, month: float) -> float:
        return self.start + (month - self.first) / ((self.last - self.first) or 1.0) * self.length


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label that has found its place along the line."""

    lines: tuple[str, ...]
    centre: float
    size: float


def timeline(stages: Sequence[Stage], direction: Direction = "across") -> Timeline:
    """The line for (label, from, to), in months; `to` is after `from`."""
    if direction == "across":
        return _across(stages)
    return _down(stages)


def _across(stages: Sequence[Stage]) -> Timeline:
    scale = _scale(stages, _MARGIN, WIDTH_ACROSS - 2 * _MARGIN)
    limits = _limits(stages, scale)
    lines = [wrap(label, limit, SIZE) for (label, _, _), limit in zip(stages, limits, strict=True)]
    widths = [max(width(line, SIZE) for line in ls) + _LABEL_GAP if ls else 0.0 for ls in lines]
    placed = _placed(stages, scale, lines, widths, (0.0, WIDTH_ACROSS))
    bar = _NUMBERS + _TICK_LONG + _TICK_GAP
    spans = tuple(_span_across(s, p, scale, bar) for s, p in zip(stages, placed, strict=True))
    height = max((s.area.y + s.area.height for s in spans), default=bar + _BAR)
    ticks = tuple(_tick_across(scale.at(m), n, bar - _TICK_GAP) for m, n in _ticks(stages, scale))
    return Timeline(
        "across", WIDTH_ACROSS, height + 2, SIZE, NUMBER_SIZE, "middle", "middle", spans, ticks
    )


def _down(stages: Sequence[Stage]) -> Timeline:
    x = _NUMBERS_DOWN + _TICK_LONG + _TICK_GAP + _BAR + _LEADER + 6
    lines = [wrap(label, WIDTH_DOWN - x - 4, SIZE) for label, _, _ in stages]
    heights = [max(_ROW, len(ls) * SIZE * LEADING + _LABEL_GAP) for ls in lines]
    length = max(_LENGTH_LEAST, sum(heights) + 2 * _LABEL_GAP)
    scale = _scale(stages, _MARGIN / 2, length)
    placed = _placed(stages, scale, lines, heights, (0.0, length + _MARGIN))
    bar = _NUMBERS_DOWN + _TICK_LONG + _TICK_GAP
    spans = tuple(_span_down(s, p, scale, bar) for s, p in zip(stages, placed, strict=True))
    ticks = tuple(_tick_down(scale.at(m), n, bar - _TICK_GAP) for m, n in _ticks(stages, scale))
    height = length + _MARGIN
    return Timeline("down", WIDTH_DOWN, height, SIZE, NUMBER_SIZE, "start", "end", spans, ticks)


def _scale(stages: Sequence[Stage], start: float, length: float) -> _Scale:
    first = min((float(stage[1]) for stage in stages), default=0.0)
    last = max((float(stage[2]) for stage in stages), default=1.0)
    return _Scale(first, last, start, length)


def _limits(stages: Sequence[Stage], scale: _Scale) -> list[float]:
    """The width of each label: that of its span if all words fit theirs, else equal shares."""
    rooms = [scale.at(end) - scale.at(start) - _LABEL_GAP for _, start, end in stages]
    if all(longest_piece([s[0]], SIZE) <= room for s, room in zip(stages, rooms, strict=True)):
        return rooms
    return [WIDTH_ACROSS / len(stages) - _LABEL_GAP] * len(stages)


def _placed(
    stages: Sequence[Stage],
    scale: _Scale,
    lines: Sequence[tuple[str, ...]],
    sizes: Sequence[float],
    ends: tuple[float, float],
) -> list[_Placed]:
    """Labels at the middle of their spans, or as near to it as the others allow."""
    centres = [(scale.at(start) + scale.at(end)) / 2 for _, start, end in stages]
    order = sorted(range(len(stages)), key=centres.__getitem__)
    places = settle([centres[i] for i in order], [sizes[i] for i in order], *ends)
    found = dict(zip(order, places, strict=True))
    return [_Placed(lines[i], found[i], sizes[i]) for i in range(len(stages))]


def _span_across(stage: Stage, label: _Placed, scale: _Scale, bar: float) -> Span:
    start, length = _extent(stage, scale)
    top = bar + _BAR + _LEADER
    block = len(label.lines) * SIZE * LEADING
    return Span(
        Rectangle(start, bar, length, _BAR),
        (start + length / 2, bar + _BAR / 2),
        polyline(((start + length / 2, bar + _BAR + 3), (label.centre, top - 2))),
        Rectangle(label.centre - label.size / 2, top, label.size, block + 4),
        stack(label.lines, label.centre, top + block / 2, SIZE),
    )


def _span_down(stage: Stage, label: _Placed, scale: _Scale, bar: float) -> Span:
    start, length = _extent(stage, scale)
    left = bar + _BAR + _LEADER
    top = label.centre - label.size / 2
    return Span(
        Rectangle(bar, start, _BAR, length),
        (bar + _BAR / 2, start + length / 2),
        polyline(((bar + _BAR + 3, start + length / 2), (left, label.centre))),
        Rectangle(left, top, WIDTH_DOWN - left, label.size),
        stack(label.lines, left + 6, label.centre, SIZE),
    )


def _extent(stage: Stage, scale: _Scale) -> Point:
    """Where the bar of a stage begins, and how long it is."""
    start, end = scale.at(stage[1]), scale.at(stage[2])
    return start + _SEAM, max(end - start - 2 * _SEAM, 2.0)


def _ticks(stages: Sequence[Stage], scale: _Scale) -> Iterator[tuple[float, str]]:
    """Months to mark, with a number where a stage begins or ends and there is room for it."""
    ends = sorted({float(month) for stage in stages for month in stage[1:]})
    months = (scale.last - scale.first) or 1.0
    every = next((n for n in _TICKS if n / months * scale.length >= _TICK_LEAST), _TICKS[-1])
    first = -int(-scale.first // every) * every
    regular = {float(m) for m in range(int(first), int(scale.last) + 1, every)}
    reached = float("-inf")
    for month in sorted(regular.union(ends)):
        number = ""
        if month in ends and _has_room(month, reached, scale):
            number, reached = f"{month:g}", month
        yield month, number


def _has_room(month: float, reached: float, scale: _Scale) -> bool:
    """Whether a number fits after the last one, and before that of the end, which always stands."""
    room = width("0000", NUMBER_SIZE)
    after = reached == float("-inf") or scale.at(month) - scale.at(reached) >= room
    return month == scale.last or (after and scale.at(scale.last) - scale.at(month) >= room)


def _tick_across(x: float, number: str, bottom: float) -> Tick:
    top = bottom - (_TICK_LONG if number else _TICK_SHORT)
    text = Line(number, x, bottom - _TICK_LONG - 5) if number else None
    return Tick(polyline(((x, top), (x, bottom))), text)


def _tick_down(y: float, number: str, right: float) -> Tick:
    left = right - (_TICK_LONG if number else _TICK_SHORT)
    text = Line(number, right - _TICK_LONG - 5, y + NUMBER_SIZE * 0.36) if number else None
    return Tick(polyline(((left, y), (right, y))), text)
