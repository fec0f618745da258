"""What GitHub, GitLab, SARIF and JUnit are told: findings, made of problems and of verdicts.

A finding has a rule, a level, a place, and a key that stays the same when lines move and days
pass. Formats are written over findings and know neither problems nor verdicts.
"""

from __future__ import annotations

import enum
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.problems import Problem, Rule, Severity
from generator.report.characters import one_line
from generator.staleness import Item, State, Survey, reason


class Level(enum.StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong at a place."""

    rule: Rule
    level: Level
    title: str
    """In a few words, on one line."""
    message: str
    """In a sentence or two, on one line."""
    path: str
    line: int
    column: int
    key: str
    """What it is about: never a line, a day or a number of days."""

    @property
    def fingerprint(self) -> str:
        """Tells findings apart, and finds them again in later reports."""
        return hashlib.sha256(self.key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


_LEVELS = {
    Severity.ERROR: Level.ERROR,
    Severity.WARNING: Level.WARNING,
    Severity.NOTE: Level.NOTICE,
}


def findings_of_problems(problems: Iterable[Problem], strict: bool = False) -> tuple[Finding, ...]:
    """Problems as findings, the gravest first. Where warnings fail (`strict`), they are errors."""
    seen: Counter[str] = Counter()
    found = [_of_problem(problem, strict, seen) for problem in problems]
    return tuple(sorted(found, key=lambda finding: finding.level.rank))


def _of_problem(problem: Problem, strict: bool, seen: Counter[str]) -> Finding:
    level = _LEVELS[problem.severity]
    if strict and level is Level.WARNING:
        level = Level.ERROR
    place, said = problem.location, one_line(problem.message)
    key = "\n".join((problem.rule.code, place.path, re.sub(r"\d+", "0", said)))
    seen[key] += 1
    return Finding(
        rule=problem.rule,
        level=level,
        title=f"{problem.rule.code} {problem.rule.name}",
        message=f"{said} ({one_line(problem.hint)})" if problem.hint else said,
        path=place.path,
        line=place.line,
        column=place.column,
        key=f"{key}\n{seen[key]}",
    )


def _rule(code: str, what: str, why: str, example: str) -> Rule:
    return Rule(
        code=code,
        name=code.removeprefix("stale-"),
        severity=Severity.WARNING,
        what=what,
        why=why,
        fix="Look whether the entry is still true, mend it, and run `playbook review`.",
        example=example,
    )


_MISSED = _rule(
    "stale-review-missed",
    "The review of an entry is past its due date.",
    "Readers act on it, and nobody has looked for longer than its tier allows.",
    "tier: weapon, reviewed a month ago",
)
_NEVER = _rule(
    "stale-never-reviewed",
    "An entry has no review that counts.",
    "Nobody is known to have found it true.",
    "reviewed: 2026-02-30",
)
_CHANGED = _rule(
    "stale-changed",
    "The content of an entry changed after its review.",
    "What was reviewed is not what readers see.",
    "a price changed the day after the review",
)
_DEPENDENCY = _rule(
    "stale-dependency-changed",
    "An entry that this one depends on changed after the review.",
    "What it builds on may no longer hold.",
    "depends_on: [knowledge/rival], and knowledge/rival changed",
)

STATE_RULES: Mapping[State, Rule] = {
    State.EXPIRED: _MISSED,
    State.NEVER: _NEVER,
    State.OVERDUE: _MISSED,
    State.CHANGED: _CHANGED,
    State.DEPENDENCY: _DEPENDENCY,
    State.DUE: _MISSED,
}
"""A review that is due, overdue or expired is one finding that grows older, so it has one rule."""

_SAID_BY_VERDICT = {
    "bad-date": "PB401",
    "ahead": "PB402",
    "unknown-reviewer": "PB403",
    "reviewer-left": "PB404",
    "evidence": "PB407",
}


def findings_of_survey(survey: Survey) -> tuple[Finding, ...]:
    """Entries that need a review and have no waiver, and the problems of reviews; the gravest
    first, and entries before problems."""
    failing = {item.id for item in survey.failing}
    found = [
        _of_item(item, survey, item.id in failing)
        for item in survey.shown
        if item.state in STATE_RULES and not item.waiver
    ]
    found += findings_of_problems(unsaid(survey))
    return tuple(sorted(found, key=lambda finding: finding.level.rank))


def problems_of(survey: Survey) -> Sequence[Problem]:
    """Problems of reviews; where only some entries were asked for, those in their files."""
    problems = survey.freshness.problems
    if len(survey.shown) == len(survey.freshness.items):
        return problems
    paths = {item.location.path for item in survey.shown}
    return [problem for problem in problems if problem.location.path in paths]


def unsaid(survey: Survey) -> Sequence[Problem]:
    """Problems of reviews but those that are the very reason of a verdict."""
    said = {
        (item.location.path, _SAID_BY_VERDICT.get(item.verdict.cause.name)) for item in survey.shown
    }
    return [
        problem
        for problem in problems_of(survey)
        if (problem.location.path, problem.rule.code) not in said
    ]


def _of_item(item: Item, survey: Survey, fails: bool) -> Finding:
    title = one_line(item.title) or item.id
    owner = f" Owner: {one_line(item.owner_name)}." if item.owner_name else ""
    said = one_line(reason(item.verdict, survey.freshness.today))
    rule = STATE_RULES[item.state]
    return Finding(
        rule=rule,
        level=Level.ERROR if fails else Level.WARNING,
        title=f"{title}: {item.state.value.replace('-', ' ')}",
        message=f"{said}{owner}",
        path=item.location.path,
        line=item.location.line,
        column=item.location.column,
        key=f"{rule.code}\n{item.id}",
    )


def concerns(survey: Survey) -> Callable[[Finding], bool]:
    """Whether a finding concerns the change that is looked at; without one, every finding does."""
    if survey.comparison is None:
        return lambda _: True
    touched = survey.comparison.touched | {step.item.id for step in survey.comparison.worse}
    paths = {item.location.path for item in survey.freshness.items if item.id in touched}
    return lambda finding: finding.path in paths
