"""Where the value at a path stands in a text that is to be changed."""

from __future__ import annotations

from generator.problems.core import Path
from generator.read.layout import Node, Pair


def pair_at(top: Node, path: Path) -> Pair | None:
    """The field at `path`, whose last part is a key."""
    holder = node_at(top, path[:-1])
    found = (pair for pair in holder.pairs if pair.key.text == path[-1]) if holder else iter(())
    return next(found, None)


def node_at(top: Node, path: Path) -> Node | None:
    """The value at `path`; None where it stands elsewhere, by way of an alias."""
    if not path:
        return top
    if isinstance(path[-1], int):
        holder = node_at(top, path[:-1])
        return holder.items[path[-1]] if holder and path[-1] < len(holder.items) else None
    pair = pair_at(top, path)
    return pair.value if pair else None
