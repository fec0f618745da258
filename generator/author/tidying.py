"""A source file in good order: its fields as the model lists them, its days as 2026-11-03.

Takes bytes, gives bytes. Comments, quotes of texts, the body, unknown fields, line ends and the
byte order mark stay; only days that can mean one thing alone are written anew.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from generator.author.places import node_at
from generator.author.values import values_of
from generator.edit import Edit, NotEditable, applied, set_order, within_yaml
from generator.model.fields import Model
from generator.model.shape import Form, shapes_of
from generator.problems import Problem
from generator.problems.core import Path
from generator.read import Source, source_of
from generator.read.layout import Node, layout_of
from generator.validate.overlay import RECORD

_DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})"
    r"|年(\d{1,2})月(\d{1,2})日)",
    re.ASCII,
)
"""The year first, so that month and day cannot be taken for each other."""
_CLOSING = ("editor_note",)


def tidied(
    model: type[Model], shown: str, path: str, raw: bytes
) -> tuple[bytes | None, list[Problem]]:
    """`raw`, the file `path`, in good order; None, with the problems, where it cannot be read.
    Raises NotEditable where its fields cannot be put in order in place."""
    source, problems = source_of(shown, path, raw, body=False)
    if source is None or problems:
        return None, problems
    made = within_yaml(raw, path.endswith(".md"), lambda yaml: _tidy(model, source, yaml))
    after, _ = source_of(shown, path, made, body=False)
    if after is None or not _says_the_same(model, source, after):
        raise NotEditable("its fields cannot be put in order without changing what they say")
    return made, []


def _tidy(model: type[Model], source: Source, yaml: str) -> str:
    top = layout_of(yaml)
    if top is None or not top.pairs:
        return yaml
    dated = applied(yaml, _dates(model, source.data, yaml, top))
    moved = layout_of(dated)
    assert moved is not None
    return set_order(dated, moved, order_of(model))


def order_of(model: type[Model]) -> tuple[str, ...]:
    """The fields of a file in good order: as the model has them, but what is said of the entry as a
    whole comes last."""
    names = [shape.name for shape in shapes_of(model)]
    return (RECORD, *(n for n in names if n not in _CLOSING), *(n for n in names if n in _CLOSING))


def _dates(model: type[Model], data: dict[str, Any], yaml: str, top: Node) -> Iterator[Edit]:
    for path, text in _days(model, data):
        node = node_at(top, path)
        day = iso_day(text)
        plain = node is not None and node.form == "scalar" and not node.marked
        if day and node and plain and yaml[node.start : node.end] != day:
            yield node.start, node.end, day


def _days(model: type[Model], data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    return ((v.path, v.text) for v in values_of(model, data) if v.shape.form is Form.DATE)


def iso_day(text: str) -> str:
    """The day that `text` says, as 2026-11-03; "" where it is none, or might be another."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return ""
    try:
        return datetime.date(*(int(part) for part in found.groups() if part)).isoformat()
    except ValueError:
        return ""


def _says_the_same(model: type[Model], before: Source, after: Source) -> bool:
    """Whether only the order of fields and the writing of days differ."""
    days = dict(_days(model, before.data))
    return before.body_text == after.body_text and after.data == _with_days(before.data, days, ())


def _with_days(data: Any, days: dict[Path, str], path: Path) -> Any:
    if isinstance(data, dict):
        return {key: _with_days(value, days, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_days(value, days, (*path, i)) for i, value in enumerate(data)]
    return iso_day(data) or data if path in days else data
