"""The pages of the site: their addresses, templates and contexts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from generator.link import contexts as c
from generator.link.addresses import (
    alias_url,
    entry_url,
    page_url,
    sheet_url,
)
from generator.link.authoring import PUBLISHED, Authoring
from generator.link.dashboard import freshness_context
from generator.link.desk import home_context
from generator.link.edition import MAX_COMPANIONS, Shelf
from generator.link.entries import entry_context, redirect_context, sheet_context
from generator.link.lists import find_page, people_pages, section_pages, tag_pages
from generator.link.news import feeds, rounds_of
from generator.link.page import Page, alternates, page_of
from generator.model import Kind, Library
from generator.problems import Location, Problem
from generator.problems.output import PAGE_CLASH
from generator.staleness import Freshness, Judge, Week

if TYPE_CHECKING:
    from generator.changes.news import News
    from generator.versions import Release


@dataclass(frozen=True, slots=True)
class Linked:
    """The site before it is rendered."""

    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    """Pages that claim the same address."""
    shelves: tuple[Shelf, ...]
    """What the pages of each edition are made from."""


def link(
    library: Library,
    freshness: Freshness,
    trend: tuple[Week, ...] = (),
    news: News | None = None,
    authoring: Authoring = PUBLISHED,
    release: Release | None = None,
) -> Linked:
    """All pages of the site. `trend` is the completion in the weeks before, the oldest first;
    `news` what changed since a former playbook; `release` where the site stands among versions."""
    source = library.source
    judge = Judge(source.settings, source.people, library.holidays, freshness.today)
    items = {item.id: item for item in freshness.items}
    about = (judge, items, news, authoring, release)
    shelves = tuple(Shelf(library, edition, *about) for edition in library.editions)
    pages = [page for shelf in shelves for page in _edition_pages(shelf)]
    pages += [_freshness(shelf, freshness, trend) for shelf in shelves]
    pages += [_changes(shelf, news) for shelf in shelves if news]
    pages += tuple(_root_pages(shelves, pages))
    pages += [page for shelf in shelves for page in _feeds(shelf)]
    return Linked(tuple(pages), tuple(_clashes(pages)), shelves)


def pages_showing(shelf: Shelf, identity: str) -> Iterator[Page]:
    """The pages of an edition that show an entry whole, made anew."""
    kinds = {kind.name: kind for kind in shelf.library.kinds}
    kind = kinds[shelf.outlines[identity].kind]
    together = [other for other, drawn in shelf.companies.items() if identity in drawn]
    pages = [_home(shelf), *section_pages(shelf, kind, shelf.by_kind[kind.name])]
    for other in dict.fromkeys((identity, *together)):
        pages += _entry_pages(shelf, kind, other)
    return (page for page in pages if identity in page.shows)


def _clashes(pages: Sequence[Page]) -> Iterator[Problem]:
    """Pages whose address is taken. All editions have the same addresses: one edition will do."""
    seen: dict[str, Page] = {}
    for page in pages:
        holder = seen.setdefault(page.url.casefold(), page)
        if holder is not page and page.language == pages[0].language:
            yield PAGE_CLASH.at(
                Location(page.url),
                f"two pages have this address: {_called(holder)} and {_called(page)}",
                "rename one of the two, or remove the alias",
            )


def _called(page: Page) -> str:
    match page.context:
        case c.EntryContext(entry=entry):
            return f'the entry "{entry.id}"'
        case c.RedirectContext(title=title):
            return f'an alias of "{title}"'
    return f"a page made by {page.template}"


def _edition_pages(shelf: Shelf) -> Iterator[Page]:
    yield _home(shelf)
    for kind in shelf.library.kinds:
        ids = shelf.by_kind.get(kind.name, ())
        if ids:
            yield from section_pages(shelf, kind, ids)
        for identity in ids:
            yield from _entry_pages(shelf, kind, identity)
    yield from tag_pages(shelf)
    yield from people_pages(shelf)
    yield find_page(shelf)


def _entry_pages(shelf: Shelf, kind: Kind, identity: str) -> Iterator[Page]:
    outline = shelf.outlines[identity]
    address = partial(_entry_address, identity)
    yield page_of(
        shelf,
        f"kinds/{kind.name}.html",
        address,
        partial(entry_context, shelf, identity),
        kind.name,
        (identity, *shelf.companies.get(identity, ()), *filter(None, [outline.company])),
        entry=identity,
    )
    if outline.sheet:
        url, sheet = sheet_url(shelf.code, identity), partial(sheet_context, shelf, identity)
        yield Page(url, "", shelf.code, sheet, (identity,), identity)
    for alias in outline.aliases:
        others = alternates(shelf.library, partial(_alias_address, alias))
        url = alias_url(shelf.code, alias)
        context = partial(redirect_context, shelf, identity, c.Frame(shelf.site, url, others))
        yield Page(url, "pages/redirect.html", shelf.code, context, entry=identity)


def _entry_address(identity: str, code: str) -> str:
    return entry_url(code, identity)


def _alias_address(alias: str, code: str) -> str:
    return alias_url(code, alias)


def _home(shelf: Shelf) -> Page:
    sop = shelf.edition.settings.home.sop
    drawn = shelf.by_kind.get("stage", ())[:MAX_COMPANIONS]
    shows = (*((sop,) if sop in shelf.outlines else ()), *drawn)
    make = partial(home_context, shelf)
    document = ("playbook", "home")
    return page_of(shelf, "pages/home.html", _home_url, make, shows=shows, document=document)


def _freshness(shelf: Shelf, freshness: Freshness, trend: tuple[Week, ...]) -> Page:
    return page_of(
        shelf,
        "pages/freshness.html",
        lambda code: page_url(code, "freshness"),
        lambda frame: freshness_context(shelf, frame, freshness, trend),
    )


def _changes(shelf: Shelf, news: News) -> Page:
    return page_of(
        shelf,
        "pages/changes.html",
        lambda code: page_url(code, "changes"),
        lambda frame: c.ChangesContext(frame, rounds_of(shelf, news)),
    )


def _feeds(shelf: Shelf) -> Iterator[Page]:
    for feed in feeds(shelf):
        yield Page(feed.url, "pages/changes.xml", shelf.code, partial(_same, feed))


def _same(context: Any) -> Any:
    return context


def _root_pages(shelves: Sequence[Shelf], pages: Sequence[Page]) -> Iterator[Page]:
    """Pages outside the editions, in the source language first."""
    shelf, *others = shelves
    homes = alternates(shelf.library, _home_url)
    root = c.RootContext(c.Frame(shelf.site, "index.html", homes))
    yield Page("index.html", "pages/root.html", shelf.code, lambda: root)
    sites = tuple(other.site for other in others)
    missing = c.NotFoundContext(c.Frame(shelf.site, "404.html", homes), sites)
    codes = tuple(site.code for site in sites)
    yield Page("404.html", "pages/not-found.html", shelf.code, lambda: missing, also_in=codes)
    if shelf.site.address and not shelf.release:  # a tree has one map, of its default version
        yield Page("sitemap.xml", "pages/sitemap.xml", shelf.code, partial(_sitemap, shelf, pages))


def _sitemap(shelf: Shelf, pages: Sequence[Page]) -> c.SitemapContext:
    listed = tuple((page.url, page.alternates) for page in pages if page.alternates)
    return c.SitemapContext(shelf.site.address, listed)


def _home_url(code: str) -> str:
    return page_url(code, "index")
