"""A folder behind a web server that notes what it was asked for, and a browser without a window.

The server counts, not the browser: what workers load counts too, whoever reports it.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Served(http.server.ThreadingHTTPServer):
    """A folder, and the paths in it that were asked for since `forget`."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
        self.folder = folder
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def forget(self) -> None:
        """From here on what is asked for counts."""
        self.asked.clear()

    def loaded(self, *parts: str) -> list[int]:
        """The compressed size of each file asked for whose path begins with one of `parts`; what is
        asked for again a browser would have kept."""
        paths = [path for path in dict.fromkeys(self.asked) if path.startswith(parts)]
        return [compressed(self.folder / path) for path in paths]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser may hang up before it has everything."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: Served

    def do_GET(self) -> None:
        self.server.asked.append(unquote(urlsplit(self.path).path).lstrip("/"))
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # whoever opens a page has loaded nothing yet
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Keeps quiet."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serves `folder` for a while."""
    with Served(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium: that of the system, otherwise Playwright's own."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, NAMES)), None) or own,
            args=[*FLAGS, *(["--no-sandbox"] if as_root else [])],
        )
        yield browser
        browser.close()


@functools.cache
def compressed(path: Path) -> int:
    """What travels of a file at best: as it lies there if it is compressed already."""
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, 9, mtime=0)))
