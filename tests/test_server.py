"""`playbook serve`: to whom it answers, what it answers, and when it builds anew."""

from __future__ import annotations

import functools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.link import editor_url
from generator.server import Watch
from generator.server.mounts import tells_of_changes
from generator.server.observing import matters
from tests.conftest import PAGE, PEOPLE, SETTINGS, start_playbook
from tests.served import PATIENCE, Saved, Served, until

EDITOR = "edit://open{path}#{line}"
POSIX = pytest.mark.skipif(os.name != "posix", reason="as systems other than Windows have it")


def written(root: Path) -> Saved:
    """A playbook with a page in two languages, one in one, and a draft."""
    made = Saved(root)
    made.write("playbook.yml", SETTINGS + "address: https://example.com/playbook\n")
    made.write("people.yml", "# who is who\n" + PEOPLE)
    made.page("one", "One", "See [two](two.md#first).")
    made.page("two", "Two")
    made.write("pages/one.zh.md", "---\ntitle: 一\nsummary: 第一页。\n---\n\n## 首先\n\n正文。\n")
    made.write("pages/idea.md", draft("Idea"))
    made.write("files/notes.txt", "Übung")
    made.page("three", "Three", "[notes](../files/notes.txt)")
    return made


def draft(title: str) -> str:
    return PAGE.format(title=title, body="Text.").replace("owner:", "status: draft\nowner:")


@pytest.fixture(scope="module")
def folder_read(tmp_path_factory):
    return written(tmp_path_factory.mktemp("read"))


@pytest.fixture(scope="module")
def server(folder_read):
    """A server whose playbook nobody changes."""
    with Served(folder_read.root, "--editor", EDITOR) as served:
        yield served


# To whom it answers.


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST.:1", 200),
        ("127.0.0.1:9999", 200),
        ("[::1]:80", 200),
        ("playbook.example.com", 403),
        ("localhost.example.com", 403),
        ("127.0.0.1.example.com", 403),
        ("127.0.0.2", 403),
        ("[::2]", 403),
        ("", 403),
    ],
)
def test_it_answers_to_the_names_of_this_machine_alone(server, host, status):
    assert server.ask("/en/pages/one.html", Host=host).status == status


@POSIX
def test_an_explicit_host_is_one_more_name(folder_read):
    with Served(folder_read.root, "--host", "127.0.0.2", "--no-history") as served:
        assert served.address.startswith("http://127.0.0.2:")
        with socket.create_connection(("127.0.0.2", served.port)) as connection:
            connection.sendall(b"GET /en/index.html HTTP/1.0\r\nHost: 127.0.0.2\r\n\r\n")
            assert b" 200 " in connection.makefile("rb").readline()
        assert "In the network" not in served.said


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_sent(server, method):
    answer = server.ask("/en/pages/one.html", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_head_gives_the_headers_alone(server):
    answer = server.ask("/en/pages/one.html", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000
    assert server.ask("/-/live/events?page=/", "HEAD").status == 200


# What it answers.


@pytest.mark.parametrize(
    "path",
    [
        "/../content/playbook.yml",
        "/en/../../content/playbook.yml",
        "/%2e%2e/content/playbook.yml",
        "/..%2fcontent/playbook.yml",
        "/..%5ccontent%5cplaybook.yml",
        "/%252e%252e/content/playbook.yml",
        "//etc/passwd",
        "/en/pages/one.html%00.txt",
        "/en/%0apages/one.html",
        "/.playbook-manifest.json",
        "/en/.hidden",
        "/-/live/../../playbook.yml",
        "/-/live/..%2f..%2fstrings%2fen.yml",
        "/-/live/10-patch.js",
        "/" + "a" * 5000,
        "/%ff%fe",
    ],
)
def test_no_path_leads_out(server, path):
    answer = server.ask(path)
    assert answer.status in (400, 404)
    assert b"time_zone" not in answer.body


@pytest.mark.parametrize(
    ("pattern", "media_type"),
    [
        (r'href="([^"]+\.css)"', "text/css; charset=utf-8"),
        (r'src="([^"]+\.js)"', "text/javascript; charset=utf-8"),
        (r'href="([^"]+\.svg)"', "image/svg+xml; charset=utf-8"),
        (r'href="([^"]+\.txt)"', "text/plain; charset=utf-8"),
    ],
)
def test_every_file_has_its_type(server, pattern, media_type):
    (found, *_) = [
        name
        for name in re.findall(pattern, server.page("en/pages/three.html"))
        if "/-/" not in name
    ]
    answer = server.ask("/" + found.removeprefix("../../"))
    assert (answer.status, answer.headers["Content-Type"]) == (200, media_type)


@pytest.mark.parametrize("path", ["/en/pages/one.html", "/freshness.json", "/nothing", "/-/live/x"])
def test_nothing_is_kept_and_everything_has_the_policy_of_the_site(server, path):
    headers = server.ask(path).headers
    page = server.page("en/pages/one.html")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert headers["Content-Security-Policy"] == f"{policy}; frame-ancestors 'none'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_folder_is_its_index(server):
    assert "<title>" in server.page("en/")
    answer = server.ask("/en/pages?page=2")
    assert (answer.status, answer.headers["Location"]) == (307, "/en/pages/")
    assert server.page("en/pages/") == server.page("en/pages/index.html")


def test_an_unknown_address_gets_the_error_page_which_leads_to_this_server(server):
    answer = server.ask("/en/no/such/page.html")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    links = re.findall(r'(?:href|src)="([^#"]+)"', answer.text)
    assert "/en/index.html" in links
    assert [link for link in links if link.startswith("/playbook")] == []


def test_served_pages_are_the_built_ones_and_a_script(server, folder_read, tmp_path):
    site = tmp_path / "site"
    folder_read.build("--drafts", "--output", str(site))
    served = server.page("en/people/index.html")
    (script,) = re.findall(
        r'<script defer src="/-/live/live.js" data-version="\w+"></script>', served
    )
    (edit,) = re.findall(r'<li><a href="edit:[^<]+</a></li>', served)
    built = (site / "en" / "people" / "index.html").read_text(encoding="utf-8")
    assert served.replace(script, "").replace(edit, "") == built
    assert [path for path in site.rglob("*") if "live" in path.name] == []
    assert b"pb-live" not in b"".join(p.read_bytes() for p in site.rglob("*.*") if p.is_file())


# Drafts.


def test_drafts_are_served_and_marked(server):
    page, lists = server.page("en/pages/idea.html"), server.page("en/pages/index.html")
    assert 'class="notice" data-kind="draft"' in page
    assert (
        page.count('<span class="status">Draft</span>') == 2
    )  # above the title, in the navigation
    assert '<a href="idea.html">Idea</a> <span class="status">Draft</span>' in lists
    assert "草稿" in server.page("zh/pages/idea.html")


def test_drafts_are_built_only_where_they_are_asked_for(folder_read, tmp_path):
    for name, options in (("without", ()), ("with", ("--drafts",))):
        folder_read.build("--output", str(tmp_path / name), *options)
    assert not (tmp_path / "without" / "en" / "pages" / "idea.html").exists()
    read = [p for form in ("*.html", "*.js") for p in (tmp_path / "without").rglob(form)]
    assert [path.name for path in read if "Idea" in path.read_text("utf-8")] == []
    search = (tmp_path / "with" / "search").rglob("*.js")
    assert any("Idea" in path.read_text("utf-8") for path in search)
    page = (tmp_path / "with" / "en" / "pages" / "idea.html").read_text(encoding="utf-8")
    assert 'data-kind="draft"' in page


# The way to the sources.


@pytest.mark.parametrize(
    ("url", "file", "line"),
    [
        ("en/pages/one.html", "pages/one.md", "## First"),
        ("zh/pages/one.html", "pages/one.zh.md", "## 首先"),
        ("zh/pages/two.html", "pages/two.md", "## First"),
        ("en/index.html", "playbook.yml", "title: Test playbook"),
        ("en/tags/index.html", "playbook.yml", "tags: {risk: Risk}"),
        ("en/tags/risk.html", "playbook.yml", "tags: {risk: Risk}"),
        ("zh/people/index.html", "people.yml", "# who is who"),
        ("en/people/ann.html", "people.yml", "  - {id: ann, name: Ann}"),
    ],
)
def test_edit_opens_the_text_of_the_page_in_the_editor(server, folder_read, url, file, line):
    (found,) = set(re.findall(r'href="edit://open([^"]+)#(\d+)"', server.page(url)))
    path, number = Path(found[0]), int(found[1])
    assert path == folder_read.content.resolve() / file
    assert path.read_text(encoding="utf-8").splitlines()[number - 1] == line


def test_paths_are_written_as_addresses():
    url = functools.partial(editor_url, line=7)
    assert url("vscode://file/{path}:{line}", "/home/a b/文.md") == (
        "vscode://file/home/a%20b/%E6%96%87.md:7"
    )
    assert url("vscode://file/{path}:{line}", "C:/a#b.md") == "vscode://file/C:/a%23b.md:7"
    assert url("x://open?file={path}&line={line}", "/a.md") == "x://open?file=/a.md&line=7"


@pytest.mark.parametrize(
    "editor", ["javascript:alert(1)//{path}", "data:,{path}", "code {path}", "x:y"]
)
def test_an_editor_is_an_address_with_a_path_in_it(tmp_path, editor):
    result = start_playbook("serve", "--editor", editor, cwd=tmp_path)
    assert result.returncode == 2
    assert "is no address with {path} in it" in result.stderr


# When it builds anew.


@pytest.fixture
def work(tmp_path):
    return written(tmp_path)


def test_a_fault_is_told_once_and_the_last_good_page_stays(work):
    with Served(work.root) as served, served.follow("en/pages/one.html") as events:
        good = events.next()
        assert not good["failed"]
        assert {each["severity"] for each in good["problems"]} == {"warning", "note"}
        assert good["page"] in served.page("en/pages/one.html")
        work.page("two", "Two", "See [one](oen.md).")
        broken = events.next()
        assert (broken["failed"], broken["page"]) == (True, good["page"])
        problem, *others = broken["problems"]  # what stops the build comes first
        assert "error" not in {each["severity"] for each in others}
        assert problem["code"] == "PB303"
        assert problem["place"] == "content/pages/two.md:10:11"
        assert (problem["line"], problem["before"]) == (10, "See [one](")
        assert problem["after"] == "oen.md)."
        assert problem["hint"]
        assert problem["edit"].endswith("/content/pages/two.md:10")
        assert "Text." in served.page("en/pages/two.html")

        work.page("three", "Three again", "[notes](../files/notes.txt)")
        until(lambda: "as before" in served.builds()[-1])
        assert served.said.count("PB303") == 1

        work.page("two", "Two", "See [one](one.md).")
        mended = events.next()
        assert (mended["failed"], mended["problems"]) == (False, good["problems"])
        assert "one.html" in served.page("en/pages/two.html")

        (work.content / "pages" / "one.zh.md").unlink()
        work.write("pages/one.md", draft("One").replace("status: draft", "status: retired"))
        changed = events.next()
        assert changed["page"] not in ("", good["page"])


def test_a_page_that_is_gone_is_told(work):
    with Served(work.root) as served, served.follow("en/pages/idea.html") as events:
        assert events.next()["page"]
        (work.content / "pages" / "idea.md").unlink()
        assert events.next()["page"] == ""
        assert served.ask("/en/pages/idea.html").status == 404


def test_what_changes_together_is_built_once(work):
    (work.root / ".git").mkdir()
    for name in ("objects", "refs"):
        (work.root / ".git" / name).mkdir()
    (work.root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    with Served(work.root) as served:
        assert len(until(served.builds)) == 1
        # What editors leave for a moment, and what no build looks at.
        for name in ("4913", ".one.md.swp", "one.md~", "#one.md#", ".git/x", "one.md___jb_tmp___"):
            work.write(f"pages/{name}", "nothing").unlink()
        # Git writes many files, and holds its lock meanwhile.
        lock = work.root / ".git" / "index.lock"
        lock.touch()
        for number in range(30):
            work.page(f"new-{number}")
            threading.Event().wait(0.04)
        lock.rename(work.root / ".git" / "index")
        until(lambda: len(served.builds()) > 1)
        assert all(served.page(f"en/pages/new-{number}.html") for number in range(30))
        assert len(served.builds()) == 2
        # A copy is written and takes the place of the file, whose former text is kept beside it.
        page = work.content / "pages" / "two.md"
        page.rename(page.with_name("two.md~"))
        page.with_name(".two.md.tmp").write_text(PAGE.format(title="Two", body="Renamed in."))
        page.with_name(".two.md.tmp").rename(page)
        until(lambda: "Renamed in." in served.page("en/pages/two.html"))


@pytest.mark.parametrize("poll", [False, True])
def test_content_may_vanish_and_come_back(work, poll):
    with Served(work.root, "--no-history", *(["--poll"] if poll else [])) as served:
        before = until(lambda: served.page("en/pages/two.html"))
        shutil.copytree(work.content, work.root / "copy")
        shutil.rmtree(work.content)
        until(lambda: served.builds()[-1].startswith("Not built"))
        assert served.page("en/pages/two.html") == before
        (work.root / "copy").rename(work.content)
        until(lambda: served.builds()[-1].startswith("Built"))
        work.page("two", "Two", "Back again.")
        until(lambda: "Back again." in served.page("en/pages/two.html"))


def test_own_templates_are_watched_even_where_there_were_none(work):
    with Served(work.root, "--no-history") as served:
        until(served.builds)
        template = work.root / "templates" / "pages" / "tags.html"
        template.parent.mkdir(parents=True)
        template.write_text("<html><head></head><body>Our own tags</body></html>")
        until(lambda: "Our own tags" in served.page("en/tags/index.html"))


def test_a_first_build_that_fails_is_waited_for_and_ctrl_c_ends_all(work):
    settings = (work.content / "playbook.yml").read_text()
    work.write("playbook.yml", settings.replace("title:", "titel:"))
    served = Served(work.root)
    with served, served.follow("en/index.html") as events, served.follow("nothing.html"):
        assert events.next()["failed"]
        waiting = served.ask("/en/index.html")
        assert waiting.status == 503
        assert "data-waiting" in waiting.text
        assert 'src="/-/live/live.js" data-version=""' in waiting.text
        assert "PB104" in served.said
        work.write("playbook.yml", settings)
        assert events.next()["page"] in served.page("en/index.html")
        # Two streams are open, and one connection that has asked for nothing yet.
        with socket.create_connection(("127.0.0.1", served.port)):
            assert served.interrupt() == -signal.SIGINT
    assert served.lines[-1] == "Stopped."
    assert "Traceback" not in served.said


def test_a_taken_port_is_said_and_the_next_one_used(folder_read):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = holder.getsockname()[1]
        with Served(folder_read.root, "--port", str(taken), "--no-history") as served:
            assert served.port > taken
            assert f"Port {taken} is taken." in served.lines


def test_a_host_that_is_not_here_is_said(tmp_path):
    result = start_playbook("serve", "--host", "192.0.2.7", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("Not served: cannot listen on 192.0.2.7, port 8000: ")


def test_what_changes_during_a_build_leads_to_another(tmp_path):
    before = time.time() - 1
    with ThreadPoolExecutor(1) as pool:
        (tmp_path / "early").write_text("x")
        watch = Watch([tmp_path, tmp_path / "missing"], before)
        assert pool.submit(watch.wait).result(PATIENCE)
        for name in ("before", "during"):
            (tmp_path / name).write_text("x")
            assert pool.submit(watch.wait).result(PATIENCE)
        waiting = pool.submit(watch.wait)
        (tmp_path / "missing").mkdir()
        assert waiting.result(PATIENCE)
        ended = pool.submit(watch.wait)
        watch.stop()
        assert not ended.result(PATIENCE)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("pages/one.md", True),
        ("images/chart.png", True),
        (".", True),
        (".git/HEAD", False),
        ("pages/.cache/x.md", False),
        ("pages/__pycache__/sop.html", False),
        ("pages/one.md~", False),
        ("pages/4913", False),
        ("pages/#one.md#", False),
    ],
)
def test_hidden_and_passing_files_do_not_matter(path, told):
    assert matters(path.replace("/", os.sep)) == told


def test_file_systems_of_other_machines_do_not_tell_of_changes(tmp_path):
    mounts = tmp_path / "mounts"
    shared = tmp_path / "our files"
    (shared / "local").mkdir(parents=True)
    escaped = str(shared).replace(" ", r"\040")
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\n"
        f"server:/x {escaped} nfs4 rw 0 0\n"
        f"/dev/sdb {escaped}/local xfs rw 0 0\n"
    )
    told = [tells_of_changes(place, mounts) for place in (tmp_path, shared, shared / "local")]
    assert told == [True, False, True]
    assert tells_of_changes(shared, tmp_path / "no such file")


def test_only_serving_loads_the_server():
    code = (
        "import sys; from generator.cli import main; loaded = [*main.commands.values()]; "
        "print(sorted(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = ("starlette", "uvicorn", "watchdog", "asyncio", "generator.server")
    assert [name for name in heavy if f"'{name}'" in loaded.stdout] == []
