"""What a model is made of: which of its fields are texts, references, or structure.

Everything that has to go through content without knowing its kind rests on this: checking
references, laying a translation over its source, digesting texts, making schemas.
"""

from __future__ import annotations

import datetime
import enum
import functools
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from generator.model.fields import Model, Prose, Refers, Words
from generator.model.review import ReviewDate
from generator.problems.core import Path


class Form(enum.Enum):
    """The form of a field, as far as walking and translating it goes."""

    WORDS = "words"
    PROSE = "prose"
    REFERENCE = "reference"
    REFERENCES = "references"
    MODEL = "model"
    ITEMS = "items"
    """Models in order; matched by `id` where they have one."""
    TEXTS = "texts"
    """Words or prose by key."""
    DATE = "date"
    PLAIN = "plain"
    """Numbers, names: like dates, structure that a translation may not touch."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of one field under the name that files use."""

    name: str
    attribute: str
    form: Form
    model: type[Model] | None = None
    refers: Refers | None = None
    markdown: bool = False
    """Whether its texts are Markdown."""

    @property
    def translatable(self) -> bool:
        """Whether a translation may carry the field, because it is text or holds text."""
        if self.form in (Form.WORDS, Form.PROSE, Form.TEXTS):
            return True
        return self.model is not None and any(s.translatable for s in shapes_of(self.model))


@functools.cache
def shapes_of(model: type[Model]) -> tuple[Shape, ...]:
    """The fields of `model`, in the order in which they are declared."""
    return tuple(
        _shape(info.alias or name, name, _restore(info.annotation, info.metadata))
        for name, info in model.model_fields.items()
    )


def _restore(annotation: Any, metadata: list[Any]) -> Any:
    refers = [mark for mark in metadata if isinstance(mark, Refers)]
    return Annotated[annotation, refers[0]] if refers else annotation


def _shape(name: str, attribute: str, annotation: Any) -> Shape:
    plain = _unwrap(annotation)
    refers = _refers(plain)
    if refers:
        return Shape(name, attribute, Form.REFERENCE, refers=refers)
    origin, arguments = get_origin(plain), get_args(plain)
    if origin is tuple:
        inner = _unwrap(arguments[0])
        if refers := _refers(inner):
            return Shape(name, attribute, Form.REFERENCES, refers=refers)
        if _is_model(inner):
            return Shape(name, attribute, Form.ITEMS, model=inner)
    if origin is dict and (text := _unwrap(arguments[1])) in (Words, Prose):
        return Shape(name, attribute, Form.TEXTS, markdown=text is Prose)
    if plain is Words:
        return Shape(name, attribute, Form.WORDS)
    if plain is Prose:
        return Shape(name, attribute, Form.PROSE, markdown=True)
    if _is_model(plain):
        return Shape(name, attribute, Form.MODEL, model=plain)
    if plain in (datetime.date, ReviewDate):
        return Shape(name, attribute, Form.DATE)
    return Shape(name, attribute, Form.PLAIN)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def _unwrap(annotation: Any) -> Any:
    """Takes `| None` and markings other than references off an annotation."""
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is Annotated and _refers(annotation) is None:
        annotation = get_args(annotation)[0]
    return annotation


def _refers(annotation: Any) -> Refers | None:
    if get_origin(annotation) is not Annotated:
        return None
    return next((mark for mark in get_args(annotation)[1:] if isinstance(mark, Refers)), None)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text or a reference, and where it stands."""

    path: Path
    name: str
    """The path with ids of items in place of their positions: it survives reordering."""
    value: Any
    refers: Refers | None = None


def leaves(data: Model) -> Iterator[Leaf]:
    """All texts and references inside `data`, in order."""
    return _leaves(data, (), "")


def _leaves(data: Model, path: Path, name: str) -> Iterator[Leaf]:
    for shape in shapes_of(type(data)):
        value = getattr(data, shape.attribute)
        if value is None or shape.form in (Form.PLAIN, Form.DATE):
            continue
        here, called = (*path, shape.name), f"{name}{shape.name}"
        if shape.form in (Form.WORDS, Form.PROSE, Form.REFERENCE):
            yield Leaf(here, called, value, shape.refers)
        elif shape.form is Form.TEXTS:
            for key, text in value.items():
                yield Leaf((*here, key), f"{called}.{key}", text)
        elif shape.form is Form.REFERENCES:
            for index, target in enumerate(value):
                yield Leaf((*here, index), f"{called}.{index}", target, shape.refers)
        elif shape.form is Form.MODEL:
            yield from _leaves(value, here, f"{called}.")
        else:
            for index, item in enumerate(value):
                item_name = getattr(item, "id", None) or getattr(item, "code", index)
                yield from _leaves(item, (*here, index), f"{called}.{item_name}.")
