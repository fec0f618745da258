"""What pages and feeds show of the changes since a former playbook."""

from __future__ import annotations

import datetime
import itertools
import re
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.link import contexts as c
from generator.link.addresses import entry_url, page_url
from generator.link.edition import Shelf
from generator.model.fields import Words

if TYPE_CHECKING:
    from generator.changes.news import Item, News, Round

MAX_NEWS = 6
MAX_OF_ROUND = 200
MAX_IN_FEED = 60
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rounds_of(shelf: Shelf, news: News) -> tuple[c.NewsRound, ...]:
    """The rounds, the newest first; each but that one ends where the next begins."""
    until = ["", *(each.since for each in news.rounds)]
    made = (_round(shelf, each, end) for each, end in zip(news.rounds, until, strict=False))
    return tuple(each for index, each in enumerate(made) if each.count or not index)


def _round(shelf: Shelf, found: Round, until: str) -> c.NewsRound:
    items = found.items.get(shelf.code, ())
    shown = (_item(shelf, item) for item in items[:MAX_OF_ROUND])
    kinds = itertools.groupby(shown, key=lambda each: each.item.kind)
    return c.NewsRound(
        since=found.since,
        until=until,
        kinds=tuple((kind, tuple(group)) for kind, group in kinds),
        count=len(items),
        more=max(0, len(items) - MAX_OF_ROUND),
    )


def _item(shelf: Shelf, item: Item) -> c.NewsItem:
    url = entry_url(shelf.code, item.id) if item.id in shelf.outlines else ""
    outline = shelf.outlines.get(item.id)
    shown = outline.translated if outline else (shelf.code,)
    language = shelf.code if shelf.code in shown else shown[0]
    return c.NewsItem(item, url, _day(shelf, item.moment), Words(item.title, language))


def _day(shelf: Shelf, moment: str) -> datetime.date | None:
    """The day in the playbook's time zone. A moment may come from another site's file."""
    try:
        found = datetime.datetime.fromisoformat(moment)
    except ValueError:
        return None
    return found.astimezone(zoneinfo.ZoneInfo(shelf.edition.settings.time_zone)).date()


def latest(shelf: Shelf) -> tuple[c.NewsItem, ...]:
    """What changed last and has a page, facts first, then what is newest."""
    if shelf.news is None:
        return ()
    items = [i for i in shelf.news.rounds[0].items.get(shelf.code, ()) if i.id in shelf.outlines]
    items.sort(key=lambda item: item.moment, reverse=True)
    items.sort(key=_rank)
    return tuple(_item(shelf, item) for item in items[:MAX_NEWS])


def _rank(item: Item) -> int:
    return min((line.nature.rank for line in item.lines), default=0)


def feeds(shelf: Shelf) -> Iterator[c.FeedContext]:
    """The feeds of the edition: one of all kinds, one of each."""
    for kind, url in shelf.site.feeds.items():
        found = [(e, i) for e, i in _dated(shelf) if kind in ("", i.kind)][:MAX_IN_FEED]
        yield c.FeedContext(
            site=shelf.site,
            address=shelf.site.address,
            url=url,
            page=page_url(shelf.code, "changes"),
            kind=kind,
            updated=max((item.moment for _, item in found), default=_newest(shelf)),
            entries=tuple(_feed_entry(shelf, each, item) for each, item in found),
        )


def _newest(shelf: Shelf) -> str:
    return shelf.news.moment if shelf.news else ""


def _dated(shelf: Shelf) -> Sequence[tuple[Round, Item]]:
    """Items whose moment is known, the newest first."""
    found = shelf.news.of(shelf.code) if shelf.news else ()
    dated = [pair for pair in found if _day(shelf, pair[1].moment)]
    return sorted(dated, key=lambda pair: pair[1].moment, reverse=True)


def _feed_entry(shelf: Shelf, found: Round, item: Item) -> c.FeedEntry:
    url = entry_url(shelf.code, item.id)
    page = url if item.id in shelf.outlines else page_url(shelf.code, "changes")
    return c.FeedEntry(f"{url}#changed-{item.digest}", page, _cleaned(item), found.since)


def _cleaned(item: Item) -> Item:
    """The item without characters that XML does not allow."""
    lines = tuple(
        replace(line, pieces=tuple((mark, _NOT_XML.sub("", text)) for mark, text in line.pieces))
        for line in item.lines
    )
    return replace(item, title=_NOT_XML.sub("", item.title), lines=lines)
