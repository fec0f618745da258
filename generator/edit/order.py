"""The fields of a mapping put into an order, each with its comments; no character gets lost.

Takes YAML and where its values stand, gives YAML. A comment belongs to the field below it, one that
is indented or stands behind a value to the field before it. What opens the file stays on top.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.edit.mapping import Node
from generator.edit.text import BREAK, NotEditable, after_break, break_near, line_end, line_start

_KEEPING = re.compile(r"[|>][0-9]*\+")
"""Begins a text block to which the empty lines below it belong."""
_BREAK_AT_END = re.compile(f"{BREAK}\\Z")


@dataclass(frozen=True, slots=True)
class _Field:
    rank: int
    text: str
    """Its lines, with the comments above and behind it."""


def set_order(yaml: str, top: Node, names: Sequence[str]) -> str:
    """`yaml` with the fields of `top` in the order of `names`; others follow in theirs. Raises
    NotEditable where they cannot be told apart by lines."""
    rank = {name: position for position, name in enumerate(names)}
    ranks = [rank.get(pair.key.text or "", len(names)) for pair in top.pairs]
    if ranks == sorted(ranks):
        return yaml
    _refuse_what_cannot_move(yaml, top)
    starts = _starts(yaml, top)
    end = _end(yaml, top, len(top.pairs) - 1)
    if _rest(yaml[end:]):
        raise NotEditable("something else than comments follows its fields")
    pieces = [yaml[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
    fields = sorted(map(_Field, ranks, pieces), key=lambda field: field.rank)
    return yaml[: starts[0]] + _joined(fields, break_near(yaml, 0), yaml[end:])


def _joined(fields: list[_Field], eol: str, tail: str) -> str:
    """The fields, each on lines of its own; a text without a line end at its end stays so."""
    ended = all(_BREAK_AT_END.search(field.text) for field in fields)
    whole = "".join(
        field.text if _BREAK_AT_END.search(field.text) else field.text + eol for field in fields
    )
    return (whole if ended else _BREAK_AT_END.sub("", whole)) + tail


def _refuse_what_cannot_move(yaml: str, top: Node) -> None:
    if top.form != "block":
        raise NotEditable("its fields stand in { }; write each of them on a line of its own")
    if any(scalar.form == "alias" for scalar in top.scalars):
        raise NotEditable("a value refers to another one (*), which has to stand above it")
    for pair in top.pairs:
        if yaml[line_start(yaml, pair.key.start) : pair.key.start].strip(" "):
            raise NotEditable(f"write `{pair.key.text}:` at the beginning of a line")


def _starts(yaml: str, top: Node) -> list[int]:
    """Where the lines of each field begin: behind those of the field before."""
    return [_first(yaml, top), *(_end(yaml, top, at) for at in range(len(top.pairs) - 1))]


def _first(yaml: str, top: Node) -> int:
    """Where the first field begins: with the comments above it, unless they open the file."""
    first = at = line_start(yaml, top.pairs[0].key.start)
    for line in reversed(yaml[:first].splitlines(keepends=True)):
        if not line.strip():
            return at
        if not line.lstrip(" ").startswith("#"):
            break
        at -= len(line)
    return first


def _end(yaml: str, top: Node, position: int) -> int:
    """Behind the last line of a field: that of its value, or of comments that are indented like
    parts of it, or of the empty lines that belong to a text block."""
    pair = top.pairs[position]
    at = after_break(yaml, line_end(yaml, pair.value.end))
    column = pair.key.start - line_start(yaml, pair.key.start)
    limit = top.pairs[position + 1].key.start if position + 1 < len(top.pairs) else len(yaml)
    last = pair.value.scalars[-1] if pair.value.scalars else pair.value
    keeping = last.form == "text block" and _KEEPING.match(yaml, last.start)
    look = at
    while look < limit and (below := after_break(yaml, line_end(yaml, look))) > look:
        line = yaml[look:below]
        inner = line.strip() and len(line) - len(line.lstrip(" ")) > column
        if line.strip() and not inner:
            break
        look = below
        if inner or (keeping and not line.strip()):
            at = below
    return at


def _rest(tail: str) -> bool:
    """Whether the text behind the last field holds more than comments."""
    lines = (line.strip() for line in re.split(BREAK, tail))
    return any(line and not line.startswith("#") for line in lines)
