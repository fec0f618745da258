"""What an entry says about its reviews: the last one, its cadence, its dated claims.

Dates in here may be missing or impossible: an entry with a bad date stays in the playbook and is
judged not fresh, instead of dropping out of the count.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.model.cadence import Cadence
from generator.model.fields import Model, Prose, Slug, Words

Outcome = Literal["confirmed", "changed", "retire"]


@dataclass(frozen=True, slots=True)
class ReviewDate:
    """A day as somebody wrote it."""

    text: str
    day: datetime.date | None
    """None where the text is no day."""

    @classmethod
    def parse(cls, value: object) -> ReviewDate:
        """Takes any single value; what is no day has None for it."""
        if isinstance(value, cls):
            return value
        if isinstance(value, datetime.date):
            return cls(value.isoformat(), value)
        if not isinstance(value, str):
            raise PydanticCustomError("date_form", "expected a date like 2026-11-23")
        text = value.strip()
        try:
            plain = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII)
            return cls(text, datetime.date.fromisoformat(text) if plain else None)
        except ValueError:
            return cls(text, None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class Review(Model):
    """A review: only its day, or in full."""

    on: ReviewDate
    """The day on which somebody checked that the entry is still true."""
    by: str | None = None
    """The id of that person."""
    outcome: Outcome | None = None
    """confirmed: still true as it stands; changed: made true again; retire: to be withdrawn."""
    note: str | None = None
    """What was looked at, in a sentence."""
    digest: str | None = Field(default=None, pattern=r"^[0-9a-f]{16}$")
    """Of the content that was reviewed; `playbook review` writes it."""
    dependencies: dict[str, str] = Field(default_factory=dict)
    """The digest at the review of each entry under `depends_on`."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        """A day alone. Anything but a day or fields is said to be so, and not a missing field."""
        if not isinstance(value, str | dict | datetime.date | cls):
            raise PydanticCustomError("review_form", "expected a date like 2026-11-23")
        return {"on": value} if isinstance(value, str | datetime.date) else value

    @property
    def full(self) -> bool:
        """Whether it says who reviewed and what came of it."""
        return self.by is not None and self.outcome is not None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "format": "date"}, handler(schema)]}


class CadenceOverride(Model):
    """A cadence of an entry's own; one that is longer than its tier's says why."""

    every: Cadence
    """weekly, monthly, quarterly, yearly; or a period such as 10 days, 5 workdays, 6 months."""
    reason: Words | None = None
    """Why it is longer than the cadence of the tier."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"every": Cadence.parse(value)} if not isinstance(value, dict | cls) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [*Cadence.json_schema()["anyOf"], handler(schema)]}


class Claim(Model):
    """A statement that can go out of date by itself."""

    id: Slug
    statement: Prose
    source: Words
    """Who or what says so."""
    checked: ReviewDate
    """The day on which somebody last checked it."""
    cadence: CadenceOverride | None = None
    """How often it has to be checked; by default as often as its entry is reviewed."""
