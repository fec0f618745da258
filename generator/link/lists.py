"""The pages that list entries (of a section, a tag, a person), and those that list these lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from generator.link import contexts as c
from generator.link.addresses import list_url, named_list_url, page_url
from generator.link.edition import MAX_COMPANIONS, Shelf
from generator.link.entries import referred
from generator.link.page import Page, page_of
from generator.link.scores import score
from generator.model import Kind

PER_PAGE = 100
MAX_TAGS = 24


def _listed(
    shelf: Shelf,
    template: str,
    ids: Sequence[str],
    address: Callable[[str, int], str],
    kind: str = "",
    shows: tuple[str, ...] = (),
    document: tuple[str, str] | None = None,
    **more: Callable[[], Any],
) -> Iterator[Page]:
    """A list of cards, cut into pages. `more` makes other fields of the context."""
    count = max(1, math.ceil(len(ids) / PER_PAGE))
    addresses = tuple(address(shelf.code, number) for number in range(1, count + 1))

    def context(number: int, shown: Sequence[str], frame: c.Frame) -> c.ListContext:
        cards = tuple(shelf.cards[identity] for identity in shown)
        fields = {name: make() for name, make in more.items()}
        return c.ListContext(frame, cards, len(ids), number, addresses, **fields)

    for number in range(1, count + 1):
        shown = tuple(ids[(number - 1) * PER_PAGE : number * PER_PAGE])
        place, make = partial(_numbered, address, number), partial(context, number, shown)
        lists = None if shows else shown
        yield page_of(shelf, template, place, make, kind, shows, document, lists=lists)


def _numbered(address: Callable[[str, int], str], number: int, code: str) -> str:
    return address(code, number)


def section_pages(shelf: Shelf, kind: Kind, ids: tuple[str, ...]) -> Iterator[Page]:
    """The list of a kind of content."""
    drawn = shelf.outlines[ids[0]].company is not None and len(ids) <= MAX_COMPANIONS
    together = ids if drawn else ()

    def entries() -> Any:
        return tuple(shelf.entries[identity] for identity in together)

    yield from _listed(
        shelf,
        "pages/section.html",
        ids,
        lambda code, number: list_url(code, kind.folder, number),
        kind.name,
        together,
        entries=entries,
        shown=lambda: referred(shelf, entries()),
    )


def tag_pages(shelf: Shelf) -> Iterator[Page]:
    """The list of all tags, and that of each."""
    yield page_of(
        shelf,
        "pages/tags.html",
        lambda code: list_url(code, "tags"),
        lambda frame: c.TagsContext(frame, tuple(shelf.tags.values())),
        document=("playbook", "tags"),
    )
    for tag in shelf.tags.values():
        yield from _listed(
            shelf,
            "pages/tag.html",
            shelf.tagged[tag.id],
            lambda code, number, name=tag.id: named_list_url(code, "tags", name, number),  # type: ignore[misc]
            document=("playbook", tag.id),
            tag=partial(shelf.tags.__getitem__, tag.id),
        )


def people_pages(shelf: Shelf) -> Iterator[Page]:
    """The list of people and groups, and what each owns."""
    yield page_of(
        shelf,
        "pages/people.html",
        lambda code: list_url(code, "people"),
        partial(_people, shelf),
        document=("people", ""),
    )
    for identity in shelf.owners:
        owned = shelf.owned.get(identity, ())
        yield from _listed(
            shelf,
            "pages/person.html",
            owned,
            lambda code, number, name=identity: named_list_url(code, "people", name, number),  # type: ignore[misc]
            document=("people", identity),
            owner=partial(shelf.owners.__getitem__, identity),
            members=partial(_members, shelf, identity),
            score=lambda ids=owned: score((shelf.items[i] for i in ids), shelf.today),  # type: ignore[misc]
        )


def _people(shelf: Shelf, frame: c.Frame) -> c.PeopleContext:
    counted = [(owner, len(shelf.owned.get(owner.id, ()))) for owner in shelf.owners.values()]
    return c.PeopleContext(
        frame,
        people=tuple(pair for pair in counted if not pair[0].group),
        groups=tuple(pair for pair in counted if pair[0].group),
    )


def _members(shelf: Shelf, identity: str) -> tuple[c.Owner, ...]:
    """The members of a group; the groups of a person."""
    groups = {group.id: group.members for group in shelf.edition.people.groups}
    if identity in groups:
        return tuple(shelf.owners[member] for member in groups[identity])
    return tuple(shelf.owners[group] for group, members in groups.items() if identity in members)


def find_page(shelf: Shelf) -> Page:
    """The page to search from, which leads to the lists where there is no script."""
    return page_of(
        shelf, "pages/find.html", lambda code: page_url(code, "find"), partial(_find, shelf)
    )


def _find(shelf: Shelf, frame: c.Frame) -> c.FindContext:
    most = sorted(shelf.tags.values(), key=lambda tag: (-tag.count, tag.id))
    return c.FindContext(frame, tuple(most[:MAX_TAGS]))
