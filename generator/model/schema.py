"""A JSON Schema for each kind of file, so that editors complete and check while one types.

JSON Schema draft 2020-12, as pydantic writes it. Translations have schemas of their own: text
only, and nothing is required.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from generator.model.fields import Model
from generator.model.holidays import Holidays
from generator.model.kinds import Kind
from generator.model.people import People
from generator.model.settings import Settings
from generator.model.shape import Form, shapes_of
from generator.model.snapshot_schema import snapshot_schema
from generator.model.synonyms import Synonyms
from generator.model.told import descriptions_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = ["string", "number", "boolean"]
"""What editors may take for what is a text for us."""
_FORMED = {"pattern", "format", "enum", "const"}
_QUOTED_NUMBER = {
    "integer": r"^\s*[+-]?\d+(_\d+)*(\.0*)?\s*$",
    "number": r"^\s*[+-]?(\d+(_\d+)*(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$",
}
_YES_OR_NO = {
    "type": ["boolean", "integer", "string"],
    "minimum": 0,
    "maximum": 1,
    "pattern": "^([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[01])$",
}


def schemas(kinds: tuple[Kind, ...]) -> Mapping[str, dict[str, Any]]:
    """Schemas by file name without extension: `sop`, `sop.translation`, `playbook`, `people`…; and
    `library` for playbook.json."""
    models: dict[str, type[Model]] = {kind.name: kind.model for kind in kinds}
    models |= {"playbook": Settings, "people": People, "holidays": Holidays, "synonyms": Synonyms}
    made: dict[str, dict[str, Any]] = {}
    for name, model in models.items():
        made[name] = _of_source(model)
        if any(shape.translatable for shape in shapes_of(model)):
            made[f"{name}.translation"] = _of_translation(model)
    made["library"] = {"$schema": DIALECT, **snapshot_schema(kinds)}
    return made


def _of_source(model: type[Model]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": DIALECT, **_relaxed(schema)}


def _relaxed(schema: Any) -> Any:
    """Editors read scalars by YAML's rules, so where a text is expected a number will do, and where
    a number is expected one in quotation marks."""
    if isinstance(schema, list):
        return [_relaxed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    relaxed = {key: _relaxed(value) for key, value in schema.items() if key != "title"}
    if "properties" in schema:
        relaxed["properties"] = {
            name: _relaxed(field) for name, field in schema["properties"].items()
        }
    return _scalar(_given(relaxed))


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A field that is optional may be left out. One that is there and has no value says nothing,
    which is allowed in plain text alone."""
    choices = schema.get("anyOf", ())
    if {"type": "null"} not in choices:
        return schema
    left = [each for each in choices if each != {"type": "null"} and not _is_plain_text(each)]
    if not left:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "default")}
    return {**left[0], **rest} if len(left) == 1 else {**rest, "anyOf": left}


def _is_plain_text(schema: dict[str, Any]) -> bool:
    return schema == {"type": _TEXT}


def _scalar(schema: dict[str, Any]) -> dict[str, Any]:
    match schema:
        case {"type": "string"} if not _FORMED.intersection(schema):
            return {**schema, "type": _TEXT}
        case {"type": "string", "pattern": pattern} if re.search(pattern, "1" * 16):
            also = ["boolean"] if re.search(pattern, "true") else []
            return {**schema, "type": ["string", "number", *also]}
        case {"type": ["string", "number"]} if "pattern" not in schema:
            return {**schema, "type": _TEXT}
        case {"type": "integer" | "number" as kind}:
            return {**schema, "type": [kind, "string"], "pattern": _QUOTED_NUMBER[kind]}
        case {"type": "boolean"}:
            return {**schema, **_YES_OR_NO}
    return schema


def _of_translation(model: type[Model]) -> dict[str, Any]:
    schema = _texts_of(model)
    schema["properties"]["translates"] = {
        "type": ["string", "number"],
        "description": "Digest of the source text; written by `playbook translated PATH`.",
    }
    return {"$schema": DIALECT, "description": model.__doc__, **schema}


def _texts_of(model: type[Model], item: bool = False) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for shape in shapes_of(model):
        description = descriptions_of(model).get(shape.attribute)
        if shape.translatable:
            properties[shape.name] = copy.deepcopy(_text_schema(shape.form, shape.model))
            if description:
                properties[shape.name]["description"] = description
        elif item and shape.name in ("id", "code"):
            properties[shape.name] = {
                "type": _TEXT,
                "description": "Says which item is meant.",
            }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _text_schema(form: Form, model: type[Model] | None) -> dict[str, Any]:
    text: dict[str, Any] = {"type": _TEXT}
    if form is Form.TEXTS:
        return {"type": "object", "additionalProperties": text}
    if form is Form.ITEMS:
        assert model is not None
        return {"type": "array", "items": _texts_of(model, item=True)}
    if form is Form.MODEL:
        assert model is not None
        return _texts_of(model)
    return dict(text)
