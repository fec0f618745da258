"""Freshness as Markdown: a comment on a pull request, a digest in an issue, a job's summary.

The first line is a hidden marker, by which whoever posts it finds it again. The same survey gives
the same text, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.problems import Problem
from generator.problems.staleness import HISTORY_UNKNOWN
from generator.report.characters import well_formed
from generator.report.finding import problems_of
from generator.report.freshness.escaping import code, escaped
from generator.report.freshness.sections import Section, characters, document, octets
from generator.report.freshness.words import (
    NEEDED,
    STATES,
    Row,
    by_owner,
    by_tier,
    completion,
    counted,
    days_away,
    due_next,
    entries,
    failing,
    is_part,
    owner_of,
    percent,
    tier_of,
    title_of,
)
from generator.staleness import Comparison, Item, Step, Survey, reason, tally

COMMENT_LIMIT = 60_000
"""Characters; a comment or an issue of GitHub holds 65,536."""
SUMMARY_LIMIT = 1_000_000
"""Bytes; the summary of a step holds 1 MiB."""
_COMMENT_ROWS = 50
_SUMMARY_ROWS = 1000


def freshness_as_markdown(
    survey: Survey,
    marker: str,
    rest: str = "the report of the run",
    changes: Sequence[Section] = (),
) -> str:
    """A comment or an issue. `rest` says in Markdown where what does not fit is to be found;
    `changes` what a change does to the content."""
    sections = [Section("marker", f"{marker}\n"), *_sections(survey, _COMMENT_ROWS, changes)]
    return well_formed(document(sections, COMMENT_LIMIT, characters, rest))


def freshness_as_summary(
    survey: Survey, rest: str = "the artifacts of the run", changes: Sequence[Section] = ()
) -> str:
    """The summary of a job: the same with longer tables and no marker."""
    sections = [*_sections(survey, _SUMMARY_ROWS, changes)]
    return well_formed(document(sections, SUMMARY_LIMIT, octets, rest))


def _sections(survey: Survey, most: int, changes: Sequence[Section] = ()) -> Iterator[Section]:
    """What matters most comes first, for what comes last is cut."""
    yield Section("the headline", _headline(survey))
    if survey.comparison:
        yield from _change(survey, survey.comparison, most)
        yield from changes
    else:
        yield from _needed(survey, most)
    yield from _coming(survey, most)
    yield from _totals(survey, most)
    yield from _waivers(survey, most)
    yield from _findings(problems_of(survey), most)


def _headline(survey: Survey) -> str:
    freshness, comparison = survey.freshness, survey.comparison
    day = f"{freshness.today} ({freshness.time_zone})"
    lines = [f"### {escaped(freshness.title)}: {_rate(survey)}", ""]
    if comparison:
        before, after = completion(comparison.base.total), completion(comparison.head.total)
        lines.append(f"Compared with {code(comparison.name)}, both as of {day}:")
        lines.append(f"{before} → **{after}**.")
    else:
        lines.append(f"On {day}: {completion(freshness.total)}.")
        if is_part(survey):
            lines.append(f"Of this choice: {completion(tally(survey.shown))}.")
    mark = "❌ " if survey.failing else "✅ "
    lines += ["", f"{mark}{failing(survey)}"]
    if freshness.history:
        lines += [
            "",
            f"⚠️ History unknown: {escaped(freshness.history, 500)} {HISTORY_UNKNOWN.fix}",
        ]
    return "\n".join(lines) + "\n"


def _rate(survey: Survey) -> str:
    """The percentage, before and after where there is a comparison, with its coverage."""
    after = survey.freshness.total
    rate = f"{percent(after.complete, after.checked)} of reviews complete"
    if survey.comparison:
        before = survey.comparison.base.total
        rate = f"{percent(before.complete, before.checked)} → {rate}"
    return f"{rate}, coverage {percent(after.checked, after.entries)}"


def _change(survey: Survey, comparison: Comparison, most: int) -> Iterator[Section]:
    touched = [step for step in comparison.left if step.item.id in comparison.touched]
    others = len(comparison.left) - len(touched)
    verb = "needs" if others == 1 else "need"
    yield _steps("What this change makes worse", comparison.worse, survey, most, fold=False)
    yield _steps("What it touches and leaves unreviewed", touched, survey, most, fold=False)
    yield _steps("What it refreshes", comparison.refreshed, survey, most, fold=True)
    text = f"\n{entries(others)} that it does not touch {verb} a review as before.\n"
    yield Section("what it leaves", text if others else "")


def _steps(title: str, steps: Sequence[Step], survey: Survey, most: int, *, fold: bool) -> Section:
    if not steps:
        return Section(title.lower(), f"\n**{title}:** nothing.\n")
    rows = [
        _row(
            f"{STATES[step.before] if step.before else 'new'} → {STATES[step.item.state]}",
            *_entry(step.item, survey),
        )
        for step in steps[:most]
    ]
    columns = ("Before → after", *_ENTRY_COLUMNS)
    return _table(f"{title} ({len(steps)})", columns, rows, len(steps), fold=fold)


_ENTRY_COLUMNS = ("Entry", "Tier", "Owner", "Due", "Why")


def _entry(item: Item, survey: Survey) -> tuple[str, ...]:
    today, due = survey.freshness.today, item.verdict.due
    waived = f" Waived until {item.waiver.until}." if item.waiver else ""
    return (
        f"{escaped(title_of(item), 120)}<br>{code(item.id, 120)}",
        tier_of(item),
        escaped(owner_of(item), 60),
        f"{due}, {days_away(due, today)}" if due else "",
        escaped(reason(item.verdict, today), 300) + waived,
    )


def _needed(survey: Survey, most: int) -> Iterator[Section]:
    needed = [item for item in survey.shown if item.state in NEEDED]
    if not needed:
        yield Section("what needs a review", "\n**Nothing needs a review.**\n")
        return
    rows = [_row(STATES[item.state], *_entry(item, survey)) for item in needed[:most]]
    title = f"What needs a review ({len(needed)})"
    yield _table(title, ("State", *_ENTRY_COLUMNS), rows, len(needed), fold=False)


def _coming(survey: Survey, most: int) -> Iterator[Section]:
    today = survey.freshness.today
    items = due_next(survey.freshness.items if survey.comparison else survey.shown, today)
    if not items:
        yield Section("what falls due next", "\nNothing falls due in the next 14 days.\n")
        return
    rows = [
        _row(
            escaped(owner_of(item), 60),
            f"{item.verdict.due}, {days_away(item.verdict.due, today)}",
            f"{escaped(title_of(item), 120)}<br>{code(item.id, 120)}",
        )
        for item in items[:most]
    ]
    title = f"Due in the next 14 days ({len(items)})"
    yield _table(title, ("Owner", "Due", "Entry"), rows, len(items), fold=True)


def _totals(survey: Survey, most: int) -> Iterator[Section]:
    items = survey.freshness.items if survey.comparison else survey.shown
    for title, rows in (("By tier", by_tier(items)), ("By owner", by_owner(items))):
        lines = [_row(escaped(row.name, 60), *_shares(row)) for row in rows[:most]]
        columns = (title.removeprefix("By ").title(), "Complete", "", "Coverage", "")
        if rows:
            yield _table(title, columns, lines, len(rows), fold=True)


def _shares(row: Row) -> tuple[str, ...]:
    counts = row.counts
    return (
        f"{counts.complete}/{counts.checked}",
        percent(counts.complete, counts.checked),
        f"{counts.checked}/{counts.entries}",
        percent(counts.checked, counts.entries),
    )


def _waivers(survey: Survey, most: int) -> Iterator[Section]:
    waived = [(item, item.waiver) for item in survey.shown if item.waiver]
    if waived:
        rows = [
            _row(code(item.id, 120), str(waiver.until), escaped(waiver.reason, 300))
            for item, waiver in waived[:most]
        ]
        title = f"Waivers in force ({len(waived)})"
        yield _table(title, ("Entry", "Until", "Reason"), rows, len(waived), fold=True)


def _findings(problems: Sequence[Problem], most: int) -> Iterator[Section]:
    if problems:
        rows = [
            _row(
                f"{problem.rule.code} {problem.rule.name}",
                code(f"{problem.location.path}:{problem.location.line}"),
                escaped(
                    f"{problem.message} ({problem.hint})" if problem.hint else problem.message, 300
                ),
            )
            for problem in problems[:most]
        ]
        title = counted(len(problems), "finding", "findings") + " about reviews"
        yield _table(title, ("Rule", "Place", "What"), rows, len(problems), fold=True)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _table(
    title: str, columns: Sequence[str], rows: Iterable[str], count: int, *, fold: bool
) -> Section:
    head = _row(*columns) + _row(*["---"] * len(columns))
    opening = f"\n#### {title}\n\n{head}"
    closing = ""
    if fold:
        opening = f"\n<details><summary>{title}</summary>\n\n{head}"
        closing = "\n</details>\n"
    return Section(title, opening, tuple(rows), closing, count=count)
