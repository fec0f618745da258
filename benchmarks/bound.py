"""What bounds a cold build: a bare pipeline beside it, and whose code takes its CPU time.

    python benchmarks/bound.py CONTENT

The *bare pipeline* reads each file with libyaml, renders its Markdown with markdown-it-py and fills
one tiny template with Jinja2, shared out to two processes. It checks nothing, relates nothing, has
no search, and makes one page of each file. Whose code runs is asked a few hundred times a second of
CPU; what a function in C takes counts for the Python that called it. Linux only.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import yaml
from entries import TODAY
from jinja2 import Environment
from markdown_it import MarkdownIt
from measure import run
from output import say, table

from generator.build import Content, Request, build
from generator.cli import terminal

JOBS = 2
SECONDS = 0.004
"""Of CPU between two looks; kernels seldom count finer."""
PAGE = (
    "<!doctype html><html><head><title>{{ data.title }}</title></head>"
    "<body><h1>{{ data.title }}</h1><p>{{ data.summary }}</p>{{ body|safe }}</body></html>"
)
LIBRARIES = {
    "jinja2": "Jinja2",
    "markdown_it": "markdown-it-py",
    "markupsafe": "Jinja2",
    "mdit_py_plugins": "markdown-it-py",
    "mdurl": "markdown-it-py",
    "yaml": "PyYAML",
}
"""Whose packages are, where they have another name."""


def bare(content: Path, output: Path) -> float:
    """Seconds that the bare pipeline takes."""
    files = sorted(path for path in content.rglob("*") if path.suffix in {".md", ".yml"})
    began = time.perf_counter()
    context = multiprocessing.get_context("fork")
    shares = [files[share::JOBS] for share in range(JOBS)]
    workers = [context.Process(target=_convert, args=(share, output)) for share in shares]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        sys.exit("the bare pipeline failed")
    return time.perf_counter() - began


def _convert(files: Sequence[Path], output: Path) -> None:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    template = Environment(autoescape=True).from_string(PAGE)
    for number, path in enumerate(files):
        front, body = path.read_text("utf-8"), ""
        if path.suffix == ".md":
            _, front, body = front.split("---\n", 2)
        data = yaml.load(front, yaml.CSafeLoader) or {}
        page = template.render(data=data, body=markdown.render(body))
        (output / f"{files[0].stem}-{number}.html").write_text(page, "utf-8")


def owners(content: Path, output: Path) -> Counter[str]:
    """How often whose code was seen at work in a build of one process."""
    seen: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        if frame is not None:
            seen[_owner(frame.f_code.co_filename)] += 1

    request = Request(
        Content(content, content.name),
        output,
        terminal.template_folders(content),
        today=lambda _: TODAY,
    )
    terminal.collect_seldom()  # as the command does
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, SECONDS, SECONDS)
    try:
        outcome = build(request)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if not outcome.written:
        sys.exit(f"the playbook does not build: {outcome.problems[0]}")
    return seen


def _owner(path: str) -> str:
    """Whose a file is. Templates are Jinja2's: their Python is what it makes of them."""
    if "site-packages/" in path:
        name = path.rpartition("site-packages/")[2].partition("/")[0]
        return LIBRARIES.get(name, name)
    if "/generator/" in path:
        return "ours: " + path.rpartition("/generator/")[2].partition("/")[0]
    if path.startswith("<string>"):
        return "ours: dataclasses"
    return "Jinja2" if path.startswith("templates/") else "Python's own library"


def report(least: float, whole: float, seen: Counter[str]) -> str:
    """Both times, and the shares from 1 % on, as Markdown."""
    times = f"bare pipeline {least:.2f} s, build {whole:.2f} s, both with {JOBS} processes"
    total = seen.total()
    ours = sum(count for owner, count in seen.items() if owner.startswith("ours"))
    rows = [("ours, all", f"{ours / total:.1%}"), ("others, all", f"{1 - ours / total:.1%}")]
    rows += [(who, f"{n / total:.1%}") for who, n in seen.most_common() if n >= total / 100]
    return f"{times}\n\n{table(('whose code', 'share of CPU'), rows)}\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("content", type=Path, help="a content folder, as corpus.py makes one")
    content = parser.parse_args().content.resolve()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        say("the bare pipeline")
        (output / "bare").mkdir()
        least = min(bare(content, output / "bare") for _ in range(2))
        say("a build")
        command = [sys.executable, "-m", "generator", "build", "--content", str(content)]
        command += ["--output", str(output / "site"), "--today", str(TODAY), "--jobs", str(JOBS)]
        whole = run(command, output)
        say("a build in one process, looked at")
        seen = owners(content, output / "looked-at")
    sys.stdout.write(report(least, whole.wall, seen))


if __name__ == "__main__":
    main()
