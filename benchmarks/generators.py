"""The generators that are compared: what their projects are made of, and how they are run.

All get the same Markdown, each in a folder of its own. What is not installed is left out.
"""

from __future__ import annotations

import argparse
import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from entries import TODAY
from hugosite import make_hugo
from yardstick import make_mkdocs, make_zensical

OURS = "playbook"
HUGO = "Hugo + Pagefind"
"""What the others are compared with."""


@dataclass(frozen=True, slots=True)
class Generator:
    """One contestant."""

    name: str
    make: Callable[[Path, Path], object]
    """Writes its project: a content folder and the folder to write."""
    builds: Sequence[Sequence[str]]
    """The commands of a build with search, one after the other."""
    source: str
    """Where a page of knowledge stands in the project, with `{}` for its name."""
    page: str
    """Where the page stands in the output."""
    keeps: Sequence[str] = ()
    """What it keeps from one build to the next, beside its output."""
    output: str = "site"
    serve: Sequence[str] = ()
    """The command of its server, with `{port}`; none if it is not compared."""
    address: str = ""
    """Where the server serves the page."""
    square: bool = False
    """Whether its work grows with the square of the pages, because every page names all."""
    versions: Sequence[Sequence[str]] = ()
    """Commands that print the versions."""

    def version(self) -> str:
        """The versions of its programs."""
        lines = (subprocess.check_output(command, text=True) for command in self.versions)  # noqa: S603
        found = (re.search(r"\d+\.\d+(\.\d+)*", line) for line in lines)
        return " + ".join(match[0] for match in found if match)


def add_options(parser: argparse.ArgumentParser) -> None:
    """One option for each program; what is neither named nor found is left out."""
    for name in ("hugo", "zensical", "mkdocs"):
        parser.add_argument(
            f"--{name}", type=_program, metavar="PATH", default=shutil.which(name),
            help="by default that of the environment, if it has one",
        )  # fmt: skip
    parser.add_argument(
        "--pagefind", type=_program, metavar="COMMAND", default=shutil.which("pagefind"),
        help="such as 'python -m pagefind'; Hugo is left out without it",
    )  # fmt: skip


def _program(given: str) -> list[str]:
    """A command in words, to be run in any folder."""
    words = shlex.split(given)
    found = shutil.which(words[0]) if words else None
    if not found:
        raise argparse.ArgumentTypeError(f"there is no program {given!r}")
    return [os.path.abspath(found), *words[1:]]


def generators(arguments: argparse.Namespace) -> list[Generator]:
    """Ours, and those that the options name."""
    found = [_ours(arguments.jobs)]
    if arguments.hugo and arguments.pagefind:
        found.append(_hugo(arguments.hugo, arguments.pagefind))
    if arguments.zensical:
        found += _documentation("Zensical", arguments.zensical, make_zensical)
    if arguments.mkdocs:
        found += _documentation("MkDocs", arguments.mkdocs, make_mkdocs)
    return found


def _ours(jobs: int) -> Generator:
    command = [sys.executable, "-m", "generator"]
    return Generator(
        OURS,
        make=lambda content, folder: shutil.copytree(content, folder / "content"),
        builds=[[*command, "build", "--today", str(TODAY), "--jobs", str(jobs)]],
        source="content/knowledge/{}.md",
        page="en/knowledge/{}.html",
        keeps=[".cache"],
        serve=[*command, "serve", "--today", str(TODAY), "--port", "{port}"],
        address="/en/knowledge/{}.html",
        versions=[[*command, "--version"]],
    )


def _hugo(hugo: Sequence[str], pagefind: Sequence[str]) -> Generator:
    return Generator(
        HUGO,
        make=make_hugo,
        builds=[[*hugo, "--quiet"], [*pagefind, "--site", "public", "--silent"]],
        source="content/knowledge/{}.md",
        page="knowledge/{}/index.html",
        keeps=["resources", ".hugo_build.lock"],
        output="public",
        serve=[*hugo, "server", "--port", "{port}", "--bind", "127.0.0.1"],
        address="/knowledge/{}/",
        versions=[[*hugo, "version"], [*pagefind, "--version"]],
    )


def _documentation(
    name: str, command: Sequence[str], make: Callable[[Path, Path, bool], object]
) -> Iterator[Generator]:
    """MkDocs, or what builds the same projects: as it comes, and without its navigation."""
    common = functools.partial(
        Generator,
        builds=[[*command, "build", *(["--quiet"] if name == "MkDocs" else [])]],
        source="docs/knowledge/{}.md",
        page="knowledge/{}/index.html",
        keeps=[".cache"],
        versions=[[*command, "--version"]],
    )
    serve = [*command, "serve", "--livereload", "--dev-addr", "127.0.0.1:{port}"]
    yield common(f"{name}, as it comes", functools.partial(make, navigation=True), square=True)
    yield common(
        f"{name}, no navigation",
        functools.partial(make, navigation=False),
        serve=serve if name == "MkDocs" else (),
        address="/knowledge/{}/",
    )


def middle(content: Path) -> str:
    """The name of the page that is edited: Markdown from the middle of the corpus."""
    names = sorted(path.stem for path in content.glob("knowledge/*.md") if "." not in path.stem)
    return names[len(names) // 2]
