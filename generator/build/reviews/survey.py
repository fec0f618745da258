"""Everything that a report on freshness needs: content, history, waivers and base, joined."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from generator.build.loading import Content, Progress, load
from generator.build.reviews.freshness import Judged, assess
from generator.build.reviews.mergebase import load_base
from generator.build.reviews.past import PastOf, read_past
from generator.build.reviews.trend import read_trend
from generator.build.reviews.waivers import WaiverFile, excused
from generator.history import Unknown
from generator.model import Library
from generator.staleness import Comparison, Freshness, Week
from generator.validate import Checked


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a playbook."""

    content: Content
    today: Callable[[str], datetime.date]
    """The day that it is, in a time zone given by name."""
    history: bool = True
    """Whether to ask git what changed since reviews."""
    trend: bool = False
    """Whether to judge the last weeks too."""
    base: str = ""
    """The git ref to compare with; "" for none."""
    waivers: WaiverFile | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What came of it. Without a library there are only problems."""

    checked: Checked
    library: Library | None = None
    freshness: Freshness | None = None
    comparison: Comparison | None = None
    trend: tuple[Week, ...] = ()
    base: str = ""
    """The id of the commit that it is compared with."""
    refusal: str = ""
    """Why the base cannot be compared with, where one was asked for."""


def survey(question: Question, progress: Progress = lambda *_: None) -> Surveyed:
    """Answers a question about a playbook. Writes nothing."""
    checked = load(question.content, question.jobs, progress)
    library = checked.library
    if library is None:
        return Surveyed(checked)
    today = question.today(library.source.settings.time_zone)
    past = _past(question, checked, library, today)
    made = Surveyed(
        checked,
        library,
        _excused(question, judged(checked, library, today, past)),
        trend=read_trend(past, checked, library, today) if question.trend else (),
    )
    return _compared(question, made, past) if question.base else made


def judged(
    checked: Checked,
    library: Library,
    today: datetime.date,
    past: PastOf,
    known: Mapping[str, Judged] | None = None,
) -> Freshness:
    """The freshness of a library with what the history says of it."""
    made = assess(checked, library, today, past.pasts, past.changes, past.why_unknown, known)
    return replace(made, problems=(*made.problems, *past.problems))


def _past(question: Question, checked: Checked, library: Library, today: datetime.date) -> PastOf:
    if question.history:
        return read_past(question.content, checked, library, today, question.jobs)
    return PastOf(None, why_unknown="it was not asked for")


def _excused(question: Question, freshness: Freshness) -> Freshness:
    return excused(freshness, question.waivers) if question.waivers else freshness


def _compared(question: Question, made: Surveyed, past: PastOf) -> Surveyed:
    assert made.freshness is not None
    today = made.freshness.today
    base = load_base(question.content, question.base, made.checked, past, today)
    if isinstance(base, Unknown):
        return replace(made, refusal=str(base))
    before = judged(base.checked, base.library, today, base.past)
    head = made.freshness
    comparison = Comparison(before, head, question.base, base.touched)
    return replace(made, comparison=comparison, base=base.commit)
