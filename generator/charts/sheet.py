"""Where everything in a flowchart stands.

Takes titles and the plan of lanes, gives coordinates. Works along the flow (first coordinate)
and beside it (second), so that one set of rules draws both directions; `Sheet.turned` makes x
and y of them. Knows no SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from generator.charts.lanes import RETURN, SKIP, Plan, Slot, Wire, gutter
from generator.charts.strokes import Point
from generator.charts.text import LEADING, Line, stack, wrap

SIZE = 14.0
NUMBER_SIZE = 12.0
CHECK = 8.0
"""Half the diagonal of an exit check."""

_MARGIN = 4.0
_STUB = 6.0  # from a box to its check
_GAP = 22.0  # from a check to the next box: an arrow head and some line
_FIRST = 18.0  # from a box to the first lane
_LANE = 12.0  # between lanes
_TURN = 16.0  # from the end of a row to the line that leads to the next
_ROWS = 28.0  # between rows
_BOX_MOST = 176.0
_BOX_LEAST = 100.0
_GUTTER_MOST = 40.0
_DOWN_LEAST = 170.0  # width of a box that many lanes must leave
_PORT = 10.0  # between arrow heads on one edge
_SELF_PORT = 16.0  # from the end of a box to where its own failure path comes back
_PAD = 8.0
_AFTER = _STUB + 2 * CHECK
_NUMBER_COLUMN = 26.0  # "down": the number stands beside the title
_NUMBER_ROW = 18.0  # "across": it stands above


@dataclass(frozen=True, slots=True)
class Cell:
    """A step along the flow: its box from start to end, its check; and the lines of its title."""

    start: float
    end: float
    check: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All the measures of one drawing."""

    plan: Plan
    cells: tuple[Cell, ...]
    middles: tuple[float, ...]
    """The middle line of each row."""
    half: float
    """Half the breadth of a box."""
    lane: float
    """Between two lanes of a band."""
    gutters: dict[int, tuple[float, ...]]
    """The lanes of the gutter on each side, from the inside."""
    turns: tuple[float, float]
    """Where lines lead to the next row: after a forward row, after a backward one."""
    length: float
    breadth: float
    upright: bool
    """Whether the flow goes down."""

    def turned(self, point: Point) -> Point:
        """The point as x and y."""
        return (point[1], point[0]) if self.upright else point

    def rectangle(self, step: int) -> tuple[float, float, float, float]:
        """The box of a step: x, y, width, height."""
        cell, middle = self.cells[step], self._middle(step)
        x, y = self.turned((cell.start, middle - self.half))
        width, height = self.turned((cell.end - cell.start, 2 * self.half))
        return x, y, width, height

    def check(self, step: int) -> Point:
        """The middle of a step's check."""
        return self.turned((self.cells[step].check, self._middle(step)))

    def words(self, step: int) -> tuple[Line, tuple[Line, ...]]:
        """The number of a step and its title."""
        x, y, width, height = self.rectangle(step)
        lines, number = self.cells[step].lines, str(step + 1)
        if self.upright:
            title = stack(lines, x + _PAD + _NUMBER_COLUMN, y + height / 2, SIZE)
            return Line(number, x + _PAD + 3, title[0].y), title
        block = len(lines) * SIZE * LEADING
        title = stack(lines, x + width / 2, y + _PAD + _NUMBER_ROW + block / 2, SIZE)
        return Line(number, x + width / 2, y + _PAD + NUMBER_SIZE), title

    def stub(self, step: int) -> tuple[Point, ...]:
        """From a box to its check."""
        cell, middle = self.cells[step], self._middle(step)
        forward = self.plan.slots[step].forward
        edge = cell.end if forward > 0 else cell.start
        return self._points((edge, middle), (cell.check - forward * CHECK, middle))

    def onward(self, step: int) -> tuple[Point, ...]:
        """From a check to the following step, which may stand in the next row."""
        slot, box = self.plan.slots[step], self.cells[step + 1]
        start = (self.cells[step].check + slot.forward * CHECK, self._middle(step))
        near, far = (box.start, box.end) if slot.forward > 0 else (box.end, box.start)
        if slot.row == self.plan.slots[step + 1].row:
            return self._points(start, (near, start[1]))
        turn, there = self.turns[slot.row % 2], self._middle(step + 1)
        return self._points(start, (turn, start[1]), (turn, there), (far, there))

    def wire(self, wire: Wire) -> tuple[Point, ...]:
        """From a check through its lanes to a box that does not follow."""
        rows = self.plan.slots[wire.start].row, self.plan.slots[wire.end].row
        check, port = self.cells[wire.start].check, self._port(wire)
        levels = self._level(wire, rows[0]), self._level(wire, rows[1])
        between: tuple[Point, ...] = ()
        if rows[0] != rows[1]:
            lane = self.gutters[wire.side][self.plan.lanes[wire, gutter(wire)]]
            between = ((lane, levels[0]), (lane, levels[1]))
        return self._points(
            (check, self.middles[rows[0]] + wire.side * CHECK),
            (check, levels[0]),
            *between,
            (port, levels[1]),
            (port, self.middles[rows[1]] + wire.side * self.half),
        )

    def _middle(self, step: int) -> float:
        return self.middles[self.plan.slots[step].row]

    def _points(self, *points: Point) -> tuple[Point, ...]:
        return tuple(map(self.turned, points))

    def _level(self, wire: Wire, row: int) -> float:
        depth = self.half + _FIRST + self.plan.lane(wire, row) * self.lane
        return self.middles[row] + wire.side * depth

    def _port(self, wire: Wire) -> float:
        """Where along its edge a wire enters a box."""
        cell, arrivals = self.cells[wire.end], self.plan.arrivals(wire.end, wire.side)
        step = (cell.end - cell.start) / (len(arrivals) + 1)
        if wire.start != wire.end:
            return cell.start + (arrivals.index(wire) + 1) * step
        inset = min(_SELF_PORT, step)
        return cell.end - inset if self.plan.slots[wire.end].forward > 0 else cell.start + inset


def down(labels: Sequence[str], plan: Plan, limit: float) -> Sheet:
    """One column, at most `limit` wide unless that leaves boxes too narrow to read."""
    counts = plan.count(("band", SKIP, 0)), plan.count(("band", RETURN, 0))
    lane = _lane_between(counts, limit)
    left, right = (_band(count, lane) for count in counts)
    box = limit - left - right - 2 * _MARGIN
    titles = [wrap(label, box - 2 * _PAD - _NUMBER_COLUMN, SIZE) for label in labels]
    lengths = [max(_block(lines), _ports(plan, i) * _PORT) for i, lines in enumerate(titles)]
    starts = list(accumulate((n + _AFTER + _GAP for n in lengths), initial=_MARGIN))
    cells = tuple(
        Cell(start, start + length, start + length + _STUB + CHECK, lines)
        for start, length, lines in zip(starts, lengths, titles, strict=False)
    )
    length = max(starts[-1] - _GAP, _MARGIN) + _MARGIN
    middle = _MARGIN + left + box / 2
    return Sheet(plan, cells, (middle,), box / 2, lane, {}, (0.0, 0.0), length, limit, True)


def _lane_between(counts: tuple[int, int], limit: float) -> float:
    """The usual distance of lanes, or what is left of the width for each of very many."""
    spare = limit - 2 * _MARGIN - _DOWN_LEAST - 2 * _FIRST
    return min(_LANE, spare / max(sum(counts), 1))


def _band(count: int, lane: float) -> float:
    return _FIRST + (count - 1) * lane if count else 0.0


def _ports(plan: Plan, step: int) -> int:
    """The spaces between arrow heads on the fuller side of a step."""
    return 1 + max(len(plan.arrivals(step, SKIP)), len(plan.arrivals(step, RETURN)))


def _block(lines: Sequence[str]) -> float:
    return len(lines) * SIZE * LEADING + 2 * _PAD


def capacity(count: int, limit: float) -> int:
    """How many steps stand in one row, the rows being filled evenly."""
    most = max(1, int((limit - 2 * _MARGIN + _GAP) // (_BOX_LEAST + _AFTER + _GAP)))
    return ceil(count / ceil(count / most)) if count else 1


def across(labels: Sequence[str], plan: Plan, capacity: int, limit: float) -> Sheet:
    """Rows of equal boxes, `capacity` to a row, at most `limit` wide."""
    edges = _edges(plan, capacity, limit)
    titles = [wrap(label, edges.box - 2 * _PAD, SIZE) for label in labels]
    half = (max(map(_block, titles), default=0.0) + _NUMBER_ROW) / 2
    middles, breadth = _middles(plan, half)
    cells = tuple(_cell(edges, plan.slots[i], lines) for i, lines in enumerate(titles))
    return Sheet(
        plan=plan,
        cells=cells,
        middles=middles,
        half=half,
        lane=_LANE,
        gutters=edges.gutters,
        turns=edges.turns,
        length=edges.length,
        breadth=breadth,
        upright=False,
    )


@dataclass(frozen=True, slots=True)
class _Edges:
    """The measures of all rows along the flow."""

    box: float
    first: float
    """Where the first column begins."""
    turns: tuple[float, float]
    gutters: dict[int, tuple[float, ...]]
    length: float


def _edges(plan: Plan, capacity: int, limit: float) -> _Edges:
    rows = 1 + max((slot.row for slot in plan.slots), default=0)
    low = _lanes_outside(plan.count(("gutter", RETURN, 0)))
    high = _lanes_outside(plan.count(("gutter", SKIP, 0)))
    before = _AFTER * (rows > 1) + _TURN * (rows > 2) + max(low, default=0.0)
    behind = _AFTER + _TURN * (rows > 1) + max(high, default=0.0)
    spaces = (capacity - 1) * (_AFTER + _GAP) + 2 * _MARGIN
    box = min(_BOX_MOST, (limit - before - behind - spaces) / capacity)
    first = _MARGIN + before
    last = first + capacity * box + (capacity - 1) * (_AFTER + _GAP)
    turns = (last + _AFTER + _TURN, first - _AFTER - _TURN)
    inner = turns[1] if rows > 2 else first - _AFTER
    gutters = {
        RETURN: tuple(inner - lane for lane in low),
        SKIP: tuple(turns[0] + lane for lane in high),
    }
    return _Edges(box, first, turns, gutters, last + behind + _MARGIN)


def _lanes_outside(count: int) -> tuple[float, ...]:
    """How far outside the rows each lane of a gutter runs."""
    lane = min(_LANE, _GUTTER_MOST / max(count, 1))
    return tuple(lane * (index + 1) for index in range(count))


def _cell(edges: _Edges, slot: Slot, lines: tuple[str, ...]) -> Cell:
    start = edges.first + slot.column * (edges.box + _AFTER + _GAP)
    end = start + edges.box
    check = end + _STUB + CHECK if slot.forward > 0 else start - _STUB - CHECK
    return Cell(start, end, check, lines)


def _middles(plan: Plan, half: float) -> tuple[tuple[float, ...], float]:
    """The middle of every row, and the breadth of all with their bands."""
    rows = 1 + max((slot.row for slot in plan.slots), default=0)
    middles: list[float] = []
    edge = _MARGIN
    for row in range(rows):
        edge += _band(plan.count(("band", SKIP, row)), _LANE) + half
        middles.append(edge)
        edge += half + _band(plan.count(("band", RETURN, row)), _LANE) + _ROWS
    return tuple(middles), edge - _ROWS + _MARGIN
