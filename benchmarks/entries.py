"""The data of one made-up entry of each kind.

Takes an `Author`, which words texts and picks neighbours; gives plain data in which every text is a
`Pair`. Everything else (ids, figures, references) is the same in both languages. Knows no files.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wording import WHO, Pair, Wording, joined

TODAY = datetime.date(2026, 11, 23)
"""The day for which the corpus is fresh."""

TAGS = {
    "negotiation": Pair("Negotiation", "谈判"),
    "discovery": Pair("Needs discovery", "需求挖掘"),
    "competitors": Pair("Competitors", "竞争对手"),
    "decision-chain": Pair("Decision chain", "决策链"),
    "training": Pair("Training", "培训"),
    "incentives": Pair("Incentives", "激励"),
    "risk": Pair("Risk", "风险"),
    "delivery": Pair("Delivery", "交付"),
    "healthcare": Pair("Healthcare", "医疗"),
    "manufacturing": Pair("Manufacturing", "制造"),
    "measurement": Pair("Measurement", "度量"),
    "hiring": Pair("Hiring", "招聘"),
}

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """Writes one entry: the `number`th of the playbook and the `rank`th of its kind."""

    number: int
    rank: int
    owner: str
    random: random.Random
    wording: Wording
    neighbour: Callable[..., str]
    """The id of an entry of one of the given kinds, or of any, that was written shortly before."""

    def phrase(self) -> Pair:
        return self.wording.phrase()

    def prose(self, sentences: int = 2) -> Pair:
        return self.wording.prose(sentences)

    def texts(self, *names: str) -> dict[str, Pair]:
        """Texts by id; the first has a link."""
        first, *others = names
        return {first: self.wording.linked()} | {name: self.prose(1) for name in others}

    def neighbours(self, count: int, *kinds: str) -> list[str]:
        """Different neighbours, `count` at the most."""
        return list(dict.fromkeys(self.neighbour(*kinds) for _ in range(count)))

    def reviewed(self, days: int) -> str:
        """A day of the last `days`."""
        return str(TODAY - datetime.timedelta(days=self.random.randrange(days)))


def entry(kind: str, author: Author) -> tuple[Data, Pair | None]:
    """The data of an entry of `kind`, and its Markdown body where the kind has one."""
    name = author.phrase()
    title = Pair(f"{name.en}, no. {author.number}", f"{name.zh}（{author.number}号）")
    common: Data = {
        "title": title,
        "summary": author.prose(2),
        "owner": author.owner,
        "tags": sorted(author.random.sample(list(TAGS), 2)),
        "reviewed": author.reviewed(50),
    }
    if author.number:
        common["related"] = author.neighbours(3)
    data = common | _KINDS[kind](author)
    return data, author.wording.body() if kind in WITH_BODY else None


WITH_BODY = ("sop", "knowledge", "case", "lesson", "page")


def _page(_: Author) -> Data:
    return {}


def _role(author: Author) -> Data:
    abilities = ("listening", "figures", "politics", "delivery")
    return {
        "mission": author.wording.linked(2),
        "responsibilities": author.texts("lead", "prove", "record", "hand-over", "train"),
        "team": author.neighbour("page"),
        "staffing_share": author.random.randint(1, 5),
        "dimensions": [
            {
                "id": name,
                "title": author.phrase(),
                "description": author.prose(),
                "rating": author.random.randint(5, 10),
            }
            for name in abilities
        ],
        "alarm": {"threshold": 5, "consequence": author.prose()},
    }


def _policy(author: Author) -> Data:
    return {
        "rules": [
            {
                "id": name,
                "title": author.phrase(),
                "text": author.wording.linked(2),
                "why": author.prose(),
                "check": author.prose(1),
            }
            for name in ("first", "second", "third", "fourth")
        ],
        "table": _sheet(author, 4),
    }


def _assessment(author: Author) -> Data:
    names = ("structure", "process", "knowledge", "customers")
    scores = {name: author.random.randint(12, 25) for name in names}
    total = sum(scores.values())
    return {
        "dimensions": [
            {
                "id": name,
                "title": author.phrase(),
                "question": author.wording.linked(),
                "maximum": 25,
                "anchors": {band: author.prose(1) for band in ("0-8", "9-17", "18-25")},
            }
            for name in names
        ],
        "verdicts": [
            {
                "id": "reform",
                "title": author.phrase(),
                "from": 0,
                "to": 69,
                "action": author.prose(),
            },
            {
                "id": "grow",
                "title": author.phrase(),
                "from": 70,
                "to": 100,
                "action": author.prose(),
            },
        ],
        "examples": [
            {
                "id": "team",
                "title": author.phrase(),
                "scores": scores,
                "notes": {"structure": author.prose(1)},
                "total": total,
                "verdict": "reform" if total < 70 else "grow",
            }
        ],
    }


def _tool(author: Author) -> Data:
    data: Data = {
        "system": author.random.choice(("intelligence", "combat", "defence")),
        "purpose": author.wording.linked(3),
        "when": author.texts("visit", "weekly", "change"),
        "gate": author.neighbour("assessment", "policy"),
    }
    if author.rank % 2:
        data["checklist"] = [
            {"id": f"line-{n}", "title": author.phrase(), "detail": author.prose(), "must": n < 3}
            for n in range(10)
        ]
        return data
    data["sheet"] = _sheet(author, 8)
    data["warnings"] = [
        {
            "id": name,
            "title": author.phrase(),
            "columns": ["stance", "days"],
            "when": author.prose(1),
            "then": author.prose(1),
        }
        for name in ("cold", "late")
    ]
    return data


def _sheet(author: Author, rows: int) -> Data:
    stances = {"for": Pair("For us", "支持"), "against": Pair("Against us", "反对")}
    seat, stance = Pair("Seat", "角色"), Pair("Stance", "立场")
    return {
        "columns": [
            {"id": "seat", "title": seat, "help": author.prose(1)},
            {"id": "question", "title": Pair("Question", "问题"), "help": author.prose(1)},
            {"id": "stance", "title": stance, "type": "choice", "choices": stances},
            {"id": "days", "title": Pair("Days", "天数"), "type": "number"},
        ],
        "rows": [
            {
                "id": f"row-{n}",
                "cells": {
                    "seat": author.random.choice(WHO),
                    "question": author.phrase(),
                    "stance": author.random.choice(("for", "against")),
                    "days": author.random.randint(1, 60),
                },
            }
            for n in range(rows)
        ],
    }


def _metric(author: Author) -> Data:
    return {
        "type": author.random.choice(("process", "outcome")),
        "definition": author.wording.linked(3),
        "formula": author.prose(),
        "unit": Pair("customers", "家客户"),
        "target": author.prose(),
        "measured_in": author.prose(),
        "tools": author.neighbours(2, "tool"),
    }


def _sop(author: Author) -> Data:
    names = ("qualify", "map", "discover", "design", "negotiate")
    return {
        "steps": [
            {
                "id": name,
                "title": author.phrase(),
                "purpose": author.prose(),
                "role": author.neighbour("role"),
                "time_box": f"{author.random.randint(2, 20)} workdays",
                "entry": author.texts("ready", "named"),
                "exit": author.texts("proof", "date", "owner"),
                "tools": author.neighbours(2, "tool"),
                "failure": {"to": names[max(0, at - 1)], "when": author.prose(1)},
            }
            for at, name in enumerate(names)
        ]
    }


def _stage(author: Author) -> Data:
    return {
        "theme": author.phrase(),
        "months": {"from": author.rank * STAGE_MONTHS, "to": (author.rank + 1) * STAGE_MONTHS},
        "course": {
            "title": author.phrase(),
            "hours": 40,
            "modules": author.texts("first", "second", "third", "fourth"),
        },
        "tools": author.neighbours(4, "tool"),
        "exam": {
            "task": author.wording.linked(2),
            "criteria": author.texts("clear", "proven", "complete"),
            "evidence": author.texts("recording", "sheet"),
        },
        "outcomes": author.texts("sells", "teaches", "records"),
    }


STAGE_MONTHS = 6
MAX_STAGES = 1200 // STAGE_MONTHS
"""More do not fit into the months that the model takes."""

_TIERS = {
    "negotiation-recording": ("weapon", 6),
    "battlecard": ("weapon", 6),
    "solution-template": ("tactical", 22),
    "discovery-script": ("tactical", 22),
    "success-case": ("strategic", 50),
    "partner-map": ("strategic", 50),
}
"""The tier of each type of knowledge, and how many days ago its review may be."""


def _knowledge(author: Author) -> Data:
    name = author.random.choice(list(_TIERS))
    tier, days = _TIERS[name]
    return {
        "tier": tier,
        "reviewed": author.reviewed(days),
        "type": name,
        "claims": [
            {
                "id": claim,
                "statement": author.prose(1),
                "source": author.random.choice(WHO),
                "checked": author.reviewed(days),
            }
            for claim in ("price", "date")
        ],
    }


def _case(author: Author) -> Data:
    before = author.random.randint(30, 80)
    return {
        "industry": Pair("Manufacturing", "制造业"),
        "before": author.wording.linked(2),
        "actions": author.texts("structure", "process", "knowledge"),
        "metrics": [
            {
                "id": "win-rate",
                "name": Pair("Win rate", "赢单率"),
                "before": f"{before} %",
                "after": f"{before + 15} %",
                "period": "9 months",
            },
            {"id": "cycle", "name": Pair("Sales cycle", "销售周期"), "change": "-40 %"},
        ],
        "pattern": author.prose(),
    }


def _lesson(author: Author) -> Data:
    return {
        "year": author.random.randint(2010, 2026),
        "mistake": author.wording.linked(),
        "outcome": author.prose(),
        "rule": author.prose(1),
    }


def _plan(author: Author) -> Data:
    return {
        "days": 30,
        "periods": [
            {
                "id": f"week-{week}",
                "title": joined([Pair(f"Week {week}: ", f"第{week}周："), author.phrase()], "", ""),
                "days": {"from": week * 7 - 6, "to": week * 7},
                "goal": author.prose(),
                "actions": [
                    {
                        "id": name,
                        "text": author.prose(),
                        "role": author.neighbour("role"),
                        "links": author.neighbours(2),
                    }
                    for name in ("name", "interview", "record")
                ],
            }
            for week in (1, 2, 3, 4)
        ],
    }


_KINDS: Mapping[str, Callable[[Author], Data]] = {
    "page": _page,
    "role": _role,
    "policy": _policy,
    "assessment": _assessment,
    "tool": _tool,
    "metric": _metric,
    "sop": _sop,
    "stage": _stage,
    "knowledge": _knowledge,
    "case": _case,
    "lesson": _lesson,
    "plan": _plan,
}
