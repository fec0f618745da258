"""A reader's trust: the site is swapped in whole, nobody's files are lost, bytes repeat."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from filelock import FileLock

from tests.conftest import TODAY

ROOT = Path(__file__).parent.parent

KILLED_AT = textwrap.dedent(
    """
    import os, sys, pathlib, shutil
    import generator.build.releases.releasing, generator.cli.building, generator.cli.releasing
    import generator.write.exchange, generator.write.output
    from generator.cli import main

    limit = calls = swap = 0

    def counted(function):
        def call(*arguments, **options):
            global calls
            calls += 1
            if calls == limit:
                os.kill(os.getpid(), 9)
            return function(*arguments, **options)
        return call

    for owner, name in (
        (os, "link"), (os, "mkdir"), (os, "rename"), (os, "unlink"), (os, "rmdir"),
        (pathlib.Path, "write_bytes"), (pathlib.Path, "write_text"), (pathlib.Path, "rename"),
        (pathlib.Path, "mkdir"), (shutil, "rmtree"),
    ):
        setattr(owner, name, counted(getattr(owner, name)))
    exchange = counted(generator.write.exchange._exchange_at_once)
    if "--two-renames" in sys.argv:
        sys.argv.remove("--two-renames")
        exchange = lambda new, current: False

    def swapped(new, current):
        global swap
        swap = calls
        return exchange(new, current)

    generator.write.exchange._exchange_at_once = swapped
    for line in sys.stdin:
        limit = int(line)
        child = os.fork()
        if not child:
            sys.stdout = sys.stderr  # the other is for how children end
            try:
                main()
            finally:
                pathlib.Path(".changes").open("w").write(f"{calls} {swap}")
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(ended, flush=True)
    """
)


class Killer:
    """The command, begun over and over with everything loaded, and killed at a change to the
    disk."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self._counted = root / ".changes"
        self._process = subprocess.Popen(
            [sys.executable, "-c", KILLED_AT, *arguments],
            cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip

    def __enter__(self) -> Killer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def killed_at(self, limit: int) -> int:
        """Runs up to the `limit`th change; how the process ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{limit}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def changes(self) -> tuple[int, int]:
        """How many changes to the disk a run makes that is left alone, and how many of them before
        the swap."""
        assert self.killed_at(10**9) == 0
        count, swap = map(int, self._counted.read_text().split())
        self._counted.unlink()
        return count, swap


@pytest.mark.parametrize("arguments", [[], ["--two-renames"]], ids=["at once", "two renames"])
def test_a_build_killed_anywhere_leaves_a_whole_site(folder, arguments):
    """Killed at points all over the build, and at every one around the swap. Where a system
    cannot exchange folders at once there is a moment without a site; the next build mends it."""
    assert folder.build().returncode == 0
    folder.page("one", "Counted")
    with Killer(folder.root, *arguments, "build", "--today", TODAY, "--jobs", "1") as build:
        total, swap = build.changes()
        assert total > swap > 50
        around = range(swap - 2, swap + 5)
        for limit in sorted({1, 2, 5, swap // 3, swap // 2, *around, total - 1, total}):
            assert folder.build().returncode == 0
            former = folder.files()
            folder.page("one", f"Version {limit}")
            assert build.killed_at(limit) == -9
            if arguments and not folder.site.exists():
                assert folder.build().returncode == 0
            now = folder.files()
            assert now == former or f"Version {limit}".encode() in now["en/pages/one.html"]
    assert folder.build().returncode == 0
    assert not [p for p in folder.root.iterdir() if p.name.endswith((".new", ".old"))]


def test_a_build_with_an_error_leaves_the_site_as_it_was(folder):
    assert folder.build().returncode == 0
    former = folder.files()
    folder.page("one", "Broken", "[nowhere](none.md)")
    result = folder.build()
    assert result.returncode == 1
    assert "PB303" in result.stdout
    assert "site is as it was" in result.stdout
    assert folder.files() == former


def test_a_second_build_at_the_same_time_is_refused(folder):
    with FileLock(folder.root / ".site.lock"):
        result = folder.start("build")
    assert result.returncode == 1
    assert "PB602 another build is writing here" in result.stdout
    assert folder.build().returncode == 0


def test_a_folder_that_no_build_wrote_is_refused(folder):
    folder.site.mkdir()
    (folder.site / "thesis.txt").write_text("years of work", encoding="utf-8")
    result = folder.build()
    assert result.returncode == 1
    assert "PB601" in result.stdout
    assert folder.files() == {"thesis.txt": b"years of work"}


def test_files_that_no_build_wrote_stay(folder):
    assert folder.build().returncode == 0
    (folder.site / "CNAME").write_text("playbook.example.com", encoding="utf-8")
    (folder.site / "notes").mkdir()
    (folder.site / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    folder.page("two", "Changed")
    (folder.content / "pages" / "one.md").unlink()
    (folder.content / "pages" / "one.zh.md").unlink()
    assert folder.build().returncode == 0
    files = folder.files()
    assert files["CNAME"] == b"playbook.example.com"
    assert files["notes/mine.txt"] == b"mine"
    assert "en/pages/one.html" not in files


def test_a_file_of_somebody_in_the_way_of_a_page_is_not_overwritten(folder):
    assert folder.build().returncode == 0
    (folder.site / "en" / "pages" / "new.html").write_text("mine", encoding="utf-8")
    folder.page("new")
    result = folder.build()
    assert result.returncode == 1
    assert "PB601" in result.stdout
    assert "en/pages/new.html" in result.stdout
    assert folder.files()["en/pages/new.html"] == b"mine"


def test_an_output_inside_the_content_is_refused(folder):
    result = folder.build("--output", "content/site")
    assert result.returncode == 1
    assert "PB606" in result.stdout
    assert not (folder.content / "site").exists()


def test_files_that_do_not_change_keep_their_modification_time(folder):
    assert folder.build().returncode == 0
    page = folder.site / "404.html"
    os.utime(page, (1_000_000_000, 1_000_000_000))
    folder.page("one", "Changed")
    assert folder.build().returncode == 0
    assert page.stat().st_mtime == 1_000_000_000


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_the_same_input_gives_the_same_bytes(folder, tmp_path_factory, seed):
    assert folder.build("--jobs", "1").returncode == 0
    first = folder.files()
    other = type(folder)(tmp_path_factory.mktemp("elsewhere") / "deeper" / "folder")
    for path in sorted(folder.content.rglob("*.*"), reverse=True):
        other.write(path.relative_to(folder.content).as_posix(), path.read_bytes())
    time.sleep(1.1)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York", "LANG": "C"}
    result = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--today", "2026-11-23", "--jobs", "2"],
        cwd=other.root, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    assert other.files() == first
