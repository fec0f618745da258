"""Times from saving a file to the new text being served: `playbook serve`, and where they are
given `hugo server` and `mkdocs serve`, on the same Markdown.

A text is saved with a word that was not there before, and the page is asked for until it has the
word. What a browser then does with it is not in the figure.

    python benchmarks/live.py --sizes 1000 5000 --hugo PATH --mkdocs PATH
"""

from __future__ import annotations

import argparse
import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from entries import TODAY
from measure import run
from output import say, table
from yardstick import make_mkdocs

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

    def until(self, word: str, began: float) -> float:
        """Seconds from `began` until the page has `word`."""
        while word not in self.text():
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


def measure(arguments: argparse.Namespace, folder: Path) -> Iterator[Measured]:
    """All servers on corpora of all sizes."""
    for size in sorted(arguments.sizes):
        place = folder / str(size)
        place.mkdir()
        say(f"making {size} entries")
        script = Path(__file__).with_name("corpus.py")
        run([sys.executable, str(script), "content", "--entries", str(size)], place)
        for make in _contestants(arguments):
            server = make(place)
            say(f"  {server.name}")
            yield _measured(size, server, arguments.repeat)


def _measured(size: int, server: Server, repeat: int) -> Measured:
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 — the commands are ours
        server.command, cwd=server.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        start = server.until("</html>", began)
        text = server.source.read_text(encoding="utf-8")
        saves = tuple(_saved(server, text, number) for number in range(repeat))
        server.source.write_text(text, encoding="utf-8")  # the next project is made of it
    finally:
        process.terminate()
        process.wait()
    say(f"    first page {start:.2f} s, saves {', '.join(f'{each:.2f}' for each in saves)} s")
    return Measured(size, server.name, start, saves)


def _saved(server: Server, text: str, number: int) -> float:
    time.sleep(BETWEEN)
    word = f"quicksilver-{number}"
    began = time.perf_counter()
    server.source.write_text(f"{text}\n\n{word}\n", encoding="utf-8")
    return server.until(word, began)


def _contestants(arguments: argparse.Namespace) -> Iterator[Callable[[Path], Server]]:
    yield _playbook
    if arguments.hugo:
        yield lambda place: _hugo(place, arguments.hugo)
    if arguments.mkdocs:
        yield lambda place: _mkdocs(place, arguments.mkdocs)


def _playbook(place: Path) -> Server:
    page, port = _middle(place / "content"), _free_port()
    command = [sys.executable, "-m", "generator", "serve", "--today", str(TODAY)]
    url = f"/en/knowledge/{page.stem}.html"
    return Server("playbook serve", [*command, "--port", str(port)], place, port, page, url)


def _hugo(place: Path, command: str) -> Server:
    folder, port = place / "hugo", _free_port()
    make_mkdocs(place / "content", folder, navigation=False)
    make_hugo(folder)
    page = folder / "content" / "knowledge" / f"{_middle(place / 'content').stem}.md"
    options = ["server", "--port", str(port), "--bind", "127.0.0.1"]
    url = f"/knowledge/{page.stem.lower()}/"
    return Server("hugo server", [command, *options], folder, port, page, url)


def _mkdocs(place: Path, command: str) -> Server:
    folder, port = place / "mkdocs", _free_port()
    make_mkdocs(place / "content", folder, navigation=False)
    page = folder / "docs" / "knowledge" / f"{_middle(place / 'content').stem}.md"
    options = ["serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    return Server(
        "mkdocs serve", [command, *options], folder, port, page, f"/knowledge/{page.stem}/"
    )


LAYOUT = """\
<!doctype html><html><head><title>{{ .Title }}</title></head><body>
<h1>{{ .Title }}</h1>{{ .Content }}
{{ range .Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}
</body></html>
"""


def make_hugo(folder: Path) -> None:
    """Turns a MkDocs project into one of Hugo, with the plainest of layouts and no search."""
    (folder / "hugo.toml").write_text('title = "Benchmark"\nbaseURL = "/"\n', encoding="utf-8")
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text(LAYOUT, encoding="utf-8")
    (folder / "docs").rename(folder / "content")
    (folder / "content" / "index.md").rename(folder / "content" / "_index.md")
    for path in folder.glob("content/**/*.md"):
        title, _, body = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
        front = f"---\ntitle: '{title.replace(chr(39), chr(39) * 2)}'\n---\n"
        path.write_text(front + body, encoding="utf-8")


def _middle(content: Path) -> Path:
    """The page that is saved: Markdown in the source language, from the middle of the corpus."""
    pages = sorted(p for p in content.glob("knowledge/*.md") if "." not in p.stem)
    return pages[len(pages) // 2]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


HEADS = ("entries", "server", "start to first page s", "save to served s, median", "fastest")


def report(measured: Sequence[Measured]) -> str:
    """All figures as Markdown."""
    return table(HEADS, (_row(each) for each in measured))


def _row(each: Measured) -> tuple[str, ...]:
    times = (each.start, statistics.median(each.saves), min(each.saves))
    return (str(each.entries), each.name, *(f"{seconds:.2f}" for seconds in times))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Times saving a file until it is served.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--repeat", type=int, default=5, help="saves; the median counts")
    parser.add_argument("--hugo", help="the command hugo, of whatever environment")
    parser.add_argument("--mkdocs", help="the command mkdocs, of whatever environment")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = list(measure(arguments, Path(folder)))
    print(report(measured))  # noqa: T201 — a script


if __name__ == "__main__":
    main()
