"""Times the verdicts on a playbook with a history, beside one `git log` per file as the yardstick.

The yardstick answers less: it knows the last commit that touched a file, and neither what was
reformatted nor what was reviewed. It is run on a sample of the files and scaled up.

    python benchmarks/staleness.py --entries 1000 10000 --commits 10000 --repeat 3
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from entries import TODAY
from measure import Run, run
from output import say

from generator.build import Content, judged, load, read_past
from generator.build.reviews.mergebase import Base, load_base
from generator.build.reviews.trend import read_trend
from generator.history import Repository, open_repository

STEPS = ("load", "log", "verdict", "trend", "base")
"""What one run does, in this order: the playbook read and validated; git's log alone, for
comparison; the verdicts with everything that the history says, log included; the last 26 weeks; the
comparison with the commit before the last ten."""
BASE = "HEAD~10"


@dataclass(slots=True)
class Playbook:
    """One size, with what was measured of it."""

    entries: int
    commits: int
    folder: Path
    runs: list[Run] = field(default_factory=list)
    yardstick: float = 0.0
    """Seconds for one `git log` per file, scaled up from the sample."""

    def best(self, step: str) -> float:
        """The fastest time of a step, in seconds."""
        return min(_times(each)[step] for each in self.runs)


def measure(arguments: argparse.Namespace, folder: Path) -> list[Playbook]:
    """Makes all playbooks, then measures each in turn, as often as asked for."""
    playbooks = [
        Playbook(entries, commits, folder / f"{entries}-{commits}")
        for entries in sorted(arguments.entries)
        for commits in sorted(arguments.commits)
    ]
    for playbook in playbooks:
        say(f"making {playbook.entries} entries with {playbook.commits} commits")
        _make(playbook, arguments.seed)
    for number in range(arguments.repeat):
        for playbook in playbooks:
            say(f"run {number + 1} of {arguments.repeat}: {playbook.entries} entries")
            command = [sys.executable, __file__, "--measure", str(playbook.folder)]
            playbook.runs.append(run(command, Path.cwd()))
    for playbook in playbooks:
        playbook.yardstick = _yardstick(playbook, arguments.sample, arguments.seed)
    return playbooks


def _make(playbook: Playbook, seed: int) -> None:
    """In processes of their own: the peak memory of a process counts towards that of those it
    starts, so this one has to stay small."""
    playbook.folder.mkdir()
    folder = playbook.folder
    for script, made, option, count in (
        ("corpus.py", "content", "--entries", playbook.entries),
        ("commits.py", ".", "--commits", playbook.commits),
    ):
        path = str(Path(__file__).with_name(script))
        run([sys.executable, path, made, option, str(count), "--seed", str(seed)], folder)


def one_run(folder: Path) -> None:
    """Goes through STEPS once, and writes the time of each to standard error."""
    gc.set_threshold(100_000, 50, 100)  # as the command sets it
    content = Content(folder / "content", "content")
    jobs = len(os.sched_getaffinity(0))
    with _timed("load"):
        checked = load(content, jobs)
    library = checked.library
    repository = open_repository(content.folder)
    assert library
    assert isinstance(repository, Repository)
    with _timed("log"):
        assert repository.log.commits
    with _timed("verdict"):
        past = read_past(content, checked, library, TODAY, jobs)
        freshness = judged(checked, library, TODAY, past)
    assert len(freshness.items) == len(library.source.entries)
    assert past.pasts is not None
    with _timed("trend"):
        read_trend(past, checked, library, TODAY)
    with _timed("base"):
        base = load_base(content, BASE, checked, past, TODAY)
        assert isinstance(base, Base)
        judged(base.checked, base.library, TODAY, base.past)


@contextmanager
def _timed(step: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(step, time.perf_counter() - began, file=sys.stderr)  # noqa: T201


def _times(measured: Run) -> dict[str, float]:
    pairs = (line.split() for _, line in measured.lines)
    return {step: float(seconds) for step, seconds in pairs}


def _yardstick(playbook: Playbook, sample: int, seed: int) -> float:
    """The time of `git log -1 --follow` for each source file, from a sample of them."""
    content = playbook.folder / "content"
    files = sorted(path for path in content.glob("*/*") if path.name.count(".") == 1)
    chosen = random.Random(seed).sample(files, min(sample, len(files)))  # noqa: S311
    began = time.perf_counter()
    for path in chosen:
        name = path.relative_to(playbook.folder).as_posix()
        command = ["git", "log", "-1", "--follow", "--format=%H %ct", "--", name]
        subprocess.run(command, cwd=playbook.folder, check=True, capture_output=True)  # noqa: S603
    return (time.perf_counter() - began) / len(chosen) * len(files)


def table(playbooks: Sequence[Playbook], sample: int) -> Iterator[str]:
    """The result in Markdown."""
    yield "| entries | commits | read, validate s | git's log s | verdict with history s"
    yield " | 26 weeks s | base s | largest process MB"
    yield " | one `git log` per file s | times faster |\n"
    yield "| ---: " * 10 + "|\n"
    for each in playbooks:
        steps = " | ".join(f"{each.best(step):.2f}" for step in STEPS)
        memory = min(measured.largest for measured in each.runs) / 1e6
        faster = each.yardstick / each.best("verdict")
        yield f"| {each.entries} | {each.commits} | {steps} | {memory:.0f}"
        yield f" | {each.yardstick:.0f} | {faster:.0f} |\n"
    yield f"\nOne `git log` per file is scaled up from {sample} files.\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Times verdicts with a history.")
    parser.add_argument("--entries", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--commits", type=int, nargs="+", default=[10_000])
    parser.add_argument("--repeat", type=int, default=3, help="the fastest counts")
    parser.add_argument("--sample", type=int, default=100, help="files for the yardstick")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        one_run(arguments.measure)
        return
    with tempfile.TemporaryDirectory() as folder:
        found = measure(arguments, Path(folder))
        sys.stdout.write("".join(table(found, arguments.sample)))


if __name__ == "__main__":
    main()
