"""The playbook in somebody else's MkDocs: built for real, with its own theme and with Material."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EVERY_KIND = ROOT / "tests" / "sites" / "every-kind" / "content"

SETTINGS = """\
site_name: Host
site_url: https://host.example.com/docs/
repo_url: https://git.example.com/host
edit_uri: edit/main/docs/
validation: {links: {anchors: warn}}
plugins:
  - search
  - playbook: {today: 2026-11-23, history: false}
"""
NARROW = """\
from markdown import Extension
from markdown.blockprocessors import ListIndentProcessor, UListProcessor


class Narrow(Extension):
    def extendMarkdown(self, md):
        for kind, name in ((ListIndentProcessor, "indent"), (UListProcessor, "ulist")):
            processor = kind(md.parser)
            processor.tab_length = 2
            md.parser.blockprocessors.register(processor, name, 90)


def makeExtension(**options):
    return Narrow(**options)
"""
"""Lists by another indent, as a host such as Backstage has them read."""
NAV = "nav: [index.md, {Sales: [{The playbook: playbook/en/index.md}, about.md]}]\n"


def mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs MkDocs in a process of its own. Material greets its users unless told not to."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def host(root: Path, settings: str, **pages: str) -> Path:
    """A site of somebody else beside a playbook of every kind."""
    shutil.copytree(EVERY_KIND, root / "content")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "docs").mkdir()
    for name, text in pages.items():
        (root / "docs" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A host with links to the playbook and links from it, without a single warning."""
    root = host(
        tmp_path_factory.mktemp("host"),
        SETTINGS + NAV + "markdown_extensions: [narrow]\n",
        index="# Host\n\nSee [it](playbook/en/sops/visit.md#step-call).\n\n!!! note\n    Plain.\n",
        about="# About\n",
    )
    team = root / "content" / "pages" / "team.md"
    more = "\nOf [the host](../../docs/about.md#about).\n\n- one\n  - two\n\n  more\n"
    team.write_text(team.read_text(encoding="utf-8") + more, encoding="utf-8")
    (root / "narrow.py").write_text(NARROW, encoding="utf-8")
    clean = root / "content" / "knowledge"  # warnings of a playbook fail a strict build
    for path in (clean / "map.md", clean / "rival.md"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?m)^reviewed: .*\n", "", text), encoding="utf-8")
    ended = mkdocs(root, "build", "--strict")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "PB503 note: not translated into zh" in ended.stderr
    return root / "site"


def page(site: Path, path: str) -> str:
    """The page at an address that ends with a slash."""
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_entries_are_pages_of_the_host(site):
    text = page(site, "playbook/en/sops/visit")
    assert "<title>Visit - Host</title>" in text
    assert '<h3 id="step-call">1 Call first</h3>' in text
    assert '<a href="../../roles/seller/">Seller</a>' in text
    assert '<input type="checkbox">' in text
    assert "<script" not in text.partition('role="main"')[2].partition("<footer")[0]
    assert '<p class="admonition-title">' in page(site, "playbook/zh/sops/visit")


def test_links_lead_both_ways(site):
    assert 'href="playbook/en/sops/visit/#step-call"' in page(site, ".")
    assert 'href="../../../../about/#about"' in page(site, "playbook/en/pages/team")


def test_staleness_is_a_note_in_the_page(site):
    text = page(site, "playbook/en/toolkits/sheet")
    assert '<p class="admonition-title">Review overdue · as of 23 Nov 2026</p>' in text


def test_pictures_and_attachments_come_along(site):
    text = page(site, "playbook/en/sops/visit")
    (picture,) = re.findall(r'<img alt="[^"]+" src="([^"]+)"', text)
    assert (site / "playbook/en/sops/visit" / picture).resolve().is_file()
    assert (site / "playbook/en/toolkits/sheet.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_navigation_stands_where_the_host_names_it_and_else_at_the_end(site):
    text = page(site, "playbook/en/sops/visit")
    nav = text.partition("<nav") if "<nav" in text else text.partition("navbar")
    titles = re.findall(r">\s*([^<>]+?)\s*<", nav[2])
    found = [
        t for t in titles if t in ("Sales", "The playbook", "SOPs", "Visit", "About", "About ")
    ]
    order = list(dict.fromkeys(found))
    assert order.index("Sales") < order.index("The playbook") < order.index("SOPs")
    assert text.index("The playbook") < text.index(">About<")


def test_pages_are_edited_where_they_are_written(site):
    ours, theirs = page(site, "playbook/en/sops/visit"), page(site, "about")
    assert "https://git.example.com/host/edit/main/docs/about.md" in theirs
    assert "https://git.example.com/every/edit/main/content/sops/visit.md" in ours
    assert "edit/main/docs/playbook" not in ours


def test_pages_of_the_host_are_read_as_before_and_ours_as_they_are_meant(site):
    assert "!!! note" in page(site, ".")
    assert "<p>one</p>\n<ul>\n<li>two</li>\n</ul>\n<p>more</p>" in page(
        site, "playbook/en/pages/team"
    )


def test_a_broken_playbook_and_broken_links_fail_a_strict_build(tmp_path):
    root = host(
        tmp_path,
        SETTINGS,
        index="[gone](playbook/en/sops/gone.md) [x](playbook/en/sops/visit.md#x)\n",
    )
    seller = root / "content" / "roles" / "seller.yml"
    seller.write_text(
        seller.read_text(encoding="utf-8").replace("owner: ann", "ownr: ann"), encoding="utf-8"
    )
    team = root / "content" / "pages" / "team.md"
    team.write_text(
        team.read_text(encoding="utf-8") + "\n[a](../../docs/gone.md)\n", encoding="utf-8"
    )
    ended = mkdocs(root, "build", "--strict")
    assert ended.returncode == 1
    said = ended.stdout + ended.stderr
    assert re.search(r'ERROR .*content/roles/seller.yml:3:1: PB104 unknown field "ownr"', said)
    assert re.search(r"WARNING .*content/knowledge/map.md:7:11: PB407", said)
    assert "Doc file 'index.md' contains a link 'playbook/en/sops/gone.md'" in said
    assert "'playbook/en/sops/visit.md' does not contain an anchor '#x'" in said
    assert "Doc file 'playbook/en/pages/team.md' contains a link '../../../gone.md'" in said
    assert "leads out of the content folder" not in said
    assert "Aborted with 1 errors, 6 warnings in strict mode!" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("{content: nowhere, today: 2026-11-23}", "nowhere:1:1: PB001"),
        ("{today: tomorrow}", 'playbook: today: "tomorrow" is no date, write 2026-11-23'),
    ],
)
def test_settings_that_lead_nowhere_are_said_to(tmp_path, option, said):
    settings = f"site_name: Host\nplugins:\n  - playbook: {option}\n"
    ended = mkdocs(host(tmp_path, settings, index="# Host\n"), "build", "--strict")
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_server_builds_anew_when_the_playbook_changes(tmp_path):
    settings = SETTINGS.replace(
        "history: false", "history: false, mount: handbook, languages: [en]"
    )
    root = host(tmp_path, settings, index="# Host\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    there = {**os.environ, "TMPDIR": str(tmp_path)}  # it leaves its site where it is terminated
    with subprocess.Popen(command, cwd=root, env=there, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://{address}/docs/handbook/pages/team/"
            assert "<title>The team - Host</title>" in _read(url, "The team")
            team = root / "content" / "pages" / "team.md"
            text = team.read_text(encoding="utf-8").replace("title: The team", "title: Five of us")
            team.write_text(text, encoding="utf-8")
            assert "<title>Five of us - Host</title>" in _read(url, "Five of us")
        finally:
            server.terminate()


def _read(url: str, wanted: str) -> str:
    """The page, as soon as it says what is `wanted`; what it says at the end of patience."""
    text = ""
    for _ in range(600):
        try:
            with urllib.request.urlopen(url) as answer:  # noqa: S310  # our own address
                text = answer.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError):
            text = ""
        if f"<title>{wanted}" in text:
            break
        time.sleep(0.1)
    return text
