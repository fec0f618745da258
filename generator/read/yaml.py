"""YAML to plain data in one pass over the parser's events, and the places of its values.

Scalars stay the strings that stand in the file: a YAML 1.1 loader would turn `no` into False and
1.10 into 1.1; the models type them. libyaml's C parser does the parsing; building from events,
and not from its node graph, keeps depth and aliases under control (its composer overflows the
stack on deep nesting).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.problems.core import Path
from generator.problems.read import DUPLICATE_KEY, NOT_A_MAPPING, YAML_EXPANSION, YAML_SYNTAX
from generator.read.syntax import Fault, Position, syntax_fault

MAX_DEPTH = 30
MAX_VALUES = 100_000
_NULLS = {"", "~", "null", "Null", "NULL"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(slots=True)
class Marks:
    """Where keys and values begin, by their paths; and which values are blocks, `|` or `>`."""

    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)
    blocks: dict[Path, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Builder:
    events: Iterator[Any]
    marks: Marks | None
    faults: list[Fault] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    count: int = 0

    def build(self, event: Any, path: Path) -> Any:
        self._grow(1, event)
        if len(path) > MAX_DEPTH:
            raise _Stop(_too_large(event, f"the YAML is nested more than {MAX_DEPTH} levels deep"))
        if self.marks is not None:
            self.marks.values[path] = _position(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self.count
        value = self._value(event, path)
        if event.anchor:
            self.anchors[event.anchor] = (value, self.count - before + 1)
        return value

    def _value(self, event: Any, path: Path) -> Any:
        if event.tag and not event.tag.startswith("tag:yaml.org,2002:"):
            self.faults.append(Fault(YAML_SYNTAX, _position(event), f"unknown tag {event.tag}",
                                     "remove it, or quote the text"))  # fmt: skip
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _scalar(self, event: Any, path: Path) -> str:
        if self.marks is not None and event.style in ("|", ">"):
            self.marks.blocks[path] = event.style
        return "" if event.implicit[0] and event.value in _NULLS else str(event.value)

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self.build(event, (*path, len(values))))
        return values

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event)
            value = self.build(next(self.events), (*path, key))
            if key in values:
                self.faults.append(Fault(DUPLICATE_KEY, _position(event), f'duplicate key "{key}"',
                                         "keep one of them"))  # fmt: skip
            elif self.marks is not None:
                self.marks.keys[(*path, key)] = _position(event)
            values.setdefault(key, value)
        return values

    def _key(self, event: Any) -> str:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        raise _Stop(Fault(YAML_SYNTAX, _position(event), "a key must be plain text",
                          "write `field: value` lines"))  # fmt: skip

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            raise _Stop(Fault(YAML_SYNTAX, _position(event), f"unknown alias *{event.anchor}",
                              "put a text that begins with * in quotation marks"))  # fmt: skip
        value, size = self.anchors[event.anchor]
        self._grow(size, event)
        return value

    def _grow(self, size: int, event: Any) -> None:
        self.count += size
        if self.count > MAX_VALUES:
            raise _Stop(_too_large(event, f"the YAML expands to more than {MAX_VALUES} values"))


def load(text: str, marks: Marks | None = None) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The mapping that `text` holds, or None; and its faults. Fills `marks` if given."""
    builder = _Builder(_content_events(text), marks)
    try:
        first = next(builder.events, None)
        if first is None:
            return {}, []
        value = builder.build(first, ())
        if trailing := next(builder.events, None):
            raise _Stop(Fault(YAML_SYNTAX, _position(trailing), "more than one document",
                              "a file holds one entry: make two files of it"))  # fmt: skip
    except _Stop as stop:
        return None, [*builder.faults, stop.fault]
    except yaml.YAMLError as error:
        return None, [*builder.faults, syntax_fault(error, text)]
    if value == "":
        value = {}
    if not isinstance(value, dict):
        hint = "write `field: value` lines"
        if isinstance(value, str) and "：" in value:
            hint += ", with an ordinary colon and not ："
        return None, [Fault(NOT_A_MAPPING, _position(first), "expected fields with values", hint)]
    return value, builder.faults


def _content_events(text: str) -> Iterator[Any]:
    marks = (
        yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent
    )  # fmt: skip
    return (event for event in yaml.parse(text, Loader=_Loader) if not isinstance(event, marks))


@functools.lru_cache(maxsize=16)
def marks_of(text: str) -> Marks:
    """Where the values of `text` stand. Asked for only when there is something to point at."""
    marks = Marks()
    load(text, marks)
    return marks


def _position(event: Any) -> Position:
    return event.start_mark.line, event.start_mark.column


def _too_large(event: Any, message: str) -> Fault:
    return Fault(YAML_EXPANSION, _position(event), message, "write the values out, flatter")
