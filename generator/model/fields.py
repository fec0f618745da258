"""The types that fields are made of: words, prose, ids, references, durations, quantities.

Every scalar arrives as the string that stands in the file, so each type here says for itself what
strings it takes. Words and prose remember the language they are written in, because a page in one
language may have to show a text in another.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.markdown import Body, parse_field
from generator.model.told import describe

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Model(BaseModel):
    """What all content is made of: frozen, and closed to fields that nobody declared."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        json_schema_extra=describe,
        defer_build=True,  # parts of a kind are only ever validated within it
        str_strip_whitespace=True,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("text_type", "expected text")
    if not value.strip():
        raise PydanticCustomError("text_empty", "the text is empty")
    return value.strip()


def _language(value: object, info: ValidationInfo) -> str:
    own = getattr(value, "language", None)
    return str(own or (info.context or {}).get("language", ""))


class Tongued(str):
    """A string that knows its language; the raw form of a text that a translation supplied."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, language: str) -> Tongued:
        self = super().__new__(cls, value)
        self.language = language
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (str(self), self.language))


class Words(Tongued):
    """One line of plain text, such as a title. Not Markdown."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["string", "number"], "description": "Plain text, one line"}

    @classmethod
    def _validate(cls, value: object, info: ValidationInfo) -> Words:
        return cls(" ".join(_text(value).split()), _language(value, info))


@dataclass(frozen=True, slots=True)
class Prose:
    """A text field in Markdown, already parsed."""

    text: str
    body: Body
    language: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["string", "number"], "description": "Text in Markdown"}

    @classmethod
    def _validate(cls, value: object, info: ValidationInfo) -> Prose:
        text = _text(value)
        parsed = (info.context or {}).get("prose", {}).get(text)
        return cls(text, parsed or parse_field(text), _language(value, info))


Slug = Annotated[str, Field(pattern=SLUG, max_length=80)]
"""A short name made of a-z, 0-9 and single hyphens: ids of items, tags, people."""

Texts = dict[Slug, Prose]
"""Short texts by their ids, in order: criteria, responsibilities, actions."""


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that holds the id of an entry, a person, a group or a tag."""

    kinds: tuple[str, ...]
    """Names of the kinds it may point to; empty for an entry of any kind."""


TO_DO = "to-do"
"""Stands for an id where nobody has named one yet; no draft passes with it."""

AnyRef = Annotated[str, Refers(())]
RoleRef = Annotated[str, Refers(("role",))]
ToolRef = Annotated[str, Refers(("tool",))]
PageRef = Annotated[str, Refers(("page",))]
GateRef = Annotated[str, Refers(("assessment", "policy"))]
SopRef = Annotated[str, Refers(("sop",))]
OwnerRef = Annotated[str, Refers(("person", "group"))]
PersonRef = Annotated[str, Refers(("person",))]
TagRef = Annotated[str, Refers(("tag",))]


def _date(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise PydanticCustomError("date_form", "expected a date like 2026-11-23")
    return value.strip() if isinstance(value, str) else value


Date = Annotated[datetime.date, BeforeValidator(_date)]
"""A calendar day, written 2026-11-23."""

DurationUnit = Literal["hours", "days", "workdays", "weeks", "months", "years"]
QuantityUnit = Literal[
    "%", "hours", "days", "workdays", "weeks", "months", "years",
    "points", "times", "people", "customers", "orders", "deals", "names", "needs",
]  # fmt: skip
_HOURS = {"hours": 1, "workdays": 8, "days": 24, "weeks": 168, "months": 730, "years": 8760}


def _split(value: object, units: tuple[str, ...], error: str) -> tuple[Decimal, str]:
    match = re.fullmatch(r"([+-]?\d{1,12}(?:\.\d{1,4})?)\s*([a-z%]+)", str(value).strip())
    unit = match.group(2) if match else ""
    if unit + "s" in units:
        unit += "s"
    if match is None or unit not in units:
        raise PydanticCustomError(
            error, "expected a number and a unit", {"units": ", ".join(units)}
        )
    return Decimal(match.group(1)), unit


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time such as `5 workdays`, kept in the unit that its author chose."""

    amount: Decimal
    unit: str

    @property
    def hours(self) -> Decimal:
        """A common measure for comparing; a workday counts 8 hours, a month 730."""
        return self.amount * _HOURS[self.unit]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d+(\.\d+)? (hour|day|workday|week|month|year)s?$"}

    @classmethod
    def parse(cls, value: object) -> Duration:
        amount, unit = _split(value, get_args(DurationUnit), "duration_form")
        if amount < 0:
            raise PydanticCustomError("duration_form", "a length of time cannot be negative")
        return cls(amount, unit)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit such as `67 %` or `9 months`."""

    amount: Decimal
    unit: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        units = "|".join(unit.removesuffix("s") + "s?" for unit in get_args(QuantityUnit)[1:])
        return {
            "type": "string",
            "pattern": rf"^\s*[+-]?\d{{1,12}}(\.\d{{1,4}})?\s*(%|{units})\s*$",
            "examples": ["67 %", "9 months", "-85 %", "+160 %"],
        }

    @classmethod
    def parse(cls, value: object) -> Quantity:
        return cls(*_split(value, get_args(QuantityUnit), "quantity_form"))
