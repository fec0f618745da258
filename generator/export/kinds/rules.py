"""Pages on what holds: policies, and the lessons that were paid for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.export.desk import Desk
from generator.export.kinds.facts import pair
from generator.export.sheets import sheet
from generator.markdown.dialect import bullets, escape, strong
from generator.model.lesson import Lesson
from generator.model.policy import Policy


def policy(desk: Desk, data: Policy) -> Iterator[str]:
    """Each rule with its reason and its check, then the table."""
    yield desk.part("rules", "policy.rules")
    for rule in data.rules:
        yield desk.heading(3, escape(rule.title), f"rule-{rule.id}")
        yield desk.prose(rule.text)
        yield bullets(
            (
                pair(desk, "policy.why", desk.prose(rule.why)),
                pair(desk, "policy.check", desk.prose(rule.check)),
            )
        )
    if data.table:
        yield desk.part("table", "policy.table")
        yield sheet(desk, data.table)


def lesson(desk: Desk, data: Lesson) -> Iterator[str]:
    """The mistake, what came of it, the rule now."""
    yield desk.part("story", "lesson.story")
    yield strong(str(data.year))
    yield bullets(
        pair(desk, f"lesson.{name}", desk.prose(getattr(data, name)))
        for name in ("mistake", "outcome", "rule")
    )
