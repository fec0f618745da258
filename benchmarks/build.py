"""Times cold builds of corpora of several sizes, to see whether a build grows with its playbook.

Figures of different machines, or of different days on one machine, say little; the ratios inside
one run say much. So all sizes are measured alternately in one run, and of the repetitions the
fastest counts, which other work on the machine disturbs least.

    python benchmarks/build.py --sizes 200 1000 5000 --repeat 3
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import NEIGHBOURHOOD
from entries import TODAY
from measure import Run, make_apart, run
from output import say, table


@dataclass(slots=True)
class Corpus:
    """One size, with what was measured of it."""

    entries: int
    folder: Path
    runs: list[Run] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)
    """Sizes in bytes of the pages of entries, by their address."""
    files: int = 0
    output: int = 0
    """Bytes of the whole site."""

    @property
    def best(self) -> Run:
        return min(self.runs, key=lambda each: each.wall)


def measure(arguments: argparse.Namespace, folder: Path) -> list[Corpus]:
    """Makes all corpora, then builds each in turn, as often as asked for."""
    corpora = [Corpus(size, folder / str(size)) for size in sorted(arguments.sizes)]
    for corpus in corpora:
        say(f"making {corpus.entries} entries")
        make_apart(corpus.folder / "content", corpus.entries, arguments.seed)
    for number in range(arguments.repeat):
        for corpus in corpora:
            say(f"building {corpus.entries} entries, {number + 1} of {arguments.repeat}")
            corpus.runs.append(_build(corpus, arguments))
    return corpora


def _build(corpus: Corpus, arguments: argparse.Namespace) -> Run:
    site = corpus.folder / "site"
    command = [sys.executable, "-m", "generator", "build", "--today", str(TODAY)]
    command += ["--jobs", str(arguments.jobs)]
    measured = run(command, corpus.folder)
    sizes = {p.relative_to(site).as_posix(): p.stat().st_size for p in _files(site)}
    corpus.files, corpus.output = len(sizes), sum(sizes.values())
    entries = {p.relative_to(corpus.folder / "content") for p in corpus.folder.glob("content/*/*")}
    addresses = {f"{code}/{p.parent}/{p.stem}.html" for p in entries for code in ("en", "zh")}
    corpus.pages = {address: sizes[address] for address in addresses if address in sizes}
    shutil.rmtree(site)
    return measured


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def report(corpora: Sequence[Corpus], jobs: int) -> str:
    """All figures as Markdown."""
    smallest = corpora[0]
    parts = [
        f"{os.cpu_count()} cores, {jobs} processes; the fastest of {len(smallest.runs)}.",
        table(_TIMES, (_times(corpus, smallest) for corpus in corpora)),
        table(_STAGES, (_stages(corpus) for corpus in corpora)),
        table(_SIZES, (_sizes(corpus) for corpus in corpora)),
        "\n".join(_same_pages(*pair) for pair in itertools.pairwise(corpora)),
    ]
    return "\n\n".join(parts) + "\n"


_TIMES = (
    "entries", "wall s", "CPU s", "wall ms per entry", "against the smallest",
    "CPU ms per entry", "against the smallest", "largest process MB", "all processes MB",
)  # fmt: skip


def _times(corpus: Corpus, smallest: Corpus) -> Sequence[str]:
    best, count = corpus.best, corpus.entries
    wall = best.wall / count / (smallest.best.wall / smallest.entries)
    cpu = best.cpu / count / (smallest.best.cpu / smallest.entries)
    return (
        f"{count}", f"{best.wall:.2f}", f"{best.cpu:.2f}",
        f"{best.wall / count * 1000:.2f}", f"{wall:.2f}",
        f"{best.cpu / count * 1000:.2f}", f"{cpu:.2f}",
        f"{best.largest / 1e6:.0f}", f"{best.together / 1e6:.0f}",
    )  # fmt: skip


_STAGES = ("entries", "start s", "read, validate, link s", "render, write s")


def _stages(corpus: Corpus) -> Sequence[str]:
    """Told apart by the lines that the build prints as each stage has its first results."""
    best = corpus.best
    at = {line.partition(":")[0]: seconds for seconds, line in best.lines}
    reading, rendering = at.get("Reading", 0.0), at.get("Rendering", 0.0)
    spans = (reading, rendering - reading, best.wall - rendering)
    return (f"{corpus.entries}", *(f"{span:.2f}" for span in spans))


_SIZES = ("entries", "files", "output MB", "entry page KB, median", "entry page KB, largest")


def _sizes(corpus: Corpus) -> Sequence[str]:
    pages = corpus.pages.values()
    return (
        f"{corpus.entries}", f"{corpus.files}", f"{corpus.output / 1e6:.1f}",
        f"{statistics.median(pages) / 1000:.1f}", f"{max(pages) / 1000:.1f}",
    )  # fmt: skip


def _same_pages(smaller: Corpus, larger: Corpus) -> str:
    """Leaves out the last entries of the smaller corpus, which in a larger one are named by more
    others."""
    ratios = sorted(
        larger.pages[address] / size
        for address, size in smaller.pages.items()
        if _number(address) < smaller.entries - NEIGHBOURHOOD
    )
    if not ratios:
        return (
            f"- {smaller.entries} entries are too few to compare their pages with those of others."
        )
    return (
        f"- The same {len(ratios)} pages at {larger.entries} entries have {ratios[0]:.3f} to "
        f"{ratios[-1]:.3f} times the size that they have at {smaller.entries}, "
        f"median {statistics.median(ratios):.3f}."
    )


def _number(address: str) -> int:
    return int(address.removesuffix(".html").rpartition("-")[2])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Times builds of playbooks of several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000, 5000])
    parser.add_argument("--repeat", type=int, default=3, help="how often; the fastest counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpora = measure(arguments, Path(folder))
    print(report(corpora, arguments.jobs), end="")  # noqa: T201 — a script


if __name__ == "__main__":
    main()
