"""Times from saving a file to the new text being served: `playbook serve`, and where they are
given `hugo server` and `mkdocs serve`, on the same Markdown.

A text is saved with a word that was not there before, and the page is asked for until it has the
word. What a browser then does with it is not in the figure.

    python benchmarks/live.py --sizes 1000 5000 --hugo PATH --mkdocs PATH
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generators import Generator, add_options, generators, middle
from measure import environment, make_apart
from output import say, table

PAUSE = 0.002
"""Seconds between two looks."""
BETWEEN = 1.0
"""Seconds of rest between two saves."""
PATIENCE = 600.0
"""Seconds after which something must be wrong."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server of a project, and the page that is saved."""

    name: str
    command: Sequence[str]
    folder: Path
    port: int
    source: Path
    url: str

    def text(self) -> str:
        """What it serves now; "" while it does not answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", self.url)
            return connection.getresponse().read().decode("utf-8")
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()

    def until(self, word: str, process: subprocess.Popen[bytes], began: float) -> float:
        """Seconds from `began` until the page has `word`."""
        while word not in self.text():
            if process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {process.returncode}")
            if time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{self.name} does not serve {self.url}")
            time.sleep(PAUSE)
        return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Measured:
    """One server on one corpus. Times in seconds."""

    entries: int
    name: str
    start: float
    """From its start to the first page."""
    saves: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.saves)


def served(generator: Generator, content: Path, entries: int, repeat: int) -> Measured:
    """Starts the generator's server on a project of its own, and saves a page `repeat` times."""
    with tempfile.TemporaryDirectory() as folder:
        server = _server(generator, content, Path(folder) / "project")
        return _measured(entries, server, repeat)


def _server(generator: Generator, content: Path, folder: Path) -> Server:
    folder.mkdir()
    generator.make(content, folder)
    name, port = middle(content), _free_port()
    command = [word.format(port=port) for word in generator.serve]
    source = folder / generator.source.format(name)
    return Server(generator.name, command, folder, port, source, generator.address.format(name))


def _measured(entries: int, server: Server, repeat: int) -> Measured:
    say(f"serving {entries} entries: {server.name}")
    scratch = {
        "TMPDIR": str(server.folder.parent)
    }  # what a server leaves when it is ended goes too
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 — the commands are ours
        server.command,
        cwd=server.folder,
        env=environment() | scratch,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        start = server.until("</html>", process, began)
        text = server.source.read_text(encoding="utf-8")
        saves = tuple(_saved(server, process, text, number) for number in range(repeat))
    finally:
        process.terminate()
        process.wait()
    say(f"  first page {start:.2f} s, saves {', '.join(f'{each:.2f}' for each in saves)} s")
    return Measured(entries, server.name, start, saves)


def _saved(server: Server, process: subprocess.Popen[bytes], text: str, number: int) -> float:
    time.sleep(BETWEEN)
    word = f"quicksilver-{number}"
    began = time.perf_counter()
    server.source.write_text(f"{text}\n\n{word}\n", encoding="utf-8")
    return server.until(word, process, began)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _all(arguments: argparse.Namespace, folder: Path) -> Iterator[Measured]:
    for size in sorted(arguments.sizes):
        content = folder / str(size) / "content"
        say(f"making {size} entries")
        make_apart(content, size)
        for generator in generators(arguments):
            if generator.serve:
                yield served(generator, content, size, arguments.repeat)


HEADS = ("entries", "server of", "start to first page s", "save to served s, median", "fastest")


def _row(each: Measured) -> tuple[str, ...]:
    times = (each.start, each.median, min(each.saves))
    return (str(each.entries), each.name, *(f"{seconds:.2f}" for seconds in times))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Times saving a file until it is served.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--repeat", type=int, default=5, help="saves; the median counts")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    add_options(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(HEADS, map(_row, _all(arguments, Path(folder)))))  # noqa: T201 — a script


if __name__ == "__main__":
    main()
