"""Data against a model: pydantic's errors become problems with places and hints."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Set
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.markdown import Body
from generator.model.fields import SLUG, Model
from generator.model.shape import Form, shapes_of
from generator.model.told import descriptions_of
from generator.problems import Location, Problem, Rule
from generator.problems.core import Path, quoted
from generator.problems.shape import (
    BAD_AMOUNT,
    BAD_CHOICE,
    BAD_DATE,
    BAD_FORM,
    BAD_SLUG,
    EMPTY_TEXT,
    MISSING_FIELD,
    OUT_OF_RANGE,
    REPEATED_ITEM,
    TOO_FEW,
    UNKNOWN_FIELD,
    WRONG_TYPE,
)
from generator.validate.nearest import as_slug, did_you_mean, nearest

M = TypeVar("M", bound=Model)


class Places(Protocol):
    """Something that knows where the values of an entry stand: a source, or an overlay."""

    @property
    def prose(self) -> Mapping[str, Body]: ...

    def locate(self, path: Path, key: bool = False) -> Location: ...

    def locate_in_text(self, path: Path, line: int, column: int) -> Location: ...


def check_fields(
    model: type[M], data: dict[str, Any], places: Places, language: str
) -> tuple[M | None, list[Problem]]:
    """The model made of `data`, or None; and what is wrong with single fields."""
    try:
        made = model.model_validate(data, context={"language": language, "prose": places.prose})
    except ValidationError as error:
        found = error.errors()
        misnamed = set(_misnamed(model, found))
        faults = (each for each in found if not _is_echo(each, misnamed))
        return None, [problem_of(model, details, places) for details in faults]
    return made, list(repeated_items(made, places))


def _is_echo(error: ErrorDetails, misnamed: Set[Path]) -> bool:
    """Whether something else that is reported is all there is to it: a list counts as too short
    because its items are faulty, a field as missing because its name is misspelt."""
    if error["type"] == "missing":
        return error["loc"] in misnamed
    return is_short_of_items(error)


def is_short_of_items(error: ErrorDetails) -> bool:
    """Whether a list has items and yet too few of them, because they are faulty themselves."""
    return error["type"] == "too_short" and bool(error["input"])


def _misnamed(model: type[Model], found: list[ErrorDetails]) -> Iterator[Path]:
    """The paths of the fields that unknown ones are meant to be."""
    for error in found:
        path = error["loc"]
        if error["type"] == "extra_forbidden" and (name := meant_field(model, path, ())):
            yield (*path[:-1], name)


def meant_field(model: type[Model], path: Path, there: Container[str]) -> str:
    """What the unknown field at `path` should be called, unless that is `there` already; or ""."""
    owner = model_at(model, path[:-1]) or model
    known = [shape.name for shape in shapes_of(owner)]
    name = nearest(str(path[-1]), known)
    return "" if name in there else name


def problem_of(model: type[Model], error: ErrorDetails, places: Places) -> Problem:
    """What pydantic's `error` says, for people and with its place."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    owner = path if error["loc"] == path else path[:-1]
    name = next((part for part in reversed(owner) if isinstance(part, str)), "")
    kind = error["type"]
    if kind == "missing":
        return MISSING_FIELD.at(
            places.locate(path[:-1], key=True), f'missing field "{name}"', _explain(model, path)
        )
    if kind == "extra_forbidden":
        known = [shape.name for shape in shapes_of(model_at(model, path[:-1]) or model)]
        hint = did_you_mean(name, known) or "fields: " + ", ".join(known)
        hint = "write the fields out; << brings nothing in" if name == "<<" else hint
        return UNKNOWN_FIELD.at(
            places.locate(path, key=True), f"unknown field {quoted(name)}", hint
        )
    rule, message, hint = _diagnose(error, name)
    if kind in ("model_type", "model_attributes_type") and (wanted := model_at(model, path)):
        hint = "expected fields: " + ", ".join(shape.name for shape in shapes_of(wanted))
    return rule.at(places.locate(path, key=error["loc"] != path), message, hint)


_REVIEW = "write a day such as 2026-11-23, or fields: on, by, outcome, note"
_DIAGNOSES: dict[str, tuple[Rule, str, str]] = {
    "text_empty": (EMPTY_TEXT, '"{name}" has no text', "write it, or remove the field"),
    "date_form": (BAD_DATE, "{found} is no date", "write it like 2026-11-23"),
    "date_parsing": (BAD_DATE, "{found} is no date", "there is no such day"),
    "date_from_datetime_parsing": (BAD_DATE, "{found} is no date", "there is no such day"),
    "date_type": (BAD_DATE, "{found} is no date", "write it like 2026-11-23"),
    "duration_form": (
        BAD_AMOUNT,
        "{found} is no length of time",
        "write it like 5 workdays or 48 hours",
    ),
    "quantity_form": (BAD_AMOUNT, "{found} is no figure with a unit", "units: {units}"),
    "cadence_form": (
        BAD_AMOUNT,
        "{found} is no cadence",
        "write weekly, monthly, quarterly, yearly, or a period such as 10 days or 6 months",
    ),
    "leeway_form": (
        BAD_AMOUNT,
        "{found} is no number of days",
        "write it like 2 days, 1 workday or 2 weeks",
    ),
    "review_form": (WRONG_TYPE, '{found} does not fit "{name}"', _REVIEW),
    "days_form": (
        WRONG_TYPE,
        '{found} does not fit "{name}"',
        "write lines such as 2026-10-01: National Day",
    ),
    "too_short": (TOO_FEW, '"{name}" is empty', "give at least one item"),
    "address_form": (BAD_FORM, "{found} is not usable here", "{reason}"),
    "time_zone": (BAD_FORM, "{found} is not usable here", "{reason}"),
    "language_tag": (BAD_FORM, "{found} is not usable here", "{reason}"),
    "string_too_long": (BAD_SLUG, "{found} is too long", "at most {max_length} characters"),
    "string_pattern_mismatch": (
        BAD_FORM,
        '{found} does not fit "{name}"',
        "{form}",
    ),
}
"""For the types of pydantic's errors: the rule, the message and the hint."""


def _diagnose(error: ErrorDetails, name: str) -> tuple[Rule, str, str]:
    kind, context, found = error["type"], error.get("ctx", {}), _shown(error["input"])
    if kind == "literal_error":
        return BAD_CHOICE, f'{found} is no value of "{name}"', _choices(error)
    if context.get("pattern") == SLUG:
        return BAD_SLUG, f"{found} cannot be an id", _slug_hint(error["input"])
    if kind.startswith(("greater_than", "less_than", "finite")):
        return OUT_OF_RANGE, f'{found} is out of range for "{name}"', _range(error)
    if kind in _DIAGNOSES:
        rule, message, hint = _DIAGNOSES[kind]
        form = _form(str(context.get("pattern", "")))
        values = {**context, "found": found, "name": name, "reason": error["msg"], "form": form}
        return rule, message.format(**values), hint.format(**values)
    what = f'{found} does not fit "{name}"' if error["input"] != "" else f'"{name}" has no value'
    return WRONG_TYPE, what, _expected(kind)


_EXPECTED = {
    "text_type": "expected text; quote it if it contains a colon",
    "string_type": "expected a single value",
    "tuple_type": "expected a list: lines that begin with -",
    "dict_type": "expected a mapping: `id: text` lines",
    "model_type": "expected fields with values",
    "model_attributes_type": "expected fields with values",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
}


_FORMS = {
    r"^https?": "write a web address such as https://example.com",
    r"^[a-z]{2,3}": "write a language code such as zh",
    r"^[0-9a-f]{16}": "let `playbook review` write it",
    r"^\d": "write a score such as 3, or a range such as 0-8",
    r"^[A-Za-z0-9._/-]": "expected a former address such as sops/old-name",
}
"""What texts have to look like, by the beginning of the pattern that they have to match."""


def _form(pattern: str) -> str:
    found = (form for start, form in _FORMS.items() if pattern.startswith(start))
    return next(found, f"it has to match {pattern}")


def _range(error: ErrorDetails) -> str:
    """Such as "give a number of at least 1900"."""
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    limits = error.get("ctx", {})
    found = next((f"of {words[key]} {limits[key]}" for key in words if key in limits), "")
    return f"give a number {found}".rstrip() if found else "give a finite number"


def _expected(kind: str) -> str:
    if kind.startswith(("int", "float", "decimal")):
        return "expected a whole number" if kind.startswith("int") else "expected a number"
    return _EXPECTED.get(kind, "see `playbook schema` for what the field takes")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return quoted(str(value))


def choices_of(error: ErrorDetails) -> list[str]:
    """The values that pydantic would take, where it takes but a few."""
    return re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))


def _choices(error: ErrorDetails) -> str:
    choices = choices_of(error)
    near = did_you_mean(str(error["input"]), choices)
    return near or "choose one of: " + ", ".join(choices)


def _slug_hint(value: object) -> str:
    slug = as_slug(str(value))
    return f'for example "{slug}"' if slug else "use a-z, 0-9 and single hyphens"


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _explain(model: type[Model], path: Path) -> str:
    owner = model_at(model, path[:-1])
    if owner is None:
        return ""
    said = descriptions_of(owner)
    for attribute, info in owner.model_fields.items():
        if (info.alias or attribute) == path[-1] and attribute in said:
            first = said[attribute].split("\n\n")[0]
            return _lower(" ".join(first.split()).removesuffix("."))
    return "give it a short name of its own" if path[-1] == "id" else "add it"


def model_at(model: type[Model], path: Path) -> type[Model] | None:
    """The model of the value at `path` inside data of `model`."""
    current: type[Model] | None = model
    for part in path:
        if current is None or isinstance(part, int):
            continue
        current = next((s.model for s in shapes_of(current) if s.name == part), None)
    return current


def repeated_items(data: Model, places: Places, path: Path = ()) -> Iterator[Problem]:
    """Items of lists in `data`, which stands at `path`, that share an id."""
    for shape in shapes_of(type(data)):
        value = getattr(data, shape.attribute)
        if shape.form is Form.MODEL and value is not None:
            yield from repeated_items(value, places, (*path, shape.name))
        elif shape.form is Form.ITEMS:
            yield from _repeated_in_list(value or (), (*path, shape.name), places)


def _repeated_in_list(items: tuple[Model, ...], path: Path, places: Places) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        identity = getattr(item, "id", None)
        if identity in seen:
            yield REPEATED_ITEM.at(
                places.locate((*path, index, "id")),
                f'the id "{identity}" is taken by an item above',
                "give it an id of its own",
            )
        elif identity is not None:
            seen.add(identity)
        yield from repeated_items(item, places, (*path, index))
