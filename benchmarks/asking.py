"""The queries of the comparison with other searches, and how well a reply answers one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from contestants import Query, Reply

from generator.model import Library
from generator.search.records import Document, documents
from generator.search.tokens import Word, words

ROOT = Path(__file__).parent.parent
DRAWN = 40
"""Queries drawn from the titles and headings of a made-up playbook, beside those of `ASKED`."""

ASKED = [
    *(Query(text, "en") for text in (
        "decision chain", "price objection",
        "how do I answer a price objection from the finance director", "competitor offer",
        "discount", "service level 48 hours", "battelcard", "handover account risk",
    )),
    *(Query(text, "zh") for text in (
        "决策链", "客户说价格太高怎么办", "竞品攻防手册", "服务标准 48小时", "jcl",
        "新人第一个月做什么",
    )),
]  # fmt: skip

Score = tuple[float, float]
"""Recall@5 and reciprocal rank."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query of which is known what it should find; of the others nothing is."""

    query: Query
    want: Sequence[str] = ()
    groups: Sequence[str] = ()


def judged() -> list[Judged]:
    """The judged queries of the shipped playbook."""
    text = (ROOT / "tests/search/judged.yml").read_text(encoding="utf-8")
    return [
        Judged(_query(each), each["want"], (group, _held(each), "all"))
        for group, queries in yaml.safe_load(text)["groups"].items()
        for each in queries
    ]


def _query(each: dict[str, Any]) -> Query:
    return Query(str(each["ask"]), each["page"])


def _held(each: dict[str, Any]) -> str:
    return "held" if each.get("held") else "not held"


def drawn(library: Library) -> list[Judged]:
    """Those that are asked everywhere, then two to four words each from the names in some
    documents, in both languages by turns. The same playbook gives the same."""
    draw = random.Random(1)  # noqa: S311 — made-up queries, no secrets
    by_language: dict[str, list[Document]] = {}
    for document in documents(library):
        by_language.setdefault(document.language, []).append(document)
    queries = [
        Query(_some_words(draw.choice(by_language[language]), draw), language)
        for number in range(DRAWN)
        for language in [list(by_language)[number % len(by_language)]]
    ]
    return [Judged(query) for query in (*ASKED, *queries)]


def _some_words(document: Document, draw: random.Random) -> str:
    names = (document.title, *(section.heading for section in document.sections))
    held = list(dict.fromkeys(word for name in names for word in words(name)))
    chosen = draw.sample(held, min(draw.randint(2, 4), len(held)))
    return " ".join(_part(word, draw) for word in chosen)


def _part(word: Word, draw: random.Random) -> str:
    """A Latin word, or as much of a Chinese name as is typed: it has no spaces."""
    if not word.han:
        return word.text
    length = draw.randint(2, 4)
    start = draw.randrange(max(1, len(word.text) - length + 1))
    return word.text[start : start + length]


def score(reply: Reply, want: Sequence[str]) -> Score:
    """Recall among the first five and the reciprocal rank, as in `search.py`."""
    places = [place for place, entry in enumerate(reply.found, 1) if entry in want]
    return sum(place <= 5 for place in places) / len(want), 1 / places[0] if places else 0.0
