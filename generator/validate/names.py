"""What file names say: the kind, the id, the language; and whether they may say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.model import Kind
from generator.problems import Location, Problem
from generator.problems.read import BAD_ID, DUPLICATE_ID, UNKNOWN_FOLDER
from generator.problems.translation import NO_SOURCE
from generator.read import split_name
from generator.validate.nearest import as_slug, did_you_mean

SETTINGS = "playbook"
PEOPLE = "people"
HOLIDAYS = "holidays"
SYNONYMS = "synonyms"
DOCUMENTS = (SETTINGS, PEOPLE, HOLIDAYS, SYNONYMS)
_SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID = re.compile(r"[a-z0-9]+([-/][a-z0-9]+)*")
"""Segments in a row."""
_PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
DEVICES = frozenset({"con", "prn", "aux", "nul", *_PORTS})
"""What Windows keeps for itself: no file can be called so there, whatever its ending."""
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


@dataclass(slots=True)
class Files:
    """The files of one entry, or of the settings or people: the source and its translations."""

    id: str
    kind: Kind | None
    path: str = ""
    translations: dict[str, str] = field(default_factory=dict)


def group_files(
    paths: Iterable[str], kinds: tuple[Kind, ...], languages: tuple[str, ...], root: str
) -> tuple[dict[str, Files], list[Problem]]:
    """Files by id. `languages` are the codes of the playbook, the source language first."""
    by_folder = {kind.folder: kind for kind in kinds}
    groups: dict[str, Files] = {}
    problems: list[Problem] = []
    for path in paths:
        identity, code = split_name(path)
        folder, _, rest = path.partition("/")
        if not rest and identity not in DOCUMENTS:
            problems.append(_unknown_place(_place(root, path), identity))
        elif rest and folder not in by_folder:
            problems.append(_unknown_folder(_place(root, path), folder, by_folder))
        elif (flaw := _bad_name(identity, code, languages)) is not None:
            problems.append(BAD_ID.at(_place(root, path), *flaw))
        else:
            files = groups.get(identity)
            if files is None:
                files = groups[identity] = Files(identity, by_folder.get(folder))
            if former := _joined(files, path, code):
                problems.append(_same_entry(_place(root, path), former))
    problems += _without_source(groups, root)
    return groups, problems


def _place(root: str, path: str) -> Location:
    return Location(f"{root}/{path}")


def _joined(files: Files, path: str, code: str | None) -> str:
    """Adds a file; gives the one that holds its place already, and "" otherwise."""
    if code is None:
        files.path, former = files.path or path, files.path
        return former
    former = files.translations.setdefault(code, path)
    return former if former != path else ""


def _same_entry(place: Location, former: str) -> Problem:
    return DUPLICATE_ID.at(place, f'"{former}" is the same entry', "merge the two files")


def _bad_name(
    identity: str, code: str | None, languages: tuple[str, ...]
) -> tuple[str, str] | None:
    for segment in () if _ID.fullmatch(identity) else identity.split("/"):
        if not _SEGMENT.fullmatch(segment):
            return (
                f'"{segment}" cannot be part of an address',
                f"rename it to {as_slug(segment)}" if as_slug(segment) else
                "use lower-case letters a-z, digits and hyphens",
            )  # fmt: skip
    if kept := DEVICES.intersection(identity.split("/")):
        return f'Windows has no files called "{min(kept)}"', "choose another name"
    if identity.endswith("/index"):
        return '"index" is the address of the section itself', "choose another name"
    if code is not None and identity in (HOLIDAYS, SYNONYMS):
        return f"{identity}.yml has no translations", "delete this file: nothing reads it"
    if code == languages[0]:
        return f'"{code}" is the source language', f"leave .{code} out of the name"
    if code is not None and code not in languages[1:]:
        others = ", ".join(languages[1:]) or "none"
        return f'"{code}" is no language of this playbook', f"languages to translate into: {others}"
    return None


def _unknown_place(place: Location, name: str) -> Problem:
    hint = did_you_mean(name, DOCUMENTS) or "move it into the folder of its kind"
    return UNKNOWN_FOLDER.at(place, f'"{name}" lies in no folder of content', hint)


def _unknown_folder(place: Location, folder: str, folders: Iterable[str]) -> Problem:
    known = tuple(folders)
    hint = did_you_mean(folder, known) or "folders: " + ", ".join(known)
    return UNKNOWN_FOLDER.at(place, f'the folder "{folder}" is no kind of content', hint)


def _without_source(groups: dict[str, Files], root: str) -> Iterator[Problem]:
    for files in groups.values():
        if not files.path:
            for code, path in files.translations.items():
                expected = path.replace(f".{code}.", ".")
                yield NO_SOURCE.at(
                    Location(f"{root}/{path}"),
                    "the translation has no source file",
                    f"write {root}/{expected}, or remove the translation",
                )


def alike(paths: Iterable[str], root: str) -> Iterator[Problem]:
    """Paths that only letter case tells apart, which some disks cannot hold side by side."""
    first: dict[str, str] = {}
    for path in paths:
        former = first.setdefault(path.casefold(), path)
        if former != path:
            yield DUPLICATE_ID.at(
                Location(f"{root}/{path}"),
                f'only letter case tells it from "{former}"',
                "rename one of the two",
            )
