"""holidays.yml: days on which nobody works, and weekend days on which people do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from generator.model.fields import Date, Model
from generator.problems import Fault
from generator.problems.staleness import WORKED_HOLIDAY

DayName = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]
"""What a day is called, if anything."""


class Holidays(Model):
    """holidays.yml. Days it does not name are worked from Monday to Friday."""

    holidays: dict[Date, DayName] = Field(default_factory=dict)
    """Days off, with the name of the holiday."""
    workdays: dict[Date, DayName] = Field(default_factory=dict)
    """Make-up days: days of the weekend that are worked, with the reason."""

    @field_validator("holidays", "workdays", mode="before")
    @classmethod
    def _by_day(cls, value: Any) -> Any:
        if value != "" and not isinstance(value, dict):
            raise PydanticCustomError("days_form", "expected days with their names")
        return value or {}

    def faults(self) -> Iterator[Fault]:
        for day in sorted(self.holidays.keys() & self.workdays.keys()):
            yield WORKED_HOLIDAY.fault(
                ("workdays", day.isoformat()),
                f"{day} is listed as a holiday and as a make-up day",
                "keep the one that is true",
                key=True,
            )
