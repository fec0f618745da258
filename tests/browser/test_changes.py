"""What changed since a reader's last visit: marked until it was seen, remembered in the browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import COLOURS, faults
from tests.browser.conftest import ROOT, TODAY
from tests.conftest import run_playbook

pytestmark = pytest.mark.browser

EDITS = [
    ("policies/use.yml", "answer: 48 hours", "answer: 24 hours"),
    ("roles/seller.yml", "threshold: 6,", "threshold: 6.5,"),
    ("roles/seller.zh.yml", "主导客户。", "主导大客户。"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Two versions of the small playbook, the second with edits."""
    root = tmp_path_factory.mktemp("versions")
    content = root / "content"
    shutil.copytree(ROOT / "tests" / "sites" / "every-kind" / "content", content)
    _build(root, "one")
    for name, old, new in EDITS:
        path = content / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    _build(root, "two", "--since", "tree/one")
    return root / "tree"


def _build(root: Path, version: str, *more: str) -> None:
    to = ("--output", f"tree/{version}", "--today", TODAY, "--no-history")
    done = run_playbook("build", *to, *more, cwd=root)
    assert done.returncode == 0, done.stdout


@pytest.fixture
def rep(reader, serve, tree):
    """Somebody who knows the first version: their browser has seen the news up to it."""

    def come(home: str, language: str, **options):
        page = reader(home=home, **options)
        page.goto(f"{language}/index.html")
        page.wait_for_function("window.pbChanges")
        page.evaluate(
            """() => {
                const place = `pb-seen:${window.pbChanges.key}`;
                localStorage.setItem(place, JSON.stringify({ seen: {} }));
                sessionStorage.clear();
            }"""
        )
        return page

    return come


@pytest.fixture(scope="module")
def place(serve, tree):
    """Where the second version is served."""
    return serve(tree / "two")


WORDS = {
    "en": ("Changed", "2 entries have changed since your last visit:", "Mark everything as seen",
           "Everything is marked as seen.", "Nothing has changed since your last visit.",
           "Row “S”: Answer in 48 hours → 24 hours"),
    "zh": ("有改动", "上次访问以来有2条改动：", "全部标为已读", "已全部标为已读。",
           "上次访问以来没有改动。", "行“S”：Answer in 48小时 → 24小时"),
}  # fmt: skip


def test_what_changed_is_marked_until_it_is_seen(rep, place, language):
    changed, some, _, _, _, line = WORDS[language]
    page = rep(place, language)
    page.goto(f"{language}/policies/index.html")
    mark = page.locator(".row-title .new-mark")
    expect(mark).to_have_text(changed)
    page.goto(f"{language}/changes.html")
    expect(page.get_by_role("status")).to_have_text(some)
    page.goto(f"{language}/policies/use.html")
    told = page.locator("[role=status] .notice.since")
    expect(told).to_contain_text(line)
    page.reload()
    expect(told).to_contain_text(line)
    page.goto(f"{language}/policies/index.html")
    page.wait_for_function("window.pbChanges")
    expect(page.locator(".side .new-mark")).to_contain_text("1")
    expect(mark).to_have_count(0)


def test_everything_is_marked_as_seen_with_the_keyboard(rep, place, language):
    _, some, button, done, none, _ = WORDS[language]
    page = rep(place, language)
    page.goto(f"{language}/changes.html")
    expect(page.get_by_role("status")).to_have_text(some)
    page.get_by_role("button", name=button).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(done)).to_be_focused()
    expect(page.locator(".unseen")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("status")).to_have_text(none)


def test_a_newcomer_finds_nothing_marked(reader, place, tree):
    page = reader(home=place)
    page.goto("en/changes.html")
    expect(page.get_by_role("status")).to_contain_text("From now on")
    expect(page.locator(".unseen")).to_have_count(0)
    page.goto("en/policies/use.html")
    page.wait_for_function("window.pbChanges")
    expect(page.locator(".notice.since")).to_have_count(0)


def test_it_works_from_a_folder(rep, tree):
    home = (tree / "two").as_uri() + "/"
    page = rep(home, "en")
    page.goto(f"{home}en/roles/index.html")
    expect(page.locator(".row-title .new-mark")).to_have_text("Changed")
    page.goto(f"{home}en/roles/seller.html")
    expect(page.locator(".notice.since")).to_contain_text("Alarm: threshold 6 → 6.5")


def test_without_script_the_page_tells_what_is_new(reader, place):
    page = reader(home=place, java_script_enabled=False)
    page.goto("en/changes.html")
    expect(page.get_by_role("main")).to_contain_text("Row “S”: Answer in 48 hours → 24 hours")
    expect(page.locator("#pb-since")).to_be_hidden()


def test_axe_finds_nothing_on_what_is_new(rep, place, language):
    page = rep(place, language, reduced_motion="reduce")
    for path, there in (("changes", "#pb-since"), ("roles/seller", ".notice.since"),
                        ("policies/index", ".row-title .new-mark")):  # fmt: skip
        page.emulate_media(color_scheme="light")
        page.goto(f"{language}/{path}.html")
        expect(page.locator(there)).to_be_visible()
        assert faults(page) == [], path
        page.emulate_media(color_scheme="dark")
        assert faults(page, **COLOURS) == [], path
