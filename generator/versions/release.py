"""A site that is built to stand in a tree, and what it tells the other versions about itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from generator.versions.tree import PREVIEWS, RELEASE, RELEASE_SCRIPT

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Release:
    """Where in a tree a site is going to stand."""

    name: str
    title: str = ""
    alias: str = ""
    """The alias under which search engines are to list its pages, because it will lead to whatever
    version is the current one; "" for its own address."""
    preview: bool = False

    @property
    def folder(self) -> str:
        """The folder of the site in the tree."""
        return f"{PREVIEWS}/{self.name}" if self.preview else self.name

    @property
    def up(self) -> str:
        """The way from the site's root to the tree's."""
        return "../../" if self.preview else "../"


@dataclass(frozen=True, slots=True)
class Language:
    """An edition of a released site."""

    code: str
    tag: str
    name: str
    title: str
    """The playbook's, in this language."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a released site says about itself."""

    version: str
    date: str
    address: str
    """Where the tree is published, without a slash at the end; "" if unknown."""
    languages: tuple[Language, ...]
    pages: tuple[str, ...]
    """Addresses of pages below the folder of any language, without `.html`."""
    moved: tuple[str, ...] = ()
    """Those of them that only lead to another page."""


def built_files(built: Built) -> Iterator[tuple[str, bytes]]:
    """The files that carry it: data, and a script for pages that were opened from a folder."""
    value = {"format": FORMAT, **asdict(built)}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    yield RELEASE, f"{text}\n".encode()
    yield RELEASE_SCRIPT, f"pbRelease({text});\n".encode()


def read_built(raw: bytes | None) -> Built | None:
    """What a version says about itself; None where it says nothing that can be understood."""
    try:
        value = json.loads(raw or b"")
        languages = tuple(Language(**language) for language in value["languages"])
        texts = (value["version"], value["date"], value["address"], *value["pages"])
        moved = tuple(map(str, value["moved"]))
        strings = all(isinstance(text, str) for text in (*texts, *_texts_of(languages)))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if value.get("format") != FORMAT or not strings or not languages:
        return None
    return Built(
        version=value["version"],
        date=value["date"],
        address=value["address"],
        languages=languages,
        pages=tuple(value["pages"]),
        moved=moved,
    )


def _texts_of(languages: Iterable[Language]) -> Iterator[object]:
    for language in languages:
        yield from asdict(language).values()


def pages_below(code: str, urls: Iterable[str]) -> tuple[str, ...]:
    """Pages by their addresses below the folder of a language: all editions have the same."""
    below = f"{code}/"
    found = (url for url in urls if url.startswith(below) and url.endswith(".html"))
    return tuple(sorted(url.removeprefix(below).removesuffix(".html") for url in found))
