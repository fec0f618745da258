"""The kinds of content. A new kind is a model file, a template and one line here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.assessment import Assessment
from generator.model.case import Case
from generator.model.entry import Content
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


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content: entries in `folder` are data of `model`, shown by kinds/`name`.html."""

    name: str
    folder: str
    model: type[Content]
    markdown: bool = False
    """Whether its entries are mostly text, so that a new one is a Markdown file."""


KINDS: tuple[Kind, ...] = (
    Kind("sop", "sops", Sop, markdown=True),
    Kind("role", "roles", Role),
    Kind("stage", "roadmap", Stage),
    Kind("tool", "toolkits", Tool),
    Kind("knowledge", "knowledge", Knowledge, markdown=True),
    Kind("case", "cases", Case, markdown=True),
    Kind("assessment", "assessments", Assessment),
    Kind("metric", "metrics", Metric),
    Kind("policy", "policies", Policy),
    Kind("lesson", "lessons", Lesson, markdown=True),
    Kind("plan", "plans", Plan),
    Kind("page", "pages", Page, markdown=True),
)
"""In the order of the site's navigation."""
