"""The JSON Schema of playbook.json, from the same models as the schemas of content files.

Texts are objects by language there, values have one form each, and what is empty is left out.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from generator.model.fields import Model
from generator.model.holidays import Holidays
from generator.model.kinds import Kind
from generator.model.people import People
from generator.model.settings import Settings
from generator.model.synonyms import Synonyms

_WRITTEN = {"type": ["string", "number"]}
"""How a text looks in the schemas of content files."""
_TEXT = {
    "type": "object",
    "description": "A text by the code of its language; the source language is always there.",
    "additionalProperties": {"type": "string"},
    "minProperties": 1,
}
_STRING = {"type": "string"}


def snapshot_schema(kinds: tuple[Kind, ...]) -> dict[str, Any]:
    """The schema of the whole file."""
    models: list[type[Model]] = [kind.model for kind in kinds]
    documents: dict[str, type[Model]] = {
        "settings": Settings,
        "people": People,
        "holidays": Holidays,
        "synonyms": Synonyms,
    }
    wanted = [(model, "validation") for model in (*models, *documents.values())]
    references, defs = models_json_schema(wanted, by_alias=True)  # type: ignore[arg-type]
    named = {model: references[model, "validation"] for model in (*models, *documents.values())}
    entries = [_entry(kind, named[kind.model]) for kind in kinds]
    properties: dict[str, Any] = {
        "format": {"const": "playbook"},
        "version": {"const": 1},
        **{name: named[model] for name, model in documents.items()},
        "kinds": {"type": "array", "items": _object({"name": _STRING, "folder": _STRING})},
        "assets": {
            "type": "array",
            "items": _object(
                {"path": _STRING, "width": {"type": "integer"}, "height": {"type": "integer"}}
            ),
        },
        "entries": {"type": "array", "items": {"oneOf": entries}},
    }
    properties["synonyms"] = {"type": "object"}  # words stand by language there anyway
    made = {name: _told(schema) for name, schema in defs["$defs"].items() if name != "Synonyms"}
    return {
        "description": "A whole playbook as data: playbook.json at the root of its site.",
        **_object(properties),
        "$defs": {**made, "text": _TEXT},
    }


def _entry(kind: Kind, reference: dict[str, Any]) -> dict[str, Any]:
    text = {"$ref": "#/$defs/text"}
    optional = {"behind": {"type": "array", "items": _STRING}, "body": text}
    made = _object(
        {
            "id": _STRING,
            "kind": {"const": kind.name},
            "path": _STRING,
            "revision": _STRING,
            "data": reference,
        }
    )
    made["properties"] |= optional
    return made


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties]}


def _told(schema: Any) -> Any:
    """A schema of content files, for data as playbook.json has it."""
    if isinstance(schema, list):
        return [_told(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == _WRITTEN["type"]:
        described = {"description": schema["description"]} if "description" in schema else {}
        return {"$ref": "#/$defs/text", **described}
    kept = {key: _told(value) for key, value in schema.items() if key not in ("title", "default")}
    if "properties" in schema:
        kept["properties"] = {name: _told(field) for name, field in schema["properties"].items()}
        kept["required"] = [
            name for name in schema.get("required", ()) if not _may_be_empty(kept, name)
        ]
    if schema.get("type") == "integer":  # some whole numbers are kept as they were written
        kept["type"] = ["integer", "string"]
    return kept


def _may_be_empty(schema: dict[str, Any], name: str) -> bool:
    return schema["properties"][name].get("type") in ("array", "object")
