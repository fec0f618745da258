"""What models say of their fields: the texts below them, from the source.

pydantic can find them when a model is declared, but that takes a tenth of the start of every
command, and few commands ask.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel


@functools.cache
def descriptions_of(model: type[BaseModel]) -> Mapping[str, str]:
    """The text below each field of a model, by attribute, inherited ones included."""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if "__annotations__" in vars(part) and part.__module__.partition(".")[0] != "pydantic":
            found.update(_texts_in(part))
    return found


def describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Adds to the JSON Schema of a model what it says of its fields."""
    said, properties = descriptions_of(model), schema.get("properties", {})
    for attribute, info in model.model_fields.items():
        if attribute in said:
            properties[info.alias or attribute]["description"] = said[attribute]


def _texts_in(part: type[Any]) -> Iterator[tuple[str, str]]:
    [declared] = ast.parse(textwrap.dedent(inspect.getsource(part))).body
    assert isinstance(declared, ast.ClassDef)
    for field, text in itertools.pairwise(declared.body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                yield name, inspect.cleandoc(said)
