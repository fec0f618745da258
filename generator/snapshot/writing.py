"""Library → snapshot → bytes. What is made of an entry depends on that entry alone."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.model import Entry, Library
from generator.model.cadence import Cadence, Leeway
from generator.model.fields import Duration, Model, Quantity
from generator.model.review import ReviewDate
from generator.model.shape import Form, Shape, shapes_of
from generator.snapshot.record import FORMAT, VERSION, Record, Snapshot


def snapshot_of(library: Library, entries: bool = True) -> Snapshot:
    """The playbook as its site shows it: everything but drafts, in all languages. Without `entries`
    only what stands beside them."""
    editions = library.editions
    shown = shown_in(library) if entries else ()
    return Snapshot(
        settings=plain_of([edition.settings for edition in editions]),
        people=plain_of([edition.people for edition in editions]),
        kinds={kind.name: kind.folder for kind in library.kinds},
        entries={i: record_of([edition.entries[i] for edition in editions]) for i in shown},
        holidays=plain_of([library.holidays]),
        synonyms=_plain(library.synonyms.model_dump()),
        assets=tuple(
            {"path": asset.path, "width": asset.width, "height": asset.height}
            for asset in library.assets.values()
        ),
    )


def shown_in(library: Library) -> Iterator[str]:
    """The ids of the entries that are in it."""
    return (i for i, outline in library.outlines.items() if outline.status != "draft")


def record_line(editions: Sequence[Entry]) -> bytes:
    """The line of an entry in playbook.json, given in each language."""
    return _line(record_of(editions))


def record_of(editions: Sequence[Entry]) -> Record:
    """An entry, given in each language, the source language first."""
    source = editions[0]
    bodies = {each.body_language: each.body_text for each in editions if each.body_text.strip()}
    return Record(
        id=source.id,
        kind=source.kind,
        path=source.path,
        data=plain_of([each.data for each in editions]),
        body=bodies,
        revision=source.revision,
        behind=tuple(each.language for each in editions if each.behind),
    )


def plain_of(variants: Sequence[Model]) -> dict[str, Any]:
    """The fields of a model that is given in each language. What is empty is left out."""
    made: dict[str, Any] = {}
    for shape in shapes_of(type(variants[0])):
        values = [getattr(variant, shape.attribute) for variant in variants]
        if values[0] is not None and (value := _field(shape, values)) not in ([], {}):
            made[shape.name] = value
    return made


def _field(shape: Shape, values: Sequence[Any]) -> Any:
    match shape.form:
        case Form.WORDS:
            return {value.language: str(value) for value in values}
        case Form.PROSE:
            return {value.language: value.text for value in values}
        case Form.TEXTS:
            return {key: _text(value[key] for value in values) for key in values[0]}
        case Form.MODEL:
            return plain_of(values)
        case Form.ITEMS:
            return [plain_of(items) for items in zip(*values, strict=True)]
    return _plain(values[0])


def _text(variants: Iterable[Any]) -> dict[str, str]:
    return {each.language: getattr(each, "text", None) or str(each) for each in variants}


def _plain(value: Any) -> Any:
    """Structure as JSON has it: what is measured as it stands in files, such as `5 workdays`."""
    match value:
        case bool() | int() | str() | float():
            return int(value) if isinstance(value, float) and value.is_integer() else value
        case Duration() | Quantity():
            return _measure(value.amount, value.unit)
        case ReviewDate():
            return value.text
        case Decimal() | Cadence() | Leeway():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return {_plain(key): _plain(inner) for key, inner in value.items()}
        case Model():
            return plain_of([value])
    return [_plain(inner) for inner in value]


def _measure(amount: Decimal, unit: str) -> str:
    """A figure with its unit, written in one way whatever the file's."""
    number = format(amount.normalize(), "f")
    return f"{number} {unit.removesuffix('s') if amount == 1 else unit}"


def _line(record: Record) -> bytes:
    return _dumped(record.as_plain()).encode("utf-8", "surrogatepass")


def as_json(snapshot: Snapshot, lines: Iterable[bytes] | None = None) -> bytes:
    """The bytes of playbook.json, with a line for each entry. `lines` are these, where somebody has
    them already."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "settings": snapshot.settings,
        "people": snapshot.people,
        "holidays": snapshot.holidays,
        "synonyms": snapshot.synonyms,
        "kinds": [{"name": name, "folder": folder} for name, folder in snapshot.kinds.items()],
        "assets": list(snapshot.assets),
    }
    fields = [f"{_dumped(name)}: {_dumped(value)}" for name, value in head.items()]
    begun = ("{\n" + ",\n".join(fields)).encode("utf-8", "surrogatepass")
    written = [*(map(_line, snapshot.entries.values()) if lines is None else lines)] or [b""]
    written[0] = begun + _BEFORE + written[0]  # so that many megabytes are put together once
    written[-1] += _BEHIND
    return _BETWEEN.join(written)


_BEFORE, _BETWEEN, _BEHIND = b',\n"entries": [\n', b",\n", b"\n]\n}\n"
"""What stands before the lines of entries, between and behind them; nothing else in the file, as it
is written here, looks like the first two, because no line of JSON is broken."""


def lines_in(content: bytes) -> list[bytes]:
    """The lines of entries in a playbook.json that `as_json` wrote."""
    entries = content.partition(_BEFORE)[2].removesuffix(_BEHIND)
    return entries.split(_BETWEEN) if entries else []


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
