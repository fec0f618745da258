"""A stage of the training roadmap."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from generator.model.entry import Content, Entry
from generator.model.fields import Model, Prose, Texts, ToolRef, Words
from generator.problems import Fault
from generator.problems.sense import EXAM, SPAN, STAGES_JOIN


class Months(Model):
    """From one month of the career to another, both counted from the first day."""

    from_: int = Field(alias="from", ge=0, le=1200, examples=[0])
    """The first month."""
    to: int = Field(ge=0, le=1200, examples=[6])
    """The last month."""


class Course(Model):
    """The core course of a stage."""

    title: Words
    """The name of the core course."""
    hours: int = Field(gt=0, le=10_000, examples=[24])
    """Teaching time in hours."""
    modules: Annotated[Texts, Field(min_length=1)]
    """What the course is made of."""


class Exam(Model):
    """The graduation exam of a stage."""

    task: Prose
    """What the candidate has to do."""
    criteria: Texts
    """What the examiners look for."""
    evidence: Annotated[Texts, Field(min_length=1)]
    """What the candidate hands in."""


class Stage(Content):
    """A stage of the training roadmap."""

    theme: Words
    """What the stage is about, in two or three words."""
    months: Months
    course: Course
    tools: Annotated[tuple[ToolRef, ...], Field(min_length=1)]
    """The tools that are learnt here."""
    exam: Exam
    outcomes: Annotated[Texts, Field(min_length=1)]
    """What somebody can do afterwards."""

    @property
    def order(self) -> tuple[Any, ...]:
        return (self.months.from_,)

    @property
    def company(self) -> str:
        return "roadmap"

    def faults(self) -> Iterator[Fault]:
        if self.months.to <= self.months.from_:
            yield SPAN.fault(
                ("months", "to"),
                f"the stage ends in month {self.months.to}, "
                f"not after it begins in month {self.months.from_}",
                "`to` must be greater than `from`",
            )
        if not self.exam.criteria:
            yield EXAM.fault(
                ("exam", "criteria"),
                "the graduation exam has no criteria",
                "say what the examiners look for",
            )

    @classmethod
    def faults_together(cls, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Fault]]:
        stages = sorted(entries, key=start_of)
        for before, after in itertools.pairwise(stages):
            end, start = end_of(before), start_of(after)[0]
            if end != start:
                word = "overlaps" if start < end else "leaves a gap after"
                yield (
                    after,
                    STAGES_JOIN.fault(
                        ("months", "from"),
                        f"the stage begins in month {start} and so {word} "
                        f'"{before.title}", which ends in month {end}',
                        f"begin in month {end}, or move the end of {before.id}",
                    ),
                )


def start_of(entry: Entry) -> tuple[int, str]:
    """Sorts stages along the roadmap; stages that begin together sort by id."""
    assert isinstance(entry.data, Stage)
    return entry.data.months.from_, entry.id


def end_of(entry: Entry) -> int:
    """The month in which the entry's stage ends."""
    assert isinstance(entry.data, Stage)
    return entry.data.months.to
