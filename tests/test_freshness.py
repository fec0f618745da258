"""Freshness of a playbook: what is counted, compared and failed, and what `check` and pages say."""

from __future__ import annotations

import datetime
import json

import jsonschema
import pytest

from generator.build import assess
from generator.model import KINDS
from generator.model.schema import schemas
from generator.read import source_of
from generator.staleness import Comparison, Freshness, State, Tally, failing, tally
from generator.validate import validate
from tests.conftest import TODAY

SETTINGS = "title: T\ndescription: D.\nlanguages: [{code: en}]\ntags: {risk: Risk}\n"
PEOPLE = "people: [{id: ann, name: Ann}, {id: bo, name: Bo}]\n"
DATED = {
    State.FRESH: "reviewed: 2026-11-20",
    State.SOON: "reviewed: 2026-10-20",
    State.DUE: "reviewed: 2026-11-12\ncadence: 10 days",
    State.OVERDUE: "reviewed: 2026-09-20",
    State.EXPIRED: "reviewed: 2026-01-20",
    State.CHANGED: "reviewed: {on: 2026-11-20, digest: 0123456789abcdef}",
    State.NEVER: "",
    State.EVERGREEN: "evergreen: A story.",
    State.DRAFT: "status: draft",
    State.RETIRED: "status: retired",
}
"""What a page of the tactical tier says to be in a state."""


def playbook(pages: dict[str, str], today: str = TODAY) -> Freshness:
    """The freshness of pages that are given by the lines of their reviews."""
    texts = {"playbook.yml": SETTINGS, "people.yml": PEOPLE}
    for name, lines in pages.items():
        owner = "bo" if name.endswith("-bo") else "ann"
        head = f"title: {name}\nsummary: S.\nowner: {owner}\ntier: tactical\n{lines}\n"
        texts[f"pages/{name}.md"] = f"---\n{head}---\n"
    sources = {path: source_of("content", path, text.encode())[0] for path, text in texts.items()}
    checked = validate({path: s for path, s in sources.items() if s}, [], {}, "content")
    assert checked.library
    return assess(checked, checked.library, datetime.date.fromisoformat(today))


def states(pages: dict[str, State]) -> dict[str, str]:
    return {name: DATED[state] for name, state in pages.items()}


# What is counted.


def test_the_rate_counts_what_is_checked_and_coverage_what_is_published():
    found = playbook({state.value: lines for state, lines in DATED.items()})
    assert {item.id.partition("/")[2]: item.state.value for item in found.items} == {
        state.value: state.value for state in DATED
    }
    assert found.total == Tally(entries=8, checked=7, complete=2)
    assert found.total.rate == pytest.approx(2 / 7)
    assert found.total.coverage == pytest.approx(7 / 8)


def test_the_most_urgent_entry_comes_first():
    found = playbook({state.value: lines for state, lines in DATED.items()})
    listed = [item.state for item in found.items]
    assert listed == sorted(listed, key=lambda state: state.rank)
    assert listed[0] is State.EXPIRED


def test_an_entry_with_errors_counts_and_is_not_complete():
    for broken in ("status: sometimes", "reviewed: [a]", "reviewed: {by: ann}", "cadence: often",
                   "reviewed: 2026-11-20\nclaims: [{id: a}]"):  # fmt: skip
        sound = DATED[State.FRESH]
        found = playbook({"sound": sound, "broken": broken})
        assert found.total == Tally(entries=2, checked=2, complete=1), broken
        [item] = [item for item in found.items if item.id == "pages/broken"]
        assert (item.state, item.verdict.cause.name) == (State.NEVER, "invalid"), broken
        assert (item.title, item.owner_name) == ("broken", "Ann")
        assert str(item.location).startswith("content/pages/broken.md:")


def test_nothing_to_count_is_no_percentage():
    assert (playbook({}).total.rate, playbook({}).total.coverage) == (None, None)
    uncounted = playbook({"story": DATED[State.EVERGREEN]}).total
    assert (uncounted.rate, uncounted.coverage) == (None, 0)


def test_entries_are_counted_by_owner():
    found = playbook(states({"a": State.FRESH, "b": State.OVERDUE, "c-bo": State.NEVER}))
    counts = {owner: tally(items) for owner, items in found.by(lambda item: item.owner).items()}
    assert counts == {"ann": Tally(2, 2, 1), "bo": Tally(1, 1, 0)}


# What fails, and what a change does.


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [
        ("never", set()),
        ("expired", {State.EXPIRED, State.NEVER}),
        ("overdue", {State.EXPIRED, State.NEVER, State.OVERDUE}),
        ("due", {State.EXPIRED, State.NEVER, State.OVERDUE, State.CHANGED, State.DUE}),
    ],
)
def test_what_fails(threshold, expected):
    found = playbook({state.value: lines for state, lines in DATED.items()})
    assert {item.state for item in failing(found.items, threshold)} == expected


def compare(before: dict[str, State], after: dict[str, State]) -> Comparison:
    base, head = playbook(states(before)), playbook(states(after))
    return Comparison(base, head, "main", frozenset())


@pytest.mark.parametrize(
    ("before", "after", "listed"),
    [
        (State.FRESH, State.CHANGED, "worse"),
        (State.FRESH, State.NEVER, "worse"),
        (State.SOON, State.OVERDUE, "worse"),
        (State.EXPIRED, State.NEVER, "worse"),  # taking the review away is no review
        (State.NEVER, State.EXPIRED, "worse"),
        (State.EVERGREEN, State.NEVER, "worse"),
        (State.EVERGREEN, State.FRESH, ""),
        (None, State.NEVER, "worse"),
        (None, State.FRESH, ""),
        (State.OVERDUE, State.FRESH, "refreshed"),
        (State.EXPIRED, State.DUE, "refreshed"),
        (State.NEVER, State.FRESH, "refreshed"),
        (State.OVERDUE, State.OVERDUE, "left"),
        (State.CHANGED, State.CHANGED, "left"),
        (State.FRESH, State.FRESH, ""),
        (State.OVERDUE, State.RETIRED, ""),
        (State.DRAFT, State.DRAFT, ""),
    ],
)
def test_a_change_makes_worse_refreshes_or_leaves(before, after, listed):
    found = compare({"one": before} if before else {}, {"one": after})
    lists = {"worse": found.worse, "refreshed": found.refreshed, "left": found.left}
    assert [name for name, steps in lists.items() if steps] == ([listed] if listed else [])


def test_what_falls_due_next_is_listed_by_owner():
    pages = {"b-bo": State.SOON, "a": State.SOON, "later": State.FRESH, "over": State.OVERDUE}
    found = compare(pages, pages)
    assert [item.id for item in found.due_next] == ["pages/a", "pages/b-bo"]


def test_looking_ahead_ends_with_the_last_day_there_is():
    last = playbook({"one": "reviewed: 9999-12-20"}, "9999-12-31")
    assert [item.id for item in Comparison(last, last, "main", frozenset()).due_next] == [
        "pages/one"
    ]


# What the command and the pages say.


def test_check_reports_reviews_among_all_other_problems(folder):
    folder.write(
        "pages/bad.md",
        "---\ntitle: B\nsummary: S.\nowner: ann\ntags: [rsik]\n"
        "reviewed: {on: 2026-11-24, by: bob}\n---\n",
    )
    folder.write(
        "pages/cad.md", "---\ntitle: C\nsummary: S.\nowner: ann\nreviewed: 31.12.2026\n---\n"
    )
    result = folder.run("check", "--today", TODAY)
    assert result.returncode == 1
    codes = [
        line.split()[1]
        for line in result.stdout.splitlines()
        if line.startswith("content/pages/bad.md")
    ]
    assert codes == ["PB503", "PB311", "PB402", "PB403"]
    assert 'content/pages/cad.md:5:11: PB401 "31.12.2026" is no date' in result.stdout
    assert "PB402" not in folder.run("check", "--today", "2026-11-24").stdout


def test_a_bad_review_stops_the_build_and_is_never_shown_as_fresh(folder):
    folder.page("bad")
    page = folder.content / "pages" / "bad.md"
    page.write_text(page.read_text("utf-8").replace("2026-11-20", "2026-11-31"), "utf-8")
    result = folder.build()
    assert result.returncode == 1
    assert "PB401" in result.stdout
    assert not folder.files()


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-11-15", "never-reviewed"),  # the review lies in the future
        ("2026-11-20", "fresh"),
        ("2026-11-27", "due-soon"),
        ("2026-11-28", "due"),
        ("2026-11-30", "overdue"),
        ("2026-12-05", "expired"),
    ],
)
def test_a_page_says_how_far_it_can_be_trusted(folder, today, state):
    folder.write(
        "pages/rival.md",
        "---\ntitle: Rival\nsummary: R.\nowner: ann\ncadence: weekly\nreviewed: 2026-11-18\n---\n",
    )
    assert folder.run("build", "--today", today).returncode == 0
    page = folder.files()["en/pages/rival.html"].decode()
    assert f'data-state="{state}"' in page


def test_holidays_move_what_is_due(folder):
    page = "---\ntitle: R\nsummary: R.\nowner: ann\ncadence: weekly\nreviewed: 2026-11-18\n---\n"
    folder.write("pages/rival.md", page)
    folder.write("holidays.yml", "holidays:\n  2026-11-27: Day off\nworkdays:\n")
    assert folder.build().returncode == 0
    assert "2026-11-26" in folder.files()["en/pages/rival.html"].decode()
    folder.write("holidays.yml", "workdays:\n  2026-11-28: Made up\n")
    assert folder.build().returncode == 0
    assert "2026-11-28" in folder.files()["en/pages/rival.html"].decode()


# What editors complete and check.

FULL = {
    "on": "2026-11-20", "by": "ann", "outcome": "confirmed", "note": "Asked.",
    "digest": "0123456789abcdef", "dependencies": {"pages/two": "0123456789abcdef"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "field", "value", "fits"),
    [
        ("page", "reviewed", "2026-11-20", True),
        ("page", "reviewed", FULL, True),
        ("page", "reviewed", {"on": "2026-11-20"}, True),
        ("page", "reviewed", {"by": "ann"}, False),
        ("page", "reviewed", {**FULL, "outcome": "fine"}, False),
        ("page", "reviewed", {**FULL, "who": "ann"}, False),
        ("page", "reviewed", ["2026-11-20"], False),
        ("page", "cadence", "weekly", True),
        ("page", "cadence", "10 days", True),
        ("page", "cadence", {"every": "6 months", "reason": "So."}, True),
        ("page", "cadence", "fortnightly", False),
        ("page", "cadence", "0 days", False),
        ("page", "cadence", {"reason": "So."}, False),
        ("page", "evergreen", "A story.", True),
        ("page", "depends_on", ["pages/two"], True),
        ("playbook", "tiers", {"weapon": {"cadence": "weekly"}}, True),
        ("playbook", "tiers", {"weapon": {"cadence": "weekly", "grace": "2 workdays"}}, True),
        ("playbook", "tiers", {"weapon": {"cadence": "weekly", "grace": "soon"}}, False),
        ("playbook", "tiers", {"weapon": {"cadence": "weekly", "evidence": ["photo"]}}, False),
        ("holidays", "holidays", {"2026-10-01": "National Day"}, True),
        ("holidays", "workdays", ["2026-10-10"], False),
    ],
)
def test_the_schemas_know_both_forms(name, field, value, fits):
    schema = json.loads(json.dumps(schemas(KINDS)[name]))
    only = {**schema, "required": []}
    assert jsonschema.Draft202012Validator(only).is_valid({field: value}) is fits


def test_defaults_in_the_schema_are_written_as_in_files():
    tiers = schemas(KINDS)["playbook"]["$defs"]["Tiers"]["properties"]
    assert tiers["weapon"]["default"] == {
        "cadence": "weekly", "notice": "2 days", "grace": "2 days",
        "evidence": ["full", "note", "digest"],
    }  # fmt: skip
