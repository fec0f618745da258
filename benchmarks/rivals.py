"""Compares the site's search with MiniSearch and Pagefind: what is found, and what it costs a
reader who has loaded nothing yet.

Neither of the others is a dependency; what is not given is left out.

    python benchmarks/rivals.py --minisearch PATH/dist/umd/index.js --pagefind PATH/pagefind
"""

from __future__ import annotations

import argparse
import functools
import shlex
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from asking import ROOT, Judged, Score, drawn, judged, score
from browsing import browsing, compressed, serving
from contestants import Contestant, Ours, Pagefind, PagefindInAll, Playbook
from corpus import make_corpus
from measure import run
from minisearch import MiniSearch, TunedMiniSearch
from output import say, table

from generator.build import Content, load

SHIPPED = "shipped"

Enter = Callable[[Playbook], Contestant]


@dataclass(slots=True)
class Measured:
    """One contestant on one playbook. Sizes are compressed bytes."""

    playbook: str
    name: str
    files: Sequence[int]
    """The size of each file that it publishes."""
    loaded: list[int] = field(default_factory=list)
    """What each query loaded."""
    requests: list[int] = field(default_factory=list)
    scores: dict[str, list[Score]] = field(default_factory=dict)
    """By group of queries."""
    firsts: int = 0
    """Queries whose first answer is another one where all files are loaded; of ours alone."""
    lists: int = 0
    """Those of which anything in the list is another one."""


@dataclass(frozen=True, slots=True)
class Share:
    """Seconds of CPU of a build, and of making the files of the search in it."""

    playbook: str
    search: float
    whole: float


def measure(arguments: argparse.Namespace, folder: Path) -> tuple[list[Measured], list[Share]]:
    """All contestants on the shipped playbook and on made-up ones."""
    found: list[Measured] = []
    shares: list[Share] = []
    for name in (SHIPPED, *map(str, sorted(arguments.sizes))):
        place = folder / name
        place.mkdir()
        content = ROOT / "content" if name == SHIPPED else place / "content"
        if name != SHIPPED:
            say(f"making {name} entries")
            make_corpus(content, int(name), arguments.seed)
        say(f"building {name}")
        shares.append(_built(name, content, place / "site"))
        found += _compared(name, content, place, arguments)
        shutil.rmtree(place)
    return found, shares


def _built(name: str, content: Path, output: Path) -> Share:
    script = Path(__file__).with_name("share.py")
    lines = run([sys.executable, str(script), str(content), str(output)], ROOT).lines
    seconds = dict(line.split() for _, line in lines)
    return Share(name, float(seconds["search"]), float(seconds["whole"]))


def _compared(
    name: str, content: Path, place: Path, arguments: argparse.Namespace
) -> list[Measured]:
    library = load(Content(content, "content")).library
    assert library is not None
    queries = judged() if name == SHIPPED else drawn(library)
    with serving(place) as server, browsing() as browser:
        playbook = Playbook(library, server, browser)
        return [
            _asked(name, enter(playbook), queries[: arguments.queries])
            for enter in _entrants(arguments)
        ]


def _entrants(arguments: argparse.Namespace) -> Iterator[Enter]:
    yield Ours
    if _there(script := arguments.minisearch):
        yield functools.partial(MiniSearch, script=script)
        yield functools.partial(TunedMiniSearch, script=script)
    if command := _command(arguments.pagefind):
        yield functools.partial(Pagefind, command=command)
        yield functools.partial(PagefindInAll, command=command)


def _there(path: Path | None) -> bool:
    return path is not None and path.is_file()


def _command(given: str | None) -> list[str]:
    """The command in words, such as `python -m pagefind`; none if there is no such program."""
    command = shlex.split(given or "")
    found = command and shutil.which(command[0])
    return [found, *command[1:]] if found else []


def _asked(name: str, contestant: Contestant, queries: Sequence[Judged]) -> Measured:
    say(f"asking {contestant.name}, {name}")
    measured = Measured(name, contestant.name, [compressed(path) for path in contestant.files])
    for each in queries:
        reply = contestant.ask(each.query)
        measured.loaded.append(sum(reply.loaded))
        measured.requests.append(len(reply.loaded))
        if isinstance(contestant, Ours):
            whole = contestant.complete(each.query)
            measured.firsts += reply.found[:1] != whole[:1]
            measured.lists += reply.found != whole
        for group in each.groups:
            measured.scores.setdefault(group, []).append(score(reply, each.want))
    return measured


# What is reported.


def report(
    found: Sequence[Measured], shares: Sequence[Share], arguments: argparse.Namespace
) -> str:
    """All figures as Markdown."""
    shipped = [measured for measured in found if measured.playbook == SHIPPED]
    parts = [
        "Recall@5 / reciprocal rank, on the shipped playbook:",
        table(["queries", "count", *(each.name for each in shipped)], _quality(shipped)),
        "What a reader loads who has loaded nothing yet, in KB of 1,000 bytes, compressed:",
        table(_COSTS, map(_cost, found)),
        "Queries that the palette answers otherwise than the search page, which loads all files:",
        table(_AGREEMENT, (_agreement(each) for each in found if each.name == Ours.name)),
        "Making the files of the search, as a part of the build in one process:",
        table(_SHARES, map(_share, shares)),
    ]
    if not _there(arguments.minisearch):
        parts.append("MiniSearch was left out: --minisearch names no file.")
    if not _command(arguments.pagefind):
        parts.append("Pagefind was left out: --pagefind names no program.")
    return "\n\n".join(parts) + "\n"


def _quality(shipped: Sequence[Measured]) -> Iterator[Sequence[str]]:
    for group, scores in shipped[0].scores.items():
        yield group, f"{len(scores)}", *(_means(each.scores[group]) for each in shipped)


def _means(scores: Sequence[Score]) -> str:
    return " / ".join(f"{statistics.fmean(column):.3f}" for column in zip(*scores, strict=True))


_COSTS = (
    "entries", "search", "published KB", "files", "a query KB, median", "largest",
    "requests, median", "largest",
)  # fmt: skip


def _cost(measured: Measured) -> Sequence[str]:
    loaded, requests = measured.loaded, measured.requests
    return (
        measured.playbook, measured.name,
        f"{sum(measured.files) / 1000:,.1f}", f"{len(measured.files):,}",
        f"{statistics.median(loaded) / 1000:,.1f}", f"{max(loaded) / 1000:,.1f}",
        f"{statistics.median(requests):.0f}", f"{max(requests)}",
    )  # fmt: skip


_AGREEMENT = ("entries", "queries", "another first answer", "another list of eight")


def _agreement(measured: Measured) -> Sequence[str]:
    asked = len(measured.loaded)
    return measured.playbook, f"{asked}", f"{measured.firsts}", f"{measured.lists}"


_SHARES = ("entries", "build CPU s", "search CPU s", "share")


def _share(share: Share) -> Sequence[str]:
    part = share.search / share.whole
    return share.playbook, f"{share.whole:.2f}", f"{share.search:.2f}", f"{part:.1%}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compares searches of playbooks.")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, metavar="N", help="ask only the first N queries")
    parser.add_argument(
        "--minisearch", type=Path, metavar="PATH", help="dist/umd/index.js of the npm package"
    )
    parser.add_argument(
        "--pagefind", metavar="COMMAND", help="the program, or a command such as python -m pagefind"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found, shares = measure(arguments, Path(folder))
    print(report(found, shares, arguments), end="")  # noqa: T201 — a script


if __name__ == "__main__":
    main()
