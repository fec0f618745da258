"""Lines as SVG path data: corners rounded, arrow heads as shapes of their own.

Takes points, gives strings and points. Heads are shapes and not markers, because a marker needs
an id, and ids would have to be unique over all charts of a page.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

CORNER = 6.0
"""Radius of a corner."""
HEAD = 7.0
"""Length of an arrow head; it is as wide as long."""


@functools.lru_cache(maxsize=16384)
def number(value: float) -> str:
    """A coordinate with at most one decimal, so that output is short and the same everywhere."""
    return f"{round(value, 1) + 0:g}"  # + 0 turns -0.0 into 0.0


def pair(point: Point) -> str:
    """One point as path data."""
    return f"{number(point[0])} {number(point[1])}"


def polygon(points: Iterable[Point]) -> str:
    """A closed shape as path data."""
    return "M" + "L".join(map(pair, points)) + "Z"


def polyline(points: Sequence[Point], radius: float = CORNER) -> str:
    """An open line as path data, its corners rounded as far as their sides allow."""
    path = ["M" + pair(points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        path.append(f"L{pair(_towards(corner, before, room))}")
        path.append(f"Q{pair(corner)} {pair(_towards(corner, after, room))}")
    return "".join((*path, "L" + pair(points[-1])))


def shaft(points: Sequence[Point]) -> str:
    """The line of an arrow: as far as the back of its head, so that the tip stays sharp."""
    return polyline((*points[:-1], _towards(points[-1], points[-2], HEAD - 1)))


def head(points: Sequence[Point]) -> str:
    """The head of an arrow, its tip on the last point."""
    (x, y), back = points[-1], _towards(points[-1], points[-2], HEAD)
    across = ((back[1] - y) / 2, (x - back[0]) / 2)
    left = (back[0] + across[0], back[1] + across[1])
    right = (back[0] - across[0], back[1] - across[1])
    return polygon(((x, y), left, right))


def straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that repeat the one before."""
    return (points[0], *(b for a, b in pairwise(points) if _distance(a, b) > 0.01))


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    """The point `length` away from start on the way to end."""
    share = length / (_distance(start, end) or 1.0)
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
