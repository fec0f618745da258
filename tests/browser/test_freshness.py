"""What readers see of reviews on whatever day they read; nobody builds the site in between."""

from __future__ import annotations

import datetime
import re

import pytest
from playwright.sync_api import expect

from generator.staleness import Days, State
from tests.browser.axe import COLOURS, faults

pytestmark = pytest.mark.browser

BUILT = datetime.date(2026, 11, 23)
NOON = "T04:00:00Z"
"""Of the playbook's time zone."""
DAY = datetime.timedelta(days=1)
DATED = [State.EXPIRED, State.NEVER, State.OVERDUE, State.CHANGED, State.DEPENDENCY, State.DUE,
         State.SOON, State.FRESH]  # fmt: skip
BADGE = "main header .badge[data-full]"


@pytest.fixture(scope="session")
def small(serve, states):
    """Where the small playbook with an entry in every state is served."""
    return serve(states)


@pytest.fixture
def on(reader, small):
    """Opens a page of the small playbook on a day."""

    def come(day, path, time=NOON, **options):
        page = reader(home=small, time=f"{day}{time}", **options)
        page.goto(path)
        return page

    return come


def later(page, day, time=NOON):
    """The page stays open, and its reader comes back to it on a later day."""
    page.clock.set_fixed_time(f"{day}{time}")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def reopen(page, day, time=NOON):
    """The page is opened anew on another day."""
    page.clock.set_fixed_time(f"{day}{time}")
    page.reload()


def days_of(mark):
    """The days that a badge or banner carries."""
    return Days(*map(datetime.date.fromisoformat, mark.get_attribute("data-days").split()))


def turns(days):
    """The days around which the state changes, each with the state that it brings."""
    return [
        (days.soon - DAY, "fresh"),
        (days.soon, "due-soon"),
        (days.due, "due-soon"),
        (days.due + DAY, "due"),
        (days.grace, "due"),
        (days.grace + DAY, "overdue"),
        (days.expiry, "overdue"),
        (days.expiry + DAY, "expired"),
        (days.expiry + 900 * DAY, "expired"),
    ]


def test_a_badge_and_its_banner_come_of_age_without_a_build(on, words, language):
    page = on(BUILT, f"{language}/pages/fresh.html")
    badge, banner = page.locator(BADGE), page.locator(".banner")
    say = words[language]
    for day, state in turns(days_of(badge)):
        later(page, day)
        expect(badge).to_have_attribute("data-state", state)
        expect(badge).to_have_text(say["state"][state])
        if state in ("overdue", "expired"):
            expect(banner).to_be_visible()
            expect(banner.locator(".banner-title:visible")).to_have_text(say["state"][state])
        else:
            expect(banner).to_be_hidden()


def test_a_page_opened_on_a_later_day_says_the_same(on, words):
    page = on(BUILT, "en/pages/fresh.html")
    badge = page.locator(BADGE)
    for day, state in turns(days_of(badge))[3::2]:
        reopen(page, day)
        expect(badge).to_have_text(words["en"]["state"][state])


@pytest.mark.parametrize("state", ["changed", "dependency-changed"])
def test_what_changed_stays_changed_until_something_worse_comes(on, words, state):
    name = {"changed": "changed", "dependency-changed": "dependent"}[state]
    page = on(BUILT, f"en/pages/{name}.html")
    badge, banner = page.locator(BADGE), page.locator(".banner")
    days = days_of(badge)
    for day, expected in [
        (BUILT, state),
        (days.due + DAY, state),
        (days.grace + DAY, "overdue"),
        (days.expiry + DAY, "expired"),
        (days.due + DAY, state),
    ]:
        later(page, day)
        expect(badge).to_have_text(words["en"]["state"][expected])
        expect(banner.locator(".banner-title:visible")).to_have_text(words["en"]["state"][expected])


MARKS = """() => [...document.querySelectorAll("main .badge")].map((badge) =>
    [badge.dataset.days || "", badge.dataset.floor || "", badge.dataset.state])"""


def test_the_script_judges_like_the_generator(on):
    page = on(BUILT, "en/pages/index.html")
    seen = set()
    for days_ahead in (*range(45), 75, 128, 129, 143, 144, 220, 221, 500):
        day = BUILT + days_ahead * DAY
        later(page, day)
        for dates, floor, shown in page.evaluate(MARKS):
            if not dates:
                assert shown in ("never-reviewed", "evergreen", "no-cadence", "retired", "behind")
                continue
            state = Days(*map(datetime.date.fromisoformat, dates.split())).state(day)
            if floor and State(floor).rank < state.rank:
                state = State(floor)
            assert shown == state, (day, dates, floor)
            seen.add(shown)
    assert seen == set(DATED) - {State.NEVER}


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_day_is_that_of_the_playbook_not_of_the_reader(on, words, zone):
    """The day begins in Shanghai at 16:00 of the day before in UTC."""
    page = on(BUILT, "en/pages/fresh.html", timezone_id=zone)
    badge = page.locator(BADGE)
    due = days_of(badge).due
    for time, state in (("T15:59:00Z", "due-soon"), ("T16:01:00Z", "due")):
        reopen(page, due, time)
        expect(badge).to_have_text(words["en"]["state"][state])


def test_lists_and_the_home_page_come_of_age_too(reader, words, language):
    """On the shipped playbook: nothing on it can still be true years later."""
    page = reader(time="2035-01-01T00:00:00Z")
    short = words[language]["state_short"]
    gone = {short[state] for state in ("fresh", "due-soon", "due", "overdue")}
    for path in ("index.html", "knowledge/index.html", "people/lin-wei.html"):
        page.goto(f"{language}/{path}")
        badges = page.locator("main .badge")
        assert badges.count() >= 5, path
        assert short["expired"] in badges.all_text_contents(), path
        assert not gone & set(badges.all_text_contents()), path
        if path == "index.html":
            expect(page.locator("[data-complete]")).to_contain_text("0")


def test_a_clock_before_the_build_makes_nothing_fresher(on, words):
    page = on("2020-01-01", "en/pages/index.html")
    for name, state in (("fresh", "fresh"), ("overdue", "overdue"), ("ahead", "never-reviewed")):
        page.goto(f"en/pages/{name}.html")
        expect(page.locator(BADGE)).to_have_text(words["en"]["state"][state])


def test_claims_come_of_age_by_themselves(on, words):
    page = on(BUILT, "en/metrics/depth.html")
    claim = page.locator("#claim-source .badge")
    expect(claim).to_have_text(words["en"]["state_short"]["fresh"])
    days = days_of(claim)
    assert days == days_of(page.locator(BADGE)), "an entry is never fresher than its worst claim"
    later(page, days.expiry + DAY)
    expect(claim).to_have_text(words["en"]["state_short"]["expired"])


AS_OF = {"en": "23 Nov 2026", "zh": "2026年11月23日"}


def test_without_script_a_badge_says_on_which_day_it_held(reader, small, words, language):
    page = reader(home=small, java_script_enabled=False)
    for name, state in (("fresh", "fresh"), ("overdue", "overdue"), ("never", "never-reviewed")):
        page.goto(f"{language}/pages/{name}.html")
        head = page.locator(".trust-state")
        expect(head).to_contain_text(words[language]["state"][state])
        expect(head.locator(".as-of")).to_be_visible()
        expect(head.locator(".as-of")).to_contain_text(AS_OF[language])
        assert page.locator(".banner").is_visible() == (state != "fresh")
    for path in ("pages/index", "index", "people/ann", "freshness"):
        page.goto(f"{language}/{path}.html")
        assert any(
            AS_OF[language] in text for text in page.locator(".as-of:visible").all_inner_texts()
        )


def test_with_script_the_day_of_the_build_is_gone_and_paper_has_the_day_of_printing(on, language):
    page = on("2026-12-04", f"{language}/pages/fresh.html")
    as_of = page.locator(".trust-state .as-of")
    expect(as_of).to_be_hidden()
    page.emulate_media(media="print")
    expect(as_of).to_be_visible()
    expect(as_of).to_contain_text({"en": "4 Dec 2026", "zh": "2026年12月4日"}[language])


def test_where_the_states_are_not_worked_out_the_day_of_the_build_comes_back(reader, small):
    page = reader(home=small)
    page.route(
        "**/states.*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page.goto("en/pages/fresh.html")
    expect(page.locator(".trust-state .as-of")).to_be_visible()
    expect(page.locator(".trust-state .as-of")).to_contain_text(AS_OF["en"])
    page.goto("en/freshness.html")
    assert page.locator("#pb-urgent tr:visible").count() == 13


def test_a_banner_says_who_answers_and_how_to_help(on, words, language):
    page = on(BUILT, f"{language}/pages/overdue.html")
    banner = page.locator(".banner")
    expect(banner.get_by_role("link", name="Bo")).to_have_attribute("href", "../people/bo.html")
    edit = banner.get_by_role("link", name=words[language]["banner"]["edit"])
    expect(edit).to_have_attribute(
        "href", "https://git.example.com/states/edit/main/content/pages/overdue.md"
    )
    command = "playbook review content/pages/overdue.md --by ID"
    expect(banner.locator("code")).to_have_text(command)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    banner.get_by_role("button", name=words[language]["banner"]["copy"]).click()
    expect(banner.get_by_role("button", name=words[language]["tool"]["copied"])).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == command
    page.goto(f"{language}/pages/never.html")
    expect(page.locator(".banner a[href^='mailto:ann@example.com']")).to_be_visible()
    for name in ("evergreen", "unchecked", "retired"):
        page.goto(f"{language}/pages/{name}.html")
        assert page.locator(".banner").count() == 0


def test_a_translation_that_lags_says_so_and_leads_to_its_source(on, small, words):
    page = on(BUILT, "zh/pages/fresh.html")
    expect(page.locator(".trust .badge[data-state=behind]")).to_have_text(
        words["zh"]["state_short"]["behind"]
    )
    page.locator(".notice[data-kind=behind] a").click()
    expect(page).to_have_url(f"{small}en/pages/fresh.html")
    assert page.locator("[data-state=behind], [data-kind=behind]").count() == 0
    for path in ("pages/index", "freshness"):
        page.goto(f"zh/{path}.html?state=")
        row = page.locator(".row, #pb-urgent tr").filter(has=page.locator("a[href$='fresh.html']"))
        row = row.filter(has_text="有效").last
        expect(row.locator("[data-state=behind]")).to_be_visible()


SHOWN = """(links) => links.filter((link) => link.checkVisibility())
    .map((link) => link.href.split("/").at(-1).replace(".html", ""))"""


def rows(page):
    """The entries that the list shows, by what their addresses end with."""
    return page.eval_on_selector_all("#pb-urgent th > a", SHOWN)


def test_the_list_opens_with_what_is_due_worst_first(on, language):
    page = on(BUILT, f"{language}/freshness.html")
    assert rows(page) == [
        "expired", "rolling", "ahead", "lacking", "left", "never", "overdue", "changed",
        "dependent", "due", "soon",
    ]  # fmt: skip
    later(page, "2026-12-02")
    assert rows(page) == [
        "expired", "rolling", "overdue", "due", "ahead", "lacking", "left", "never", "depth",
        "changed", "dependent", "soon",
    ]  # fmt: skip


NUMBERS = re.compile(r"\d+")


def test_the_figures_count_the_day_of_reading(on, language):
    page = on(BUILT, f"{language}/freshness.html?state=")
    for days_ahead in (0, 6, 7, 8, 128, 129):
        reopen(page, BUILT + days_ahead * DAY)
        states = page.eval_on_selector_all(
            "#pb-urgent tr", "(all) => all.map((row) => row.querySelector('.badge').dataset.state)"
        )
        complete = sum(state in ("fresh", "due-soon") for state in states)
        said = page.locator(".totals [data-complete]").inner_text()
        assert set(map(int, NUMBERS.findall(said))) == {complete, len(states)}, days_ahead
        rate = page.locator(".totals [data-rate]")
        expect(rate).to_have_text(f"{complete * 100 // len(states)}%")
        for group in ("#pb-owners ~ .table-frame tbody tr", ".totals + .table-frame tbody tr"):
            counts = page.locator(f"{group} [data-complete]").all_inner_texts()
            assert sum(int(NUMBERS.findall(text)[0]) for text in counts) == complete, days_ahead


def test_the_list_is_narrowed_and_the_address_keeps_it(reader, words, language):
    say = words[language]["freshness"]
    page = reader(time="2027-06-01T00:00:00Z")
    page.goto(f"{language}/freshness.html")
    everything = rows(page)
    status = page.locator("#pb-shown")
    assert status.get_attribute("aria-live") == "polite"
    page.get_by_label(say["tier"], exact=True).select_option("tactical")
    tactical = rows(page)
    page.get_by_label(say["owner"], exact=True).select_option("gao-fei")
    both = rows(page)
    assert set(both) < set(tactical) < set(everything)
    expect(status).to_contain_text(str(len(both)))
    assert "tier=tactical" in page.url
    assert "owner=gao-fei" in page.url
    page.reload()
    assert rows(page) == both
    page.get_by_label(say["kind"], exact=True).select_option("sop")
    expect(status).to_have_text(say["shown_none"])
    assert rows(page) == []


def test_the_list_is_narrowed_by_keyboard(page):
    page.goto("en/freshness.html")
    page.locator("#pb-by-state").focus()
    page.keyboard.press("Home")
    assert len(rows(page)) > 50
    assert page.url.endswith("?state=")
    page.reload()
    assert len(rows(page)) > 50


def test_an_owner_finds_what_is_theirs(on, words, language):
    page = on(BUILT, f"{language}/people/bo.html")
    expect(page.locator("main [data-complete]")).to_contain_text("6")
    page.get_by_role("link", name=words[language]["home"]["freshness_open"]).click()
    expect(page.locator("#pb-choices")).to_be_visible()
    assert set(rows(page)) == {"rolling", "lacking", "overdue", "changed", "due"}
    expect(page.locator("#pb-by-owner")).to_have_value("bo")


def test_a_query_is_text_and_never_markup(on):
    page = on(BUILT, "en/freshness.html?owner=<img src=x onerror=alert(1)>&state=constructor")
    expect(page.locator("#pb-by-owner")).to_have_value("")
    assert len(rows(page)) == 11
    assert page.locator("main img").count() == 0


def test_the_calendar_shows_today_holidays_and_what_falls_due(on, language):
    page = on("2026-11-25", f"{language}/freshness.html")
    calendar = page.locator(".calendar")
    assert calendar.locator("tbody tr").count() == 6
    expect(calendar.locator("[aria-current=date]")).to_have_attribute("data-day", "2026-11-25")
    later(page, "2026-11-26")
    expect(calendar.locator("[aria-current=date]")).to_have_attribute("data-day", "2026-11-26")
    expect(calendar.locator("[data-day='2026-11-30'] a")).to_have_attribute(
        "href", "pages/soon.html"
    )
    expect(calendar.locator("[data-day='2027-01-01']")).to_contain_text("New Year")
    expect(calendar.locator("[data-day='2027-01-01']")).to_have_class("off")
    expect(calendar.locator("[data-day='2026-12-26']")).to_contain_text("Make-up day")
    expect(calendar.locator("[data-day='2026-12-26']")).not_to_have_class("off")


def test_without_script_the_dashboard_is_whole(reader, small, language):
    page = reader(home=small, java_script_enabled=False)
    page.goto(f"{language}/freshness.html")
    assert len(rows(page)) == 13
    assert not page.locator("#pb-choices").is_visible()
    expect(page.locator(".totals")).to_contain_text("23%")
    expect(page.locator(".totals")).to_contain_text(AS_OF[language])


def test_the_dashboard_works_from_a_folder(reader, states, words, language):
    page = reader(home="file://", time=f"2026-12-02{NOON}")
    page.goto((states / language / "freshness.html").as_uri())
    page.locator("#pb-by-tier").select_option("weapon")
    assert rows(page) == ["due", "lacking"]
    page.locator("#pb-urgent tr:visible a").first.click()
    expect(page.locator(BADGE)).to_have_text(words[language]["state"]["expired"])


def test_every_page_leads_to_the_dashboard(page, words, language):
    for start in ("index", "sops/six-step", "tags/index"):
        page.goto(f"{language}/{start}.html")
        page.locator("#pb-sections").get_by_role(
            "link", name=words[language]["nav"]["freshness"]
        ).click()
        expect(page.locator("h1")).to_have_text(words[language]["freshness"]["title"])


def test_on_a_phone_the_calendar_lists_the_days_that_matter(phone):
    phone.goto("en/freshness.html")
    shown = phone.locator(".calendar td:visible")
    assert 0 < shown.count() < 42
    assert all("day" in text.lower() for text in shown.all_inner_texts())


def test_every_state_is_accessible_in_both_colour_schemes(on, language):
    """The pages in which all marks, banners and notices are seen."""
    names = ("freshness", "find", "pages/fresh", "pages/expired", "pages/changed", "pages/rolling")
    page = on("2026-12-02", f"{language}/index.html", reduced_motion="reduce")
    for name in names:
        page.emulate_media(color_scheme="light")
        page.goto(f"{language}/{name}.html")
        assert faults(page) == [], name
        page.emulate_media(color_scheme="dark")
        assert faults(page, **COLOURS) == [], name


def test_nothing_in_any_state_is_wider_than_a_small_phone(on, language):
    screen = {"width": 360, "height": 740}
    page = on("2026-12-02", f"{language}/index.html", viewport=screen, is_mobile=True)
    for name in ("freshness", "pages/expired", "pages/rolling", "pages/dependent", "people/bo"):
        page.goto(f"{language}/{name}.html")
        assert page.evaluate("document.scrollingElement.scrollWidth") == 360, name


def test_the_weeks_of_the_calendar_stay_in_rows_as_days_pass(on, language):
    page = on(BUILT + 5 * DAY, f"{language}/freshness.html")
    assert page.locator(".calendar .gone").count() == 5
    tops = page.locator(".calendar tbody tr").evaluate_all(
        "(rows) => rows.map((row) => new Set([...row.cells].map((cell) => cell.offsetTop)).size)"
    )
    assert set(tops) == {1}
