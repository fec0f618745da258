"""Freshness for people at a terminal: entries by urgency, what a change does, totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.problems.staleness import HISTORY_UNKNOWN
from generator.report.characters import columns, one_line, padded, shortened, well_formed
from generator.report.finding import problems_of
from generator.report.freshness.words import (
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
from generator.report.text import Style, problems_as_text
from generator.staleness import Comparison, Item, State, Step, Survey, reason, tally

_STYLES = {
    State.EXPIRED: "error",
    State.NEVER: "error",
    State.OVERDUE: "error",
    State.CHANGED: "warning",
    State.DEPENDENCY: "warning",
    State.DUE: "warning",
    State.SOON: "note",
}
_LONGEST_TITLE = 60
_LONGEST_OWNER = 24
_COMMAND = re.compile(r"^(\s*)::")
_MOST_LISTED = 20
"""How many entries a list of a comparison names."""

Line = tuple[str, ...]


def freshness_as_text(survey: Survey, style: Style, calm: bool = False) -> str:
    """The whole report. Entries that need nothing are counted, and listed only if `calm`."""
    parts = [
        _heading(survey, style),
        *_listed(survey, style, calm),
        *_change(survey, style),
        *_coming(survey, style),
        *_totals(survey, style),
        *_waivers(survey, style),
        *_findings(survey, style),
        _closing(survey, style),
    ]
    return well_formed("\n".join("".join(map(_printed, part)) for part in parts))


def _printed(line: str) -> str:
    """A line with its end. No title or name in it is a command to a log of GitHub Actions."""
    return _COMMAND.sub(r"\1: :", line.replace("##[", "## [")) + "\n"


def _heading(survey: Survey, style: Style) -> Line:
    freshness = survey.freshness
    return (f"{one_line(freshness.title)} on {freshness.today} ({freshness.time_zone})",)


def _listed(survey: Survey, style: Style, calm: bool) -> Iterator[Line]:
    """A table for each state, the most urgent first."""
    listed = [item for item in survey.shown if calm or item.state in _STYLES]
    widths = _widths(listed, survey)
    for state in State:
        items = [item for item in listed if item.state is state]
        if items:
            yield tuple(_state_table(state, items, survey, widths, style))
    rest = Counter(item.state for item in survey.shown) - Counter(item.state for item in listed)
    if rest:
        counts = (f"{rest[state]} {words}" for state, words in STATES.items() if rest[state])
        yield (f"Not listed: {', '.join(counts)}.",)
    if not listed:
        yield (_nothing(survey),)


def _nothing(survey: Survey) -> str:
    if not survey.freshness.items:
        return "The playbook has no entries yet: make one with `playbook new`."
    if not survey.shown:
        return f"None of the {entries(len(survey.freshness.items))} is of this choice."
    coming = [item for item in survey.shown if item.state.checked and item.verdict.due]
    if not coming:
        return "Nothing is checked here: give the entries a tier."
    first = min(coming, key=lambda item: (item.urgency[1], item.id))
    away = days_away(first.verdict.due, survey.freshness.today)
    return f"Nothing needs a review. The next is due {away}: {title_of(first)} ({first.id})."


def _state_table(
    state: State, items: Sequence[Item], survey: Survey, widths: Sequence[int], style: Style
) -> Iterator[str]:
    yield style(f"{STATES[state]} ({len(items)})", _STYLES.get(state, "place"))
    for item in items:
        cells = [
            padded(cell, width) for cell, width in zip(_cells(item, survey), widths, strict=True)
        ]
        title = shortened(title_of(item), _LONGEST_TITLE)
        yield f"  {'  '.join(cells)}  {title}  {style(one_line(item.id), 'place')}"
        why = one_line(reason(item.verdict, survey.freshness.today))
        yield f"    {why}{_asides(item)}"


def _cells(item: Item, survey: Survey) -> tuple[str, str, str, str]:
    due = item.verdict.due
    return (
        tier_of(item),
        shortened(owner_of(item), _LONGEST_OWNER),
        str(due) if due else "no date",
        days_away(due, survey.freshness.today),
    )


def _widths(items: Iterable[Item], survey: Survey) -> list[int]:
    rows = [[columns(cell) for cell in _cells(item, survey)] for item in items]
    return [max(column) for column in zip(*rows, strict=True)] if rows else [0, 0, 0, 0]


def _asides(item: Item) -> str:
    waived = f" Waived until {item.waiver.until}." if item.waiver else ""
    unknown = "" if item.verdict.changes_known or not item.state.checked else (
        " Whether it changed since is unknown."
    )  # fmt: skip
    return waived + unknown


def _change(survey: Survey, style: Style) -> Iterator[Line]:
    comparison = survey.comparison
    if comparison is None:
        return
    yield (
        f"This change, compared with {one_line(comparison.name)}:",
        f"  before  {completion(comparison.base.total)}",
        f"  after   {completion(comparison.head.total)}",
    )
    yield tuple(_steps("It makes {} worse", "error", comparison.worse, style))
    yield tuple(_steps("It refreshes {}", "hint", comparison.refreshed, style))
    yield tuple(_left(comparison, style))


def _steps(title: str, name: str, steps: Sequence[Step], style: Style) -> Iterator[str]:
    if not steps:
        yield title.format("nothing") + "."
        return
    yield style(title.format(entries(len(steps))) + ":", name)
    listed = steps[:_MOST_LISTED]
    arrows = [
        f"{STATES[step.before] if step.before else 'new'} → {STATES[step.item.state]}"
        for step in listed
    ]
    width = max(map(columns, arrows))
    for step, arrow in zip(listed, arrows, strict=True):
        yield f"  {padded(arrow, width)}  {_entry(step.item)}"
    if len(steps) > _MOST_LISTED:
        yield f"  and {len(steps) - _MOST_LISTED} more"


def _entry(item: Item) -> str:
    return f"{shortened(title_of(item), _LONGEST_TITLE)}  {one_line(item.id)}"


def _left(comparison: Comparison, style: Style) -> Iterator[str]:
    touched = [step for step in comparison.left if step.item.id in comparison.touched]
    others = len(comparison.left) - len(touched)
    if touched:
        yield style(f"It touches {entries(len(touched))} and leaves the review undone:", "warning")
        for step in touched[:_MOST_LISTED]:
            yield f"  {STATES[step.item.state]}  {_entry(step.item)}"
        if len(touched) > _MOST_LISTED:
            yield f"  and {len(touched) - _MOST_LISTED} more"
    also = "other " if touched else ""
    yield f"It leaves {others} {also}{'entry' if others == 1 else 'entries'} in need of a review."


def _coming(survey: Survey, style: Style) -> Iterator[Line]:
    """What falls due next; without a comparison, the table of what is due soon says it."""
    if survey.comparison is None:
        return
    today = survey.freshness.today
    items = due_next(survey.freshness.items, today)
    if not items:
        yield ("Nothing falls due in the next 14 days.",)
        return
    lines = ["Due in the next 14 days:"]
    owners = dict.fromkeys(map(owner_of, items))
    for owner in owners:
        lines.append(f"  {owner}")
        lines += [
            f"    {item.verdict.due}  {_entry(item)}" for item in items if owner_of(item) == owner
        ]
    yield tuple(lines)


def _totals(survey: Survey, style: Style) -> Iterator[Line]:
    items = survey.freshness.items
    if not items:
        return
    rows = [Row("", "all entries", survey.freshness.total)]
    if is_part(survey):
        rows.append(Row("", "of this choice", tally(survey.shown)))
    groups = [rows, by_tier(items), by_owner(items)]
    named = [[shortened(row.name, 30) for row in group] for group in groups]
    width = max(columns(name) for names in named for name in names)
    lines = [padded("", width) + "     complete             coverage"]
    for place, (group, names) in enumerate(zip(groups, named, strict=True)):
        lines += [""] if place else []
        lines += [
            f"{padded(name, width)}  {_shares(row)}" for row, name in zip(group, names, strict=True)
        ]
    yield tuple(lines)


def _shares(row: Row) -> str:
    counts = row.counts
    pairs = ((counts.complete, counts.checked), (counts.checked, counts.entries))
    return "  ".join(f"{f'{part}/{whole}':>11} {percent(part, whole):>6}" for part, whole in pairs)


def _waivers(survey: Survey, style: Style) -> Iterator[Line]:
    waived = [item for item in survey.freshness.items if item.waiver]
    if waived:
        yield (
            f"Waivers in force ({len(waived)}):",
            *(
                f"  {one_line(item.id)} until {item.waiver.until}: {one_line(item.waiver.reason)}"
                for item in waived
                if item.waiver
            ),
        )


def _findings(survey: Survey, style: Style) -> Iterator[Line]:
    if problems := problems_of(survey):
        text = problems_as_text(problems, lambda _: "", style)
        title = f"{counted(len(problems), 'finding', 'findings')} about reviews:"
        yield (title, *(f"  {line}" for line in text.splitlines()))


def _closing(survey: Survey, style: Style) -> Line:
    lines = []
    if survey.freshness.history:
        lines.append(style(f"History unknown: {one_line(survey.freshness.history)}", "warning"))
        lines.append(f"  {style('hint:', 'hint')} {HISTORY_UNKNOWN.fix}")
    lines.append(style(failing(survey), "error" if survey.failing else "hint"))
    if survey.failing:
        lines.append("Look whether they are still true, then: playbook review PATH --by ID")
    return tuple(lines)
