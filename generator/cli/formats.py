"""The formats of `playbook check` and `playbook stale`, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator import __version__
from generator.cli import terminal
from generator.problems import Problem
from generator.report import (
    findings_as_github,
    findings_as_gitlab,
    findings_as_junit,
    findings_as_sarif,
    findings_of_problems,
    freshness_as_csv,
    freshness_as_github,
    freshness_as_gitlab,
    freshness_as_ics,
    freshness_as_json,
    freshness_as_junit,
    freshness_as_markdown,
    freshness_as_sarif,
    freshness_as_summary,
    freshness_as_text,
    problems_as_json,
)
from generator.report.freshness.sections import Section
from generator.staleness import State, Survey

Form = Callable[[Survey], str]

MARKER = "playbook:freshness"
"""What the hidden first line of a comment or an issue holds; `playbook post` finds it by that."""


def marker(owner: str = "") -> str:
    """The hidden first line of the comment, or of the report for one owner."""
    return f"<!-- {MARKER}:owner:{owner} -->" if owner else f"<!-- {MARKER} -->"


def _text(survey: Survey) -> str:
    """Entries that need nothing are listed only where nothing else is asked for."""
    calm = all(item.state.rank >= State.FRESH.rank for item in survey.shown)
    return freshness_as_text(survey, terminal.style, calm=calm)


def _markdown(survey: Survey) -> str:
    """For a change that touches no entry and no state only the marker: there is nothing to post."""
    made = survey.comparison
    if made and not (made.touched or made.worse or made.refreshed):
        return f"{marker()}\n"
    return freshness_as_markdown(survey, marker())


def formatted(form: str, survey: Survey, changes: Sequence[Section] = ()) -> str:
    """A survey in a format; those for pull requests tell what changes in the content too."""
    if changes and form == "markdown":
        return freshness_as_markdown(survey, marker(), changes=changes)
    if changes and form == "summary":
        return freshness_as_summary(survey, changes=changes)
    return FORMATS[form](survey)


PROBLEM_FORMATS: Mapping[str, Callable[[Sequence[Problem], bool], str]] = {
    "json": lambda problems, _: problems_as_json(problems),
    "github": lambda problems, strict: findings_as_github(findings_of_problems(problems, strict)),
    "gitlab": lambda problems, strict: findings_as_gitlab(findings_of_problems(problems, strict)),
    "sarif": lambda problems, strict: findings_as_sarif(
        findings_of_problems(problems, strict), __version__
    ),
    "junit": lambda problems, strict: findings_as_junit(findings_of_problems(problems, strict)),
}
"""The formats of `playbook check` besides text: problems, and whether warnings fail as well."""

FORMATS: Mapping[str, Form] = {
    "text": _text,
    "json": freshness_as_json,
    "markdown": _markdown,
    "summary": freshness_as_summary,
    "github": freshness_as_github,
    "gitlab": freshness_as_gitlab,
    "sarif": lambda survey: freshness_as_sarif(survey, __version__),
    "junit": freshness_as_junit,
    "csv": freshness_as_csv,
    "ics": freshness_as_ics,
}

OWNER_FORMATS: Mapping[str, tuple[str, Callable[[Survey, str], str]]] = {
    "markdown": (".md", lambda survey, owner: freshness_as_markdown(survey, marker(owner))),
    "ics": (".ics", freshness_as_ics),
}
"""Formats that can be written for each owner: how their files end, and what goes in."""
