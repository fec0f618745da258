"""Verdicts: every state and its reason, and that nothing passes for fresh that is not."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.build import assess
from generator.read import source_of
from generator.staleness import Freshness, Item, Judge, Past, State, reason, subject_of
from generator.validate import Checked, validate

TODAY = datetime.date(2026, 11, 23)
SETTINGS = """\
title: T
description: D.
languages: [{code: en}]
tiers:
  strategic: {cadence: quarterly, evidence: [note]}
"""
PEOPLE = """\
people:
  - {id: ann, name: Ann}
  - {id: bob, name: Bob, left: 2026-10-01}
  - {id: cai, name: Cai, left: 2026-11-24}
groups:
  - {id: crew, name: Crew, members: [ann]}
"""
OTHER = "title: Other\nsummary: S.\nowner: ann\nevergreen: The story of how we began.\n"


def check(pages: Mapping[str, str], settings_text: str = SETTINGS, **files: str) -> Checked:
    """A playbook of pages, each given by the lines of its front matter, checked."""
    texts = {"playbook.yml": settings_text, "people.yml": PEOPLE, **files}
    texts |= {f"pages/{name}.md": f"---\n{text}---\nText.\n" for name, text in pages.items()}
    found = {path: source_of("content", path, text.encode()) for path, text in texts.items()}
    sources = {path: source for path, (source, _) in found.items() if source}
    unreadable = [path for path in found if path not in sources]
    return validate(sources, unreadable, {}, "content")


def judged(checked: Checked, today: datetime.date = TODAY, **more: Any) -> Freshness:
    assert checked.library
    return assess(checked, checked.library, today, **more)


def page(lines: str = "", tier: str | None = "tactical", title: str = "One") -> str:
    named = f"tier: {tier}\n" if tier else ""
    return f"title: {title}\nsummary: S.\nowner: ann\n{named}{lines}"


def item_of(lines: str, tier: str | None = "tactical", **more: Any) -> Item:
    """The item of a page, with `<own>` and `<other>` for the digests of itself and of another."""
    blank = lines.replace("<own>", "0" * 16).replace("<other>", "0" * 16)
    library = check({"one": page(blank, tier), "other": OTHER}).library
    entries = library.source.entries if library else {}
    if "pages/one" in entries:
        lines = lines.replace("<own>", entries["pages/one"].revision)
        lines = lines.replace("<other>", entries["pages/other"].revision)
    found = judged(check({"one": page(lines, tier), "other": OTHER}), **more)
    return next(item for item in found.items if item.id == "pages/one")


def claims(*dated: str) -> str:
    """Claims, each given by its day and, after a comma, what else it says."""
    items = (
        f"  - {{id: claim-{number}, statement: S., source: Somebody, checked: {text}}}\n"
        for number, text in enumerate(dated, 1)
    )
    return "claims:\n" + "".join(items)


IN_FULL = (
    "reviewed: {on: 2026-11-20, by: ann, outcome: confirmed, note: Asked them, digest: <own>}\n"
)

VERDICTS: list[tuple[str, str | None, str, str]] = [
    # By dates: monthly, with seven days of notice and of grace.
    ("reviewed: 2026-11-20", "tactical", "fresh",
     "Reviewed 2026-11-20; monthly: due by 2026-12-31, in 38 days."),
    ("reviewed: 2026-11-23", "tactical", "fresh",
     "Reviewed 2026-11-23; monthly: due by 2026-12-31, in 38 days."),
    ("reviewed: 2026-10-30", "tactical", "due-soon",
     "Reviewed 2026-10-30; monthly: due by 2026-11-30, in 7 days."),
    ("reviewed: 2026-11-13\ncadence: 10 days", "tactical", "due-soon",
     "Reviewed 2026-11-13; every 10 days: due by 2026-11-23, which is today."),
    ("reviewed: 2026-11-12\ncadence: 10 days", "tactical", "due",
     ("Reviewed 2026-11-12; every 10 days: due by 2026-11-22, 1 day ago, with grace until "
     "2026-11-24.")),
    ("reviewed: 2026-11-09\ncadence: 10 days", "tactical", "overdue",
     "Reviewed 2026-11-09; every 10 days: due by 2026-11-19, 4 days ago."),
    ("reviewed: 2026-11-09\ncadence: weekly", "tactical", "overdue",
     "Reviewed 2026-11-09; weekly: due by 2026-11-20, 3 days ago."),
    ("reviewed: 2026-10-20\ncadence: 1 week", "tactical", "expired",
     ("Reviewed 2026-10-20; every week: due by 2026-10-27, 27 days ago, and by 2026-11-03 missed "
     "again.")),
    ("reviewed: 2024-02-29", "tactical", "expired",
     ("Reviewed 2024-02-29; monthly: due by 2024-03-29, 969 days ago, and by 2024-04-30 missed "
     "again.")),
    ("reviewed: {on: 2026-11-20, by: cai}", "tactical", "fresh",
     "Reviewed 2026-11-20; monthly: due by 2026-12-31, in 38 days."),
    (IN_FULL, "weapon", "fresh", "Reviewed 2026-11-20; weekly: due by 2026-11-27, in 4 days."),
    # A longer cadence than the tier's holds with a reason alone.
    ("reviewed: 2026-09-20\ncadence: quarterly", "tactical", "overdue",
     "Reviewed 2026-09-20; monthly: due by 2026-10-30, 24 days ago."),
    ("reviewed: 2026-09-20\ncadence: {every: quarterly, reason: Prices move slowly.}", "tactical",
     "fresh", "Reviewed 2026-09-20; quarterly: due by 2026-12-31, in 38 days."),
    ("reviewed: 2026-11-20\ncadence: 6 months", None, "fresh",
     "Reviewed 2026-11-20; every 6 months: due by 2027-05-20, in 178 days."),
    # Claims.
    ("reviewed: 2026-11-20\n" + claims("2026-11-20", "2026-10-20"), "tactical", "due-soon",
     "Its claim claim-2 was checked on 2026-10-20; monthly: due by 2026-11-30, in 7 days."),
    ("reviewed: 2026-11-20\n" + claims("2026-11-09, cadence: weekly"), "tactical", "overdue",
     "Its claim claim-1 was checked on 2026-11-09; weekly: due by 2026-11-20, 3 days ago."),
    ("reviewed: 2026-11-20\n" + claims("2025-11-02"), "tactical", "expired",
     ("Its claim claim-1 was checked on 2025-11-02; monthly: due by 2025-12-31, 327 days ago, and "
     "by 2026-01-30 missed again.")),
    # The entry is due, and the claim, which was due later, overdue.
    ("reviewed: 2026-10-31\ncadence: 20 days\n" + claims("2026-11-19, cadence: 2 days"),
     "tactical", "overdue",
     "Its claim claim-1 was checked on 2026-11-19; every 2 days: due by 2026-11-21, 2 days ago."),
    ("reviewed: 2026-11-20\n" + claims("2026-11-20", "soon"), "tactical", "never-reviewed",
     'The check of its claim claim-2 is dated "soon", which is no day, so it does not count.'),
    ("reviewed: 2026-11-20\n" + claims("2026-11-24"), "tactical", "never-reviewed",
     ("The check of its claim claim-1 is dated 2026-11-24, which is yet to come, so it does not "
     "count.")),
    ("evergreen: A story.\n" + claims("2026-11-09, cadence: weekly"), None, "overdue",
     "Its claim claim-1 was checked on 2026-11-09; weekly: due by 2026-11-20, 3 days ago."),
    (claims("2026-11-20, cadence: weekly"), None, "fresh",
     "Its claim claim-1 was checked on 2026-11-20; weekly: due by 2026-11-27, in 4 days."),
    ("evergreen: A story.\n" + claims("never, cadence: weekly"), None, "never-reviewed",
     'The check of its claim claim-1 is dated "never", which is no day, so it does not count.'),
    ("evergreen: A story.\n" + claims("2026-11-20"), None, "evergreen", "Evergreen: A story."),
    # No review that counts.
    ("", "tactical", "never-reviewed", "Never reviewed; its rule is monthly."),
    ("cadence: 5 workdays", None, "never-reviewed",
     "Never reviewed; its rule is every 5 workdays."),
    ("reviewed:", "tactical", "never-reviewed", "The review has no date, so it does not count."),
    ("reviewed: 2026-02-30", "tactical", "never-reviewed",
     'The review is dated "2026-02-30", which is no day, so it does not count.'),
    ("reviewed: yes", "tactical", "never-reviewed",
     'The review is dated "yes", which is no day, so it does not count.'),
    ('reviewed: "2026-11-20\\n- x\\u202e"', "tactical", "never-reviewed",
     'The review is dated "2026-11-20 - x\ufffd", which is no day, so it does not count.'),
    ("reviewed: 2026-11-24", "tactical", "never-reviewed",
     "The review is dated 2026-11-24, which is yet to come, so it does not count."),
    ("reviewed: {on: 2026-11-20, by: dan}", "tactical", "never-reviewed",
     'The reviewer "dan" is not in people.yml, so the review of 2026-11-20 does not count.'),
    ("reviewed: {on: 2026-11-20, by: crew}", "tactical", "never-reviewed",
     'The reviewer "crew" is not in people.yml, so the review of 2026-11-20 does not count.'),
    ("reviewed: {on: 2026-11-20, by: }", "tactical", "never-reviewed",
     'The reviewer "" is not in people.yml, so the review of 2026-11-20 does not count.'),
    ("reviewed: {on: 2026-09-20, by: bob}", "tactical", "never-reviewed",
     'The reviewer "bob" left on 2026-10-01, so the review of 2026-09-20 does not count.'),
    ("reviewed: {on: 2026-11-20, by: ann, outcome: retire}", "tactical", "never-reviewed",
     "The review of 2026-11-20 says to retire it, and it is still published."),
    ("reviewed: 2026-11-20", "strategic", "never-reviewed",
     "The review of 2026-11-20 lacks a note, which the tier strategic asks for."),
    ("reviewed: 2026-11-20", "weapon", "never-reviewed",
     ("The review of 2026-11-20 lacks the reviewer and the outcome, a note and a digest, which the "
     "tier weapon asks for.")),
    ("reviewed: [2026-11-20]", "tactical", "never-reviewed",
     "The file has errors (PB102), so its review does not count."),
    ("reviewed: {by: ann}", "tactical", "never-reviewed",
     "The file has errors (PB101), so its review does not count."),
    ("reviewed: 2026-11-20\ncadence: now and then\nclaims: none", "tactical", "never-reviewed",
     "The file has errors (PB110, PB102), so its review does not count."),
    # Changed since.
    ("reviewed: {on: 2026-11-20, digest: 0123456789abcdef}", "tactical", "changed",
     "Its content changed after the review of 2026-11-20."),
    ("reviewed: {on: 2026-09-20, digest: 0123456789abcdef}", "tactical", "overdue",
     "Reviewed 2026-09-20; monthly: due by 2026-10-30, 24 days ago."),
    (("depends_on: [pages/other]\n"
     "reviewed: {on: 2026-11-20, digest: <own>, dependencies: {pages/other: 0123456789abcdef}}"),
     "tactical", "dependency-changed",
     "It depends on pages/other, which changed after the review of 2026-11-20."),
    ("depends_on: [pages/other, pages/gone]\nreviewed: 2026-11-20", "tactical",
     "dependency-changed",
     "It depends on pages/gone, which changed after the review of 2026-11-20."),
    (("depends_on: [pages/other]\n"
     "reviewed: {on: 2026-11-20, digest: <own>, dependencies: {pages/other: <other>}}"),
     "tactical", "fresh", "Reviewed 2026-11-20; monthly: due by 2026-12-31, in 38 days."),
    ("depends_on: [pages/one]\nreviewed: 2026-11-20", "tactical", "fresh",
     "Reviewed 2026-11-20; monthly: due by 2026-12-31, in 38 days."),
    # Not checked.
    ("evergreen: The story of how we began.", None, "evergreen",
     "Evergreen: The story of how we began."),
    ("reviewed: 2026-11-20", None, "no-cadence", "Nothing says how often it is reviewed."),
    ("status: retired", "tactical", "retired", "It is retired."),
    ("status: draft\nreviewed: soon", "tactical", "draft", "It is a draft."),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "tier", "state", "sentence"), VERDICTS)
def test_a_verdict_and_its_reason(lines, tier, state, sentence):
    item = item_of(lines.rstrip() + "\n", tier)
    assert (item.state.value, reason(item.verdict, TODAY)) == (state, sentence)


def test_every_state_is_shown_above():
    assert {state for _, _, state, _ in VERDICTS} == set(State)


def test_the_tier_that_its_kind_needs_is_missing():
    settings_text = SETTINGS + "default_tiers: {knowledge: tactical}\n"
    talk = "title: T\nsummary: S.\nowner: ann\ntype: discovery-script\nreviewed: 2026-11-20\n"
    files = {"knowledge/talk.md": f"---\n{talk}---\n"}
    for text in (SETTINGS, settings_text):
        [item] = judged(check({}, text, **files)).items
        assert item.state is State.NEVER
        assert reason(item.verdict, TODAY) == "It has no tier, and its kind needs one."


@pytest.mark.parametrize("lines", ["reviewed: 2026-11-20\n", "tier: tactical\n"])
def test_an_owner_whom_nobody_knows(lines):
    lines = f"title: T\nsummary: S.\nowner: dan\n{lines}"
    [item] = judged(check({"one": lines})).items
    assert item.state is State.NEVER
    expected = 'The owner "dan" is not in people.yml, so nobody answers for it.'
    assert reason(item.verdict, TODAY) == expected


def test_a_group_may_own_an_entry():
    lines = "title: T\nsummary: S.\nowner: crew\ntier: tactical\nreviewed: 2026-11-20\n"
    [item] = judged(check({"one": lines})).items
    assert item.state is State.FRESH


def test_many_dependencies_are_counted():
    names = [f"pages/gone-{number}" for number in range(8)]
    item = item_of(f"depends_on: [{', '.join(names)}]\nreviewed: 2026-11-20\n")
    expected = (
        "It depends on pages/gone-0, pages/gone-1, pages/gone-2, pages/gone-3, pages/gone-4 and "
        "3 more, which changed after the review of 2026-11-20."
    )
    assert reason(item.verdict, TODAY) == expected


# What is known of changes after the review.


def revision(lines: str) -> str:
    library = check({"one": page(lines), "other": OTHER}).library
    assert library
    return library.source.entries["pages/one"].revision


@pytest.mark.parametrize(
    ("review", "past", "state", "known"),
    [
        ("2026-11-20", None, "fresh", False),  # no history
        ("2026-11-20", {}, "fresh", True),  # not committed yet
        ("2026-11-20", {"pages/one": Past("0123456789abcdef")}, "changed", True),
        ("2026-11-20", {"pages/one": "own"}, "fresh", True),
        ("{on: 2026-11-20, digest: <own>}", None, "fresh", True),
        # The digest that the reviewer recorded counts more than that of the commit.
        ("{on: 2026-11-20, digest: <own>}", {"pages/one": Past("0123456789abcdef")}, "fresh", True),
        ("{on: 2026-11-20, digest: 0123456789abcdef}", {"pages/one": "own"}, "changed", True),
    ],
)
def test_changes_are_told_by_digest_or_by_history(review, past, state, known):
    lines = f"reviewed: {review}\n"
    own = Past(revision(""))
    pasts = past and {name: own if value == "own" else value for name, value in past.items()}
    item = item_of(lines, pasts=past if pasts is None else pasts)
    assert (item.state.value, item.verdict.changes_known) == (state, known)


@pytest.mark.parametrize(
    ("depends_on", "recorded", "known"),
    [
        ("pages/other", "", False),
        ("pages/other", ", dependencies: {pages/other: <other>}", True),
        ("pages/one", "", True),  # an entry is no dependency of its own
    ],
)
def test_whether_a_dependency_changed_is_known_where_its_digest_was_recorded(
    depends_on, recorded, known
):
    review = f"{{on: 2026-11-20, digest: <own>{recorded}}}"
    item = item_of(f"depends_on: [{depends_on}]\nreviewed: {review}\n")
    assert (item.state, item.verdict.changes_known) == (State.FRESH, known)


def test_a_dependency_that_is_rejected_or_retired_has_changed():
    recorded = f"{{pages/other: {judged_revision(OTHER)}}}"
    one = page(
        f"depends_on: [pages/other]\nreviewed: {{on: 2026-11-20, dependencies: {recorded}}}\n"
    )
    for text, state in (
        (OTHER, "fresh"),
        (OTHER + "status: retired\n", "dependency-changed"),
        (OTHER + "colour: red\n", "dependency-changed"),
        (OTHER.replace("S.", "  S. "), "fresh"),  # white space is no change
        (OTHER + "reviewed: 2026-11-22\n", "fresh"),  # nor is a review
    ):
        found = judged(check({"one": one, "other": text}))
        item = next(item for item in found.items if item.id == "pages/one")
        assert item.state.value == state, text


def judged_revision(text: str) -> str:
    library = check({"other": text}).library
    assert library
    return library.source.entries["pages/other"].revision


# Nothing passes for fresh that is not.

BAD_DATES = st.sampled_from(
    ["", "yes", "no", "0", "20261120", "2026-02-30", "2026-13-01", "2026-11-2", "20.11.2026",
     "2026-11-20T09:00", "２０２６-11-20", "today", "2026-W47", "-1", "0000-00-00", "null"]
) | st.text(max_size=12)  # fmt: skip
DATES = (
    st.dates().map(str)
    | st.dates(datetime.date(2026, 8, 1), datetime.date(2026, 11, 23)).map(str)
    | st.dates(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30)).map(str)
    | BAD_DATES
)
ODD: st.SearchStrategy[Any] = st.lists(DATES, max_size=2) | st.dictionaries(
    st.sampled_from(["on", "by", "when"]), DATES, max_size=2
)
PERSON = st.sampled_from(["ann", "ann", "cai", "bob", "dan", "crew", "", "Ann"])
DIGEST = st.sampled_from(["<own>", "<own>", "0123456789abcdef", "", "x"])
FULL = st.fixed_dictionaries(
    {"on": DATES},
    optional={
        "by": PERSON,
        "outcome": st.sampled_from(["confirmed", "changed", "retire", "fine"]),
        "note": st.sampled_from(["Asked them.", "", " "]),
        "digest": DIGEST,
        "dependencies": st.dictionaries(st.just("pages/other"), st.sampled_from(["<other>", "x"])),
    },
)
CADENCE = st.sampled_from(
    ["weekly", "monthly", "yearly", "2 days", "9999 years", "9999 workdays", "0 days", "often", ""]
)
CLAIM = st.fixed_dictionaries(
    {
        "id": st.just("price"), "statement": st.just("S."), "source": st.just("S"),
        "checked": DATES,
    },
    optional={"cadence": CADENCE},
)  # fmt: skip
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "reviewed": DATES | DATES | FULL | FULL | ODD,
        "tier": st.sampled_from(["weapon", "tactical", "strategic", "tactical", "secret"]),
        "cadence": CADENCE | st.fixed_dictionaries({"every": CADENCE, "reason": st.just("So.")}),
        "claims": st.lists(CLAIM, max_size=1),
        "depends_on": st.sampled_from([[], ["pages/other"], ["pages/gone"], ["pages/one"]]),
        "status": st.sampled_from(["published", "draft", "retired", "old"]),
        "evergreen": st.sampled_from(["So.", ""]),
        "owner": st.sampled_from(["ann", "crew", "dan"]),
    },
)
EVIDENCE = {"weapon": ("by", "outcome", "note", "digest"), "strategic": ("note",)}
LONGEST = {"weapon": 14, "tactical": 62, "strategic": 184}
"""By tier, the days after which no review can hold."""


def fill(value: Any, digests: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: fill(item, digests) for key, item in value.items()}
    return digests.get(value, value) if isinstance(value, str) else value


def is_past_day(text: object) -> datetime.date | None:
    """The day, written out in full, if it is one and not yet to come."""
    if not isinstance(text, str) or len(text.strip()) != 10 or not text.isascii():
        return None
    try:
        found = datetime.date(*map(int, text.strip().split("-")))
    except (ValueError, TypeError):
        return None
    return found if found <= TODAY and found.isoformat() == text.strip() else None


def may_be_fresh(fields: Mapping[str, Any], digests: Mapping[str, str]) -> bool:
    """Whether the review is one that can count, told without the code that is tested."""
    review = fields.get("reviewed")
    if isinstance(review, str):
        review = {"on": review}
    on = is_past_day(review.get("on")) if isinstance(review, dict) else None
    tier = fields.get("tier")
    if review is None or on is None or fields.get("evergreen") or "dan" in fields.values():
        return False
    if tier and "cadence" not in fields and (TODAY - on).days > LONGEST.get(tier, 0):
        return False
    return all((
        review.get("by", "ann") in ("ann", "cai"),
        review.get("outcome") in (None, "confirmed", "changed"),
        review.get("digest", digests["<own>"]) in (digests["<own>"], ""),
        all(str(review.get(name, "")).strip() for name in EVIDENCE.get(tier or "", ())),
        all(is_past_day(claim["checked"]) for claim in fields.get("claims", ())),
        "pages/gone" not in fields.get("depends_on", ()),
        fields.get("depends_on") != ["pages/other"]
        or review.get("dependencies", {}).get("pages/other", digests["<other>"])
        == digests["<other>"],
        tier or "cadence" in fields,
        fields.get("status", "published") == "published",
    ))  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fields=FIELDS)
@example({"tier": "tactical", "reviewed": "2026-11-20"})
@example({"tier": "weapon", "reviewed": {"on": "2026-11-20", "digest": "<own>"}})
@example({"tier": "tactical", "reviewed": "2026-11-20", "cadence": {"every": "9999 years"}})
def test_it_fails_closed(fields):
    own = {"title": "One", "summary": "S.", "owner": "ann", **fields}

    def playbook(data: dict[str, Any]) -> Checked:
        return check({"one": yaml.safe_dump(data, allow_unicode=True), "other": OTHER})

    library = playbook({key: value for key, value in own.items() if key != "reviewed"}).library
    assert library
    entry = library.source.entries.get("pages/one")
    digests = {"<own>": entry.revision if entry else "x", "<other>": judged_revision(OTHER)}
    filled = {key: fill(value, digests) for key, value in own.items()}
    found = judged(playbook(filled))
    item = next(item for item in found.items if item.id == "pages/one")
    assert reason(item.verdict, TODAY).strip()
    if item.state.complete and not (item.verdict.claim and item.verdict.cadence is None):
        assert may_be_fresh(filled, digests)
        assert item.verdict.due
        assert item.verdict.due >= TODAY
    if item.state not in (State.DRAFT, State.RETIRED, State.EVERGREEN, State.UNCHECKED):
        assert item.state.checked
        assert found.total.checked >= 1


def test_what_counts_is_fresh_all_the_same():
    """The other way round: failing closed is no use if nothing is ever fresh."""
    assert item_of(IN_FULL, "weapon").state is State.FRESH
    assert item_of("reviewed: 2026-11-20\n").state is State.FRESH


RECENT = st.dates(datetime.date(2026, 6, 1), TODAY).map(str)
OFTEN = st.sampled_from(["weekly", "monthly", "5 days", "10 workdays", "1 month"])


@settings(max_examples=150, deadline=None)
@given(reviewed=RECENT, checked=st.lists(st.tuples(RECENT, OFTEN), min_size=1, max_size=3))
def test_an_entry_is_never_fresher_than_its_worst_claim(reviewed, checked):
    together = item_of(
        f"reviewed: {reviewed}\n" + claims(*(f"{on}, cadence: {often}" for on, often in checked))
    )
    alone = [item_of(f"reviewed: {reviewed}\n")]
    for on, often in checked:
        alone.append(item_of(f"reviewed: {on}\ncadence: {often}\n"))
    assert together.state is min((item.state for item in alone), key=lambda state: state.rank)
    dues = [item.verdict.due for item in alone if item.verdict.due]
    assert together.verdict.due == min(dues)


# Speed.


def test_the_verdicts_on_ten_thousand_entries_take_less_than_a_second():
    checked = check({"one": page("reviewed: 2026-11-20\n" + claims("2026-10-20"))})
    assert checked.library
    source = checked.library.source
    first = subject_of(source.entries["pages/one"])
    judge = Judge(source.settings, source.people, checked.library.holidays, TODAY)
    started = time.perf_counter()
    for _ in range(10_000):
        judge.verdict(first, {})
    assert time.perf_counter() - started < 1
