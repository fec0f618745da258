"""A field that holds further fields, set in place: values change, what stands around them stays.

Takes YAML and where its values stand (`Node`), gives YAML. Fields whose value is the wanted one
keep their bytes, whatever their quoting; comments stay even where their field goes. Knows no kinds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from generator.edit.scalar import as_key, as_scalar
from generator.edit.text import (
    Edit,
    NotEditable,
    after_break,
    applied,
    break_near,
    line_end,
    line_start,
)

Value = str | Mapping[str, str]
Values = Mapping[str, Value]


class Node(Protocol):
    """A value, and where it stands in the YAML, by character."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str | None: ...
    @property
    def form(self) -> str: ...
    @property
    def marked(self) -> bool: ...
    @property
    def pairs(self) -> Sequence[Pair]: ...
    @property
    def items(self) -> Sequence[Node]: ...
    @property
    def scalars(self) -> Sequence[Node]: ...


class Pair(Protocol):
    """A field of a mapping."""

    @property
    def key(self) -> Node: ...
    @property
    def value(self) -> Node: ...


def set_mapping(
    yaml: str, top: Node, name: str, values: Values, after: Collection[str] = ()
) -> str:
    """`yaml` with the field `name` of the mapping `top` holding `values`, one a line.

    A missing field comes after the last of the fields `after`, or first of all. Raises NotEditable.
    """
    if top.form == "flow":
        raise NotEditable("its fields stand in { }; write each of them on a line of its own")
    pair = next((pair for pair in top.pairs if pair.key.text == name), None)
    if pair is None:
        return applied(yaml, [_added(yaml, top, name, values, after)])
    return applied(yaml, _held(yaml, pair, values))


def add_to_mapping(yaml: str, top: Node | None, name: str, values: Mapping[str, str]) -> str:
    """`yaml` with `values` added to the field `name` of `top`, each key before the first one that
    is greater. Keys that are there already keep their values. Raises NotEditable."""
    pair = next((pair for pair in top.pairs if pair.key.text == name), None) if top else None
    if top is not None and top.form == "flow":
        raise NotEditable("its fields stand in { }; write each of them on a line of its own")
    if pair is None:
        return _appended(yaml, top, name, values)
    if pair.value.form != "block":
        _refuse_marks(pair.value)
        if pair.value.pairs:
            raise NotEditable(f"{name} stands in {{ }}; write each day on a line of its own")
        return applied(yaml, _in_place_of(yaml, pair, dict(sorted(values.items()))))
    held = {item.key.text for item in pair.value.pairs}
    missing = {key: values[key] for key in sorted(values.keys() - held)}
    return applied(yaml, _in_order(yaml, pair, missing))


def _in_order(yaml: str, holder: Pair, values: Mapping[str, str]) -> Iterator[Edit]:
    pairs = holder.value.pairs
    column = column_of(yaml, pairs[0].key)
    groups: dict[int, list[str]] = {}
    for key, value in values.items():
        greater = (index for index, pair in enumerate(pairs) if (pair.key.text or "") > key)
        groups.setdefault(next(greater, len(pairs)), []).extend(_line(column, key, value))
    for index, lines in groups.items():
        if index:
            yield _behind(yaml, pairs[index - 1], lines)
        else:
            at, eol = line_end(yaml, _colon(yaml, holder)), break_near(yaml, holder.key.start)
            yield at, at, "".join(eol + line for line in lines)


def _appended(yaml: str, top: Node | None, name: str, values: Mapping[str, str]) -> str:
    column = column_of(yaml, top.pairs[0].key) if top and top.pairs else 0
    eol = break_near(yaml, 0)
    gap = "" if not yaml or yaml.endswith(("\n", "\r")) else eol
    return yaml + gap + eol.join(_block(column, name, dict(sorted(values.items())))) + eol


def _added(yaml: str, top: Node, name: str, values: Values, after: Collection[str]) -> Edit:
    return field_added(yaml, top, _block(column_of(yaml, top.pairs[0].key), name, values), after)


def field_added(yaml: str, top: Node, lines: list[str], after: Collection[str]) -> Edit:
    """The edit that puts the lines of a field below the last of the fields `after`, or on top."""
    before = [pair for pair in top.pairs if pair.key.text in after]
    return _behind(yaml, before[-1], lines) if before else _ahead(yaml, top.pairs[0], lines)


def _held(yaml: str, pair: Pair, values: Values) -> Iterator[Edit]:
    """The edits that make `values` of the value of `pair`."""
    _refuse_marks(pair.value)
    if not _same(pair.value, values):
        merged = pair.value.form == "block"
        yield from (_merged if merged else _in_place_of)(yaml, pair, values)


def _refuse_marks(node: Node) -> None:
    marked = node.marked or any(scalar.marked for scalar in node.scalars)
    if marked or any(_marks_inside(pair) for pair in node.pairs):
        raise NotEditable("an anchor (&) or a tag (!) stands in it; write it without")


def _marks_inside(pair: Pair) -> bool:
    return pair.value.marked or any(_marks_inside(inner) for inner in pair.value.pairs)


def _same(node: Node, value: Value | Values) -> bool:
    """Whether `node` says what `value` says."""
    if isinstance(value, str):
        return node.text == value
    held = {pair.key.text or "": pair.value for pair in node.pairs}
    return held.keys() == value.keys() and all(_same(held[key], value[key]) for key in held)


def _merged(yaml: str, pair: Pair, values: Values) -> Iterator[Edit]:
    """Field by field: what has to change changes, what is missing is added, the rest goes."""
    inner = pair.value.pairs
    held = {item.key.text: item for item in inner}
    column = column_of(yaml, inner[0].key)
    behind: Pair | None = None
    new: dict[Pair | None, list[str]] = {}
    for name, value in values.items():
        if item := held.get(name):
            yield from _changed(yaml, item, value)
            behind = item
        else:
            new.setdefault(behind, []).extend(_line(column, name, value))
    for item in inner:
        if item.key.text not in values:
            yield field_removed(yaml, item, column)
    for before, lines in new.items():
        yield _behind(yaml, before, lines) if before else _ahead(yaml, inner[0], lines)


def _changed(yaml: str, pair: Pair, value: Value) -> Iterator[Edit]:
    node = pair.value
    if not isinstance(value, str):
        yield from _held(yaml, pair, value)
    elif node.pairs:
        raise NotEditable(f"{pair.key.text} holds fields of its own")
    elif node.text != value:
        if node.start == node.end:
            yield node.end, node.end, f" {as_scalar(value)}"
        else:
            comments = [f"  {text}" for _, text in _comments(yaml, node.start, node.end, node)]
            yield node.start, node.end, as_scalar(value) + "".join(comments)


def _in_place_of(yaml: str, pair: Pair, values: Values) -> Iterator[Edit]:
    """A value of any other form makes room for a block."""
    colon, end = _colon(yaml, pair), pair.value.end
    last = line_end(yaml, end)
    eol = break_near(yaml, pair.key.start)
    column = column_of(yaml, pair.key)
    comments = _comments(yaml, colon, last, pair.value)
    if line_end(yaml, colon) == last:
        own, others = yaml[max(colon, end) : last], []
    else:
        first = line_end(yaml, colon)
        own = "".join(f"  {text}" for at, text in comments if at < first)
        others = [" " * (column + 2) + text for at, text in comments if at >= first]
    lines = _fields(column + 2, values)
    yield colon, last, eol.join([own, *others, *lines])


def field_removed(yaml: str, pair: Pair, column: int) -> Edit:
    """The edit that takes out a field in the column `column`; its comments stay."""
    start, last = line_start(yaml, pair.key.start), line_end(yaml, pair.value.end)
    eol = break_near(yaml, pair.key.start)
    comments = _comments(yaml, _colon(yaml, pair), last, pair.value)
    kept = eol.join(" " * column + text for _, text in comments)
    if kept:
        return start, last, kept
    end = after_break(yaml, last)
    if end == last:  # no line end at the end of the text, and none is to be left there
        start = len(yaml[:start].removesuffix("\n").removesuffix("\r"))
    return start, end, ""


def _behind(yaml: str, pair: Pair, lines: list[str]) -> Edit:
    """`lines` below `pair`, and below comments that are indented like parts of it."""
    at = line_end(yaml, pair.value.end)
    column = column_of(yaml, pair.key)
    while pair.value.form == "block" and (below := after_break(yaml, at)) > at:
        line = yaml[below : line_end(yaml, below)]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
            break
        at = below + len(line)
    eol = break_near(yaml, pair.key.start)
    return at, at, "".join(eol + line for line in lines)


def _ahead(yaml: str, pair: Pair, lines: list[str]) -> Edit:
    at = line_start(yaml, pair.key.start)
    eol = break_near(yaml, pair.key.start)
    return at, at, "".join(line + eol for line in lines)


def _colon(yaml: str, pair: Pair) -> int:
    """Behind the colon of a field that opens its line."""
    at = pair.key.end + len(yaml[pair.key.end :]) - len(yaml[pair.key.end :].lstrip(" \t"))
    before = yaml[line_start(yaml, pair.key.start) : pair.key.start]
    if before.strip(" ") or yaml[at : at + 1] != ":":
        raise NotEditable(f"write `{pair.key.text}:` at the beginning of a line")
    return at + 1


def column_of(yaml: str, node: Node) -> int:
    """The characters before a value in its line."""
    return node.start - line_start(yaml, node.start)


def _comments(yaml: str, start: int, end: int, node: Node) -> list[tuple[int, str]]:
    """The comments of a stretch, with their places: what begins with # outside of all scalars."""
    found: list[tuple[int, str]] = []
    stretches = [scalar for scalar in node.scalars if scalar.end > scalar.start]
    at = start
    for scalar in stretches:
        found += _comments_between(yaml, at, scalar.start)
        at = scalar.end
        if scalar.form == "text block":
            found += _comments_between(yaml, scalar.start, line_end(yaml, scalar.start))
    return [*found, *_comments_between(yaml, min(at, end), end)]


def _comments_between(yaml: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while (at := yaml.find("#", start, end)) >= 0:
        start = min(line_end(yaml, at), end)
        yield at, yaml[at:start].rstrip()


def _block(column: int, name: str, values: Values) -> list[str]:
    return [" " * column + f"{as_key(name)}:", *_fields(column + 2, values)]


def _fields(column: int, values: Values) -> list[str]:
    return [line for name, value in values.items() for line in _line(column, name, value)]


def _line(column: int, name: str, value: Value) -> list[str]:
    if isinstance(value, str):
        return [" " * column + f"{as_key(name)}: {as_scalar(value)}"]
    return _block(column, name, value)
