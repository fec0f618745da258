"""The context of the home page."""

from __future__ import annotations

import datetime

from generator.link import contexts as c
from generator.link.edition import MAX_COMPANIONS, Shelf
from generator.link.entries import referred
from generator.link.news import latest
from generator.link.scores import score, worst
from generator.model import TIERS
from generator.model.sop import Sop
from generator.staleness import Item, State

MAX_CARDS_OF_TIER = 6
MAX_REVIEWED = 6


def home_context(shelf: Shelf, frame: c.Frame) -> c.HomeContext:
    """What the home page shows."""
    home = shelf.edition.settings.home
    sop = shelf.entries[home.sop] if home.sop and home.sop in shelf.outlines else None
    drawn = shelf.by_kind.get("stage", ())[:MAX_COMPANIONS]
    stages = tuple(shelf.entries[identity] for identity in drawn)
    return c.HomeContext(
        frame=frame,
        sop=sop if sop and isinstance(sop.data, Sop) else None,
        sop_card=shelf.cards[sop.id] if sop else None,
        cards=referred(shelf, (*([sop] if sop else []), *stages)),
        needs=tuple(
            (need, tuple(shelf.cards[name] for name in need.links if name in shelf.outlines))
            for need in home.needs
        ),
        stages=tuple((stage, shelf.cards[stage.id]) for stage in stages),
        tiers=tuple(_tier(shelf, tier) for tier in TIERS),
        reviewed=_reviewed_lately(shelf),
        score=score((shelf.items[identity] for identity in shelf.outlines), shelf.today),
        changed=latest(shelf),
        changed_since=shelf.news.rounds[0].since if shelf.news else "",
    )


def _tier(shelf: Shelf, tier: str) -> c.TierSummary:
    arsenal = (shelf.outlines[identity] for identity in shelf.by_kind.get("knowledge", ()))
    items = [
        shelf.items[each.id] for each in arsenal if each.tier == tier and each.status == "published"
    ]
    items.sort(key=_urgency)
    shown = tuple(shelf.cards[item.id] for item in items[:MAX_CARDS_OF_TIER])
    return c.TierSummary(tier, shown, len(items), worst(item.verdict for item in items))


def _urgency(item: Item) -> tuple[int, datetime.date, str]:
    return item.state.rank, item.verdict.due or datetime.date.min, item.id


def _reviewed_lately(shelf: Shelf) -> tuple[c.Card, ...]:
    items = [item for identity in shelf.outlines if _last_review(item := shelf.items[identity])]
    items.sort(key=lambda item: (_last_review(item), item.id), reverse=True)
    return tuple(shelf.cards[item.id] for item in items[:MAX_REVIEWED])


def _last_review(item: Item) -> datetime.date | None:
    """The day of the last review, unless that cannot count because of what it says."""
    return None if item.state is State.NEVER else item.verdict.reviewed
