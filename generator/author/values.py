"""The values of plain data that a model takes for references, texts or days, with their places.

Goes by the shape of the model and takes data as it stands in a file: of an entry, of a translation
or of one that has errors. What does not fit the shape is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.fields import Model
from generator.model.shape import Form, Shape, shapes_of
from generator.problems.core import Path


@dataclass(frozen=True, slots=True)
class Value:
    """A single value."""

    path: Path
    text: str
    shape: Shape

    @property
    def is_reference(self) -> bool:
        """Whether it holds the id of an entry."""
        refers = self.shape.refers
        return refers is not None and not {"person", "tag"}.intersection(refers.kinds)


def values_of(model: type[Model], data: Any) -> Iterator[Value]:
    """All single values of `data` that the model knows by their form, in the order of the model."""
    return _values(model, data, ())


def _values(model: type[Model], data: Any, path: Path) -> Iterator[Value]:
    if not isinstance(data, dict):
        return
    for shape in shapes_of(model):
        if (value := data.get(shape.name)) is not None:
            yield from _field(shape, value, (*path, shape.name))


def _field(shape: Shape, value: Any, path: Path) -> Iterator[Value]:
    if isinstance(value, str):
        short = _short_form(shape) if shape.form is Form.MODEL else shape
        if short is not None:
            yield Value(path, value, short)
    elif shape.form in (Form.TEXTS, Form.REFERENCES):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(inner, str):
                yield Value((*path, key), inner, shape)
    elif shape.form is Form.MODEL:
        assert shape.model is not None
        yield from _values(shape.model, value, path)
    elif shape.form is Form.ITEMS and isinstance(value, list):
        assert shape.model is not None
        for index, item in enumerate(value):
            yield from _values(shape.model, item, (*path, index))


def _short_form(shape: Shape) -> Shape | None:
    """What a single value stands for where fields could stand: the day of a review."""
    assert shape.model is not None
    first = shapes_of(shape.model)[0]
    return first if first.form is Form.DATE else None
