"""Values to bytes and back, by pickle with a list of what may come back.

A pickle can name any function of any module. Here only classes of ours that hold values, and a few
of the standard library's, are ever made, so that a cache from somewhere else runs nothing.

Dataclasses are written as a call with their fields: Python's own way, for those with slots, looks
up the fields of each anew and takes several times as long.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import importlib
import io
import operator
import pickle
from collections.abc import Callable
from typing import Any

_STANDARD = {
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("copyreg", "_reconstructor"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("decimal", "Decimal"),
}
_OURS = "generator."
_PROTOCOL = 5


def packed(value: object) -> bytes:
    """`value` as bytes."""
    content = io.BytesIO()
    _Pickler(content, _PROTOCOL).dump(value)
    return content.getvalue()


def unpacked(content: bytes) -> Any:
    """The value that `packed` took. Raises pickle.UnpicklingError for anything else."""
    try:
        return _Unpickler(io.BytesIO(content)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # damaged bytes stumble anywhere
        raise pickle.UnpicklingError(str(error)) from error


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        fields = _fields_of(kind)
        return NotImplemented if fields is None else (kind, fields(value))


@functools.cache
def _fields_of(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes the fields of a dataclass out, if these make it whole."""
    if not dataclasses.is_dataclass(kind) or "__reduce__" in vars(kind):
        return None
    fields = dataclasses.fields(kind)
    if not all(field.init and not field.kw_only for field in fields):
        return None
    names = [field.name for field in fields]
    if len(names) < 2:
        return lambda value: tuple(getattr(value, name) for name in names)
    return operator.attrgetter(*names)


class _Unpickler(pickle.Unpickler):  # the safe kind
    def find_class(self, module: str, name: str) -> Any:
        return _allowed(module, name)


@functools.cache
def _allowed(module: str, name: str) -> Any:
    if (module, name) in _STANDARD:
        return getattr(importlib.import_module(module), name)
    if module.startswith(_OURS) and "." not in name:
        found = getattr(importlib.import_module(module), name, None)
        if isinstance(found, type) and _holds_values(found):
            return found
    raise pickle.UnpicklingError(f"{module}.{name} is not kept in a cache")


def _holds_values(kind: type) -> bool:
    if kind.__module__.startswith(_OURS) and issubclass(kind, str | enum.Enum | tuple):
        return True
    return dataclasses.is_dataclass(kind) or hasattr(kind, "model_fields")
