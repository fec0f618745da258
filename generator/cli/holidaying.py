"""`playbook holidays`, the one place that knows the `holidays` package.

The package is optional: it seeds content/holidays.yml, which from then on is content like any
other, written and corrected by people.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click

from generator.cli import terminal
from generator.cli.wording import seen
from generator.edit import (
    NotEditable,
    add_to_mapping,
    as_scalar,
    replace_file,
    within_yaml,
    write_protected,
)
from generator.read import Source, source_of
from generator.read.layout import layout_of

_FILE = "holidays.yml"
_INSTALL = "pip install 'playbook-generator[holidays]'"
_MODELINE = "# yaml-language-server: $schema=../schemas/holidays.json\n"
_MADE_UP = "Make-up day"

Days = Mapping[str, str]
"""Names by day, as they stand in the file."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a country that are not as their weekday says."""

    holidays: Days
    workdays: Days


@click.command("holidays")
@click.argument("country")
@click.argument("years", nargs=-1, required=True, type=click.IntRange(1950, 2100))
@click.option("--write", is_flag=True, help=f"Adds what is missing to {_FILE}, and loses nothing.")
@click.option("--language", help="Of the names, such as en_US; by default English where it can be.")
@terminal.content_option
def holidays(
    country: str, years: tuple[int, ...], write: bool, language: str | None, content: Path
) -> None:
    """Prints the public holidays and make-up days of a COUNTRY (a code such as CN) in YEARS, as
    they stand in holidays.yml. Days for which people work at the weekend instead are listed too.

    Look over what is printed: a year that is not announced yet has only its fixed holidays."""
    calendar = _calendar(_package(), country.upper(), sorted(set(years)), language)
    if not calendar.holidays:
        raise click.BadParameter(f"nothing is known of {country} in these years")
    if write:
        _write(content / _FILE, calendar)
    else:
        click.echo(_MODELINE + _as_text(calendar), nl=False)


def _package() -> ModuleType:
    try:
        import holidays as package
    except ImportError:
        raise click.ClickException(
            f"this needs the package `holidays`, which is not installed: {_INSTALL}"
        ) from None
    return package


def _calendar(
    package: ModuleType, country: str, years: Sequence[int], language: str | None
) -> Calendar:
    known = package.list_supported_countries()
    if country not in known:
        raise click.BadParameter(
            f'"{country}" is no country that the package knows; use a code such as CN or DE'
        )
    spoken = package.list_localized_countries().get(country, [])
    if language and language not in spoken:
        raise click.BadParameter(f'no names in "{language}"; there are: {", ".join(spoken)}')
    own = language or ("en_US" if "en_US" in spoken else None)
    # A year's arrangement may move work into the last days of the year before it.
    found = package.country_holidays(country, years=[*years, years[-1] + 1], language=own)
    made_up = sorted(day for day in found.weekend_workdays if day.year in years)
    for year in years:
        _warn_if_open(package, country, year, made_up)
    return Calendar(
        {day.isoformat(): name for day, name in sorted(found.items()) if day.year in years},
        {day.isoformat(): _MADE_UP for day in made_up},
    )


def _warn_if_open(
    package: ModuleType, country: str, year: int, made_up: Sequence[datetime.date]
) -> None:
    """Where people make up for holidays, a year without make-up days is not announced yet."""
    before = package.country_holidays(country, years=range(year - 3, year)).weekend_workdays
    if before and not any(day.year == year for day in made_up):
        click.echo(
            f"{year}: no make-up days are known, unlike in the years before. The year may not be "
            "announced yet, or the package `holidays` may be older than the announcement.",
            err=True,
        )


def _as_text(calendar: Calendar) -> str:
    lines = ["holidays:"]
    lines += [f"  {day}: {as_scalar(name)}" for day, name in calendar.holidays.items()]
    if calendar.workdays:
        lines += ["workdays:"]
        lines += [f"  {day}: {as_scalar(name)}" for day, name in calendar.workdays.items()]
    return "\n".join(lines) + "\n"


def _write(path: Path, calendar: Calendar) -> None:
    if not path.parent.is_dir():
        raise click.ClickException(f"there is no folder {path.parent}; name it with --content")
    shown = terminal.shown_path(path)
    try:
        if not path.exists():
            path.write_text(_MODELINE + _as_text(calendar), encoding="utf-8")
            click.echo(f"Made {shown}: {_count(calendar)}. Look it over.")
            return
        _add(path, shown, calendar)
    except OSError as error:
        raise click.ClickException(f"{shown}: {error.strerror or error}") from None


def _add(path: Path, shown: str, calendar: Calendar) -> None:
    raw = path.read_bytes()
    before = _source(shown, raw)
    if before is None:
        raise click.ClickException(f"{shown} has errors; mend them first (`playbook check`)")
    new = _missing(before, shown, calendar)
    if write_protected(path):
        raise click.ClickException(f"{shown} is write-protected")
    try:
        made = _with_days(_with_days(raw, "holidays", new.holidays), "workdays", new.workdays)
    except NotEditable as error:
        raise click.ClickException(f"cannot add to {shown} in place: {error}") from None
    after = _source(shown, made)
    if after is None or not _holds(after, before, new):
        raise click.ClickException(f"cannot add to {shown} without losing something; do it by hand")
    if made != raw:
        replace_file(path, made)
    click.echo(f"Added to {shown}: {_count(new)}. Look it over.")


def _source(shown: str, raw: bytes) -> Source | None:
    source, problems = source_of(".", shown, raw)
    return None if problems else source


def _missing(source: Source, shown: str, calendar: Calendar) -> Calendar:
    """What the file does not say yet. Where it says the opposite, it is right."""
    off, worked = _days(source, "holidays"), _days(source, "workdays")
    for day in sorted((calendar.holidays.keys() & worked) | (calendar.workdays.keys() & off)):
        click.echo(seen(f"{day}: left as {shown} has it, which is the opposite"), err=True)
    return Calendar(
        {day: name for day, name in calendar.holidays.items() if day not in off | worked},
        {day: name for day, name in calendar.workdays.items() if day not in off | worked},
    )


def _days(source: Source, field: str) -> set[str]:
    held = source.data.get(field)
    return set(held) if isinstance(held, dict) else set()


def _with_days(raw: bytes, field: str, days: Days) -> bytes:
    if not days:
        return raw
    return within_yaml(raw, False, lambda yaml: add_to_mapping(yaml, layout_of(yaml), field, days))


def _holds(after: Source, before: Source, new: Calendar) -> bool:
    """Whether nothing but the `new` days came to what was there `before`."""
    expected = {
        field: {**(before.data.get(field) or {}), **days}
        for field, days in (("holidays", new.holidays), ("workdays", new.workdays))
        if days
    }
    return after.data == {**before.data, **expected}


def _count(calendar: Calendar) -> str:
    return f"{len(calendar.holidays)} holidays, {len(calendar.workdays)} make-up days"
