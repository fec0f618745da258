"""Documents on their way in: each is read, given its place, and made an entry of.

Takes what the command line asks for and the playbook, gives for each document what is to be written
or why it cannot be. Writes nothing, prints nothing.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.author.naming import free_id, name_of
from generator.author.placing import id_in, in_the_way, name_problem, taken_ids
from generator.author.referring import named_by
from generator.cli.filing import MOST_DOCUMENTS, Found, find_documents
from generator.importing import (
    Document,
    Facts,
    Made,
    Refused,
    Surroundings,
    Wish,
    anchors_in,
    is_chinese,
    make_entry,
    owner_by_name,
    read_document,
    words_in,
)
from generator.model import KINDS, Kind, Library
from generator.read import read_tree, split_name
from generator.validate import did_you_mean


@dataclass(frozen=True, slots=True)
class Order:
    """What the command line asks for."""

    path: Path
    kind: Kind | None
    owner: str
    language: str
    translates: str
    identity: str
    content: Path
    shown: str
    """The content folder as the user knows it."""

    @property
    def fault(self) -> str:
        """What is wrong with it in itself."""
        if not self.translates and self.kind is None:
            return "say with --kind what it is to become"
        if self.translates and (self.kind or self.identity or self.owner):
            return "with --translates, kind, id and owner are those of the entry that is translated"
        if self.path.is_dir() and (self.identity or self.translates):
            return "--id and --translates are for one document"
        return ""


def fault_of(order: Order, library: Library) -> str:
    """What is wrong with an order, given the playbook."""
    codes = tuple(edition.code for edition in library.editions)
    owners = sorted(library.source.owners)
    if order.kind and order.identity:
        path = _file_of(id_in(order.kind, order.identity.strip("/")))
        if fault := name_problem(path, KINDS, codes):
            return f"--id: {fault.message}; {fault.hint}"
    if order.owner and order.owner not in owners:
        hint = did_you_mean(order.owner, owners)
        return f'--owner "{order.owner}" is not in people.yml. {hint}'.rstrip()
    if order.language and order.language not in codes:
        return f'--lang "{order.language}" is no language of this playbook: {", ".join(codes)}'
    if order.translates and order.translates not in library.source.entries:
        hint = did_you_mean(order.translates, library.source.entries)
        return f'--translates "{order.translates}": there is no such entry. {hint}'.rstrip()
    if order.translates and order.language == codes[0]:
        return f'"{codes[0]}" is the source language; a translation is into another'
    return ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a document."""

    name: str
    made: Made | Refused


def take_in(
    order: Order, library: Library, today: datetime.date, ask: Callable[[], str]
) -> tuple[Result, ...]:
    """All documents of an order, in the order of their names. `ask` gives the owner of those that
    name none themselves, or "" where there is nobody to ask."""
    found = find_documents(order.path)
    read = {name: _read(found, name) for name in found.names[:MOST_DOCUMENTS]}
    documents = {n: each for n, each in read.items() if isinstance(each, Document)}
    places = _places(order, library, documents)
    targets = {name: place for name, place in places.items() if isinstance(place, str)}
    anchors = {name: anchors_in(documents[name]) for name in targets}
    around = Surroundings(targets, anchors, found.neighbour)
    facts = facts_of(library, today)
    results = [
        Result(name, each if isinstance(each, Refused) else _make(
            each, places[name], around, _wish(order, library, each, facts, ask)))
        for name, each in read.items()
    ]  # fmt: skip
    results += [Result(name, _LINK) for name in found.links]
    results += [Result(name, _TOO_MANY) for name in found.names[MOST_DOCUMENTS:]]
    return tuple(results)


_LINK = Refused("this is a symbolic link, which is not followed", "import what it points to")
_TOO_MANY = Refused(f"more than {MOST_DOCUMENTS} documents at once", "import folder by folder")


def _read(found: Found, name: str) -> Document | Refused:
    try:
        return read_document(name, found.read(name))
    except OSError as error:
        return Refused(f"cannot read the file: {error.strerror}")


def _make(
    document: Document, place: str | Refused, around: Surroundings, wish: Wish
) -> Made | Refused:
    return place if isinstance(place, Refused) else make_entry(document, place, around, wish)


def _wish(
    order: Order, library: Library, document: Document, facts: Facts, ask: Callable[[], str]
) -> Wish:
    code = _language_of(order, library, document)
    foreign = "" if code == library.source.code else code
    kind = order.kind or _kind_of(library, order.translates)
    owner = order.owner or owner_by_name(document.author, facts)
    if not (owner or order.translates):
        owner = ask()
    return Wish(facts, kind, owner, foreign, bool(order.translates))


def _kind_of(library: Library, identity: str) -> Kind:
    name = library.source.entries[identity].kind
    return next(kind for kind in KINDS if kind.name == name)


def _language_of(order: Order, library: Library, document: Document) -> str:
    """The code of the document's language: the one that was given, or what its text looks like."""
    if order.language:
        return order.language
    codes = [edition.code for edition in library.editions]
    chinese = is_chinese(words_in(document))
    likely = [code for code in codes if code.startswith("zh") == chinese]
    return likely[0] if likely else "zh" if chinese else codes[0]


def _places(
    order: Order, library: Library, documents: Mapping[str, Document]
) -> dict[str, str | Refused]:
    """Where each document is to lie, below the content folder."""
    if order.translates:
        return {n: _of_translation(order, library, each) for n, each in documents.items()}
    assert order.kind is not None
    paths = read_tree(order.content, "").texts
    entries = library.source.entries.values()
    taken = taken_ids(paths, entries)
    given: set[str] = set()
    places: dict[str, str | Refused] = {}
    for name, document in documents.items():
        wanted = _identity(order, order.kind, name, document)
        free = free_id(wanted, taken | given)
        if wanted != free and wanted not in given:
            reason = in_the_way(wanted, paths, entries, lambda path: f"{order.shown}/{path}")
            places[name] = _refused(reason, free, name, order)
            continue
        given.add(free)
        places[name] = _file_of(free)
    return places


def _file_of(identity: str) -> str:
    """The file of an imported entry, which is Markdown whatever its kind."""
    return f"{identity}.md"


def _refused(reason: str, free: str, name: str, order: Order) -> Refused:
    file = (order.path / name if order.path.is_dir() else order.path).as_posix()
    kind = order.kind.name if order.kind else ""
    hint = f"take a free name: playbook import '{file}' --kind {kind} --id {free}"
    return Refused(f"{reason}, and nothing is overwritten", hint)


def _identity(order: Order, kind: Kind, name: str, document: Document) -> str:
    """The id that is asked for, or that a document gets by its title and, from a folder, by the
    folders that it is in."""
    if order.identity:
        return id_in(kind, order.identity.strip("/"))
    stem = name_of(document.title) or name_of(PurePosixPath(name).stem) or "untitled"
    folders = PurePosixPath(name).parts[:-1] if order.path.is_dir() else ()
    return "/".join((kind.folder, *filter(None, map(name_of, folders)), stem))


def _of_translation(order: Order, library: Library, document: Document) -> str | Refused:
    code = _language_of(order, library, document)
    if code not in [edition.code for edition in library.editions[1:]]:
        return Refused(
            "the document is in the source language, so it can be no translation",
            "say with --lang which language it is in",
        )
    path = f"{order.translates}.{code}.md"
    there = {split_name(each) for each in read_tree(order.content, "").texts}
    if (order.translates, code) in there:
        return Refused(
            f"{order.translates} is translated into {code} already, and nothing is overwritten",
            "move that file away first",
        )
    return path


def facts_of(library: Library, today: datetime.date) -> Facts:
    """What the playbook knows that a document may name."""
    source = library.source
    people = {person.id for person in source.people.people if person.left is None}
    return Facts(
        owners={name: tuple(_called(library, name)) for name in sorted(people)},
        tags={
            tag: tuple(
                str(e.settings.tags[tag]) for e in library.editions if tag in e.settings.tags
            )
            for tag in source.settings.tags
        },
        code=source.code,
        today=today,
        target=functools.partial(named_by, library),
    )


def _called(library: Library, identity: str) -> Iterator[str]:
    """The names and the address of a person."""
    for edition in library.editions:
        for person in edition.people.people:
            if person.id == identity:
                yield str(person.name)
                yield from (person.email,) if person.email else ()
