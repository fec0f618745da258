"""A piece of field knowledge, of one of three tiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from generator.model.entry import Content
from generator.problems import Fault
from generator.problems.sense import KNOWLEDGE_TIER, TIER_OF_TYPE

KnowledgeType = Literal[
    "negotiation-recording",
    "decision-chain-map",
    "battlecard",
    "solution-template",
    "discovery-script",
    "success-case",
    "partner-map",
]

TIER_OF: dict[str, str] = {
    "negotiation-recording": "weapon",
    "decision-chain-map": "weapon",
    "battlecard": "weapon",
    "solution-template": "tactical",
    "discovery-script": "tactical",
    "success-case": "strategic",
    "partner-map": "strategic",
}
"""Which tier holds which type of knowledge."""


class Knowledge(Content):
    """A piece of field knowledge."""

    needs_tier = True

    type: KnowledgeType
    """What it is, by tier. Weapon: negotiation-recording, decision-chain-map, battlecard; tactical:
    solution-template, discovery-script; strategic: success-case, partner-map."""

    @property
    def order(self) -> tuple[Any, ...]:
        return (list(TIER_OF).index(self.type), self.title.casefold())

    @property
    def group(self) -> str:
        return self.tier or ""

    def faults(self) -> Iterator[Fault]:
        if self.tier is None:
            yield KNOWLEDGE_TIER.fault(
                (),
                "knowledge needs a tier",
                f"a {self.type} belongs to tier: {TIER_OF[self.type]}",
            )
        elif self.tier != TIER_OF[self.type]:
            yield TIER_OF_TYPE.fault(
                ("type",),
                f"a {self.type} does not belong to the tier {self.tier}",
                f"write tier: {TIER_OF[self.type]}, or choose another type",
            )
