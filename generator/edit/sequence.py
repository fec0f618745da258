"""Items of a list that stands in a field: one comes in, goes, or gets another value, in place.

Takes YAML and where its values stand, gives the edits. Comments and the form of the list stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.edit.mapping import Node, Pair, column_of, field_added, field_removed
from generator.edit.scalar import as_scalar
from generator.edit.text import Edit, NotEditable, after_break, break_near, line_end, line_start


def item_added(yaml: str, top: Node, name: str, value: str, after: Collection[str]) -> Edit:
    """The edit that puts `value` at the end of the list `name` of the mapping `top`. A missing list
    comes below the last of the fields `after`, or on top. Raises NotEditable."""
    pair = _field(top, name)
    if pair is None:
        lines = [" " * column_of(yaml, top.pairs[0].key) + f"{name}: [{as_scalar(value)}]"]
        return field_added(yaml, top, lines, after)
    held = pair.value
    if held.marked or (held.text or "~") not in ("~", "null"):
        raise NotEditable(f"{name} is no plain list")
    if held.items and held.form == "flow":
        return held.items[-1].end, held.items[-1].end, f", {as_scalar(value)}"
    if held.items:
        lead = _dash(yaml, held.items[-1])
        at = line_end(yaml, held.items[-1].end)
        return at, at, f"{break_near(yaml, pair.key.start)}{lead}{as_scalar(value)}"
    gap = " " if held.start == held.end else ""
    return held.start, held.end, f"{gap}[{as_scalar(value)}]"


def item_removed(yaml: str, top: Node, name: str, position: int) -> Edit:
    """The edit that takes an item out of the list `name`; the last one takes the field along.
    Raises NotEditable."""
    pair = _field(top, name)
    assert pair is not None
    items = pair.value.items
    if len(items) == 1:
        return field_removed(yaml, pair, column_of(yaml, pair.key))
    if pair.value.form == "flow":
        if position:
            return items[position - 1].end, items[position].end, ""
        return items[0].start, items[1].start, ""
    _dash(yaml, items[position])
    start = line_start(yaml, items[position].start)
    end = after_break(yaml, line_end(yaml, items[position].end))
    if end == len(yaml) and not yaml.endswith(("\n", "\r")):
        start = len(yaml[:start].removesuffix("\n").removesuffix("\r"))
    return start, end, ""


def scalar_replaced(yaml: str, node: Node, old: str, new: str) -> Edit:
    """The edit that makes `new` of the single value `old`, its quotes kept. Raises NotEditable."""
    written = yaml[node.start : node.end]
    if node.form == "scalar" and written == old:
        return node.start, node.end, as_scalar(new)
    if written.count(old) != 1 or not re.fullmatch(r"[A-Za-z0-9._/-]+", new):
        raise NotEditable(f"{old} is written in a way that cannot be changed in place")
    start = node.start + written.index(old)
    return start, start + len(old), new


def _field(top: Node, name: str) -> Pair | None:
    if top.form == "flow":
        raise NotEditable("its fields stand in { }; write each of them on a line of its own")
    return next((pair for pair in top.pairs if pair.key.text == name), None)


def _dash(yaml: str, item: Node) -> str:
    lead = yaml[line_start(yaml, item.start) : item.start]
    if lead.strip(" ") != "-":
        raise NotEditable("write each item of the list on a line of its own")
    return lead
