"""A page of the site, before it is rendered."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from babel import Locale

from generator.link import contexts as c
from generator.link.edition import Shelf
from generator.model import Library

Address = Callable[[str], str]
"""The address of a page, for a language code."""


@dataclass(frozen=True)
class Page:
    """A page to be rendered. `template` is "" for what no template makes, such as a CSV file."""

    url: str
    template: str
    language: str
    make: Callable[[], Any]
    """Makes the context, which may take opening entries."""
    shows: tuple[str, ...] = ()
    """Ids of the entries that the context holds whole, or that say in which order; of all others it
    has what outlines and cards tell."""
    entry: str = ""
    """The entry that it belongs to, if it does: `showing` tells of whom it shows something."""
    lists: tuple[str, ...] | None = None
    """Ids of all entries of which it shows something; None where that cannot be told."""
    others: Callable[[], tuple[c.Alternate, ...]] = tuple
    """Gives the page in each language, for pages that search engines are told of."""
    also_in: tuple[str, ...] = ()
    """Codes of other languages that it says something in."""

    @cached_property
    def context(self) -> Any:
        """What the template gets."""
        return self.make()

    def forget(self) -> None:
        """Lets go of the context: those of thousands of pages fill the memory."""
        self.__dict__.pop("context", None)

    @cached_property
    def alternates(self) -> tuple[c.Alternate, ...]:
        """The page in each language; empty for one that search engines are not told of."""
        return self.others()


def page_of(
    shelf: Shelf,
    template: str,
    address: Address,
    make: Callable[[c.Frame], Any],
    kind: str = "",
    shows: tuple[str, ...] = (),
    document: tuple[str, str] | None = None,
    entry: str = "",
    lists: tuple[str, ...] | None = None,
) -> Page:
    """A page of an edition. `document` names what it is made of where that is no entry, and the
    part of it."""
    others = partial(alternates, shelf.library, address)

    def made() -> Any:
        edit = shelf.authoring.edit_document(shelf.edition, *document) if document else ""
        return make(c.Frame(shelf.site, address(shelf.code), others(), kind, edit_url=edit))

    return Page(address(shelf.code), template, shelf.code, made, shows, entry, lists, others)


@functools.cache
def language_name(tag: str) -> str:
    """A language's name in itself, without its script or region where one name suffices."""
    name = Locale.parse(tag.split("-")[0]).get_display_name()
    return (name or tag).capitalize()


def alternates(library: Library, address: Callable[[str], str]) -> tuple[c.Alternate, ...]:
    """The page in each language; `address` gives its address for a language code."""
    return tuple(
        c.Alternate(edition.code, edition.tag, language_name(edition.tag), address(edition.code))
        for edition in library.editions
    )
