"""Releases: into a folder and onto a branch, whole or not at all, whoever else is at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from generator.history import GitFailed
from generator.history.branch import Branch, Diverged
from generator.versions import Change
from tests.conftest import GIT, TODAY, Folder, small_playbook
from tests.publishing import (
    PLAIN,
    Publisher,
    files_of,
    is_whole,
    released_thrice,
    versions_in,
)
from tests.test_trust import Killer


@pytest.fixture
def publisher(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)
    return Publisher(folder)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook with three releases."""
    return released_thrice(small_playbook(tmp_path_factory.mktemp("released"))).root


@pytest.fixture
def three(publisher: Publisher, released: Path) -> Publisher:
    """The same, for a test that changes it."""
    shutil.copytree(released, publisher.root, dirs_exist_ok=True)
    return publisher


def test_a_release_is_a_site_of_its_own_and_never_changes(three: Publisher) -> None:
    files = files_of(three.tree)
    assert [v["version"] for v in versions_in(three.tree)] == ["2026.11", "2026.10", "2026.09"]
    assert b"Two, edited" in files["2026.10/en/pages/two.html"]
    assert b"Two, edited" not in files["2026.09/en/pages/two.html"]
    assert "2026.10/en/pages/three.html" not in files
    assert "2026.11/zh/pages/three.html" in files
    before = {name: raw for name, raw in files.items() if name.startswith("2026.0")}
    three.done("version", "set-default", "2026.09", "--to", "tree")
    assert before.items() <= files_of(three.tree).items()


def test_a_release_tells_what_is_new_since_the_one_that_readers_came_to(three: Publisher) -> None:
    files = files_of(three.tree)
    assert "2026.09/en/changes.html" not in files
    assert b"Two, edited" in files["2026.10/en/changes.html"]
    assert b"Since 2026.09" in files["2026.10/en/changes.html"]
    newest, _, before = files["2026.11/en/changes.html"].partition(b"From 2026.09 to Autumn")
    assert b"Since Autumn" in newest  # by the title, as in the picker
    assert b"three" in newest
    assert b"Two, edited" not in newest
    assert b"Two, edited" in before


def test_what_takes_the_place_of_a_version_tells_what_is_new_since_the_one_below(
    three: Publisher,
) -> None:
    three.folder.page("two", "Two, mended")
    three.release("2026.11", "--replace")
    newest, _, before = files_of(three.tree)["2026.11/en/changes.html"].partition(b"From 2026.09")
    assert b"Since Autumn" in newest
    assert b"Two, mended" in newest
    assert b"Two, edited" in before
    three.release("2026.09", "--replace")
    assert "2026.09/en/changes.html" not in files_of(three.tree)


def test_the_list_is_in_the_form_that_mike_reads(three: Publisher) -> None:
    assert versions_in(three.tree) == [
        {"version": "2026.11", "title": "2026.11", "aliases": ["latest", "stable"],
         "properties": {"date": TODAY, "default": "latest"}},
        {"version": "2026.10", "title": "Autumn", "aliases": [], "properties": {"date": TODAY}},
        {"version": "2026.09", "title": "2026.09", "aliases": [], "properties": {"date": TODAY}},
    ]  # fmt: skip
    script = (three.tree / "versions.js").read_text("utf-8")
    assert json.loads(script.removeprefix("pbVersions(").removesuffix(");\n")) == versions_in(
        three.tree
    )


def test_every_page_below_an_alias_leads_to_the_version(three: Publisher) -> None:
    files = files_of(three.tree)
    pages = {name for name in files if name.startswith("2026.11/") and name.endswith(".html")}
    for page in pages - {"2026.11/404.html"}:
        led = files[page.replace("2026.11/", "latest/", 1)].decode()
        up = "../" * page.count("/")
        assert f'content="0; url={up}{page}"' in led
        assert f'<a id="pb-onward" href="{up}{page}">' in led
    assert b'href="../../../2026.11/en/pages/index.html"' in files["latest/en/pages/gone.html"]
    assert files["stable/freshness.json"] == files["2026.11/freshness.json"]


def test_the_root_leads_to_the_default_version_in_every_language(three: Publisher) -> None:
    root = (three.tree / "index.html").read_text("utf-8")
    assert 'href="2026.11/en/index.html" lang="en"' in root
    assert 'href="2026.11/zh/index.html" lang="zh-Hans"' in root
    english, chinese = re.findall("<section .*?</section>", root, re.DOTALL)
    assert english.startswith('<section id="pb-all-versions-en" lang="en"><h2>All versions</h2>')
    assert chinese.startswith('<section id="pb-all-versions-zh" lang="zh-Hans"><h2>全部版本</h2>')
    for name in ("2026.09", "2026.10"):
        assert f'href="{name}/en/index.html"' in english
        assert f'href="{name}/zh/index.html"' in chinese
    assert "<strong>current</strong>" in english
    assert "2026年11月23日" in chinese
    assert "<strong>现行</strong>" in chinese


def test_a_tree_without_a_version_says_so_in_every_language(publisher: Publisher) -> None:
    publisher.release("1.0")
    publisher.done("version", "delete", "1.0", "--yes", "--to", "tree")
    root = (publisher.tree / "index.html").read_text("utf-8")
    assert '<p class="lead" lang="en">Nothing is released yet.</p>' in root
    assert '<p class="lead" lang="zh">尚未发布任何版本。</p>' in root
    assert "<section" not in root


def test_a_released_version_is_not_built_again_by_accident(three: Publisher) -> None:
    before = files_of(three.tree)
    three.folder.page("two", "Third try")
    refused = three.run("release", "2026.10", "--to", "tree", "--today", TODAY, *PLAIN)
    assert refused.exit_code == 1
    assert "PB701 version 2026.10 is released already" in refused.stdout
    assert files_of(three.tree) == before
    three.release("2026.10", "--replace")
    assert b"Third try" in files_of(three.tree)["2026.10/en/pages/two.html"]
    assert versions_in(three.tree)[1]["title"] == "Autumn"
    assert is_whole(three.tree)


def test_an_error_in_the_content_leaves_the_tree_as_it_was(three: Publisher) -> None:
    before = files_of(three.tree)
    three.folder.page("two", "Broken", "[nowhere](none.md)")
    refused = three.run("release", "2026.12", "--to", "tree", "--today", TODAY, *PLAIN)
    assert refused.exit_code == 1
    assert "PB303" in refused.stdout
    assert "Not released: 1 error, 1 warning, 4 notes. tree is as it was." in refused.stdout
    assert files_of(three.tree) == before
    assert not [path for path in three.root.iterdir() if path.name.startswith(".tree.b")]


def test_versions_are_listed_retired_and_deleted(three: Publisher) -> None:
    three.done("version", "retire", "2026.10", "--to", "tree")
    assert three.done("versions", "--to", "tree") == (
        f"2026.11  {TODAY} [latest] [stable] default\n"
        f"2026.10  {TODAY} “Autumn” retired\n"
        f"2026.09  {TODAY}\n"
    )
    assert json.loads(three.done("versions", "--to", "tree", "--format", "json")) == versions_in(
        three.tree
    )
    assert "2026.10/en/pages/two.html" in files_of(three.tree)
    kept = three.run("version", "delete", "2026.10", "--to", "tree", given="n\n")
    assert kept.exit_code == 1
    assert "2026.10/en/pages/two.html" in files_of(three.tree)
    refused = three.run("version", "delete", "2026.11", "--to", "tree", "--yes")
    assert "PB701 latest, stable would lead nowhere" in refused.stdout
    three.done("version", "delete", "2026.11", "--to", "tree", "--yes", "--aliases-to", "2026.09")
    three.done("version", "delete", "2026.10", "--to", "tree", "--yes")
    assert not [name for name in files_of(three.tree) if name.startswith(("2026.1", "latest/2"))]
    three.done("version", "alias", "2026.09", "stable", "--remove", "--to", "tree")
    assert three.done("versions", "--to", "tree") == f"2026.09  {TODAY} [latest] default\n"
    assert not (three.tree / "stable").exists()
    assert is_whole(three.tree)


def test_previews_stand_beside_the_releases_in_no_list(publisher: Publisher) -> None:
    publisher.release("1.0", "--alias", "latest")
    for title in ("First draft", "Second draft"):
        publisher.done("release", "--preview", "pr-7", "--title", title, "--to", "tree", *PLAIN)
    page = (publisher.tree / "preview/pr-7/en/pages/one.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "Preview: Second draft." in page
    assert "picker" not in page
    assert [v["version"] for v in versions_in(publisher.tree)] == ["1.0"]
    assert "preview/pr-7" in publisher.done("versions", "--to", "tree")
    assert is_whole(publisher.tree)
    publisher.done("version", "delete", "pr-7", "--preview", "--yes", "--to", "tree")
    assert not (publisher.tree / "preview").exists()


def test_a_preview_may_come_before_the_first_release(publisher: Publisher) -> None:
    publisher.done("release", "--preview", "draft", "--to", "tree", *PLAIN)
    assert "Nothing is released yet." in (publisher.tree / "index.html").read_text("utf-8")
    assert is_whole(publisher.tree)


def test_search_engines_are_told_the_address_that_stays(publisher: Publisher) -> None:
    settings = publisher.folder.content / "playbook.yml"
    settings.write_text(settings.read_text("utf-8") + "address: https://p.example.com/x\n", "utf-8")
    publisher.release("1.0", "--alias", "latest")
    publisher.release("2.0", "--alias", "latest")
    files = {
        name: raw.decode() for name, raw in files_of(publisher.tree).items() if "search" not in name
    }
    canonical = '<link rel="canonical" href="https://p.example.com/x/{}/en/pages/one.html"'
    for version in ("1.0", "2.0"):
        assert canonical.format("latest") in files[f"{version}/en/pages/one.html"]
        assert f"{version}/sitemap.xml" not in files
    assert canonical.format("2.0") in files["latest/en/pages/one.html"]
    assert "https://p.example.com/x/2.0/zh/pages/one.html" in files["sitemap.xml"]
    assert "https://p.example.com/x/1.0/" not in files["sitemap.xml"]
    missing = files["404.html"]
    assert 'href="/x/2.0/en/index.html"' in missing
    assert 'href="/x/2.0/zh/index.html"' in missing
    assert '<span lang="zh-Hans">找不到这个页面</span>' in missing
    assert '<p class="lead" lang="en">There is no page at this address.' in missing


def test_a_site_that_stands_alone_has_no_picker(publisher: Publisher) -> None:
    assert publisher.build().exit_code == 0
    files = publisher.folder.files()
    assert "release.js" not in files
    assert not [name for name, raw in files.items() if name.endswith(".html") and b"picker" in raw]


@pytest.mark.parametrize(
    "arguments",
    [
        ["release", "1.0"], ["release", "--to", "tree"],
        ["release", "1.0", "--to", "tree", "--branch", "b"],
        ["release", "1.0", "--preview", "x", "--to", "tree"],
        ["release", "1.0", "--to", "tree", "--push"],
        ["release", "1.0", "--branch", "b", "--remote", "origin"],
        ["release", "1.0", "--branch", "b", "--push", "--remote", "--upload-pack=x"],
        ["release", "1.0", "--to", "tree", "--cname", "a b"],
        ["release", "1.0", "--to", "tree", "--notes", "none.md"],
        ["verify", "content"], ["publish", "content", "--to", "out"],
        ["publish", "none", "--to", "x"],
    ],
)  # fmt: skip
def test_a_wrong_call_ends_with_2(publisher: Publisher, arguments: list[str]) -> None:
    assert publisher.run(*arguments).exit_code == 2
    assert not publisher.tree.exists()


def test_a_built_site_is_no_tree_and_a_tree_no_output(publisher: Publisher) -> None:
    assert publisher.build().exit_code == 0
    refused = publisher.run("release", "1.0", "--to", "site", *PLAIN)
    assert "PB702" in refused.stdout
    publisher.release("1.0")
    assert "PB601" in publisher.build("--output", "tree").stdout


def test_files_of_somebody_stay_and_are_never_overwritten(publisher: Publisher) -> None:
    publisher.release("1.0")
    (publisher.tree / "robots.txt").write_text("mine", "utf-8")
    (publisher.tree / "2.0").mkdir()
    (publisher.tree / "2.0" / "mine.txt").write_text("mine", "utf-8")
    before = files_of(publisher.tree)
    refused = publisher.run("release", "2.0", "--to", "tree", "--today", TODAY, *PLAIN)
    assert "PB701 2.0/mine.txt is in the way, and we did not write it" in refused.stdout
    assert files_of(publisher.tree) == before
    publisher.release("3.0")
    assert files_of(publisher.tree)["robots.txt"] == b"mine"


def test_a_second_command_at_the_same_time_is_refused(publisher: Publisher) -> None:
    with FileLock(publisher.root / ".tree.lock"):
        refused = publisher.run("release", "1.0", "--to", "tree", *PLAIN)
    assert "PB602 another command is writing here" in refused.stdout
    publisher.release("1.0")


def test_the_notes_of_a_version_stand_in_the_list_and_are_safe(publisher: Publisher) -> None:
    notes = publisher.root / "notes.md"
    notes.write_text("A **better** visit.\n\n<script>alert(1)</script>", "utf-8")
    publisher.release("1.0", "--notes", "notes.md")
    root = (publisher.tree / "index.html").read_text("utf-8")
    assert "<strong>better</strong>" in root
    assert "<script>alert" not in root


def test_a_release_killed_anywhere_leaves_the_former_tree_or_the_new_one(
    publisher: Publisher,
) -> None:
    publisher.release("1.0", "--alias", "latest")
    arguments = ["release", "2.0", "--to", "tree", "--alias", "latest", "--today", TODAY, *PLAIN]
    undo = ["version", "delete", "2.0", "--yes", "--aliases-to", "1.0", "--to", "tree"]
    before = files_of(publisher.tree)
    with Killer(publisher.root, *arguments) as release:
        _, swap = release.changes()
        after = files_of(publisher.tree)
        publisher.done(*undo)
        assert files_of(publisher.tree) == before
        for limit in (swap, swap + 2):
            assert release.killed_at(limit) == -9
            now = files_of(publisher.tree)
            assert now in (before, after)
            if now == after:
                publisher.done(*undo)
    publisher.release("2.0", "--alias", "latest")
    assert files_of(publisher.tree) == after
    assert not [p for p in publisher.root.iterdir() if p.name.endswith((".new", ".old", ".build"))]


def test_a_branch_gets_one_commit_a_release_and_the_work_tree_none(publisher: Publisher) -> None:
    publisher.commit()
    (publisher.folder.content / "pages" / "one.md").write_bytes(
        (publisher.folder.content / "pages" / "one.md").read_bytes() + b"\nUncommitted.\n"
    )
    publisher.git("add", "content/pages/one.md")
    status = publisher.git("status", "--porcelain", "-uall")
    head = publisher.git("rev-parse", "HEAD")
    publisher.release(
        "1.0", "--branch", "gh-pages", "--alias", "latest", "--cname", "p.example.com"
    )
    publisher.release("2.0", "--branch", "gh-pages", "--alias", "latest")
    assert publisher.git("log", "--format=%s", "gh-pages").split("\n") == [
        "Release 2.0",
        "Release 1.0",
    ]
    assert publisher.git("rev-parse", "HEAD") == head
    assert publisher.git("status", "--porcelain", "-uall") == status
    assert publisher.git("show", "gh-pages:CNAME") == "p.example.com"
    top = publisher.git("ls-tree", "--name-only", "gh-pages").split("\n")
    assert {".nojekyll", "1.0", "2.0", "latest", "index.html", "versions.json"} <= set(top)
    publisher.release("1.0", "--to", "tree", "--alias", "latest", "--cname", "p.example.com")
    publisher.release("2.0", "--to", "tree", "--alias", "latest")
    publisher.done("publish", "gh-pages", "--from-branch", "--to", "out")
    assert files_of(publisher.root / "out") == files_of(publisher.tree)
    assert "2.0" in publisher.done("versions", "--branch", "gh-pages")


def test_a_branch_that_somebody_works_on_is_left_alone(publisher: Publisher) -> None:
    publisher.commit()
    refused = publisher.run("release", "1.0", "--branch", "main", *PLAIN)
    assert "PB703 main is checked out" in refused.stdout
    publisher.git("branch", "work")
    refused = publisher.run("release", "1.0", "--branch", "work", *PLAIN)
    assert "PB702 this is none of ours: it holds content" in refused.stdout
    assert publisher.git("rev-parse", "work") == publisher.git("rev-parse", "main")
    assert "PB703" in publisher.run("release", "1.0", "--branch", "a..b", *PLAIN).stdout


@pytest.fixture
def clones(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> list[Publisher]:
    """Two publishers with a remote in common."""
    publisher.commit()
    root = tmp_path_factory.mktemp("remote")
    publisher.git("clone", "-q", "--bare", str(publisher.root), str(root / "origin.git"))
    made = []
    for name in ("a", "b"):
        publisher.git("clone", "-q", str(root / "origin.git"), str(root / name))
        made.append(Publisher(Folder(root / name)))
    return made


def test_two_publishers_at_the_same_time_lose_nothing(clones: list[Publisher]) -> None:
    def released(one: Publisher, version: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "generator", "release", version,
             "--branch", "gh-pages", "--push", "--alias", "latest", "--today", TODAY, *PLAIN],
            cwd=one.root, env={**os.environ, **GIT}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    with ThreadPoolExecutor() as pool:
        ended = list(pool.map(released, clones, ["1.0", "2.0"]))
    assert [each.returncode for each in ended] == [0, 0], [each.stdout for each in ended]
    one = clones[0]
    one.git("fetch", "-q", "origin")
    assert len(one.git("log", "--format=%s", "origin/gh-pages").split("\n")) == 2
    one.git("branch", "-f", "gh-pages", "origin/gh-pages")
    one.done("publish", "gh-pages", "--from-branch", "--to", "out")
    assert [v["version"] for v in versions_in(one.root / "out")] == ["2.0", "1.0"]
    assert is_whole(one.root / "out")


def file_named(name: str, content: bytes = b"") -> Change:
    return Change(f"Add {name}", files={name: content})


def test_who_is_overtaken_commits_anew_on_top(clones: list[Publisher]) -> None:
    mine, other = (Branch(each.root, "pages", "origin") for each in clones)
    mine.commit(lambda _: file_named("first"))
    asked: list[list[str]] = []

    def overtaken(stand: object) -> Change:
        if not asked:
            other.commit(lambda _: file_named("theirs"))
        asked.append(sorted(stand.names()))  # type: ignore[attr-defined]
        return file_named("mine")

    mine.commit(overtaken)
    assert asked == [["first"], ["first", "theirs"]]
    log = clones[0].git("log", "--format=%s", "pages").split("\n")
    assert log == ["Add mine", "Add theirs", "Add first"]


def test_the_same_holds_in_one_repository(publisher: Publisher) -> None:
    publisher.commit()
    branch = Branch(publisher.root, "pages")
    done: list[object] = []

    def overtaken(_: object) -> Change:
        if not done:
            done.append(branch.commit(lambda _: file_named("theirs")))
        return file_named("mine")

    branch.commit(overtaken)
    assert publisher.git("log", "--format=%s", "pages").split("\n") == ["Add mine", "Add theirs"]


def test_nothing_is_forced_where_both_sides_have_moved(clones: list[Publisher]) -> None:
    mine, other = (Branch(each.root, "pages", "origin") for each in clones)
    mine.commit(lambda _: file_named("first"))
    Branch(clones[0].root, "pages").commit(lambda _: file_named("not pushed"))
    other.commit(lambda _: file_named("theirs"))
    remote = clones[1].git("ls-remote", "origin", "pages")
    here = clones[0].git("rev-parse", "pages")
    with pytest.raises(Diverged):
        mine.commit(lambda _: file_named("mine"))
    assert clones[1].git("ls-remote", "origin", "pages") == remote
    assert clones[0].git("rev-parse", "pages") == here


def test_a_push_that_is_refused_leaves_the_branch_as_it_was(clones: list[Publisher]) -> None:
    one = clones[0]
    hook = Path(one.git("config", "remote.origin.url")) / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    refused = one.run("release", "1.0", "--branch", "gh-pages", "--push", "--today", TODAY, *PLAIN)
    assert refused.exit_code == 1
    assert "PB703" in refused.stdout
    assert one.git("branch", "--list", "gh-pages") == ""
    gone = one.run("release", "1.0", "--branch", "x", "--push", "--remote", "nowhere", *PLAIN)
    assert "PB703" in gone.stdout


def test_who_commits_has_to_be_known(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher.commit()
    for name in GIT:
        if "NAME" in name or "EMAIL" in name:
            monkeypatch.setenv(name, "")
    publisher.git("config", "user.useConfigOnly", "true")
    with pytest.raises(GitFailed, match=r"ident|tell me who you are"):
        Branch(publisher.root, "pages").commit(lambda _: file_named("x"))


def test_names_of_files_are_no_commands(publisher: Publisher) -> None:
    publisher.commit()
    names = ["a b/ü “x”.txt", "-n", 'q"uote\t.txt', "文/件.html"]
    branch = Branch(publisher.root, "pages")
    branch.commit(lambda _: Change("Names", files={name: name.encode() for name in names}))
    with branch.seen() as stand:
        assert sorted(stand.names()) == sorted(names)
        assert [stand.read(name) for name in names] == [name.encode() for name in names]


RSYNC_SHELL = textwrap.dedent(
    """\
    #!/bin/sh
    shift
    exec "$@"
    """
)


def test_publishing_to_a_folder_lists_first_and_then_swaps(three: Publisher) -> None:
    listed = three.done("publish", "tree", "--to", "out", "--dry-run")
    assert "+ versions.json\n" in listed
    assert not (three.root / "out").exists()
    three.done("publish", "tree", "--to", "out")
    assert files_of(three.root / "out") == files_of(three.tree)
    assert three.done("publish", "tree", "--to", "out") == "out is up to date.\n"
    (three.root / "out" / "mine.txt").write_text("mine", "utf-8")
    three.done("version", "delete", "2026.09", "--yes", "--to", "tree")
    listed = three.done("publish", "tree", "--to", "out", "--dry-run")
    assert "- 2026.09/en/pages/one.html\n" in listed
    assert "~ versions.json\n" in listed
    assert "mine.txt" not in listed
    three.done("publish", "tree", "--to", "out")
    assert files_of(three.root / "out") == files_of(three.tree) | {"mine.txt": b"mine"}


def test_what_is_not_whole_is_not_published(publisher: Publisher) -> None:
    publisher.release("1.0")
    (publisher.tree / "1.0" / "en" / "index.html").unlink()
    refused = publisher.run("publish", "tree", "--to", "out")
    assert refused.exit_code == 1
    assert "tree/1.0/en/index.html:1:1: PB711" in refused.stdout
    assert not (publisher.root / "out").exists()


def test_a_folder_of_somebody_is_not_published_over(publisher: Publisher) -> None:
    publisher.release("1.0")
    (publisher.root / "out").mkdir()
    (publisher.root / "out" / "thesis.txt").write_text("years of work", "utf-8")
    assert "PB702" in publisher.run("publish", "tree", "--to", "out").stdout
    assert files_of(publisher.root / "out") == {"thesis.txt": b"years of work"}


def test_a_site_goes_onto_a_branch(publisher: Publisher) -> None:
    publisher.commit()
    assert publisher.build().exit_code == 0
    assert "added" in publisher.done("publish", "--branch", "pages", "--dry-run")
    assert publisher.run("publish", "--branch", "pages").exit_code == 0
    assert publisher.done("publish", "--branch", "pages") == "branch pages is up to date.\n"
    publisher.done("publish", "pages", "--from-branch", "--to", "out")
    assert files_of(publisher.root / "out") == publisher.folder.files() | {".nojekyll": b""}


@pytest.fixture
def shell(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What rsync takes for the way to another computer, which is this one."""
    script = publisher.root / "shell"
    script.write_text(RSYNC_SHELL, "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(script))
    return publisher.root / "srv"


def test_rsync_sends_what_changed_and_deletes_only_ours(publisher: Publisher, shell: Path) -> None:
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    publisher.release("1.0", "--alias", "latest")
    shell.mkdir()
    target = f"web:{shell}/pb"
    assert "+ versions.json" in publisher.done("publish", "tree", "--to", target, "--dry-run")
    assert not (shell / "pb").exists()
    publisher.done("publish", "tree", "--to", target)
    assert files_of(shell / "pb") == files_of(publisher.tree)
    (shell / "pb" / "mi*ne.txt").write_text("mine", "utf-8")
    publisher.release("2.0", "--alias", "latest")
    publisher.done("version", "delete", "1.0", "--yes", "--to", "tree")
    assert "- 1.0/en/index.html" in publisher.done("publish", "tree", "--to", target, "--dry-run")
    publisher.done("publish", "tree", "--to", target)
    assert files_of(shell / "pb") == files_of(publisher.tree) | {"mi*ne.txt": b"mine"}
    (shell / "home").mkdir()
    (shell / "home" / "mine.txt").write_text("mine", "utf-8")
    refused = publisher.run("publish", "tree", "--to", f"web:{shell}/home")
    assert "PB702" in refused.stdout
    assert files_of(shell / "home") == {"mine.txt": b"mine"}


def test_a_missing_rsync_is_said_plainly(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.release("1.0")
    monkeypatch.setenv("PATH", str(publisher.root))
    refused = publisher.run("publish", "tree", "--to", "web:/srv/playbook")
    assert refused.exit_code == 1
    assert "PB704 rsync is not installed" in refused.stdout


def test_a_full_disk_leaves_the_tree_as_it_was(publisher: Publisher) -> None:
    publisher.release("1.0")
    before = files_of(publisher.tree)
    limited = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from generator.cli import main\nmain()\n"
    )
    full = subprocess.run(
        [sys.executable, "-c", limited, "release", "2.0", "--to", "tree", *PLAIN],
        cwd=publisher.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert full.returncode == 1
    assert "PB605 cannot write the site: File too large" in full.stdout
    assert files_of(publisher.tree) == before


def test_checking_a_playbook_loads_nothing_of_this() -> None:
    told = (
        "import sys\nfrom generator.cli import main\nloaded = [*main.commands.values()]\n"
        "ours = ('versions', 'verify', 'write.tree', 'history.branch', 'build.releases')\n"
        "print([m for m in sys.modules for o in ours if m.startswith('generator.' + o)])"
    )
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
