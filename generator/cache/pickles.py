"""Values to bytes and back, by pickle with a list of what may come back.

A pickle can name any function of any module. Here only classes of ours that hold values, and a few
of the standard library's, are ever made, so that a cache from somewhere else runs nothing.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import importlib
import io
import pickle
from typing import Any

_STANDARD = {
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
    return pickle.dumps(value, _PROTOCOL)


def unpacked(content: bytes) -> Any:
    """The value that `packed` took. Raises pickle.UnpicklingError for anything else."""
    try:
        return _Unpickler(io.BytesIO(content)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # damaged bytes stumble anywhere
        raise pickle.UnpicklingError(str(error)) from error


class _Unpickler(pickle.Unpickler):  # noqa: S301  # the safe kind
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
