"""The interface words of every language of a playbook, from `templates/strings/`.

That a language has none is said where the settings name it; what is wrong with its words, there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel import Locale

from generator.model import Kind, Library
from generator.problems import Location, Problem
from generator.problems.output import STRINGS
from generator.read import Source
from generator.read.yaml import load
from generator.render import Strings
from generator.render.strings import keys_of
from generator.validate import place_of_language

REFERENCE = "en"
"""The language whose words are complete by definition."""
NamedAt = Callable[[str], Location | None]
"""Where the settings name a language, given by its code."""


def load_strings(
    library: Library, folders: Sequence[Path], files: Mapping[str, Source] = MappingProxyType({})
) -> tuple[dict[str, Strings], list[Problem]]:
    """Words by language code, and what is missing. A company's own words override single keys.
    `files` are those of the playbook, by path: they tell where it names languages."""
    tags = {edition.code: edition.tag for edition in library.editions}
    return strings_for(tags, library.kinds, folders, partial(place_of_language, files))


def strings_for(
    tags: Mapping[str, str],
    kinds: Iterable[Kind],
    folders: Sequence[Path],
    named_at: NamedAt = lambda _: None,
) -> tuple[dict[str, Strings], list[Problem]]:
    """The same for languages by their codes, each with its tag."""
    words, problems = words_of(tags, kinds, folders, named_at)
    made = {code: Strings(Locale.parse(tags[code], sep="-"), each) for code, each in words.items()}
    return made, problems


def words_of(
    codes: Iterable[str], kinds: Iterable[Kind], folders: Sequence[Path], named_at: NamedAt
) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """The same as plain data."""
    reference, _ = _read(REFERENCE, folders)
    named = _names_of(kinds)
    made: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for code in codes:
        words, faults = _read(code, folders)
        made[code] = _merged(named, words)
        problems += faults or _missing(code, made[code], reference, folders, named_at)
    return made, problems


def words_for(section: str, folders: Sequence[Path]) -> dict[str, Any]:
    """One section of the words, in every language that has words."""
    paths = (path for folder in folders for path in (folder / "strings").glob("*.yml"))
    read = {code: _read(code, folders)[0] for code in sorted({path.stem for path in paths})}
    return {code: words[section] for code, words in read.items() if section in words}


def words_in(tags: Mapping[str, str], folders: Sequence[Path]) -> dict[str, Strings]:
    """Words by language code, for languages given by their tags. What is missing is said in the
    language whose words are complete."""
    reference, _ = _read(REFERENCE, folders)
    return {
        code: Strings(Locale.parse(tag, sep="-"), _merged(reference, _read(code, folders)[0]))
        for code, tag in tags.items()
    }


def _names_of(kinds: Iterable[Kind]) -> dict[str, Any]:
    """Names for kinds that nobody has words for: a new kind works before it is translated."""
    return {
        "kind": {
            k.name: {"one": k.name.capitalize(), "many": k.folder.capitalize()} for k in kinds
        },
        "about": {k.name: (k.model.__doc__ or "").split("\n")[0] for k in kinds},
    }


def _read(code: str, folders: Sequence[Path]) -> tuple[dict[str, Any], list[Problem]]:
    words: dict[str, Any] = {}
    problems: list[Problem] = []
    for folder in reversed(folders):
        path = folder / "strings" / f"{code}.yml"
        if not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            what = f"cannot read the file: {error.strerror}"
            problems.append(STRINGS.at(Location(str(path)), what))
            continue
        except UnicodeDecodeError:
            hint = "save the file again as UTF-8"
            problems.append(STRINGS.at(Location(str(path)), "the text is not UTF-8", hint))
            continue
        loaded, faults = load(text)
        for fault in faults:
            place = Location(str(path), fault.at[0] + 1, fault.at[1] + 1)
            problems.append(STRINGS.at(place, fault.message, fault.hint))
        words = _merged(words, loaded or {})
    return words, problems


def _merged(words: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """`words` with those of `more` added or put in their place."""
    merged = dict(words)
    for key, value in more.items():
        former = merged.get(key)
        both = isinstance(value, dict) and isinstance(former, dict)
        merged[key] = _merged(former or {}, value) if both else value
    return merged


def _missing(
    code: str,
    words: dict[str, Any],
    reference: dict[str, Any],
    folders: Sequence[Path],
    named_at: NamedAt,
) -> Iterator[Problem]:
    place = Location(str(folders[0] / "strings" / f"{code}.yml"))
    if not any((folder / "strings" / f"{code}.yml").is_file() for folder in folders):
        message = f'there are no interface words for "{code}"'
        hint = f"write {place.path}, a translation of the package's {REFERENCE}.yml"
        yield STRINGS.at(named_at(code) or place, message, hint)
        return
    known = set(keys_of(words))
    lacking = [key for key in keys_of(reference) if key not in known]
    if lacking:
        shown = ", ".join(lacking[:5]) + (" …" if len(lacking) > 5 else "")
        yield STRINGS.at(
            place,
            f'interface words are missing in "{code}": {shown}',
            f"add them; strings/{REFERENCE}.yml has them all",
        )
