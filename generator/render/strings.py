"""Interface words of one language: by dotted key, with plural forms, dates and numbers.

Plural rules and formats are Unicode CLDR's, by Babel. Its formats are imported where they are used:
they take a twentieth of the start of every command, and many show neither day nor figure.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from babel import Locale


@dataclass(frozen=True, slots=True)
class Strings:
    """The words of one language."""

    locale: Locale
    words: Mapping[str, Any]
    _found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What keys have led to: pages ask for the same words over and over."""

    def say(self, key: str, **values: object) -> str:
        """The words of `key`; `count` chooses the plural form. Unknown keys raise
        LookupError."""
        found = self._found.get(key) or self._look_up(key)
        if type(found) is not str and isinstance(found, Mapping):
            count = values["count"]
            form = self.locale.plural_form(count if isinstance(count, int | Decimal) else 0)
            found = found.get(form, found["other"])
        if "{" not in found:
            return str(found)
        return re.sub(r"\{(\w+)\}", lambda m: self._value(values[m.group(1)]), str(found))

    def _look_up(self, key: str) -> Any:
        found: Any = self.words
        for part in key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise LookupError(f'there are no interface words "{key}"')
            found = found[part]
        self._found[key] = found
        return found

    def _value(self, value: object) -> str:
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return self.number(value)
        return str(value)

    def date(self, day: datetime.date) -> str:
        """A day as people read it, in the pattern that the words name."""
        return _date(day, str(self.words["date_format"]), self.locale)

    def date_as(self, day: datetime.date, pattern: str) -> str:
        """A day in a pattern of CLDR's, such as `d MMM` or `EEEE`."""
        return _date(day, pattern, self.locale)

    def language(self, tag: str) -> str:
        """What a language is called in this one."""
        name = Locale.parse(tag.split("-")[0]).get_display_name(self.locale)
        return name or tag

    def number(self, value: int | float | Decimal) -> str:
        """A number with the separators of the language."""
        return _number(value, self.locale)

    def amount(self, value: Decimal, unit: str, signed: bool = False) -> str:
        """A figure with its unit: percentages by the language's pattern, others by its words."""
        sign = "+" if signed and value > 0 else ""
        if unit == "%":
            from babel.numbers import format_percent

            return sign + format_percent(
                value / 100, locale=self.locale, decimal_quantization=False
            )
        return sign + self.say(f"unit.{unit}", count=value)


@functools.lru_cache(maxsize=4096)
def _date(day: datetime.date, pattern: str, locale: Locale) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=locale)


@functools.lru_cache(maxsize=4096)
def _number(value: int | float | Decimal, locale: Locale) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale)


def keys_of(words: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """All keys, dotted. A mapping of plural forms is one key."""
    for key, value in words.items():
        if isinstance(value, Mapping) and "other" not in value:
            yield from keys_of(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"
