"""Due dates: calendar windows and rolling periods, working days, and the states day by day."""

from __future__ import annotations

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.cli import terminal
from generator.model import Holidays, People, Settings
from generator.model.cadence import WINDOWS, Cadence, Leeway
from generator.model.review import Claim, Review
from generator.staleness import Judge, State, Subject, Workdays, due_date

FIRST, LAST = datetime.date.min, datetime.date.max
URGENCY = [State.FRESH, State.SOON, State.DUE, State.OVERDUE, State.EXPIRED]
PLAIN = Workdays()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


NATIONAL_DAY = Workdays.of(
    map(day, [f"2026-10-0{n}" for n in range(1, 8)]), map(day, ["2026-09-20", "2026-10-10"])
)
"""The week of holidays around National Day, and the weekend days that are worked for it."""

DAYS = st.dates() | st.sampled_from([FIRST, LAST]) | st.dates(day("2023-12-01"), day("2029-01-31"))
UNITS = ("days", "workdays", "weeks", "months", "years")
CADENCES = st.sampled_from(sorted(WINDOWS)) | st.builds(
    lambda amount, unit: f"{amount} {unit}",
    st.integers(1, 40) | st.integers(1, 9999),
    st.sampled_from(UNITS),
)
LEEWAYS = st.builds(
    lambda amount, unit: f"{amount} {unit}",
    st.integers(0, 20) | st.integers(0, 999),
    st.sampled_from(["days", "workdays", "weeks"]),
)
WORKDAYS = st.builds(
    Workdays.of,
    st.sets(st.dates(day("2024-01-01"), day("2028-12-31")), max_size=30)
    | st.dates(day("2024-01-01"), day("2028-12-31")).map(
        lambda first: {first + datetime.timedelta(n) for n in range(60)}
    ),
    st.sets(st.dates(day("2024-01-01"), day("2028-12-31")), max_size=10),
)


@pytest.mark.parametrize(
    ("reviewed", "cadence", "due"),
    [
        ("2026-11-16", "weekly", "2026-11-27"),  # Monday: until Friday of the next week
        ("2026-11-22", "weekly", "2026-11-27"),  # Sunday of the same week
        ("2026-11-23", "weekly", "2026-12-04"),
        ("2026-12-28", "weekly", "2027-01-08"),  # ISO week 53 of 2026
        ("2027-01-03", "weekly", "2027-01-08"),  # the Sunday of that week, in the next year
        ("2024-02-23", "weekly", "2024-03-01"),  # over a leap day
        ("2026-12-31", "monthly", "2027-01-29"),  # over the year's end; the 31st is a Sunday
        ("2024-01-31", "monthly", "2024-02-29"),  # a leap day, a Thursday
        ("2023-01-31", "monthly", "2023-02-28"),
        ("2026-01-01", "monthly", "2026-02-27"),
        ("2026-11-10", "quarterly", "2027-03-31"),
        ("2026-03-31", "quarterly", "2026-06-30"),
        ("2026-04-01", "quarterly", "2026-09-30"),
        ("2026-07-01", "quarterly", "2026-12-31"),
        ("2026-05-05", "yearly", "2027-12-31"),
        ("2021-12-31", "yearly", "2022-12-30"),  # the 31st is a Saturday
        ("2026-11-23", "10 days", "2026-12-03"),
        ("2026-11-23", "1 day", "2026-11-24"),
        ("2026-11-23", "3 weeks", "2026-12-14"),
        ("2026-11-20", "5 workdays", "2026-11-27"),
        ("2026-11-21", "5 workdays", "2026-11-27"),  # a Saturday
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-12-15", "1 month", "2027-01-15"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
    ],
)
def test_a_review_holds_until_this_day(reviewed, cadence, due):
    assert due_date(day(reviewed), Cadence.parse(cadence), PLAIN) == day(due)


@pytest.mark.parametrize(
    ("reviewed", "cadence", "due", "expiry"),
    [
        # The week of 5 October has three working days: Thursday, Friday and the Saturday made up.
        ("2026-09-28", "weekly", "2026-10-10", "2026-10-16"),
        ("2026-09-14", "weekly", "2026-09-25", "2026-09-30"),  # ends before the holidays
        ("2026-09-07", "weekly", "2026-09-20", "2026-09-25"),  # a Sunday made up is the last day
        ("2026-08-31", "monthly", "2026-09-30", "2026-10-30"),
        ("2026-09-30", "1 workday", "2026-10-08", "2026-10-09"),
        ("2026-09-30", "3 workdays", "2026-10-10", "2026-10-14"),
    ],
)
def test_nobody_works_on_national_day_and_everybody_on_the_days_made_up(
    reviewed, cadence, due, expiry
):
    rule = Cadence.parse(cadence)
    assert due_date(day(reviewed), rule, NATIONAL_DAY) == day(due)
    assert due_date(day(reviewed), rule, NATIONAL_DAY, missed=1) == day(expiry)


def test_a_window_without_a_working_day_is_passed_over():
    shut = {day("2026-11-23") + datetime.timedelta(n) for n in range(14)}
    workdays = Workdays.of(shut, [])
    weekly = Cadence.parse("weekly")
    assert due_date(day("2026-11-16"), weekly, workdays) == day("2026-12-11")
    assert due_date(day("2026-11-16"), weekly, workdays, missed=1) == day("2026-12-18")


def test_a_day_off_that_is_made_up_is_worked():
    workdays = Workdays.of([day("2026-11-27")], [day("2026-11-27"), day("2026-11-28")])
    assert day("2026-11-27") in workdays
    assert day("2026-11-28") in workdays
    assert day("2026-11-29") not in workdays
    assert due_date(day("2026-11-16"), Cadence.parse("weekly"), workdays) == day("2026-11-28")


@given(day=DAYS, count=st.integers(-40, 40), workdays=WORKDAYS)
def test_working_days_are_counted_as_if_they_were_walked(day, count, workdays):
    step, left = (1 if count > 0 else -1), abs(count)
    walked = day
    while left and walked != (LAST if step > 0 else FIRST):
        walked += datetime.timedelta(step)
        left -= walked in workdays
    assert workdays.step(day, count) == walked


@given(day=DAYS, cadence=CADENCES, workdays=WORKDAYS, missed=st.integers(0, 2))
@example(FIRST, "yearly", PLAIN, 0)
@example(LAST, "weekly", PLAIN, 1)
@example(LAST, "9999 years", PLAIN, 1)
@example(LAST, "9999 workdays", PLAIN, 1)
@example(LAST, "weekly", Workdays.of([LAST], []), 0)
def test_any_review_has_a_due_date_after_it(day, cadence, workdays, missed):
    rule = Cadence.parse(cadence)
    due = due_date(day, rule, workdays, missed)
    assert day < due or due == LAST
    assert due <= due_date(day, rule, workdays, missed + 1)
    if rule.window and due != LAST:
        assert due in workdays


@given(day=DAYS, more=st.integers(0, 800), cadence=CADENCES, workdays=WORKDAYS)
def test_a_later_review_is_never_due_earlier(day, more, cadence, workdays):
    later = datetime.date.fromordinal(min(day.toordinal() + more, LAST.toordinal()))
    rule = Cadence.parse(cadence)
    for missed in (0, 1):
        sooner = due_date(day, rule, workdays, missed)
        assert sooner <= due_date(later, rule, workdays, missed)


@given(day=st.dates(day("2000-01-01"), day("2100-12-31")), cadence=st.sampled_from(sorted(WINDOWS)))
def test_a_window_is_not_too_long(day, cadence):
    longest = {"weekly": 14, "monthly": 62, "quarterly": 184, "yearly": 731}[cadence]
    due = due_date(day, Cadence.parse(cadence), PLAIN)
    assert due.weekday() < 5
    assert day < due <= day + datetime.timedelta(longest)


def test_thousands_of_working_days_and_years_of_holidays_take_no_time():
    shut = Workdays.of((FIRST + datetime.timedelta(700_000 + n) for n in range(60_000)), [])
    rules = [Cadence.parse(text) for text in ("9999 workdays", "weekly", "yearly")]
    started = time.perf_counter()
    for number in range(300):
        for rule in rules:
            due_date(FIRST + datetime.timedelta(699_000 + number * 200), rule, shut, missed=1)
    assert time.perf_counter() - started < 2


# The states, day by day.


def judge(today: datetime.date, tier: dict[str, object], workdays: Workdays = PLAIN) -> Judge:
    settings = Settings.model_validate(
        {
            "title": "T",
            "description": "D",
            "languages": [{"code": "en"}],
            "tiers": {"tactical": tier},
        }
    )
    holidays = Holidays(
        holidays=dict.fromkeys(workdays.holidays, ""), workdays=dict.fromkeys(workdays.made_up, "")
    )
    people = People.model_validate({"people": [{"id": "ann", "name": "Ann"}]})
    return Judge(settings, people, holidays, today)


def subject(reviewed: str, claims: tuple[Claim, ...] = ()) -> Subject:
    review = Review.model_validate({"on": reviewed})
    return Subject(
        id="pages/one", kind="page", owner="ann", status="published", tier="tactical",
        review=review, cadence=None, evergreen=None, claims=claims, depends_on=(), revision="r",
    )  # fmt: skip


def state(today: str | datetime.date, reviewed: str, **tier: object) -> str:
    on = day(today) if isinstance(today, str) else today
    return judge(on, tier).verdict(subject(reviewed), {}).state.value


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-18", "fresh"),
        ("2026-11-24", "fresh"),
        ("2026-11-25", "due-soon"),
        ("2026-11-27", "due-soon"),  # the due date, a Friday
        ("2026-11-28", "due"),
        ("2026-12-01", "due"),  # two working days of grace
        ("2026-12-02", "overdue"),
        ("2026-12-04", "overdue"),
        ("2026-12-05", "expired"),
        ("9999-12-31", "expired"),
    ],
)
def test_a_weekly_review_grows_old(today, expected):
    tier = {"cadence": "weekly", "notice": "2 days", "grace": "2 workdays"}
    assert state(today, "2026-11-18", **tier) == expected


@pytest.mark.parametrize(
    ("tier", "changes"),
    [
        (
            {"cadence": "10 days", "notice": "0 days", "grace": "0 days"},
            "11-30 due-soon, 12-01 overdue, 12-11 expired",
        ),
        (
            {"cadence": "10 days", "notice": "1 week", "grace": "1 week"},
            "11-23 due-soon, 12-01 due, 12-08 overdue, 12-11 expired",
        ),
        # A grace that is longer than the cadence ends when the review expires.
        (
            {"cadence": "10 days", "notice": "0 days", "grace": "3 weeks"},
            "11-30 due-soon, 12-01 due, 12-11 expired",
        ),
        # A notice that is longer makes it due soon at once; it still holds.
        (
            {"cadence": "2 days", "notice": "9 days", "grace": "0 days"},
            "11-20 due-soon, 11-23 overdue, 11-25 expired",
        ),
        ({"cadence": "5 workdays", "notice": "1 workday", "grace": "1 workday"},
         "11-26 due-soon, 11-28 due, 12-01 overdue, 12-05 expired"),
        ({"cadence": "monthly", "notice": "2 weeks", "grace": "3 days"},
         "12-17 due-soon, 2027-01-01 due, 2027-01-04 overdue, 2027-01-30 expired"),
        # What nobody sets fits the cadence.
        ({"cadence": "weekly"}, "11-25 due-soon, 11-28 due, 11-30 overdue, 12-05 expired"),
        ({"cadence": "1 day"}, "11-21 due-soon, 11-22 overdue, 11-23 expired"),
        ({"cadence": "4 days"}, "11-23 due-soon, 11-25 due, 11-26 overdue, 11-29 expired"),
    ],
)  # fmt: skip
def test_states_change_on_these_days(tier, changes):
    found, before = [], "fresh"
    for number in range(90):
        today = day("2026-11-20") + datetime.timedelta(number)
        now = state(today, "2026-11-20", **tier)
        if now != before:
            found.append(f"{today} {now}".removeprefix("2026-"))
        before = now
    assert ", ".join(found) == changes


@given(
    reviewed=st.dates(day("2023-11-01"), day("2028-12-31")),
    cadence=st.sampled_from(sorted(WINDOWS))
    | st.builds(
        lambda n, u: f"{n} {u}", st.integers(1, 20), st.sampled_from(["days", "workdays", "weeks"])
    )
    | st.sampled_from(["1 month", "6 months", "1 year"]),
    notice=LEEWAYS,
    grace=LEEWAYS,
    workdays=WORKDAYS,
)
def test_states_only_grow_more_urgent_in_their_order(reviewed, cadence, notice, grace, workdays):
    tier = {"cadence": cadence, "notice": notice, "grace": grace}
    about = subject(reviewed.isoformat())
    days = judge(reviewed, tier, workdays).verdict(about, {}).days
    assert days
    assert days.soon <= days.due <= days.grace <= days.expiry
    walked = [
        URGENCY.index(days.state(reviewed + datetime.timedelta(number)))
        for number in range((days.expiry - reviewed).days + 40)
    ]
    assert all(before <= after for before, after in pairwise(walked))
    assert URGENCY[walked[(days.due - reviewed).days]] in (State.FRESH, State.SOON)
    assert URGENCY[walked[(days.due - reviewed).days + 1]] not in (State.FRESH, State.SOON)
    assert URGENCY[walked[-1]] is State.EXPIRED
    middle = reviewed + (days.expiry - reviewed) / 2
    assert judge(middle, tier, workdays).verdict(about, {}).state is days.state(middle)


@given(
    reviewed=DAYS,
    today=DAYS,
    cadence=CADENCES,
    notice=LEEWAYS,
    grace=LEEWAYS,
)
@example(FIRST, LAST, "weekly", "999 weeks", "999 weeks")
@example(LAST, LAST, "9999 years", "999 workdays", "999 workdays")
@example(FIRST, FIRST, "1 day", "999 workdays", "0 days")
def test_no_date_is_too_early_or_too_late(reviewed, today, cadence, notice, grace):
    tier = {"cadence": cadence, "notice": notice, "grace": grace}
    found = judge(today, tier).verdict(subject(reviewed.isoformat()), {})
    if reviewed > today:
        assert found.state is State.NEVER
    else:
        assert found.days
        assert found.days.soon <= found.days.due <= found.days.grace <= found.days.expiry


@pytest.mark.parametrize(
    ("command", "today"),
    [
        ("check", "0001-01-01"),
        ("check", "9999-12-31"),
        ("build", "2026-11-23"),
        ("build", "9999-06-01"),
    ],
)
def test_the_first_and_the_last_day_there_is_go_through_the_command(folder, command, today):
    folder.write("holidays.yml", "holidays:\n  0001-01-01: First\n  9999-12-31: Last\n")
    for reviewed in ("0001-01-01", "9999-12-31"):
        for cadence in ("yearly", "9999 workdays", "9999 years"):
            name = f"{reviewed}-{cadence.replace(' ', '-')}"
            folder.write(
                f"pages/{name}.md",
                f"---\ntitle: T\nsummary: S.\nowner: ann\nreviewed: {reviewed}\n"
                f"cadence: {{every: {cadence}, reason: Because.}}\n---\n",
            )
    result = folder.run(command, "--today", today)
    assert result.returncode == 0, result.stdout + result.stderr


# Cadences that are compared, and the clock.


@pytest.mark.parametrize(
    "cadences",
    [
        ("weekly", "1 week", "7 days", "5 workdays"),
        ("monthly", "1 month"),
        ("quarterly", "3 months"),
        ("yearly", "12 months", "1 year"),
    ],
)
def test_cadences_that_say_the_same_are_equally_long(cadences):
    assert len({Cadence.parse(cadence).days for cadence in cadences}) == 1


@given(cadence=CADENCES)
def test_the_leeway_that_nobody_sets_is_shorter_than_the_cadence(cadence):
    rule = Cadence.parse(cadence)
    assert rule.leeway.days < rule.days


@given(leeway=LEEWAYS)
def test_a_leeway_is_written_as_it_is_read(leeway):
    assert Leeway.parse(str(Leeway.parse(leeway))) == Leeway.parse(leeway)


def test_the_day_is_that_of_the_playbooks_time_zone():
    """These zones are 25 hours apart, so that their days always differ."""
    ahead, behind = terminal.clock(None)("Pacific/Kiritimati"), terminal.clock(None)("Pacific/Niue")
    assert (ahead - behind).days in (1, 2)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin"])
def test_summer_time_moves_no_due_date(folder, zone):
    """In these weeks clocks change in Berlin (25 October 2026) and in New York (1 November)."""
    folder.write("playbook.yml", folder_settings(zone))
    folder.write(
        "pages/one.md",
        "---\ntitle: One\nsummary: S.\nowner: ann\ncadence: weekly\nreviewed: 2026-10-25\n---\n",
    )
    for today, expected in {"2026-10-30": "due-soon", "2026-11-01": "due"}.items():
        assert folder.build("--today", today).returncode == 0
        page = folder.files()["en/pages/one.html"].decode()
        assert f'data-state="{expected}"' in page, today


def folder_settings(zone: str) -> str:
    languages = "languages: [{code: en}, {code: zh}]"
    return f"title: T\ndescription: D.\n{languages}\ntime_zone: {zone}\ntags: {{risk: Risk}}\n"
