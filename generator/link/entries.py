"""The contexts of the pages that belong to one entry."""

from __future__ import annotations

from collections.abc import Sequence

from generator.link import contexts as c
from generator.link.addresses import entry_url, sheet_url
from generator.link.edition import MAX_USES, Shelf
from generator.model import Entry


def entry_context(shelf: Shelf, identity: str, frame: c.Frame) -> c.EntryContext:
    """What the page of an entry shows."""
    entry = shelf.entries[identity]
    companions = tuple(shelf.entries[other] for other in shelf.companies.get(identity, ()))
    review = entry.data.reviewed
    return c.EntryContext(
        frame=_framed(shelf, entry, frame),
        entry=entry,
        card=shelf.cards[identity],
        cards=referred(shelf, (entry,)),
        owner=shelf.owners[entry.data.owner],
        tags=tuple(shelf.tags[tag] for tag in entry.data.tags),
        related=tuple(shelf.cards[name] for name in entry.data.related),
        uses=shelf.uses_of(identity),
        more_uses=max(0, len(shelf.users.get(identity, ())) - MAX_USES),
        headings=entry.body.headings if entry.body else (),
        previous=shelf.beside(entry, -1),
        following=shelf.beside(entry, 1),
        fills=shelf.fills_of(entry),
        companions=companions,
        companion_cards={other.id: shelf.cards[other.id] for other in companions},
        claim_marks=shelf.claim_marks(entry),
        builds_on=tuple(shelf.cards[name] for name in entry.data.depends_on),
        reviewer=shelf.owners.get((review and review.by) or ""),
        changed=shelf.items[identity].changed,
        csv_url=sheet_url(shelf.code, identity) if entry.sheet else "",
    )


def _framed(shelf: Shelf, entry: Entry, frame: c.Frame) -> c.Frame:
    """The frame of an entry's page, with its neighbours and the way to its source."""
    repository = shelf.edition.settings.repository
    return c.Frame(
        frame.site,
        frame.url,
        frame.alternates,
        frame.kind,
        neighbours=shelf.neighbours_of(entry),
        edit_url=repository.edit.replace("{path}", entry.text_path) if repository else "",
    )


def sheet_context(shelf: Shelf, identity: str) -> c.SheetContext:
    """The sheet of an entry."""
    sheet = shelf.entries[identity].sheet
    assert sheet is not None
    return c.SheetContext(sheet)


def redirect_context(shelf: Shelf, identity: str, frame: c.Frame) -> c.RedirectContext:
    """A page at a former address of an entry."""
    return c.RedirectContext(frame, entry_url(shelf.code, identity), shelf.cards[identity].title)


def referred(shelf: Shelf, entries: Sequence[Entry]) -> dict[str, c.Card]:
    """The cards of everything that `entries` refer to."""
    named = {reference.target for entry in entries for reference in entry.references}
    return {name: shelf.cards[name] for name in sorted(named)}
