"""A JSON Schema for each kind of file, so that editors complete and check while one types.

JSON Schema draft 2020-12, as pydantic writes it. Translations have schemas of their own: text
only, and nothing is required.
"""

from __future__ import annotations

import copy
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
    """Editors read scalars by YAML's rules, so where a string is expected a number will do."""
    if isinstance(schema, list):
        return [_relaxed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    relaxed = {key: _relaxed(value) for key, value in schema.items() if key != "title"}
    if "properties" in schema:
        relaxed["properties"] = {
            name: _relaxed(field) for name, field in schema["properties"].items()
        }
    return relaxed


def _of_translation(model: type[Model]) -> dict[str, Any]:
    schema = _texts_of(model)
    schema["properties"]["translates"] = {
        "type": "string",
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
            properties[shape.name] = {"type": "string", "description": "Says which item is meant."}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _text_schema(form: Form, model: type[Model] | None) -> dict[str, Any]:
    text = {"type": ["string", "number"]}
    if form is Form.TEXTS:
        return {"type": "object", "additionalProperties": text}
    if form is Form.ITEMS:
        assert model is not None
        return {"type": "array", "items": _texts_of(model, item=True)}
    if form is Form.MODEL:
        assert model is not None
        return _texts_of(model)
    return dict(text)
