"""The playbook as a guest of a site with the theme Material, in a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EVERY_KIND = Path(__file__).parents[1] / "sites" / "every-kind" / "content"
SETTINGS = """\
site_name: Host
theme: {name: material, font: false, features: [content.action.edit, navigation.indexes]}
plugins:
  - search
  - tags
  - playbook: {today: 2026-11-23, history: false, languages: [en]}
"""


@pytest.fixture(scope="module")
def guest(tmp_path_factory: pytest.TempPathFactory, serve) -> str:
    """Where a host with the playbook in it is served."""
    root = tmp_path_factory.mktemp("material")
    shutil.copytree(EVERY_KIND, root / "content")
    (root / "docs").mkdir()
    (root / "docs" / "index.md").write_text("# Host\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return str(serve(root / "site"))


def test_an_entry_looks_like_a_page_of_the_host(reader, guest):
    page = reader(home=guest)
    page.goto("playbook/sops/visit/")
    expect(page).to_have_title("Visit - Host")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_have_text("Visit")
    expect(main.locator(".admonition-title").first).to_contain_text("as of 23 Nov 2026")
    expect(main.get_by_role("table").first.get_by_role("row")).to_have_count(4)
    box = main.get_by_role("checkbox").first
    box.check()
    expect(box).to_be_checked()
    expect(main.get_by_title("Edit this page")).to_have_attribute(
        "href", "https://git.example.com/every/edit/main/content/sops/visit.md"
    )
    expect(page.locator("meta[name=description]")).to_have_attribute(
        "content", "From the first call to the second visit."
    )


def test_readers_go_from_the_navigation_to_a_step(reader, guest):
    page = reader(home=guest)
    page.goto("")
    page.get_by_role("link", name="Every kind").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every kind")
    page.get_by_role("article").get_by_role("link", name="SOPs").click()
    page.get_by_role("article").get_by_role("link", name="Visit", exact=True).click()
    page.get_by_role("article").get_by_role("link", name="2 Meet & listen").first.click()
    assert page.url.endswith("/playbook/sops/visit/#step-meet")
    expect(page.locator("#step-meet")).to_be_in_viewport()


def test_the_page_reads_the_same_without_script(reader, guest):
    page = reader(home=guest, java_script_enabled=False)
    page.goto("playbook/assessments/health/")
    expect(page.get_by_role("main").get_by_role("table").first).to_be_visible()
    expect(page.locator(".admonition.danger")).to_be_visible()
