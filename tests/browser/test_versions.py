"""Versions as readers meet them: the picker, the note on an old version, aliases and the root."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.conftest import small_playbook
from tests.publishing import PLAIN, released_thrice

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases: `gone` is only in the first, `three` only in the last, which is the current
    one; and a preview."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    root = shared / "released"
    with FileLock(shared / "released.lock"):
        if not (root / "tree").exists():
            publisher = released_thrice(small_playbook(root))
            preview = ("--preview", "pr-7", "--title", "Better visits", "--to", "tree", *PLAIN)
            publisher.done("release", *preview)
            publisher.done("version", "retire", "2026.10", "--to", "tree")
    return root / "tree"


@pytest.fixture(params=["server", "folder"])
def home(request, tree, serve):
    """Where the tree is read: from a server below a path, or from a folder."""
    return serve(tree) if request.param == "server" else f"{tree.as_uri()}/"


def open_picker(page):
    """Opens the list of versions."""
    page.locator(".versions summary").click()
    return page.locator(".versions li a")


def test_the_picker_leads_to_the_same_page_of_another_version(reader, home, language):
    page = reader(home=home)
    page.goto(f"{home}2026.11/{language}/pages/two.html#first")
    offered = open_picker(page)
    texts = [text.split("\n")[0] for text in offered.all_inner_texts()]
    assert [text[:7] for text in texts[:2]] == ["2026.11", "2026.09"]
    assert offered.nth(0).get_attribute("aria-current") == "true"
    offered.nth(1).click()
    page.wait_for_url(f"{home}2026.09/{language}/pages/two.html#first")


@pytest.mark.parametrize(
    ("at", "led"), [("2026.11/{}/pages/three", "2026.09/{}/pages/index"),
                    ("2026.09/{}/pages/gone", "2026.11/{}/pages/index")],
)  # fmt: skip
def test_where_there_is_no_such_page_it_leads_to_the_section(reader, home, language, at, led):
    page = reader(home=home)
    page.goto(f"{home}{at.format(language)}.html")
    open_picker(page).filter(has_text=led[:7]).click()
    page.wait_for_url(f"{home}{led.format(language)}.html")


def test_an_old_version_says_so_and_leads_to_the_current_page(reader, home, language):
    page = reader(home=home)
    page.goto(f"{home}2026.09/{language}/pages/two.html")
    note = page.locator("#pb-release-note")
    note.locator("a").wait_for()
    words = {"en": "You are reading version 2026.09.", "zh": "这是2026.09版"}
    assert words[language] in note.inner_text()
    note.locator("a").click()
    page.wait_for_url(f"{home}2026.11/{language}/pages/two.html")
    page.locator(".versions summary").wait_for()
    assert note.inner_text() == ""


def test_a_retired_version_is_offered_to_nobody_and_warns_who_is_there(
    reader, tree, serve, language
):
    home = serve(tree)
    page = reader(home=home)
    page.goto(f"{home}2026.09/{language}/index.html")
    assert "Autumn" not in " ".join(open_picker(page).all_inner_texts())
    page.goto(f"{home}2026.10/{language}/pages/two.html")
    words = {"en": "is retired: do not work by it", "zh": "已停用，请勿再照此执行"}
    page.locator(".release-note", has_text=words[language]).wait_for()
    open_picker(page).last.click()
    page.wait_for_url(f"{home}index.html#pb-all-versions{'-zh' if language == 'zh' else ''}")
    assert "Autumn" in page.locator("#pb-all-versions").inner_text()


def test_an_alias_leads_to_the_place_in_the_page(reader, home):
    page = reader(home=home)
    page.goto(f"{home}latest/en/pages/two.html#first")
    page.wait_for_url(f"{home}2026.11/en/pages/two.html#first")
    page.goto(f"{home}latest/zh/pages/gone.html")
    page.wait_for_url(f"{home}2026.11/zh/pages/index.html")


@pytest.mark.parametrize(("locale", "code"), [("en-US", "en"), ("zh-CN", "zh")])
def test_the_root_leads_to_the_default_version_in_the_readers_language(reader, home, locale, code):
    page = reader(home=home, locale=locale)
    page.goto(f"{home}index.html")
    page.wait_for_url(f"{home}2026.11/{code}/index.html")


def test_the_list_of_versions_is_there_in_every_language(reader, home):
    page = reader(home=home, locale="zh-CN", viewport={"width": 360, "height": 300})
    page.goto(f"{home}index.html#pb-all-versions")
    chinese = page.locator("#pb-all-versions-zh")
    expect(chinese.locator("h2")).to_be_in_viewport()
    page.wait_for_url(f"{home}index.html#pb-all-versions-zh")
    assert "全部版本" in chinese.inner_text()
    chinese.locator("a", has_text="Autumn").click()
    page.wait_for_url(f"{home}2026.10/zh/index.html")
    page.goto(f"{home}index.html#pb-all-versions-en")
    page.locator("#pb-all-versions-en a", has_text="2026.09").click()
    page.wait_for_url(f"{home}2026.09/en/index.html")


def test_whoever_read_the_first_version_is_told_what_the_next_one_changed(reader, home, language):
    page = reader(home=home)
    page.goto(f"{home}2026.09/{language}/pages/two.html")
    page.goto(f"{home}2026.10/{language}/pages/index.html")
    words = {"en": "Changed", "zh": "有改动"}
    page.locator(".row-title .new-mark", has_text=words[language]).wait_for()
    page.goto(f"{home}2026.11/{language}/changes.html")
    some = {"en": "2 entries have changed since your last visit:", "zh": "上次访问以来有2条改动："}
    page.get_by_role("status").filter(has_text=some[language]).wait_for()
    new = {"en": "New", "zh": "新增"}
    marks = page.locator(".row-title .new-mark").filter(has_text=new[language])
    assert marks.count() == 1  # of the page "three", once


def test_a_preview_says_what_it_is(reader, tree, serve, language):
    home = serve(tree)
    page = reader(home=home)
    page.goto(f"{home}preview/pr-7/{language}/pages/two.html")
    words = {"en": "Preview: Better visits.", "zh": "预览：Better visits。"}
    assert words[language] in page.locator(".release-note").inner_text()
    assert page.locator(".versions").count() == 0
    page.locator(".release-note a").click()
    page.wait_for_url(f"{home}2026.11/*/index.html")


def test_without_script_everything_can_be_reached(reader, tree, serve):
    home = serve(tree)
    page = reader(home=home, java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(f"{home}index.html")
    assert page.url == f"{home}index.html"
    page.locator(".jumps a", has_text="全部版本").click()
    page.wait_for_url(f"{home}index.html#pb-all-versions-zh")
    page.locator("#pb-all-versions-zh a", has_text="2026.09").click()
    page.wait_for_url(f"{home}2026.09/zh/index.html")
    page.goto(f"{home}2026.09/en/pages/two.html")
    page.locator(".versions a").click()
    page.wait_for_url(f"{home}index.html#pb-all-versions")
    page.goto(f"{home}latest/en/pages/two.html")
    page.wait_for_url(f"{home}2026.11/en/pages/two.html")


def test_the_picker_is_worked_by_keys(reader, tree, serve):
    home = serve(tree)
    page = reader(home=home)
    page.goto(f"{home}2026.11/en/pages/two.html")
    summary = page.locator(".versions summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("2026.09")
    page.keyboard.press("Escape")
    assert page.locator(".versions details").get_attribute("open") is None
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}2026.09/en/pages/two.html")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_picker_and_note_are_accessible_and_fit(reader, tree, serve, language, scheme, width):
    home = serve(tree)
    page = reader(home=home, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in (f"2026.09/{language}/pages/two.html", "index.html#pb-all-versions"):
        page.goto(home + address)
        if "2026" in address:
            page.locator("#pb-release-note a").wait_for()
            open_picker(page)
            box = page.locator(".versions ul").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(page) == [], address


def test_a_tree_that_lost_its_list_leaves_a_link(reader, tree, tmp_path, serve):
    """A version that was taken out of its tree still reads well."""
    home = serve(tree / "2026.09")
    page = reader(home=home.rsplit("/", 2)[0], missing=True)
    page.goto(f"{home}en/pages/two.html")
    page.wait_for_load_state("networkidle")
    assert page.locator(".versions a").inner_text() == "2026.09"
