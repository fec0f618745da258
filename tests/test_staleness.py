"""Due dates by calendar windows, and the state of a review on a day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.staleness import due_date

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
LONGEST = {"weekly": 14, "monthly": 62, "quarterly": 184, "yearly": 731}


@pytest.mark.parametrize(
    ("reviewed", "cadence", "due"),
    [
        ("2026-11-16", "weekly", "2026-11-27"),  # Monday: until Friday of the next week
        ("2026-11-22", "weekly", "2026-11-27"),  # Sunday of the same week
        ("2026-12-28", "weekly", "2027-01-08"),  # ISO week 53
        ("2026-12-31", "monthly", "2027-01-29"),  # over the year's end; the 31st is a Sunday
        ("2024-01-31", "monthly", "2024-02-29"),  # leap day, a Thursday
        ("2026-01-01", "monthly", "2026-02-27"),
        ("2026-11-10", "quarterly", "2027-03-31"),
        ("2026-03-31", "quarterly", "2026-06-30"),
        ("2026-07-01", "quarterly", "2026-12-31"),
        ("2026-05-05", "yearly", "2027-12-31"),
    ],
)
def test_a_review_holds_until_the_last_weekday_of_the_next_window(reviewed, cadence, due):
    found = due_date(datetime.date.fromisoformat(reviewed), cadence)
    assert found == datetime.date.fromisoformat(due)


@given(day=DAYS, cadence=st.sampled_from(sorted(LONGEST)))
def test_a_due_date_is_a_weekday_after_the_review_and_not_too_far(day, cadence):
    due = due_date(day, cadence)
    assert due.weekday() < 5
    assert day < due <= day + datetime.timedelta(days=LONGEST[cadence])


@given(day=DAYS, more=st.integers(0, 400), cadence=st.sampled_from(sorted(LONGEST)))
def test_a_later_review_is_never_due_earlier(day, more, cadence):
    later = day + datetime.timedelta(days=more)
    assert due_date(day, cadence) <= due_date(later, cadence)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-11-20", "fresh"),
        ("2026-11-25", "fresh"),
        ("2026-11-26", "soon"),
        ("2026-11-27", "soon"),
        ("2026-11-28", "overdue"),
        ("2026-11-15", "unknown"),  # the review lies in the future
    ],
)
def test_a_page_says_how_far_it_can_be_trusted(folder, today, state):
    folder.write(
        "knowledge/rival.md",
        "---\ntitle: Rival\nsummary: R.\nowner: ann\ntier: weapon\ntype: battlecard\n"
        "reviewed: 2026-11-18\n---\n",
    )
    assert folder.run("build", "--today", today).returncode == 0
    page = folder.files()["en/knowledge/rival.html"].decode()
    assert f'data-state="{state}"' in page
    if state != "unknown":
        assert '<time datetime="2026-11-27">27 Nov 2026</time>' in page
