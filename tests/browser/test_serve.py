"""`playbook serve`, as authors see it: pages that follow their sources, faults over them."""

from __future__ import annotations

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.axe import COLOURS, faults
from tests.conftest import PEOPLE, SETTINGS
from tests.served import PATIENCE, Saved, Served, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("serve")]  # one server for most of them

CHECKLIST = """\
title: Before a visit
summary: What has to be ready.
owner: ann
reviewed: 2026-11-20
system: combat
purpose: |
  First sentence.

  <details><summary>More</summary>Folded away.</details>

  <details><summary>Other</summary>Folded, too.</details>
when:
  before: The day before.
checklist:
"""
ITEM = "  - {{id: item-{0}, title: Item {0}, detail: What there is to item {0}.}}\n"
ITEMS = "".join(ITEM.format(number) for number in range(1, 25))
CHINESE = """\
title: 拜访之前
summary: 要准备好的东西。
"""
MARK = "window.stays = true"


def written(root):
    made = Saved(root)
    made.write("playbook.yml", SETTINGS)
    made.write("people.yml", PEOPLE)
    made.write("toolkits/visit.yml", CHECKLIST + ITEMS)
    made.write("toolkits/visit.zh.yml", CHINESE)
    made.page("one", "One", "Text of one.")
    made.page("two", "Two", "Text of two.")
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A playbook and its server, for tests that leave it as they found it."""
    folder = written(tmp_path_factory.mktemp("serve"))
    with Served(folder.root, "--no-history", "--editor", "edit://open{path}:{line}") as served:
        folder.served = served
        assert until(served.builds)[0].startswith("Built"), served.said
        yield folder


@pytest.fixture
def author(reader, shared):
    """Somebody who looks at the pages of `shared`."""

    def come(**options):
        page = reader(home=shared.served.address, **options)
        page.set_default_timeout(PATIENCE * 1000)
        return page

    return come


@pytest.fixture(autouse=True)
def patience():
    """Builds take long where many tests share a machine."""
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=5000)


def overlay(page):
    return page.locator("dialog.pb-live")


def test_a_saved_change_appears_and_everything_else_stays(author, shared):
    page = author(viewport={"width": 800, "height": 600})
    page.goto("en/toolkits/visit.html")
    page.evaluate(MARK)
    page.locator("summary").first.click()
    page.get_by_label("Item 20", exact=True).check()
    page.get_by_label("Item 20", exact=True).focus()
    copy = page.get_by_role("button", name="Print").first
    expect(copy).to_be_visible()
    scrolled = page.evaluate("scrollY")
    assert scrolled > 300
    changed = CHECKLIST.replace("First sentence.", "Another sentence.") + ITEMS
    shared.write("toolkits/visit.yml", changed + ITEM.format(25))

    expect(page.get_by_text("Another sentence.")).to_be_attached()
    expect(page.get_by_text("Item 25", exact=True)).to_be_attached()
    assert page.evaluate("window.stays")
    assert page.evaluate("scrollY") == scrolled
    assert page.locator("details").evaluate_all("all => all.map((each) => each.open)") == [
        True,
        False,
    ]
    assert page.locator("main input:checked").count() == 1
    expect(page.get_by_label("Item 20", exact=True)).to_be_checked()
    expect(page.get_by_label("Item 20", exact=True)).to_be_focused()
    expect(copy).to_be_visible()  # the script had shown it
    assert page.title().startswith("Before a visit")

    # A page on which nothing changed is left alone, and what goes is taken out.
    page.evaluate("document.querySelector('h1').observed = 1")
    shared.write("toolkits/visit.yml", CHECKLIST + ITEMS)
    expect(page.get_by_text("Item 25", exact=True)).to_have_count(0)
    assert page.evaluate("document.querySelector('h1').observed") == 1


def test_a_picture_that_is_replaced_is_seen(author, shared):
    icon = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="8"/>'
    shared.write("images/map one.svg", icon.format(30))
    shared.page("one", "One", "![A map](<../images/map one.svg>)")
    page = author()
    page.goto("en/pages/one.html")
    picture = page.get_by_role("img", name="A map")
    expect(picture).to_have_js_property("naturalWidth", 30)
    page.evaluate(MARK)
    shared.write("images/map one.svg", icon.format(60))
    expect(picture).to_have_js_property("naturalWidth", 60)
    assert page.evaluate("window.stays")
    shared.page("one", "One", "Text of one.")
    (shared.content / "images/map one.svg").unlink()
    expect(picture).to_have_count(0)


def test_style_sheets_change_without_a_reload(author, shared):
    page = author()
    page.goto("en/pages/one.html")
    page.evaluate(MARK)
    style = shared.root / "templates" / "static" / "css" / "99-own.css"
    style.parent.mkdir(parents=True)
    style.write_text("h1 { letter-spacing: 7px; }")
    expect(page.locator("h1")).to_have_css("letter-spacing", "7px")
    expect(page.locator('link[rel="stylesheet"][href*="/static/"]')).to_have_count(1)
    assert page.evaluate("window.stays")
    style.unlink()
    expect(page.locator("h1")).not_to_have_css("letter-spacing", "7px")


def broken(shared):
    """Two faults in two files."""
    shared.write("pages/one.md", "---\ntitel: One\n---\n")
    shared.page("two", "Two", "See [three](three.md).")


def mended(shared):
    shared.page("one", "One", "Text of one.")
    shared.page("two", "Two", "Text of two.")


def test_every_fault_is_shown_over_the_last_good_page_until_it_is_mended(author, shared, words):
    page = author()
    page.goto("en/pages/two.html")
    page.evaluate(MARK)
    field = page.get_by_role("link", name="Tags", exact=True)
    field.focus()
    broken(shared)
    expect(overlay(page)).to_be_visible()
    expect(overlay(page)).to_have_accessible_name(re.compile(r"^Not built: \d errors"))
    last = overlay(page).locator("li", has_text="PB303")
    expect(last).to_be_attached()  # two files may be two builds
    lines = overlay(page).locator("li").all_inner_texts()
    assert any("content/pages/one.md:2:1" in line and "PB104" in line for line in lines)
    expect(last.locator("pre")).to_have_text(re.compile(r"10 \| See \[three\]\(three\.md\)\."))
    expect(last.locator("mark")).to_have_text("three")
    expect(last.get_by_role("link")).to_have_attribute(
        "href", re.compile(r"^edit://open/.*/content/pages/two\.md:10$")
    )
    assert words["en"]["live"]["hint"] in last.inner_text()
    expect(page.get_by_text("Text of two.")).to_be_attached()

    page.keyboard.press("Escape")
    expect(overlay(page)).to_be_hidden()
    expect(field).to_be_focused()
    page.goto("en/pages/one.html")  # what was put aside stays aside, as long as it is the same
    pill = page.locator(".pb-live-pill")
    expect(pill).to_be_visible()
    expect(overlay(page)).to_be_hidden()
    pill.press("Enter")
    expect(overlay(page)).to_be_visible()

    page.evaluate(MARK)
    mended(shared)
    expect(overlay(page)).to_be_hidden()
    assert page.evaluate("window.stays")


def test_the_overlay_speaks_the_language_of_the_page_and_is_accessible(
    author, shared, words, language
):
    page = author(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto(f"{language}/pages/two.html")
    broken(shared)
    expect(overlay(page)).to_be_visible()
    said = words[language]["live"]
    expect(overlay(page)).to_contain_text(said["behind"])
    expect(overlay(page).get_by_role("button", name=said["hide"])).to_be_focused()
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, **COLOURS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    mended(shared)
    expect(overlay(page)).to_be_hidden()
    expect(page.locator(".pb-live-pill")).to_be_visible()  # what may stay as it is
    page.locator(".pb-live-pill").click()
    expect(overlay(page)).to_contain_text(said["published"])
    assert faults(page) == []
    page.emulate_media(color_scheme="light")
    assert faults(page, **COLOURS) == []


def test_a_draft_comes_and_goes(author, shared, words):
    page = author(missing=True)
    page.goto("en/pages/idea.html")
    assert page.locator("body.missing").count() == 1
    shared.page("idea", "Idea")
    expect(page.get_by_role("heading", level=1)).to_have_text("Idea")
    page.evaluate(MARK)
    text = (shared.content / "pages" / "idea.md").read_text(encoding="utf-8")
    shared.write("pages/idea.md", text.replace("owner:", "status: draft\nowner:"))
    expect(page.locator("main .status")).to_have_text(words["en"]["status"]["draft"])
    expect(page.locator("#pb-sections .status")).to_have_text(words["en"]["status"]["draft"])
    assert page.evaluate("window.stays")
    edit = page.get_by_role("link", name=words["en"]["nav"]["edit"])
    expect(edit).to_have_attribute("href", re.compile(r"^edit://open/.*/pages/idea\.md:9$"))
    (shared.content / "pages" / "idea.md").unlink()
    expect(page.get_by_text(words["en"]["live"]["gone"])).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Idea")


def test_a_first_build_that_fails_and_a_server_that_goes_are_waited_for(browser, tmp_path, words):
    folder = written(tmp_path)
    folder.write("playbook.yml", SETTINGS.replace("title:", "titel:"))
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    said = words["zh"]["live"]
    with Served(folder.root, "--no-history") as served:
        address, port = served.address, served.port
        page.goto(f"{address}en/pages/one.html")
        expect(overlay(page)).to_contain_text("PB104")
        expect(overlay(page)).to_contain_text(said["first"])
        folder.write("playbook.yml", SETTINGS)
        expect(page.get_by_text("Text of one.")).to_be_visible()
        expect(overlay(page)).to_be_hidden()
        page.evaluate(MARK)
        assert served.interrupt() == -signal.SIGINT
    expect(page.get_by_text(words["en"]["live"]["lost"])).to_be_visible()
    folder.page("one", "One", "Written meanwhile.")
    with Served(folder.root, "--no-history", "--port", str(port)) as served:
        assert until(lambda: served.address) == address
        expect(page.get_by_text("Written meanwhile.")).to_be_visible()
        expect(page.get_by_text(words["en"]["live"]["lost"])).to_be_hidden()
        assert page.evaluate("window.stays")
    context.close()
    assert errors == []
