"""Entries as JUnit cases: a suite for each tier, a case for each entry."""

from __future__ import annotations

from generator.report.characters import one_line
from generator.report.finding import findings_of_problems, unsaid
from generator.report.freshness.words import STATES, days_away, owner_of, title_of
from generator.report.junit import Case, Result, Suite, cases_of, suites_as_junit
from generator.staleness import Item, Survey, reason


def freshness_as_junit(survey: Survey) -> str:
    """Entries that fail are failures; those with a waiver, and those that are not checked, are
    skipped; everything else passes. Errors in reviews are failures of their own."""
    tiers = sorted({item.verdict.tier or "" for item in survey.shown})
    suites = [_suite(tier, survey) for tier in tiers]
    if problems := tuple(cases_of(findings_of_problems(unsaid(survey)))):
        suites.append(Suite("findings", problems))
    if not suites:
        nothing = Case("playbook", "no entries", Result.PASSED)
        suites.append(Suite("playbook stale", (nothing,)))
    return suites_as_junit("playbook stale", suites)


def _suite(tier: str, survey: Survey) -> Suite:
    failing = {item.id for item in survey.failing}
    items = sorted((i for i in survey.shown if (i.verdict.tier or "") == tier), key=lambda i: i.id)
    cases = tuple(_case(item, survey, item.id in failing) for item in items)
    return Suite(tier or "without a tier", cases)


def _case(item: Item, survey: Survey, fails: bool) -> Case:
    today = survey.freshness.today
    said = f"{STATES[item.state]}: {one_line(reason(item.verdict, today))}"
    if fails:
        return Case(
            item.kind, item.id, Result.FAILURE, said, item.state.value, _details(item, survey)
        )
    if item.waiver:
        waiver = item.waiver
        said = f"waived until {waiver.until} ({one_line(waiver.reason)}); {said}"
    skipped = item.waiver or not item.state.checked
    return Case(item.kind, item.id, Result.SKIPPED if skipped else Result.PASSED, said)


def _details(item: Item, survey: Survey) -> str:
    due, today = item.verdict.due, survey.freshness.today
    lines = [
        f"Title: {title_of(item)}",
        f"Owner: {owner_of(item)}",
        f"Due: {due}, {days_away(due, today)}" if due else "",
        f"File: {one_line(item.location.path)}:{item.location.line}",
    ]
    return "\n".join(filter(None, lines))
