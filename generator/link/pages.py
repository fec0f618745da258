"""The list of all pages."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.link import contexts as c
from generator.link.addresses import (
    alias_url,
    entry_url,
    list_url,
    named_list_url,
    page_url,
    sheet_url,
)
from generator.link.dashboard import freshness_context
from generator.link.edition import MAX_COMPANIONS, MAX_USES, Shelf, alternates
from generator.link.scores import score, worst
from generator.model import TIERS, Entry, Kind, Library
from generator.model.sheet import Sheet
from generator.model.sop import Sop
from generator.problems import Location, Problem
from generator.problems.output import PAGE_CLASH
from generator.staleness import Freshness, Judge, State, Week
from generator.versions import Release

PER_PAGE = 100
MAX_CARDS_OF_TIER = 6
MAX_REVIEWED = 6
MAX_TAGS = 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered. `template` is "" for what no template makes, such as a CSV file."""

    url: str
    template: str
    context: Any
    language: str


def link(
    library: Library,
    freshness: Freshness,
    trend: tuple[Week, ...] = (),
    release: Release | None = None,
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """All pages of the site, and pages that claim the same address. `trend` is the completion in
    the weeks before, the oldest first; `release` is where the site stands among versions."""
    source = library.source
    judge = Judge(source.settings, source.people, library.holidays, freshness.today)
    items = {item.id: item for item in freshness.items}
    shelves = [Shelf(library, edition, judge, items, release) for edition in library.editions]
    pages = [page for shelf in shelves for page in _edition_pages(shelf)]
    pages += [_freshness(shelf, freshness, trend) for shelf in shelves]
    pages += tuple(_root_pages(shelves[0], pages))
    return tuple(pages), tuple(_clashes(pages))


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
        entries = shelf.by_kind.get(kind.name, ())
        if entries:
            yield from _section(shelf, kind, entries)
        for entry in entries:
            yield from _entry_pages(shelf, kind, entry)
    yield from _tag_pages(shelf)
    yield from _people_pages(shelf)
    yield _find(shelf)


def _frame(
    shelf: Shelf, address: Callable[[str], str], kind: str = "", entry: Entry | None = None
) -> c.Frame:
    repository = shelf.edition.settings.repository
    return c.Frame(
        site=shelf.site,
        url=address(shelf.code),
        alternates=alternates(shelf.library, address),
        kind=kind,
        neighbours=shelf.neighbours_of(entry) if entry else (),
        edit_url=repository.edit.replace("{path}", entry.text_path) if repository and entry else "",
    )


def _page(shelf: Shelf, template: str, context: Any) -> Page:
    return Page(context.frame.url, template, context, shelf.code)


def _entry_pages(shelf: Shelf, kind: Kind, entry: Entry) -> Iterator[Page]:
    frame = _frame(shelf, lambda code: entry_url(code, entry.id), kind.name, entry)
    sheet = _sheet_of(entry)
    companions = shelf.companies.get(entry.id, ())
    uses = shelf.uses.get(entry.id, ())
    yield _page(
        shelf,
        f"kinds/{kind.name}.html",
        c.EntryContext(
            frame=frame,
            entry=entry,
            card=shelf.cards[entry.id],
            cards=_referred(shelf, (entry,)),
            owner=shelf.owners[entry.data.owner],
            tags=tuple(shelf.tags[tag] for tag in entry.data.tags),
            related=tuple(shelf.cards[name] for name in entry.data.related),
            uses=uses[:MAX_USES],
            more_uses=max(0, len(uses) - MAX_USES),
            headings=entry.body.headings if entry.body else (),
            previous=shelf.beside(entry, -1),
            following=shelf.beside(entry, 1),
            fills=shelf.fills_of(entry),
            companions=companions,
            companion_cards={other.id: shelf.cards[other.id] for other in companions},
            claim_marks=shelf.claim_marks(entry),
            builds_on=tuple(shelf.cards[name] for name in entry.data.depends_on),
            reviewer=shelf.owners.get((entry.data.reviewed and entry.data.reviewed.by) or ""),
            changed=shelf.items[entry.id].changed,
            csv_url=sheet_url(shelf.code, entry.id) if sheet else "",
        ),
    )
    if sheet:
        yield Page(sheet_url(shelf.code, entry.id), "", c.SheetContext(sheet), shelf.code)
    for alias in entry.data.aliases:
        moved = _frame(shelf, lambda code, alias=alias: alias_url(code, alias))  # type: ignore[misc]
        context = c.RedirectContext(moved, frame.url, entry.title)
        yield _page(shelf, "pages/redirect.html", context)


def _sheet_of(entry: Entry) -> Sheet | None:
    return getattr(entry.data, "sheet", None) or getattr(entry.data, "table", None)


def _home(shelf: Shelf) -> Page:
    home = shelf.edition.settings.home
    sop = shelf.entries.get(home.sop) if home.sop else None
    stages = shelf.by_kind.get("stage", ())[:MAX_COMPANIONS]
    context = c.HomeContext(
        frame=_frame(shelf, lambda code: page_url(code, "index")),
        sop=sop if sop and isinstance(sop.data, Sop) else None,
        sop_card=shelf.cards[sop.id] if sop else None,
        cards=_referred(shelf, (*([sop] if sop else []), *stages)),
        needs=tuple(
            (need, tuple(shelf.cards[name] for name in need.links if name in shelf.entries))
            for need in home.needs
        ),
        stages=tuple((stage, shelf.cards[stage.id]) for stage in stages),
        tiers=tuple(_tier(shelf, tier) for tier in TIERS),
        reviewed=_reviewed_lately(shelf),
        score=score((shelf.items[identity] for identity in shelf.entries), shelf.today),
    )
    return _page(shelf, "pages/home.html", context)


def _referred(shelf: Shelf, entries: Sequence[Entry]) -> dict[str, c.Card]:
    """The cards of everything that `entries` refer to."""
    named = {reference.target for entry in entries for reference in entry.references}
    return {name: shelf.cards[name] for name in sorted(named)}


def _tier(shelf: Shelf, tier: str) -> c.TierSummary:
    arsenal = shelf.by_kind.get("knowledge", ())
    cards = [shelf.cards[entry.id] for entry in arsenal if entry.data.tier == tier]
    cards = [card for card in cards if card.status == "published"]
    cards.sort(key=_urgency)
    shown = tuple(cards[:MAX_CARDS_OF_TIER])
    return c.TierSummary(tier, shown, len(cards), worst(card.verdict for card in cards))


def _urgency(card: c.Card) -> tuple[int, datetime.date, str]:
    return card.state.rank, card.verdict.due or datetime.date.min, card.id


def _reviewed_lately(shelf: Shelf) -> tuple[c.Card, ...]:
    cards = [shelf.cards[i] for i, entry in shelf.entries.items() if _last_review(shelf.cards[i])]
    cards.sort(key=lambda card: (_last_review(card), card.id), reverse=True)
    return tuple(cards[:MAX_REVIEWED])


def _last_review(card: c.Card) -> datetime.date | None:
    """The day of the last review, unless that cannot count because of what it says."""
    return None if card.state is State.NEVER else card.verdict.reviewed


def _listed(
    shelf: Shelf,
    template: str,
    cards: Sequence[c.Card],
    address: Callable[[str, int], str],
    kind: str = "",
    **more: Any,
) -> Iterator[Page]:
    """A list of cards, cut into pages."""
    count = max(1, math.ceil(len(cards) / PER_PAGE))
    addresses = tuple(address(shelf.code, number) for number in range(1, count + 1))
    for number in range(1, count + 1):
        shown = tuple(cards[(number - 1) * PER_PAGE : number * PER_PAGE])
        frame = _frame(shelf, lambda code, number=number: address(code, number), kind)  # type: ignore[misc]
        context = c.ListContext(frame, shown, len(cards), number, addresses, **more)
        yield _page(shelf, template, context)


def _section(shelf: Shelf, kind: Kind, entries: tuple[Entry, ...]) -> Iterator[Page]:
    cards = [shelf.cards[entry.id] for entry in entries]
    drawn = entries[0].data.company is not None and len(entries) <= MAX_COMPANIONS
    together = entries if drawn else ()
    yield from _listed(
        shelf,
        "pages/section.html",
        cards,
        lambda code, number: list_url(code, kind.folder, number),
        kind.name,
        entries=together,
        shown=_referred(shelf, together),
    )


def _tag_pages(shelf: Shelf) -> Iterator[Page]:
    frame = _frame(shelf, lambda code: list_url(code, "tags"))
    yield _page(shelf, "pages/tags.html", c.TagsContext(frame, tuple(shelf.tags.values())))
    for tag in shelf.tags.values():
        yield from _listed(
            shelf,
            "pages/tag.html",
            shelf.tagged[tag.id],
            lambda code, number, name=tag.id: named_list_url(code, "tags", name, number),  # type: ignore[misc]
            tag=tag,
        )


def _people_pages(shelf: Shelf) -> Iterator[Page]:
    frame = _frame(shelf, lambda code: list_url(code, "people"))
    counted = [(owner, len(shelf.owned.get(owner.id, ()))) for owner in shelf.owners.values()]
    context = c.PeopleContext(
        frame,
        people=tuple(pair for pair in counted if not pair[0].group),
        groups=tuple(pair for pair in counted if pair[0].group),
    )
    yield _page(shelf, "pages/people.html", context)
    for owner in shelf.owners.values():
        owned = shelf.owned.get(owner.id, ())
        yield from _listed(
            shelf,
            "pages/person.html",
            owned,
            lambda code, number, name=owner.id: named_list_url(code, "people", name, number),  # type: ignore[misc]
            owner=owner,
            members=_members(shelf, owner.id),
            score=score((shelf.items[card.id] for card in owned), shelf.today),
        )


def _members(shelf: Shelf, identity: str) -> tuple[c.Owner, ...]:
    """The members of a group; the groups of a person."""
    groups = {group.id: group.members for group in shelf.edition.people.groups}
    if identity in groups:
        return tuple(shelf.owners[member] for member in groups[identity])
    return tuple(shelf.owners[group] for group, members in groups.items() if identity in members)


def _find(shelf: Shelf) -> Page:
    most = sorted(shelf.tags.values(), key=lambda tag: (-tag.count, tag.id))
    frame = _frame(shelf, lambda code: page_url(code, "find"))
    return _page(shelf, "pages/find.html", c.FindContext(frame, tuple(most[:MAX_TAGS])))


def _freshness(shelf: Shelf, freshness: Freshness, trend: tuple[Week, ...]) -> Page:
    frame = _frame(shelf, lambda code: page_url(code, "freshness"))
    context = freshness_context(shelf, frame, freshness, trend)
    return _page(shelf, "pages/freshness.html", context)


def _root_pages(shelf: Shelf, pages: Sequence[Page]) -> Iterator[Page]:
    """Pages outside the editions, in the source language."""
    root = c.Frame(shelf.site, "index.html", alternates(shelf.library, _home_url))
    yield _page(shelf, "pages/root.html", c.RootContext(root))
    missing = c.Frame(shelf.site, "404.html", alternates(shelf.library, _home_url))
    yield _page(shelf, "pages/not-found.html", c.NotFoundContext(missing))
    if shelf.site.address and not shelf.release:  # a tree has one map, of its default version
        listed = tuple(
            (page.url, page.context.frame.alternates)
            for page in pages
            if page.template and not isinstance(page.context, c.RedirectContext)
        )
        context = c.SitemapContext(shelf.site.address, listed)
        yield Page("sitemap.xml", "pages/sitemap.xml", context, shelf.code)


def _home_url(code: str) -> str:
    return page_url(code, "index")
