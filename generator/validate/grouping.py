"""The names of all files: which belong together, and what languages there are.

Takes paths, and the settings as far as they can be understood; reads no entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from generator.model import KINDS, Kind
from generator.model.settings import Language
from generator.problems import Location, Problem
from generator.read import Source, split_name
from generator.validate.names import SETTINGS, Files, alike, group_files


@dataclass(frozen=True, slots=True)
class Layout:
    """What the names of all files say: which belong together, and what languages there are."""

    root: str
    kinds: tuple[Kind, ...]
    languages: tuple[str, ...]
    groups: Mapping[str, Files]
    problems: tuple[Problem, ...]

    @property
    def entries(self) -> list[Files]:
        """The files of entries, group by group."""
        return [files for files in self.groups.values() if files.kind]


def lay_out(
    paths: Iterable[str],
    documents: Mapping[str, Source],
    assets: Iterable[str],
    root: str,
    kinds: tuple[Kind, ...] = KINDS,
) -> Layout:
    """Groups the text files at `paths`. `documents` are at least the settings' sources."""
    listed = sorted(paths)
    languages = _languages(documents, listed)
    groups, problems = group_files(listed, kinds, languages, root)
    problems += alike((*listed, *assets), root)
    return Layout(root, kinds, languages, groups, tuple(problems))


def _languages(sources: Mapping[str, Source], paths: Iterable[str]) -> tuple[str, ...]:
    """The languages as far as playbook.yml can be understood; beyond that English, and whatever
    file names say, so that a fault in the settings is not held against every translation."""
    codes = [_code(item) for item in _listed(_settings(sources))]
    if codes and all(codes):
        return tuple(dict.fromkeys(codes))
    source = codes[0] if codes and codes[0] else "en"
    named = sorted({code for path in paths if (code := split_name(path)[1])})
    return tuple(dict.fromkeys([source, *filter(None, codes[1:]), *named]))


def languages_named(sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The codes that playbook.yml among `sources` lists and that can be languages."""
    return tuple(dict.fromkeys(filter(None, map(_code, _listed(_settings(sources))))))


def place_of_language(sources: Mapping[str, Source], code: str) -> Location | None:
    """Where playbook.yml names the language `code`."""
    settings = _settings(sources)
    for index, item in enumerate(_listed(settings)):
        if settings and _code(item) == code:
            return settings.locate(("languages", index, "code"))
    return None


def _settings(sources: Mapping[str, Source]) -> Source | None:
    return next((sources[p] for p in sources if p.rsplit(".", 1)[0] == SETTINGS), None)


def _listed(settings: Source | None) -> list[Any]:
    """What the settings list as languages."""
    listed = settings.data.get("languages") if settings else None
    return listed if isinstance(listed, list) else []


def _code(item: Any) -> str:
    """The code of a language, or "" if it has none that can be used."""
    code = item.get("code") if isinstance(item, dict) else None
    try:
        return Language.model_validate({"code": code}).code
    except ValidationError:
        return ""
