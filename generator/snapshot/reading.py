"""Bytes → snapshot. Anything may stand in a file of this name: what is no snapshot, or one of a
newer form, is said to be so and never trips what comes after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model import KINDS, Kind
from generator.model.fields import Model
from generator.model.people import People
from generator.model.settings import Settings
from generator.model.shape import Form, Shape, shapes_of
from generator.snapshot.record import FORMAT, VERSION, Record, Snapshot

LARGEST = 512 * 1024 * 1024
"""Bytes; nothing larger is read."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why something is no snapshot, and what to do."""

    reason: str
    fix: str = "name a playbook.json that `playbook build` wrote"

    def __str__(self) -> str:
        return f"{self.reason}; {self.fix}"


class _Damaged(Exception):
    """Where in the file something is not as it has to be."""


def read_snapshot(raw: bytes, kinds: tuple[Kind, ...] = KINDS) -> Snapshot | Unusable:
    """What the bytes of a playbook.json say. Fields and kinds that nobody here knows stay."""
    if len(raw) > LARGEST:
        return Unusable("the file is too large for a playbook")
    try:
        found = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return Unusable("the file is no JSON")
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        return Unusable("the file is JSON, but no playbook")
    version = found.get("version")
    if type(version) is not int or version < 1:
        return Unusable("the file does not say which version of the form it has")
    if version > VERSION:
        what = f"the file has version {version} of the form, and this generator knows {VERSION}"
        return Unusable(what, "update the generator")
    try:
        return _snapshot(found, {kind.name: kind.model for kind in kinds})
    except _Damaged as damage:
        return Unusable(f"the file is damaged at {damage}", "build it again")


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _snapshot(found: dict[str, Any], models: Mapping[str, type[Model]]) -> Snapshot:
    settings = _typed(found.get("settings"), dict, "settings")
    people = _typed(found.get("people", {}), dict, "people")
    for name, model, data in (("settings", Settings, settings), ("people", People, people)):
        _check(model, data, name)
    languages = settings.get("languages")
    if not languages:
        raise _Damaged("settings.languages")
    for index, language in enumerate(languages):
        _typed(language.get("code"), str, f"settings.languages.{index}.code")
        _typed(language.get("tag", ""), str, f"settings.languages.{index}.tag")
    assets = _typed(found.get("assets", []), list, "assets")
    return Snapshot(
        settings=settings,
        people=people,
        kinds=dict(_kinds(_typed(found.get("kinds", []), list, "kinds"))),
        entries={
            record.id: record
            for record in _records(found.get("entries"), models, languages[0]["code"])
        },
        holidays=_typed(found.get("holidays", {}), dict, "holidays"),
        synonyms=_typed(found.get("synonyms", {}), dict, "synonyms"),
        assets=tuple(_typed(asset, dict, f"assets.{n}") for n, asset in enumerate(assets)),
    )


def _kinds(found: list[Any]) -> Iterator[tuple[str, str]]:
    for index, kind in enumerate(found):
        at = f"kinds.{index}"
        fields = _typed(kind, dict, at)
        yield _typed(fields.get("name"), str, at), _typed(fields.get("folder"), str, at)


def _records(found: Any, models: Mapping[str, type[Model]], source: str) -> Iterator[Record]:
    seen: set[str] = set()
    for index, each in enumerate(_typed(found, list, "entries")):
        fields = _typed(each, dict, f"entries.{index}")
        identity = _typed(fields.get("id"), str, f"entries.{index}.id")
        if identity in seen:
            raise _Damaged(f"entries.{index}: {_shown(identity)} stands there twice")
        seen.add(identity)
        yield _record(fields, identity, models, source)


def _record(
    fields: dict[str, Any], identity: str, models: Mapping[str, type[Model]], source: str
) -> Record:
    at = _shown(identity)
    kind = _typed(fields.get("kind"), str, f"{at}.kind")
    data = _reasoned(_typed(fields.get("data"), dict, f"{at}.data"), source)
    if kind in models:
        _check(models[kind], data, at)
    _is_text(data.get("title"), f"{at}.title")
    claims = _typed(data.get("claims", []), list, f"{at}.claims")
    for alias in _typed(data.get("aliases", []), list, f"{at}.aliases"):
        _typed(alias, str, f"{at}.aliases")
    behind = _typed(fields.get("behind", []), list, f"{at}.behind")
    return Record(
        id=identity,
        kind=kind,
        path=_typed(fields.get("path", ""), str, f"{at}.path"),
        data={**data, "claims": [_typed(c, dict, f"{at}.claims") for c in claims]}
        if claims
        else data,
        body=_text(fields.get("body", {}), f"{at}.body"),
        revision=_typed(fields.get("revision", ""), str, f"{at}.revision"),
        behind=tuple(_typed(code, str, f"{at}.behind") for code in behind),
    )


def _reasoned(data: dict[str, Any], source: str) -> dict[str, Any]:
    """With the reasons of cadences by language: they once stood in the source language alone."""
    claims = data.get("claims")
    if isinstance(claims, list):
        claims = [_reasoned(each, source) if isinstance(each, dict) else each for each in claims]
        data = {**data, "claims": claims}
    cadence = data.get("cadence")
    if not isinstance(cadence, dict) or not isinstance(cadence.get("reason"), str):
        return data
    return {**data, "cadence": {**cadence, "reason": {source: cadence["reason"]}}}


def _check(model: type[Model], data: dict[str, Any], at: str) -> None:
    """Whether the fields that `model` has are of its shape, as far as walking them goes."""
    for shape in shapes_of(model):
        if shape.name in data:
            _check_field(shape, data[shape.name], f"{at}.{shape.name}")


def _check_field(shape: Shape, value: Any, at: str) -> None:
    match shape.form:
        case Form.WORDS | Form.PROSE:
            _is_text(value, at)
        case Form.TEXTS:
            for key, text in _typed(value, dict, at).items():
                _is_text(text, f"{at}.{_shown(key)}")
        case Form.MODEL:
            assert shape.model is not None
            _check(shape.model, _typed(value, dict, at), at)
        case Form.ITEMS:
            assert shape.model is not None
            for index, item in enumerate(_typed(value, list, at)):
                _check(shape.model, _typed(item, dict, f"{at}.{index}"), f"{at}.{index}")
                _typed(item.get("id", ""), str, f"{at}.{index}.id")
        case Form.REFERENCE:
            _typed(value, str, at)
        case Form.REFERENCES:
            for target in _typed(value, list, at):
                _typed(target, str, at)


def _is_text(value: Any, at: str) -> None:
    if not _text(value, at):
        raise _Damaged(at)


def _text(value: Any, at: str) -> dict[str, str]:
    return {code: _typed(text, str, at) for code, text in _typed(value, dict, at).items()}


def _typed(value: Any, wanted: type, at: str) -> Any:
    if not isinstance(value, wanted):
        raise _Damaged(at)
    return value


def _shown(text: str) -> str:
    """An id as a message can show it: anything may stand there."""
    return "".join(char if char.isprintable() else "?" for char in text)[:80]
