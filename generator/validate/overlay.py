"""A translation laid over its source: text only, list items matched by id.

Works on plain data, led by the model's shape. What comes out is data of the same shape in which
texts that the translation supplies are in its language and all others in the source's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.markdown import Body
from generator.model.fields import Model, Tongued
from generator.model.shape import Form, Shape, shapes_of
from generator.problems import Location, Problem
from generator.problems.core import Path
from generator.problems.shape import EMPTY_TEXT, REPEATED_ITEM, UNKNOWN_FIELD, WRONG_TYPE
from generator.problems.translation import STRUCTURE, UNKNOWN_ITEM
from generator.read import Source
from generator.validate.nearest import did_you_mean

RECORD = "translates"
"""The field in which a translation records the digest of its source's texts."""


@dataclass(slots=True)
class Overlay:
    """The data of a translated entry, and where each of its texts comes from."""

    source: Source
    translation: Source
    language: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Path] = field(default_factory=dict)
    """For each text that the translation supplies, its path there."""
    missing: list[str] = field(default_factory=list)
    """Texts of the source that the translation leaves out."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def prose(self) -> Mapping[str, Body]:
        """What texts of both files are parsed to."""
        return {**self.source.prose, **self.translation.prose}

    def locate(self, path: Path, key: bool = False) -> Location:
        """Where the value at `path` of the merged data stands."""
        if path in self.places:
            return self.translation.locate(self.places[path], key)
        return self.source.locate(path, key)

    def locate_in_text(self, path: Path, line: int, column: int) -> Location:
        """A place inside the text at `path` of the merged data."""
        if path in self.places:
            return self.translation.locate_in_text(self.places[path], line, column)
        return self.source.locate_in_text(path, line, column)


def lay_over(
    model: type[Model], source: Source, translation: Source, from_: str, to: str
) -> Overlay:
    """Lays `translation`, in the language `to`, over `source`, in the language `from_`."""
    overlay = Overlay(source, translation, to)
    texts = {key: value for key, value in translation.data.items() if key != RECORD}
    overlay.data = _Layer(overlay, from_).model(model, source.data, texts, (), ())
    return overlay


@dataclass(slots=True)
class _Layer:
    overlay: Overlay
    source_language: str

    def model(
        self, model: type[Model], base: dict[str, Any], texts: dict[str, Any], at: Path, there: Path
    ) -> dict[str, Any]:
        shapes = {shape.name: shape for shape in shapes_of(model)}
        self._refuse_others(shapes, base, texts, there)
        merged = dict(base)
        for name, shape in shapes.items():
            if name in base and shape.translatable:
                merged[name] = self._field(
                    shape, base[name], texts.get(name), (*at, name), (*there, name)
                )
        return merged

    def _refuse_others(
        self, shapes: dict[str, Shape], base: dict[str, Any], texts: dict[str, Any], there: Path
    ) -> None:
        for name in texts:
            if name not in shapes:
                texts_known = [n for n, s in shapes.items() if s.translatable]
                self._report(
                    UNKNOWN_FIELD,
                    (*there, name),
                    f'unknown field "{name}"',
                    did_you_mean(name, texts_known) or "texts: " + ", ".join(texts_known),
                )
            elif not shapes[name].translatable:
                # An id only says which item is meant.
                if name not in ("id", "code") or not there:
                    self._report(
                        STRUCTURE,
                        (*there, name),
                        f'"{name}" is not text',
                        "delete it: everything but text comes from the source file",
                    )
            elif name not in base:
                self._report(
                    UNKNOWN_ITEM,
                    (*there, name),
                    f'the source has no "{name}"',
                    "delete it, or add it to the source file",
                )

    def _field(self, shape: Shape, base: Any, texts: Any, at: Path, there: Path) -> Any:
        if shape.form in (Form.WORDS, Form.PROSE):
            return self._text(base, texts, at, there)
        if isinstance(texts, Tongued | str) and texts == "":
            texts = None
        if shape.form is Form.ITEMS:
            return self._items(shape, base, texts, at, there)
        if not isinstance(texts, dict | None):
            self._report(
                WRONG_TYPE,
                there,
                f'"{there[-1]}" has to be a mapping',
                "as in the source",
                key=False,
            )
            texts = None
        if shape.form is Form.TEXTS:
            return self._texts(base, texts or {}, at, there)
        assert shape.model is not None
        if not isinstance(base, dict):
            return self._short_form(base, texts or {}, there)
        return self.model(shape.model, base, texts or {}, at, there)

    def _short_form(self, base: Any, texts: dict[str, Any], there: Path) -> Any:
        """What the source says without fields, such as a cadence, has no texts to lay over."""
        for name in texts:
            self._report(
                UNKNOWN_ITEM,
                (*there, name),
                f'the source has no "{name}"',
                "delete it, or add it to the source file",
            )
        return base

    def _texts(self, base: dict[str, Any], texts: dict[str, Any], at: Path, there: Path) -> Any:
        for key in texts:
            if key not in base:
                self._report(
                    UNKNOWN_ITEM,
                    (*there, key),
                    f'the source has no "{key}" here',
                    did_you_mean(key, base) or "delete it",
                )
        return {
            key: self._text(text, texts.get(key), (*at, key), (*there, key))
            for key, text in base.items()
        }

    def _items(self, shape: Shape, base: list[Any], texts: Any, at: Path, there: Path) -> list[Any]:
        assert shape.model is not None
        name = "code" if "code" in shape.model.model_fields else "id"
        known = [item.get(name) for item in base]
        found = dict(self._by_id(texts or [], known, name, there))
        merged = []
        for index, item in enumerate(base):
            position, own = found.get(item.get(name), (None, {}))
            path = (*there, position) if position is not None else there
            merged.append(self.model(shape.model, item, own, (*at, index), path))
        return merged

    def _by_id(
        self, texts: Any, known: list[Any], name: str, there: Path
    ) -> Iterator[tuple[str, tuple[int, dict[str, Any]]]]:
        if not isinstance(texts, list):
            self._report(
                WRONG_TYPE,
                there,
                f'"{there[-1]}" has to be a list',
                f"give items with their {name} and their texts",
                key=False,
            )
            return
        seen: set[str] = set()
        for position, item in enumerate(texts):
            identity = item.get(name) if isinstance(item, dict) else None
            if identity in seen:
                self._report(
                    REPEATED_ITEM,
                    (*there, position, name),
                    f'the id "{identity}" is taken by an item above',
                    "give each item once",
                    key=False,
                )
            elif identity in known and isinstance(identity, str):
                seen.add(identity)
                yield identity, (position, item)
            else:
                what = f'the source has no item "{identity}" here'
                items = [str(other) for other in known]
                self._report(
                    UNKNOWN_ITEM,
                    (*there, position, name),
                    what if identity else f"the item has no {name} to say which one it is",
                    did_you_mean(str(identity), items) or "items: " + ", ".join(items),
                    key=False,
                )

    def _text(self, base: Any, text: Any, at: Path, there: Path) -> Any:
        if is_fixed_cell(self.overlay.source.data, at):
            if text is not None:
                self._report(
                    STRUCTURE,
                    there,
                    f'the column "{at[-1]}" is not of type text',
                    "delete the cell: its value comes from the source file",
                )
            return base
        if isinstance(text, str) and text.strip():
            self.overlay.places[at] = there
            return Tongued(text, self.overlay.language)
        if text is None:
            self.overlay.missing.append(_dotted(self.overlay.source.data, at))
        elif text == "" or isinstance(text, str):
            self._report(
                EMPTY_TEXT,
                there,
                f'"{there[-1]}" has no text',
                "write it, or remove the field",
                key=False,
            )
        else:
            self._report(
                WRONG_TYPE, there, f'"{there[-1]}" has to be text', "as in the source", key=False
            )
        return Tongued(str(base), self.source_language)

    def _report(self, rule: Any, path: Path, message: str, hint: str, key: bool = True) -> None:
        place = self.overlay.translation.locate(path, key)
        self.overlay.problems.append(rule.at(place, message, hint))


def _dotted(data: Any, at: Path) -> str:
    """A path with the ids of items in place of their positions."""
    parts = []
    for part in at:
        data = data[part]
        is_item = isinstance(part, int) and isinstance(data, dict)
        parts.append(str(data.get("id", data.get("code", part)) if is_item else part))
    return ".".join(parts)


def is_fixed_cell(data: dict[str, Any], at: Path) -> bool:
    """Whether `at` is a cell, in the row of a sheet, whose column holds no text."""
    if len(at) < 5 or at[-2] != "cells":
        return False
    sheet: Any = data
    for part in at[:-4]:
        sheet = sheet[part]
    columns = sheet.get("columns", []) if isinstance(sheet, dict) else []
    return any(
        column.get("id") == at[-1] and column.get("type", "text") != "text" for column in columns
    )
