"""All exported pages of a playbook, and the navigation through them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.export.desk import Desk
from generator.export.entry import entry_page
from generator.export.layout import FRESHNESS, INDEX, PEOPLE, Layout
from generator.export.lists import freshness as freshness_page
from generator.export.lists import home, moved, people, section
from generator.export.volume import Volume
from generator.model import Entry, Library
from generator.model.sheet import Sheet
from generator.problems import Location, Problem
from generator.problems.output import PAGE_CLASH
from generator.render import Strings, csv_of
from generator.staleness import Freshness, Judge

MAX_IN_NAVIGATION = 100
"""Sections with more entries are one line there: hosts repeat the navigation on every page."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of the export."""

    path: str
    make: Callable[[], bytes]
    """Writes it; nothing of it is kept before."""
    source: str = ""
    """The file with the entry's texts, relative to the content folder; "" for other pages."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the navigation."""

    title: str
    path: str
    """The page; "" for a heading alone."""
    below: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An export before it is written."""

    leaves: tuple[Leaf, ...]
    assets: Mapping[str, str]
    """Where images and attachments go, with their paths in the content folder."""
    chapters: tuple[Chapter, ...]
    """One for each language."""
    problems: tuple[Problem, ...] = ()


def manuscript(
    library: Library, freshness: Freshness, strings: Mapping[str, Strings], layout: Layout
) -> Manuscript:
    """Everything that is exported, in the languages that the layout has folders for."""
    source = library.source
    judge = Judge(source.settings, source.people, library.holidays, freshness.today)
    items = {item.id: item for item in freshness.items}
    volumes = [
        Volume(library, edition, judge, items, strings[edition.code], layout)
        for edition in library.editions
        if edition.code in layout.folders
    ]
    leaves: dict[str, Leaf] = {}
    problems = []
    for volume in volumes:
        for leaf in _leaves(volume):
            taken = leaves.setdefault(leaf.path.casefold(), leaf)
            if taken is not leaf:
                problems.append(_clash(leaf.path))
    return Manuscript(
        tuple(leaves.values()),
        {layout.asset(path): path for path in library.assets},
        tuple(map(_chapter, volumes)),
        tuple(problems),
    )


def _clash(path: str) -> Problem:
    hint = "rename one of the two, or remove the alias"
    return PAGE_CLASH.at(Location(path), "two pages have this address", hint)


def _leaves(volume: Volume) -> Iterator[Leaf]:
    layout, code = volume.layout, volume.code
    yield _leaf(volume, layout.at(code, INDEX), home)
    for kind in volume.library.kinds:
        entries = volume.by_kind.get(kind.name, ())
        if entries:
            path = layout.section(code, kind.folder)
            yield _leaf(volume, path, functools.partial(section, kind=kind))
        for entry in entries:
            yield from _of_entry(volume, entry)
    yield _leaf(volume, layout.at(code, FRESHNESS), freshness_page)
    yield _leaf(volume, layout.at(code, PEOPLE), people)


def _of_entry(volume: Volume, entry: Entry) -> Iterator[Leaf]:
    layout, code = volume.layout, volume.code
    yield _leaf(volume, layout.entry(code, entry.id), lambda d: entry_page(d, entry), entry)
    sheet = getattr(entry.data, "sheet", None) or getattr(entry.data, "table", None)
    if isinstance(sheet, Sheet):
        yield Leaf(layout.sheet(code, entry.id), lambda: csv_of(sheet))
    for alias in entry.data.aliases:
        yield _leaf(volume, layout.alias(code, alias), lambda desk: moved(desk, entry))


def _leaf(
    volume: Volume, path: str, write: Callable[[Desk], str], entry: Entry | None = None
) -> Leaf:
    desk = Desk(volume, path, entry)
    return Leaf(path, lambda: write(desk).encode("utf-8"), entry.text_path if entry else "")


def _chapter(volume: Volume) -> Chapter:
    layout, code = volume.layout, volume.code
    sections = [
        Chapter(
            volume.plural(kind),
            layout.section(code, kind.folder),
            tuple(Chapter(str(e.title), layout.entry(code, e.id)) for e in entries)
            if len(entries) <= MAX_IN_NAVIGATION
            else (),
        )
        for kind in volume.library.kinds
        if (entries := volume.by_kind.get(kind.name, ()))
    ]
    ends = (
        Chapter(volume.strings.say("freshness.title"), layout.at(code, FRESHNESS)),
        Chapter(volume.strings.say("people.title"), layout.at(code, PEOPLE)),
    )
    title = str(volume.edition.settings.title)
    return Chapter(title, layout.at(code, INDEX), (*sections, *ends))
