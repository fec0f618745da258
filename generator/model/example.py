"""A value for a field, made up of what its declaration says: for files that somebody begins.

The first of a field's `examples` comes first; without one, the type and its bounds decide.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from generator.model.cadence import Cadence
from generator.model.fields import SLUG, Duration, Model, Quantity
from generator.model.shape import Shape

_OF_TYPES: dict[Any, str] = {
    bool: "false",
    Duration: "5 workdays",
    Quantity: "10 %",
    Cadence: "monthly",
}


def is_begun_with(model: type[Model], shape: Shape) -> bool:
    """Whether a new file says something here: the field is required, or it gives an example."""
    info = model.model_fields[shape.attribute]
    return info.is_required() or bool(info.examples)


def keys_for(model: type[Model], shape: Shape) -> tuple[str, ...]:
    """The keys for a field with texts by key."""
    example = (model.model_fields[shape.attribute].examples or [{}])[0]
    return tuple(example) or ("first",)


def value_for(model: type[Model], shape: Shape) -> str:
    """A single value for a field that is neither text nor reference nor date."""
    info = model.model_fields[shape.attribute]
    if info.examples:
        return str(info.examples[0])
    return _of_type(info.annotation, info.metadata)


def choices_of(model: type[Model], shape: Shape) -> tuple[str, ...]:
    """The words that a field takes, if it takes certain words."""
    plain, _ = _unwrapped(model.model_fields[shape.attribute].annotation, [])
    return tuple(map(str, get_args(plain))) if get_origin(plain) is Literal else ()


def _of_type(annotation: Any, metadata: list[Any]) -> str:
    plain, constraints = _unwrapped(annotation, metadata)
    if get_origin(plain) is Literal:
        return str(get_args(plain)[0])
    if get_origin(plain) is tuple:
        return f"[{_of_type(get_args(plain)[0], [])}]"
    if plain in (int, float):
        return _number(constraints)
    if plain is str and any(getattr(mark, "pattern", None) == SLUG for mark in constraints):
        return "first"
    return _OF_TYPES.get(plain, "to-do")


def _unwrapped(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
        return _unwrapped(annotation, metadata)
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        return _unwrapped(inner, [*metadata, *_flat(marks)])
    return annotation, _flat(metadata)


def _flat(marks: list[Any]) -> list[Any]:
    """Constraints, those inside of a `Field` too."""
    return [inner for mark in marks for inner in getattr(mark, "metadata", [mark])]


def _number(constraints: list[Any]) -> str:
    """1, or what lies next to it inside of the bounds."""
    bounds = {name: getattr(mark, name) for mark in constraints for name in ("ge", "gt", "le", "lt")
              if getattr(mark, name, None) is not None}  # fmt: skip
    least = max(bounds.get("ge", 1), bounds.get("gt", 0) + 1, 1)
    return f"{min(least, bounds.get('le', least), bounds.get('lt', least + 1) - 1):g}"
