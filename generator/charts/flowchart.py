"""A flowchart of steps: boxes, an exit check after each, the ways forward and the ways back.

Takes titles and pairs of step positions, gives shapes, paths and lines of text. "down" sets the
steps below one another, narrow enough for a phone; "across" sets them side by side, and in rows
walked like a snake when there are more than fit. Both are the same drawing: it is made along and
beside the flow, and turned at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.charts import sheet
from generator.charts.lanes import Wire, plan
from generator.charts.sheet import Sheet
from generator.charts.strokes import CORNER, Point, head, polygon, polyline, shaft
from generator.charts.text import Line

Direction: TypeAlias = Literal["across", "down"]
Pairs: TypeAlias = Iterable[tuple[int, int]]

SIZE = sheet.SIZE
"""Font size of the titles; the numbers are set in `NUMBER_SIZE`."""
NUMBER_SIZE = sheet.NUMBER_SIZE
WIDTH_DOWN = 340.0
WIDTH_ACROSS = 960.0


@dataclass(frozen=True, slots=True)
class Box:
    """A step: its rectangle, its number and its title."""

    x: float
    y: float
    width: float
    height: float
    number: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Diamond:
    """The exit check of a step. After the last check of a way nothing follows."""

    x: float
    y: float
    path: str
    last: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line with a head, from the check of the step `start` to the box of the step `end`."""

    start: int
    end: int
    points: tuple[Point, ...]
    path: str
    head: str


@dataclass(frozen=True, slots=True)
class Flowchart:
    """Everything is in one coordinate system, with the origin top left; sizes are in CSS pixels."""

    direction: Direction
    width: float
    height: float
    size: float
    number_size: float
    anchor: str
    """The `text-anchor` of all text."""
    radius: float
    """The corner radius of the boxes."""
    boxes: tuple[Box, ...]
    diamonds: tuple[Diamond, ...]
    stubs: tuple[str, ...]
    """The short lines between boxes and their checks."""
    routes: tuple[Arrow, ...]
    """To the following step."""
    skips: tuple[Arrow, ...]
    """Forward, past other steps."""
    returns: tuple[Arrow, ...]
    """Back to an earlier step or to the same one."""


def flowchart(
    labels: Sequence[str],
    routes: Pairs,
    returns: Pairs,
    direction: Direction = "down",
    limit: float | None = None,
) -> Flowchart:
    """The drawing of steps with these titles, numbered by position.

    `routes` lead forward and `returns` back (or to the step itself), as pairs of positions from
    0; a pair that leads the other way is not drawn. `limit` is the greatest width.
    """
    forward = sorted({(start, end) for start, end in routes if start < end})
    backward = sorted({(start, end) for start, end in returns if end <= start})
    wires = [Wire(*pair) for pair in (*forward, *backward) if pair[1] != pair[0] + 1]
    if direction == "down":
        page = sheet.down(labels, plan(len(labels), len(labels), wires), limit or WIDTH_DOWN)
    else:
        capacity = sheet.capacity(len(labels), limit or WIDTH_ACROSS)
        lanes = plan(len(labels), capacity, wires)
        page = sheet.across(labels, lanes, capacity, limit or WIDTH_ACROSS)
    return _drawn(page, direction, forward, backward)


def _drawn(
    page: Sheet,
    direction: Direction,
    forward: Sequence[tuple[int, int]],
    backward: Sequence[tuple[int, int]],
) -> Flowchart:
    nexts = [(start, end) for start, end in forward if end == start + 1]
    skips = [Wire(start, end) for start, end in forward if end > start + 1]
    goes_on = {start for start, _ in forward}
    steps = range(len(page.cells))
    width, height = page.turned((page.length, page.breadth))
    return Flowchart(
        direction=direction,
        width=width,
        height=height,
        size=SIZE,
        number_size=NUMBER_SIZE,
        anchor="start" if direction == "down" else "middle",
        radius=CORNER,
        boxes=tuple(_box(page, step) for step in steps),
        diamonds=tuple(_diamond(page, step, step not in goes_on) for step in steps),
        stubs=tuple(polyline(page.stub(step)) for step in steps),
        routes=tuple(_arrow(step, end, page.onward(step)) for step, end in nexts),
        skips=tuple(_arrow(w.start, w.end, page.wire(w)) for w in skips),
        returns=tuple(_arrow(*pair, page.wire(Wire(*pair))) for pair in backward),
    )


def _box(page: Sheet, step: int) -> Box:
    x, y, width, height = page.rectangle(step)
    number, lines = page.words(step)
    return Box(x, y, width, height, number, lines)


def _diamond(page: Sheet, step: int, last: bool) -> Diamond:
    x, y = page.check(step)
    half = sheet.CHECK
    path = polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)))
    return Diamond(x, y, path, last)


def _arrow(start: int, end: int, points: tuple[Point, ...]) -> Arrow:
    return Arrow(start, end, points, shaft(points), head(points))
