"""Measures the playbook beside other generators on the same Markdown, all in one run.

Figures of different machines, or of different days on one machine, say little; the ratios inside
one run say much. So the contestants take turns, and of the repetitions the fastest counts, which
other work on the machine disturbs least. What is not named is left out.

    python benchmarks/beside.py --hugo PATH --pagefind COMMAND --zensical PATH --mkdocs PATH
"""

from __future__ import annotations

import argparse
import functools
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generators import HUGO, OURS, Generator, add_options, generators, middle
from live import Measured, served
from measure import Run, make_apart, run
from output import say, table

SMALL = 12
"""Entries of the builds that nothing is measured of."""


@dataclass(slots=True)
class Builds:
    """One generator on one corpus, in a folder of its own, with what was measured."""

    entries: int
    generator: Generator
    folder: Path
    content: Path
    cold: list[Run] = field(default_factory=list)
    unchanged: list[Run] = field(default_factory=list)
    edited: list[Run] = field(default_factory=list)
    files: int = 0
    output: int = 0
    """Bytes of the whole site after a cold build."""
    saves: Measured | None = None

    def measure(self) -> None:
        """Builds into nothing, then again, then after an edit."""
        say(f"building {self.entries} entries: {self.generator.name}")
        if not self.folder.exists():
            self.folder.mkdir(parents=True)
            self.generator.make(self.content, self.folder)
        self._clear()
        self.cold.append(self._build())
        sizes = [path.stat().st_size for path in self._site.rglob("*") if path.is_file()]
        self.files, self.output = len(sizes), sum(sizes)
        self.unchanged.append(self._build())
        self._edit()

    @property
    def _site(self) -> Path:
        return self.folder / self.generator.output

    def _clear(self) -> None:
        """Leaves nothing of former builds."""
        for name in (self.generator.output, *self.generator.keeps):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)

    def _build(self) -> Run:
        runs = (run(command, self.folder) for command in self.generator.builds)
        return functools.reduce(Run.then, runs)

    def _edit(self) -> None:
        """Adds a line to a page, builds, and looks whether the site has it."""
        name, word = middle(self.content), f"quicksilver-{len(self.edited)}"
        source = self.folder / self.generator.source.format(name)
        text = source.read_text(encoding="utf-8")
        source.write_text(f"{text.rstrip()}\n\n{word}\n", encoding="utf-8")
        self.edited.append(self._build())
        page = self._site / self.generator.page.format(name)
        if word not in page.read_text(encoding="utf-8"):
            raise RuntimeError(f"{self.generator.name} did not build the edit")


def measure(arguments: argparse.Namespace, folder: Path) -> list[Builds]:
    """All generators on corpora of all sizes, in turn, as often as asked for."""
    contestants = generators(arguments)
    _warm(contestants, folder / "warm")
    found: list[Builds] = []
    for size in sorted(arguments.sizes):
        content = _corpus(folder / str(size), size, arguments.seed)
        entered = [each for each in contestants if not each.square or size <= arguments.square_to]
        builds = [
            Builds(size, each, folder / str(size) / str(place), content)
            for place, each in enumerate(entered)
        ]
        for _ in range(arguments.repeat):
            for each in builds:
                each.measure()
        if size in arguments.serve:
            _serve(builds, arguments)
        shutil.rmtree(folder / str(size))
        found += builds
    return found


def _warm(contestants: Sequence[Generator], folder: Path) -> None:
    """Once for each program: what is compiled at its first start is there for all that follows."""
    content = _corpus(folder, SMALL, 1)
    for place, each in enumerate(contestants):
        Builds(SMALL, each, folder / str(place), content).measure()


def _corpus(folder: Path, entries: int, seed: int) -> Path:
    say(f"making {entries} entries")
    make_apart(folder / "content", entries, seed)
    return folder / "content"


def _serve(builds: Sequence[Builds], arguments: argparse.Namespace) -> None:
    for each in builds:
        slow = each.generator.name not in (OURS, HUGO) and each.entries > arguments.square_to
        if each.generator.serve and not slow:
            each.saves = served(each.generator, each.content, each.entries, arguments.saves)


def report(found: Sequence[Builds], arguments: argparse.Namespace) -> str:
    """All figures as Markdown."""
    versions = {each.generator.name.partition(",")[0]: each.generator for each in found}
    named = ", ".join(f"{name} {each.version()}" for name, each in versions.items())
    notes = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}; {named}. Builds: the fastest "
        f"of {arguments.repeat}; saves: the median of {arguments.saves}."
    )
    return f"{notes}\n\n{table(_HEADS, _rows(found))}\n"


_HEADS = (
    "entries", "generator", "cold s, wall / CPU", "nothing changed", "one edited",
    f"of {HUGO}, cold: cold / nothing changed / one edited", "MB, largest process / all",
    "output MB", "files", "save to served s",
)  # fmt: skip


def _rows(found: Sequence[Builds]) -> Iterator[Sequence[str]]:
    for each in found:
        yardstick = [
            other
            for other in found
            if other.entries == each.entries and other.generator.name == HUGO
        ]
        yield _row(each, yardstick[0] if yardstick else None)


def _row(builds: Builds, yardstick: Builds | None) -> Sequence[str]:
    best = [_fastest(runs) for runs in (builds.cold, builds.unchanged, builds.edited)]
    ratios = "–"
    if yardstick:
        whole = _fastest(yardstick.cold).wall
        ratios = " / ".join(f"{each.wall / whole:.3f}" for each in best)
    largest = max(each.largest for each in builds.cold) / 1e6
    together = max(each.together for each in builds.cold) / 1e6
    return (
        f"{builds.entries:,}", builds.generator.name,
        *(f"{each.wall:.2f} / {each.cpu:.2f}" for each in best), ratios,
        f"{largest:,.0f} / {together:,.0f}", f"{builds.output / 1e6:,.1f}", f"{builds.files:,}",
        f"{builds.saves.median:.3f}" if builds.saves else "–",
    )  # fmt: skip


def _fastest(runs: Sequence[Run]) -> Run:
    return min(runs, key=lambda each: each.wall)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measures the playbook beside other generators.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000, 5000])
    parser.add_argument("--repeat", type=int, default=3, help="builds; the fastest counts")
    parser.add_argument(
        "--serve", type=int, nargs="*", default=[1000, 5000], metavar="N",
        help="sizes at which saving a file is timed, too",
    )  # fmt: skip
    parser.add_argument("--saves", type=int, default=5, help="saves; the median counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument(
        "--square-to", type=int, default=1000, metavar="N",
        help="above N entries leave out what grows with the square of them, to gigabytes: "
        "MkDocs and Zensical with their navigation; and mkdocs serve, which builds all anew",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the table to this file")
    add_options(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(measure(arguments, Path(folder)), arguments)
    if arguments.output:
        arguments.output.write_text(f"# Beside others\n\n{text}", encoding="utf-8")
    else:
        print(text, end="")  # noqa: T201 — a script


if __name__ == "__main__":
    main()
