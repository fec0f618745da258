"""What a site tells of its changes: rounds of them, one for each comparison with a former site.

A site carries the rounds of the one that it is compared with on, so that a reader who missed
some finds them all. Takes comparisons in words, gives values, JSON and the values of JSON again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.changes.change import Act, Nature, Piece
from generator.changes.lines import Line
from generator.changes.telling import Spoken, Told

NAME = "changes.json"
FORMAT = "playbook-news"
VERSION = 1
MOST_ROUNDS = 12
MOST_ITEMS = 400
"""In all rounds of a language together; the oldest go first."""
_TOLD = (Nature.FACT, Nature.ORDER, Nature.WORDING)
"""What is news to readers: a review or another layout alone is none."""
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Item(Spoken):
    """An entry that changed."""

    id: str
    kind: str
    title: str
    act: Act
    digest: str
    """Of the entry after the change: readers' browsers remember it as seen."""
    moment: str
    """When it was changed last, in UTC, as `2026-11-23T08:00:00Z`; "" where nobody knows."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What one comparison found, in the languages of the site."""

    since: str
    """What the former site is known by."""
    items: Mapping[str, tuple[Item, ...]]
    """By the code of the language, by kind and those with facts first."""

    @property
    def moment(self) -> str:
        """Of its newest change."""
        return max((each.moment for found in self.items.values() for each in found), default="")


@dataclass(frozen=True, slots=True)
class News:
    """The rounds of a site, the newest first; at least the one of its own comparison."""

    rounds: tuple[Round, ...]

    @property
    def moment(self) -> str:
        """Of the newest change of all."""
        return max((each.moment for each in self.rounds), default="")

    def of(self, code: str) -> Iterator[tuple[Round, Item]]:
        """All items of a language, the newest round first."""
        for each in self.rounds:
            yield from ((each, item) for item in each.items.get(code, ()))


def items_of(
    told: Told, digests: Mapping[str, str], moments: Mapping[str, str]
) -> tuple[Item, ...]:
    """The news of a comparison. `digests` and `moments` are those of entries, by id."""
    return tuple(
        Item(
            id=entry.change.id,
            kind=entry.change.kind,
            title=entry.change.title,
            act=entry.change.act,
            digest=digests.get(entry.change.id, ""),
            moment=moments.get(entry.change.id, ""),
            lines=tuple(line for line in entry.lines if line.nature in _TOLD)[:MOST_LINES],
        )
        for entry in told.entries
        if entry.change.nature in _TOLD
    )


def news_of(latest: Round, former: Iterable[Round]) -> News:
    """The news of a site: its own round and what it carries on."""
    rounds = [latest]
    count = max(map(len, latest.items.values()), default=0)
    for each in former:
        count += max(map(len, each.items.values()), default=0)
        if len(rounds) == MOST_ROUNDS or count > MOST_ITEMS:
            break
        if any(each.items.values()):
            rounds.append(each)
    return News(tuple(rounds))


def as_json(news: News) -> bytes:
    """The bytes of changes.json."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "rounds": [
            {
                "since": each.since,
                "items": {code: [*map(_plain, found)] for code, found in each.items.items()},
            }
            for each in news.rounds
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")


def _plain(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "act": item.act,
        "digest": item.digest,
        "moment": item.moment,
        "lines": [
            {"nature": line.nature, "woven": line.woven, "pieces": [[*p] for p in line.pieces]}
            for line in item.lines
        ],
    }


def read_rounds(raw: bytes) -> tuple[Round, ...]:
    """The rounds of a changes.json; none of one that is damaged or of a newer form."""
    try:
        found = json.loads(raw)
        if found["format"] != FORMAT or found["version"] != VERSION:
            return ()
        return tuple(map(_round, found["rounds"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def _round(found: Any) -> Round:
    items = {_str(code): tuple(map(_item, each)) for code, each in found["items"].items()}
    return Round(_str(found["since"]), items)


def _item(found: Any) -> Item:
    return Item(
        id=_str(found["id"]),
        kind=_str(found["kind"]),
        title=_str(found["title"]),
        act=Act(found["act"]),
        digest=_str(found["digest"]),
        moment=_str(found["moment"]),
        lines=tuple(
            Line(Nature(line["nature"]), tuple(map(_piece, line["pieces"])), bool(line["woven"]))
            for line in found["lines"]
        ),
    )


def _piece(found: Any) -> Piece:
    mark, text = found
    if mark not in ("", "-", "+"):
        raise ValueError(mark)
    return mark, _str(text)


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
