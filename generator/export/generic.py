"""Entries of kinds that nobody wrote a page for: every field, by the shape of the model.

A new kind works before it has a page of its own. Its fields are called as in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.export.desk import Desk
from generator.markdown.dialect import bullets, escape, paragraph
from generator.model import Content, Entry
from generator.model.fields import Duration, Model, Prose, Quantity
from generator.model.shape import Form, Shape, shapes_of

_SHARED = frozenset(Content.model_fields)


def fields(desk: Desk, entry: Entry) -> Iterator[str]:
    """All fields that the kind adds to those of every entry."""
    anchors = {anchor.partition("-")[2]: anchor for anchor in entry.data.anchors()}
    for shape in shapes_of(type(entry.data)):
        if shape.attribute not in _SHARED:
            yield from _field(desk, shape, getattr(entry.data, shape.attribute), anchors, 2)


def _field(
    desk: Desk, shape: Shape, value: Any, anchors: Mapping[str, str], level: int
) -> Iterator[str]:
    if value is None or value == () or value == {}:
        return
    yield desk.heading(level, escape(shape.name.replace("_", " ").capitalize()))
    match shape.form:
        case Form.MODEL:
            yield from _inside(desk, value, anchors, level + 1)
        case Form.ITEMS:
            for item in value:
                yield from _item(desk, item, anchors, level + 1)
        case Form.TEXTS:
            yield bullets(_text(desk, text) for text in value.values())
        case Form.REFERENCES:
            yield bullets(desk.link(target) for target in value)
        case Form.REFERENCE:
            yield desk.link(value)
        case _:
            yield _text(desk, value)


def _item(desk: Desk, item: Model, anchors: Mapping[str, str], level: int) -> Iterator[str]:
    identity = str(getattr(item, "id", ""))
    title = getattr(item, "title", None) or getattr(item, "name", None) or identity
    yield desk.heading(level, escape(str(title)), anchors.get(identity, ""))
    yield from _inside(desk, item, anchors, level + 1, ("id", "title", "name"))


def _inside(
    desk: Desk,
    model: Model,
    anchors: Mapping[str, str],
    level: int,
    without: tuple[str, ...] = ("id",),
) -> Iterator[str]:
    for shape in shapes_of(type(model)):
        if shape.attribute not in without:
            yield from _field(desk, shape, getattr(model, shape.attribute), anchors, level)


def _text(desk: Desk, value: Any) -> str:
    match value:
        case Prose():
            return desk.prose(value)
        case Quantity() | Duration():
            return paragraph(desk.amount(value))
        case tuple():
            return desk.say_between(escape(str(one)) for one in value)
    return paragraph(escape(str(value)))
