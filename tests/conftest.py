"""What all tests share: the command, and the flag that rewrites expected output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-23"
"""The day on which every test takes place."""

Playbook = Callable[..., subprocess.CompletedProcess[str]]


GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.com",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.com",
}
"""Git as nobody has configured it, with somebody who commits."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--update`, which writes what is printed as what is expected."""
    parser.addoption("--update", action="store_true", help="rewrite expected output")


def pytest_configure() -> None:
    """What is started here can be stopped, even if the tests run in the background or by `nohup`:
    what a process ignores, those that it starts ignore as well."""
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be rewritten."""
    return bool(request.config.getoption("--update"))


def run_playbook(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command in the folder `cwd`: in this process, where it need not start first. What it
    raises, so that a user would see a traceback, is raised here."""
    with contextlib.chdir(cwd):
        ended = CliRunner().invoke(main, arguments, prog_name="playbook")
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return subprocess.CompletedProcess(arguments, ended.exit_code, ended.stdout, ended.stderr)


def start_playbook(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command as users do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The command, run in a process of its own."""
    return start_playbook


SETTINGS = """\
title: Test playbook
description: For tests.
languages:
  - code: en
  - {code: zh, tag: zh-Hans}
time_zone: Asia/Shanghai
default_tiers: {page: strategic}
tags: {risk: Risk}
"""
PEOPLE = """\
people:
  - {id: ann, name: Ann}
"""
PAGE = """\
---
title: {title}
summary: What {title} says.
owner: ann
tags: [risk]
reviewed: 2026-11-20
---
## First

{body}
"""


class Folder:
    """A playbook in a folder of its own, to be written to and built."""

    def __init__(self, root: Path, site: str = "site") -> None:
        self.root = root
        self.content = root / "content"
        self.site = root / site

    def write(self, path: str, text: str | bytes) -> Path:
        """Writes a file below `content/`."""
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return target

    def page(self, name: str, title: str = "", body: str = "Text.") -> Path:
        """Writes a page entry."""
        return self.write(f"pages/{name}.md", PAGE.format(title=title or name, body=body))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs the command in the folder, in this process."""
        return run_playbook(*arguments, cwd=self.root)

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The same in a process of its own."""
        return start_playbook(*arguments, cwd=self.root)

    def build(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Builds the site as of `TODAY`."""
        return self.run("build", "--today", TODAY, *arguments)

    def files(self) -> dict[str, bytes]:
        """The built site, byte for byte."""
        found = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small valid playbook with two pages, one of them translated."""
    return small_playbook(tmp_path)


@pytest.fixture
def here(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The small playbook, in whose folder the commands are run."""
    monkeypatch.chdir(folder.root)
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Folder]:
    """Makes the same for several tests of a module."""
    return lambda: small_playbook(tmp_path_factory.mktemp("playbook"))


def small_playbook(root: Path) -> Folder:
    """Writes the playbook of the fixture `folder` to another place."""
    made = Folder(root)
    made.write("playbook.yml", SETTINGS)
    made.write("people.yml", PEOPLE)
    made.page("one", "One", "See [two](two.md#first).")
    made.page("two", "Two")
    made.write("pages/one.zh.md", "---\ntitle: 一\nsummary: 第一页。\n---\n## 首先\n\n正文。\n")
    return made
