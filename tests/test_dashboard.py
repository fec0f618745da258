"""The page on freshness, and the figures that pages share: what is counted, capped and left out."""

from __future__ import annotations

import dataclasses
import datetime
import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import packaged_templates
from generator.build import Content, assess, load
from generator.build.strings import load_strings
from generator.link import link
from generator.link.scores import score, worst
from generator.model.cadence import Cadence
from generator.problems import Location
from generator.problems.staleness import BULK_REVIEW
from generator.render import Renderer
from generator.staleness import Cause, Change, Days, Item, State, Verdict, Week

TODAY = datetime.date(2026, 11, 23)
DAY = datetime.timedelta(days=1)
FLOORS = (None, State.CHANGED, State.DEPENDENCY)


@st.composite
def dated(draw: st.DrawFn) -> Verdict:
    """A verdict that follows its days."""
    soon = TODAY + draw(st.integers(-60, 60)) * DAY
    due = soon + draw(st.integers(0, 14)) * DAY
    grace = due + draw(st.integers(0, 14)) * DAY
    days = Days(soon, due, grace, grace + draw(st.integers(1, 90)) * DAY)
    floor = draw(st.sampled_from(FLOORS))
    return on(Verdict(State.FRESH, Cause("dates"), days=days, floor=floor), TODAY)


def on(verdict: Verdict, day: datetime.date) -> Verdict:
    """The verdict on another day."""
    if verdict.days is None:
        return verdict
    found = [verdict.days.state(day), *([verdict.floor] if verdict.floor else [])]
    return dataclasses.replace(verdict, state=min(found, key=lambda state: state.rank))


UNDATED = (State.NEVER, State.EVERGREEN, State.RETIRED, State.DRAFT)
undated = st.sampled_from([Verdict(state, Cause(state.value)) for state in UNDATED])
verdicts = st.lists(dated() | undated, max_size=8)


def items_of(found: list[Verdict]) -> list[Item]:
    return [
        Item(f"pages/{at}", "page", "T", "ann", "Ann", (), Location("x"), verdict)
        for at, verdict in enumerate(found)
    ]


@given(verdicts, st.integers(0, 200))
@settings(max_examples=300, deadline=None)
def test_a_worst_mark_stays_the_worst_on_later_days(found, days_ahead):
    day = TODAY + days_ahead * DAY
    mark = worst(found)
    later = [mark.days.state(day)] if mark.days else []
    later += [mark.floor] if mark.floor else []
    told = min(later, key=lambda state: state.rank, default=mark.state)
    true = [on(verdict, day).state for verdict in found]
    assert told == min(true, key=lambda state: state.rank, default=State.UNCHECKED)


@given(verdicts, st.integers(0, 200))
@settings(max_examples=300, deadline=None)
def test_a_score_tells_how_many_are_in_time_on_later_days(found, days_ahead):
    told = score(items_of(found), TODAY)
    left = sum(count for days, count in told.until if days >= days_ahead)
    later = [on(verdict, TODAY + days_ahead * DAY) for verdict in found]
    assert left == sum(verdict.state.complete for verdict in later)
    assert told.tally.complete == sum(count for _, count in told.until)


def test_a_rate_is_rounded_down_so_that_all_means_all():
    fresh = Verdict(State.FRESH, Cause("dates"), days=Days(*[TODAY + 9 * DAY] * 4))
    never = Verdict(State.NEVER, Cause("never"))
    assert score(items_of([fresh] * 999 + [never]), TODAY).percent == 99
    assert score(items_of([fresh] * 3), TODAY).percent == 100
    assert score([], TODAY).percent is None


MANY = """\
---
title: {name}
summary: S.
owner: ann
tier: tactical
reviewed: {day}
---
Text.
"""


def test_the_page_does_not_grow_with_the_playbook(folder):
    for number in range(260):
        day = "2026-01-07" if number % 2 else "2026-11-20"
        folder.write(f"pages/p{number:03}.md", MANY.format(name=f"P{number}", day=day))
    assert folder.build().returncode == 0
    for code, words in (("en", "The 200 most urgent of 262."), ("zh", "262条中最急的200条")):
        page = folder.files()[f"{code}/freshness.html"].decode()
        assert len(re.findall(r'<tr role="row" data-kind', page)) == 200
        assert words in page
        assert len(re.findall(r'<li><span class="tier-shape', page)) <= 12 * 42
    page = folder.files()["en/freshness.html"].decode()
    assert "130 entries" in page, "a day on which much falls due counts it"
    assert "and 118 more" in page
    assert ">132 of 262 reviewed in time<" in page


@pytest.fixture
def rendered(folder):
    """The page on freshness in a language, with what only a history knows."""

    def render(code="en", history="", found=(), trend=(), name="freshness.html"):
        content = Content(folder.content, "content")
        checked = load(content)
        library = checked.library
        assert library is not None
        freshness = assess(checked, library, TODAY)
        change = Change("c0ffee" * 6, TODAY, "Ann <b>Lee</b> @all")
        freshness = dataclasses.replace(
            freshness,
            history=history,
            problems=tuple(found),
            items=tuple(dataclasses.replace(item, changed=change) for item in freshness.items),
        )
        pages = link(library, freshness, trend).pages
        templates = (packaged_templates(),)
        strings, _ = load_strings(library, templates)
        (page,) = (page for page in pages if page.url == f"{code}/{name}")
        html = Renderer(templates, strings).render(page).decode()
        html5lib.HTMLParser(strict=True).parse(html)
        return html

    return render


def test_a_trend_is_drawn_with_its_table_beside_it(rendered):
    end = datetime.date(2026, 11, 22)
    weeks = tuple(
        Week(end - (25 - number) * 7 * DAY, number if number != 4 else 0, 30 if number != 4 else 0)
        for number in range(26)
    )
    html = rendered(trend=weeks)
    assert html.count("chart-dot") == 2 * 25, "drawn for desks and for phones, with a gap"
    assert "Share reviewed in time, 0% in the week to 31 May 2026, 83% by 22 Nov 2026" in html
    table = html[html.index("Week to") :]
    assert re.search(r"22 Nov 2026</time></th><td[^>]*>83%</td><td[^>]*>25 of 30</td>", table)
    assert re.search(r"28 Jun 2026</time></th><td[^>]*>–</td><td[^>]*>0 of 0</td>", table)
    assert "11月22日" in rendered("zh", trend=weeks)


def test_without_a_trend_the_page_says_why(rendered):
    why = "this is a shallow clone; fetch the whole history"
    assert f'<span lang="en">{why}</span>' in rendered("zh", history=why)
    assert '<svg class="chart' not in rendered(history=why)
    assert "built without it" in rendered()


def test_findings_are_listed_as_text_and_capped(rendered):
    hostile = "commit 1 by Eve | `x` <!-- @all <script>alert(1)</script>\n::error::"
    many = [BULK_REVIEW.at(Location("content/pages/one.md"), hostile) for _ in range(45)]
    html = rendered("zh", found=many)
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 40
    assert "<script>alert" not in html
    assert "另有5条" in html
    assert "值得一问" in html
    assert "值得一问" not in rendered("zh")


def test_an_entry_names_its_last_change(rendered):
    html = rendered(name="pages/one.html")
    assert "Ann &lt;b&gt;Lee&lt;/b&gt; @all" in html


CADENCES = {
    "weekly": ("reviewed weekly", "每周复核"),
    "1 day": ("reviewed every day", "每天复核"),
    "10 days": ("reviewed every 10 days", "每10天复核"),
    "1 workday": ("reviewed every workday", "每个工作日复核"),
    "5 workdays": ("reviewed every 5 workdays", "每5个工作日复核"),
    "2 weeks": ("reviewed every 2 weeks", "每2周复核"),
    "6 months": ("reviewed every 6 months", "每6个月复核"),
    "1 year": ("reviewed every year", "每满一年复核"),
    "yearly": ("reviewed yearly", "每年复核"),
}


@pytest.mark.parametrize("cadence", CADENCES)
def test_a_cadence_is_said_in_words(folder, rendered, cadence):
    assert Cadence.parse(cadence).text == cadence
    text = MANY.format(name="P", day="2026-11-20")
    rule = f"cadence: {{every: {cadence}, reason: 'Law | <b>'}}\nreviewed:"
    folder.write("pages/own.md", text.replace("reviewed:", rule))
    for code, words, own in zip(
        ("en", "zh"), CADENCES[cadence], ("Why a cadence of its own", "另定周期的原因"), strict=True
    ):
        html = rendered(code, name="pages/own.html")
        assert f">{words}</span>" in html
        assert f"{own} Law | &lt;b&gt;" in re.sub(r"</?span[^>]*>", "", html)
