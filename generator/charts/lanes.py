"""Which lane every line of a flowchart runs in, before anything has a size.

Takes step positions, gives lane numbers. Steps stand in rows that are walked like a snake: even
rows forwards, odd ones backwards. On each side of a row there is a band of lanes, skips on one side
(-1) and returns on the other (+1); lines between rows run in a gutter at the rows' ends, returns
where the slots are lowest and skips where they are highest. Knows slots, not coordinates.

Lanes are given out by interval colouring, first fit, the shortest stretch first: short lines
run inside long ones, which keeps crossings few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Channel: TypeAlias = tuple[str, int, int]
"""A bundle of lanes: ("band", side, row) or ("gutter", side, 0)."""

SKIP, RETURN = -1, 1
_SLOTS = 3  # of a column: the check of a backward row, the box, the check of a forward row


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a step stands: its row and column, and the slots of its box and of its check."""

    row: int
    column: int
    forward: int
    """1 in a row that is walked towards higher slots, else -1."""

    @property
    def box(self) -> int:
        return self.column * _SLOTS + 1

    @property
    def check(self) -> int:
        return self.box + self.forward


@dataclass(frozen=True, slots=True, order=True)
class Wire:
    """A line that leaves the check of one step and enters the box of another, or of the same."""

    start: int
    end: int

    @property
    def side(self) -> int:
        return SKIP if self.end > self.start else RETURN


@dataclass(frozen=True, slots=True)
class Plan:
    """The lane of every wire in every channel that it uses, counted from the inside."""

    slots: tuple[Slot, ...]
    wires: tuple[Wire, ...]
    lanes: dict[tuple[Wire, Channel], int] = field(hash=False)

    def count(self, channel: Channel) -> int:
        """How many lanes the channel needs."""
        return max((lane + 1 for (_, at), lane in self.lanes.items() if at == channel), default=0)

    def lane(self, wire: Wire, row: int) -> int:
        """The wire's lane in the band of a row."""
        return self.lanes[wire, band(wire, row)]

    def arrivals(self, step: int, side: int) -> tuple[Wire, ...]:
        """The wires that enter a step from one side, in the order of their slots.

        Of those that come from the same end, the outer one goes on farther: so they do not cross.
        """
        row = self.slots[step].row
        wires = [wire for wire in self.wires if wire.end == step and wire.side == side]
        rising = [wire for wire in wires if self._comes_from(wire) < self.slots[step].box]
        falling = [wire for wire in wires if wire not in rising]
        rising.sort(key=lambda wire: self.lane(wire, row))
        falling.sort(key=lambda wire: -self.lane(wire, row))
        return (*rising, *falling)

    def _comes_from(self, wire: Wire) -> int:
        start, end = self.slots[wire.start], self.slots[wire.end]
        return start.check if start.row == end.row else _gutter_slot(self.slots, wire)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of a wire in one channel, from the lowest to the highest slot (or row)."""

    wire: Wire
    channel: Channel
    low: int
    high: int


def plan(count: int, capacity: int, wires: Iterable[Wire]) -> Plan:
    """The plan for `count` steps, `capacity` to a row."""
    slots = tuple(_slot(index, capacity) for index in range(count))
    known = tuple(sorted(set(wires)))
    channels: dict[Channel, list[_Stretch]] = defaultdict(list)
    for wire in known:
        for stretch in _stretches(slots, wire):
            channels[stretch.channel].append(stretch)
    lanes: dict[tuple[Wire, Channel], int] = {}
    for channel, stretches in channels.items():
        lanes |= {(s.wire, channel): lane for s, lane in _coloured(stretches)}
    return Plan(slots, known, lanes)


def band(wire: Wire, row: int) -> Channel:
    """The band that the wire uses beside a row."""
    return ("band", wire.side, row)


def gutter(wire: Wire) -> Channel:
    """The gutter that the wire uses between rows."""
    return ("gutter", wire.side, 0)


def _slot(index: int, capacity: int) -> Slot:
    row, place = divmod(index, capacity)
    if row % 2:
        return Slot(row, capacity - 1 - place, -1)
    return Slot(row, place, 1)


def _gutter_slot(slots: Sequence[Slot], wire: Wire) -> int:
    return -1 if wire.side == RETURN else len(slots) * _SLOTS


def _stretches(slots: Sequence[Slot], wire: Wire) -> Iterator[_Stretch]:
    start, end = slots[wire.start], slots[wire.end]
    if start.row == end.row:
        yield _stretch(wire, band(wire, start.row), start.check, end.box)
        return
    outside = _gutter_slot(slots, wire)
    yield _stretch(wire, band(wire, start.row), start.check, outside)
    yield _stretch(wire, gutter(wire), start.row, end.row)
    yield _stretch(wire, band(wire, end.row), end.box, outside)


def _stretch(wire: Wire, channel: Channel, one: int, other: int) -> _Stretch:
    return _Stretch(wire, channel, min(one, other), max(one, other))


def _coloured(stretches: Iterable[_Stretch]) -> Iterator[tuple[_Stretch, int]]:
    """Each stretch with the first lane in which it meets no other."""
    taken: list[list[_Stretch]] = []
    for stretch in sorted(stretches, key=lambda s: (s.high - s.low, s.low, s.wire)):
        free = (i for i, lane in enumerate(taken) if not any(_meet(stretch, s) for s in lane))
        lane = next(free, len(taken))
        taken[lane:lane] = [[]] if lane == len(taken) else []
        taken[lane].append(stretch)
        yield stretch, lane


def _meet(one: _Stretch, other: _Stretch) -> bool:
    return one.low <= other.high and other.low <= one.high
