"""`playbook verify`: clean on what we publish, and not on anything that happens to it there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.releases.verifying import verify_tree
from tests.conftest import SETTINGS, Folder, small_playbook
from tests.publishing import PLAIN, Publisher, released_thrice
from tests.rules.published import page, write_site


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree with three releases, a preview, a file to load and an address."""
    folder = small_playbook(tmp_path_factory.mktemp("verified"))
    settings = folder.content / "playbook.yml"
    settings.write_text(settings.read_text("utf-8") + "address: https://p.example.com/x\n", "utf-8")
    folder.write("pages/sheet.csv", "a,b\n")
    folder.page("one", "One", "See [two](two.md#first) and [the sheet](sheet.csv).")
    publisher = released_thrice(folder)
    publisher.done("release", "--preview", "pr-1", "--to", "tree", *PLAIN)
    return publisher.tree


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases in one language."""
    folder = small_playbook(tmp_path_factory.mktemp("small"))
    for translation in folder.content.rglob("*.zh.*"):
        translation.unlink()
    settings = SETTINGS.replace("  - {code: zh, tag: zh-Hans}\n", "")
    folder.write("playbook.yml", f"{settings}address: https://p.example.com/x\n")
    publisher = Publisher(folder)
    publisher.release("2026.10", "--alias", "latest", "--title", "Autumn")
    publisher.release("2026.11", "--alias", "latest", "--alias", "stable")
    return publisher.tree


@pytest.fixture
def tree(small: Path, tmp_path: Path) -> Path:
    """The same, to be damaged."""
    return Path(shutil.copytree(small, tmp_path / "tree"))


def told(tree: Path) -> set[str]:
    """The codes of what is found, each with the file."""
    found = verify_tree(tree, "tree")
    return {f"{problem.rule.code} {problem.location.path}" for problem in found.problems}


def test_what_we_publish_is_clean(whole: Path) -> None:
    found = verify_tree(whole, "tree")
    assert found.problems == ()
    assert found.sites == 4
    assert found.pages > 100


def test_what_a_company_finds_wrong_is_printed_or_given_as_data(whole: Path) -> None:
    publisher = Publisher(Folder(whole.parent))
    assert publisher.done("verify", "tree").startswith("no problems in ")
    assert json.loads(publisher.done("verify", "tree", "--format", "json"))["problems"] == []
    assert publisher.done("verify", "tree", "--format", "github") == ""


def in_file(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Damage inside a file."""

    def damage(tree: Path) -> None:
        text = (tree / name).read_text("utf-8")
        assert old in text
        (tree / name).write_text(text.replace(old, new, 1), "utf-8")

    return damage


def without(name: str) -> Callable[[Path], None]:
    """A file or folder that is lost."""

    def damage(tree: Path) -> None:
        path = tree / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()

    return damage


def unlisted(tree: Path) -> None:
    """A version that somebody took out of the list by hand."""
    listed = json.loads((tree / "versions.json").read_text("utf-8"))
    text = json.dumps(listed[:-1])
    (tree / "versions.json").write_text(text, "utf-8")
    (tree / "versions.js").write_text(f"pbVersions({text});\n", "utf-8")


VISIT = "2026.10/en/pages/one.html"
DAMAGES = {
    "a page is lost": (without(VISIT), f"PB711 tree/{VISIT}"),
    "a shard of the search is lost": (
        without("2026.10/search/terms/0.js"), "PB711 tree/2026.10/search/terms/0.js",
    ),
    "a whole version is lost": (
        without("2026.10"), "PB711 tree/2026.10/.playbook-manifest.json",
    ),
    "a word is changed": (in_file(VISIT, "One", "Uno"), f"PB712 tree/{VISIT}"),
    "an anchor is lost": (
        in_file("2026.10/en/pages/two.html", 'id="first"', 'id="fist"'), f"PB715 tree/{VISIT}",
    ),
    "a page is cut off": (in_file(VISIT, "</main>", "<p><table>"), f"PB717 tree/{VISIT}"),
    "an alias is turned elsewhere": (
        in_file("latest/en/pages/one.html", "2026.11/en", "2026.12/en"),
        "PB714 tree/latest/en/pages/one.html",
    ),
    "an alias is lost": (
        without("stable/en/pages/one.html"), "PB711 tree/stable/en/pages/one.html",
    ),
    "a canonical address leads nowhere": (
        in_file(VISIT, "/x/latest/en", "/x/newest/en"), f"PB714 tree/{VISIT}",
    ),
    "the map of the site leads nowhere": (
        in_file("sitemap.xml", "/en/pages/one.html", "/en/pages/won.html"),
        "PB714 tree/sitemap.xml",
    ),
    "something is loaded from elsewhere": (
        in_file(VISIT, '<script defer src="../../static', '<script defer src="//cdn.example.com'),
        f"PB716 tree/{VISIT}",
    ),
    "the list cannot be read": (in_file("versions.json", "[", "{"), "PB718 tree/versions.json"),
    "the lists disagree": (in_file("versions.js", "Autumn", "Spring"), "PB719 tree/versions.js"),
    "a version is in no list": (unlisted, "PB719 tree/versions.json"),
    "a manifest is broken": (
        in_file("2026.10/.playbook-manifest.json", "{", ""),
        "PB718 tree/2026.10/.playbook-manifest.json",
    ),
    "the root leads to another version": (
        in_file("index.html", '"2026.11/', '"2026.10/'), "PB712 tree/index.html",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_found(name: str, tree: Path) -> None:
    damage, expected = DAMAGES[name]
    damage(tree)
    assert expected in told(tree)


def test_a_file_that_nobody_names_is_found(tree: Path) -> None:
    (tree / "2026.10" / "en" / "pages" / "notes.html").write_text("<p>", "utf-8")
    assert told(tree) == {"PB713 tree/2026.10/en/pages/notes.html"}


def test_a_shard_that_no_manifest_names_is_missed_all_the_same(tree: Path) -> None:
    shard = "search/documents/0.js"
    (tree / "2026.10" / shard).unlink()
    manifest = tree / "2026.10" / ".playbook-manifest.json"
    files = json.loads(manifest.read_text("utf-8"))
    del files["files"][shard]
    manifest.write_text(json.dumps(files), "utf-8")
    assert "PB711 tree/2026.10/search/en.js" in told(tree)


VALID = [
    '<p><a href="?q=1">a</a> <a href="#">b</a> <a href="mailto:a@b.c">c</a></p>',
    '<p><a href="https://example.com/?a=1&amp;b#x">a</a>',
    '<p><a href="visit.html?x#:~:text=y">b</a></p>',
    '<p><a href="./">a</a> <a href="visit%2Ehtml">b</a> <a href="#top">c</a></p>',
    '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><dl><div><dt>a</dt><dd>b</dd></div></dl>',
]
WRONG = {
    '<p><a href="javascript:alert(1)">a</a></p>': "PB716",
    '<p><a href="http://[bad">a</a></p>': "PB714",
    '<form action="https://example.com/"><button>a</button></form>': "PB716",
    '<p><img src="visit.html" alt="" srcset="visit.html 1x, gone.png 2x"></p>': "PB714",
    "<meta http-equiv=refresh content='0; url=gone.html'>": "PB714",
    '<p id="top-of-it">a</p>': "PB717",
    "<p>\0</p>": "PB717",
    "<b><i>a</b></i>": "PB717",
}


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"<!doctype html>\n<p a='\n", b"x\r\n\r\n</b\n>", b"\xff", b"<p>\0\n</p"]
)
def test_places_in_damaged_pages_count_from_one(raw: bytes, tmp_path: Path) -> None:
    write_site(tmp_path, {"visit.html": raw})
    found = [p for p in verify_tree(tmp_path, "site").problems if p.rule.code == "PB717"]
    assert found
    assert all(problem.location.line >= 1 for problem in found)
    assert all(problem.location.column >= 1 for problem in found)


def found_in(body: str, folder: Path) -> set[str]:
    write_site(folder, {"visit.html": page("Visit", body)})
    return {problem.rule.code for problem in verify_tree(folder, "site").problems}


@pytest.mark.parametrize("body", VALID)
def test_what_works_everywhere_is_no_problem(body: str, tmp_path: Path) -> None:
    assert found_in(body, tmp_path) == set()


@pytest.mark.parametrize("body", WRONG)
def test_what_does_not_is_one(body: str, tmp_path: Path) -> None:
    assert found_in(body, tmp_path) == {WRONG[body]}
