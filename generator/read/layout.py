"""Where the values of a YAML text stand, to the character: what is needed to change them in place.

Takes a text that `generator.read.yaml.load` finds sound, gives a tree of places. Unlike the places
in problems these are offsets into the very text, so they hold for any line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANK = " \t\r\n\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place."""

    start: int
    end: int
    """Behind its last character. A text block ends with its last line that is not empty, a block
    with its last value, and a value that is left out where it begins: behind the colon."""
    form: str
    """`scalar`, `text block` (| and >), `alias`, `block` or `flow`."""
    text: str | None = None
    """Of a scalar."""
    marked: bool = False
    """Whether it carries an anchor or a tag."""
    pairs: tuple[Pair, ...] = ()
    """Of a mapping."""
    items: tuple[Node, ...] = ()
    """Of a sequence."""
    scalars: tuple[Node, ...] = ()
    """All scalars and aliases in it, in order; for a scalar itself alone."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A field of a mapping."""

    key: Node
    value: Node


def layout_of(text: str) -> Node | None:
    """The places of the values of `text`; None where it holds nothing but comments.

    `text` has no byte order mark. Raises yaml.YAMLError for a text that is not sound.
    """
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _node(text, event, events)
    return None


def _node(text: str, event: Any, events: Iterator[Any]) -> Node:
    if isinstance(event, yaml.CollectionStartEvent):
        return _collection(text, event, events)
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        made = Node(start, end, "alias")
    else:
        block = event.style in ("|", ">")
        if block:
            end = start + len(text[start:end].rstrip(_BLANK))
        form = "text block" if block else "scalar"
        made = Node(start, end, form, event.value, bool(event.anchor or event.tag))
    return replace(made, scalars=(made,))


def _collection(text: str, event: Any, events: Iterator[Any]) -> Node:
    inner: list[Node] = []
    last = next(events)
    while not isinstance(last, yaml.CollectionEndEvent):
        inner.append(_node(text, last, events))
        last = next(events)
    closing: Any = last.end_mark
    mapping = isinstance(event, yaml.MappingStartEvent)
    paired = inner if mapping else []
    return Node(
        start=event.start_mark.index,
        end=closing.index if event.flow_style or not inner else inner[-1].end,
        form="flow" if event.flow_style else "block",
        marked=bool(event.anchor or event.tag),
        pairs=tuple(map(Pair, paired[::2], paired[1::2])),
        items=() if mapping else tuple(inner),
        scalars=tuple(scalar for node in inner for scalar in node.scalars),
    )
