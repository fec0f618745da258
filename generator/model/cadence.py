"""How often something has to be reviewed: calendar windows and rolling periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_DAYS_OF = {"days": 1.0, "workdays": 1.4, "weeks": 7.0, "months": 30.4375, "years": 365.25}
WINDOWS = {
    "weekly": _DAYS_OF["weeks"],
    "monthly": _DAYS_OF["months"],
    "quarterly": 3 * _DAYS_OF["months"],
    "yearly": _DAYS_OF["years"],
}
"""Calendar windows, with about how many days each is long: as long as the like that roll."""
_ROLLING = re.compile(r"([1-9]\d{0,3})\s+(day|workday|week|month|year)s?", re.ASCII)
_LEEWAY = re.compile(r"(\d{1,3})\s+(day|workday|week)s?", re.ASCII)
_FITTING = {2: 0, 5: 1, 13: 2, 29: 4, 31: 7, 92: 14}
"""How many days of notice and grace fit cadences of up to so many days."""
_FITTING_LONGER = 30
_AS_TEXT = core_schema.plain_serializer_function_ser_schema(str)


@dataclass(frozen=True, slots=True)
class Cadence:
    """`weekly`, `monthly`, `quarterly`, `yearly`, or a number of days, workdays, weeks, months or
    years that roll from the review."""

    text: str
    """As people write it: `weekly`, `10 days`."""
    amount: int = 0
    """How many units roll from the review; 0 for a calendar window."""
    unit: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def window(self) -> bool:
        """Whether it is a calendar window."""
        return not self.amount

    @property
    def days(self) -> float:
        """About how many days it lasts, for comparing."""
        return self.amount * _DAYS_OF[self.unit] if self.amount else WINDOWS[self.text]

    @property
    def leeway(self) -> Leeway:
        """The notice and the grace that fit it where nobody sets them."""
        fitting = (days for most, days in _FITTING.items() if self.days <= most)
        return Leeway(next(fitting, _FITTING_LONGER), "days")

    @classmethod
    def parse(cls, value: object) -> Cadence:
        """Reads what stands in a file. Raises PydanticCustomError for anything else."""
        if isinstance(value, cls):
            return value
        text = value.strip() if isinstance(value, str) else ""
        if text in WINDOWS:
            return cls(text)
        match = _ROLLING.fullmatch(text)
        if match is None:
            raise PydanticCustomError("cadence_form", "expected a cadence")
        amount, unit = int(match.group(1)), match.group(2) + "s"
        return cls(f"{amount} {unit if amount != 1 else unit[:-1]}", amount, unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=_AS_TEXT)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return cls.json_schema()

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """What editors complete and check."""
        return {
            "anyOf": [
                {"enum": list(WINDOWS)},
                {"type": "string", "pattern": r"^[1-9]\d{0,3} (day|workday|week|month|year)s?$"},
            ]
        }


@dataclass(frozen=True, slots=True)
class Leeway:
    """A number of days, workdays or weeks before or after a due date."""

    amount: int
    unit: str

    @property
    def days(self) -> float:
        """About how many days it lasts, for comparing."""
        return self.amount * _DAYS_OF[self.unit]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit[:-1]}"

    @classmethod
    def parse(cls, value: object) -> Leeway:
        """Reads `2 days`, `1 workday`, `2 weeks` or `0 days`."""
        if isinstance(value, cls):
            return value
        match = _LEEWAY.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise PydanticCustomError("leeway_form", "expected a number of days")
        return cls(int(match.group(1)), match.group(2) + "s")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=_AS_TEXT)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{1,3} (day|workday|week)s?$"}
