"""What pages of each kind show besides what all entries have, in the order of their site pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.export.desk import Desk
from generator.export.generic import fields
from generator.export.kinds.figures import assessment, case, metric
from generator.export.kinds.people import role, stage
from generator.export.kinds.procedures import plan, sop, tool
from generator.export.kinds.rules import lesson, policy
from generator.markdown.dialect import escape
from generator.model import Entry
from generator.model.assessment import Assessment
from generator.model.case import Case
from generator.model.knowledge import Knowledge
from generator.model.lesson import Lesson
from generator.model.metric import Metric
from generator.model.page import Page
from generator.model.plan import Plan
from generator.model.policy import Policy
from generator.model.role import Role
from generator.model.sop import Sop
from generator.model.stage import Stage
from generator.model.tool import Tool

Writer = Callable[[Desk, Any], Iterator[str]]


def parts(desk: Desk, entry: Entry) -> Iterator[str]:
    """The parts of the entry's page between its head and its body."""
    writer = _WRITERS.get(type(entry.data))
    return writer(desk, entry.data) if writer else fields(desk, entry)


def label(desk: Desk, entry: Entry) -> str:
    """What the entry is, in a few words."""
    kind = desk.say(f"kind.{entry.kind}.one")
    match entry.data:
        case Sop(steps=steps):
            more = desk.say("count.steps", count=len(steps))
        case Case(industry=industry):
            more = escape(industry)
        case Knowledge(type=name):
            more = desk.say(f"knowledge_type.{name}")
        case Metric(type=name):
            more = desk.say(f"metric_type.{name}")
        case Tool(system=name):
            more = desk.say(f"system.{name}")
        case Plan(days=days):
            more = desk.say("plan.days", count=days)
        case Stage(months=months, theme=theme):
            span = desk.say("roadmap.months", start=months.from_, end=months.to)
            more = f"{span} · {escape(theme)}"
        case _:
            return kind
    return f"{kind} · {more}"


def _body_alone(desk: Desk, data: object) -> Iterator[str]:
    yield from ()


_WRITERS: Mapping[type, Writer] = {
    Sop: sop,
    Role: role,
    Stage: stage,
    Tool: tool,
    Knowledge: _body_alone,
    Case: case,
    Assessment: assessment,
    Metric: metric,
    Policy: policy,
    Lesson: lesson,
    Plan: plan,
    Page: _body_alone,
}
"""A kind that is missing here is shown field by field."""
