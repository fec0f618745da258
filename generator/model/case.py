"""A case study: what was, what was done, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import Duration, Model, Prose, Quantity, Slug, Texts, Words
from generator.problems import Fault
from generator.problems.sense import CASE_METRICS, COMPARABLE, METRIC_FORM


class Result(Model):
    """A figure that moved: from before to after, by a change, or both."""

    id: Slug
    name: Words
    """What is measured."""
    before: Quantity | None = None
    after: Quantity | None = None
    change: Quantity | None = Field(default=None, examples=["+10 %"])
    """By how much it moved."""
    period: Duration | None = None
    """How long it took."""


class Case(Content):
    """A case study."""

    industry: Words
    """The customer's industry."""
    before: Prose
    """How things stood."""
    actions: Annotated[Texts, Field(min_length=1)]
    """What was done."""
    metrics: tuple[Result, ...]
    """The figures that moved."""
    pattern: Prose
    """What another team can take from it."""

    def faults(self) -> Iterator[Fault]:
        if not self.metrics:
            yield CASE_METRICS.fault(
                ("metrics",), "the case shows no figure", "give at least one metric that moved"
            )
        for index, result in enumerate(self.metrics):
            yield from _result_faults(("metrics", index), result)


def _result_faults(at: tuple[str, int], result: Result) -> Iterator[Fault]:
    if result.after is None and (result.before is not None or result.change is None):
        lack = "shows no figure" if result.before is None else "has a before without an after"
        yield METRIC_FORM.fault(
            at,
            f'metric "{result.id}" {lack}',
            "for example `before: 67 %` and `after: 9 %`, or `change: -85 %`",
        )
    if result.before and result.after and result.before.unit != result.after.unit:
        yield COMPARABLE.fault(
            (*at, "after"),
            f'metric "{result.id}" compares {result.before.unit} with {result.after.unit}',
            "give both figures in the same unit",
        )
