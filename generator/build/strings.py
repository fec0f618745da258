"""The interface words of every language of a playbook, from `templates/strings/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from babel import Locale

from generator.model import Library
from generator.problems import Location, Problem
from generator.problems.output import STRINGS
from generator.read.yaml import load
from generator.render import Strings
from generator.render.strings import keys_of

REFERENCE = "en"
"""The language whose words are complete by definition."""


def load_strings(
    library: Library, folders: Sequence[Path]
) -> tuple[dict[str, Strings], list[Problem]]:
    """Words by language code, and what is missing. A company's own words override single keys."""
    reference, _ = _read(REFERENCE, folders)
    made: dict[str, Strings] = {}
    problems: list[Problem] = []
    for edition in library.editions:
        words, faults = _read(edition.code, folders)
        problems += [*faults, *_missing(edition.code, words, reference, folders)]
        locale = Locale.parse(edition.tag, sep="-")
        made[edition.code] = Strings(locale, words)
    return made, problems


def _read(code: str, folders: Sequence[Path]) -> tuple[dict[str, Any], list[Problem]]:
    words: dict[str, Any] = {}
    problems: list[Problem] = []
    for folder in reversed(folders):
        path = folder / "strings" / f"{code}.yml"
        if not path.is_file():
            continue
        loaded, faults = load(path.read_text(encoding="utf-8"))
        for fault in faults:
            place = Location(str(path), fault.at[0] + 1, fault.at[1] + 1)
            problems.append(STRINGS.at(place, fault.message, fault.hint))
        _merge(words, loaded or {})
    return words, problems


def _merge(words: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(words.get(key), dict):
            _merge(words[key], value)
        else:
            words[key] = value


def _missing(
    code: str, words: dict[str, Any], reference: dict[str, Any], folders: Sequence[Path]
) -> Iterator[Problem]:
    place = Location(str(folders[0] / "strings" / f"{code}.yml"))
    known = set(keys_of(words))
    lacking = [key for key in keys_of(reference) if key not in known]
    if lacking:
        shown = ", ".join(lacking[:5]) + (" …" if len(lacking) > 5 else "")
        yield STRINGS.at(
            place,
            f'{len(lacking)} interface words are missing in "{code}": {shown}',
            "add them; strings/en.yml has them all",
        )
