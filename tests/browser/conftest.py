"""A real browser, the shipped playbook's site behind a web server, and pages that may not complain.

A page fails its test by an error or warning on the console, an uncaught exception, a violation of
the Content-Security-Policy, a request to another place, or a request that fails.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-23"
SUB_PATH = "/some/sub/path/"
"""Where the site is mounted: nothing in it may count on standing at the root of a host."""

FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no browser found: there is no chromium, chromium-browser or google-chrome on the PATH, and "
    "Playwright has none of its own; run scripts/install-browser, "
    "or leave these tests out with -m 'not browser'"
)

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy ${event.violatedDirective} violated by ${event.blockedURI}`);
});
"""


def _executable(own: str) -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None) or (
        own if Path(own).exists() else ""
    )
    if not found:
        pytest.fail(MISSING, pytrace=False)
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=_executable(playwright.chromium.executable_path),
            args=[*FLAGS, *(["--no-sandbox"] if as_root else [])],
        )
        yield started
        started.close()


def build(content: Path, output: Path) -> None:
    """Builds the playbook in `content` as of `TODAY`. The test fails if that fails."""
    result = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--today", TODAY,
         "--content", str(content), "--output", str(output)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if result.returncode:
        pytest.fail(f"the playbook does not build:\n{result.stdout}{result.stderr}", pytrace=False)


def built_once(factory: pytest.TempPathFactory, name: str, content: Path) -> Path:
    """The site of a playbook, built once for all processes that share the tests."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    output = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not output.exists():
            build(content, output)
    return output


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped playbook."""
    return built_once(tmp_path_factory, "shipped-site", ROOT / "content")


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small playbook that has an entry in every state of review."""
    content = ROOT / "tests" / "sites" / "every-state" / "content"
    return built_once(tmp_path_factory, "every-state-site", content)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files below where the site is mounted; the site's own error page for all else."""

    def __init__(self, *arguments: Any, mount: str, **options: Any) -> None:
        self.mount = mount
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(self.mount)
        return super().translate_path("/" + below if below != path else "/nothing/here")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Keeps quiet: the pages tell what is wrong."""


class Server(http.server.ThreadingHTTPServer):
    """Says nothing where a browser hangs up before it has everything."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serves a folder and says at which address, which ends with a slash."""
    servers: list[tuple[Server, threading.Thread]] = []

    def start(folder: Path, mount: str = SUB_PATH) -> str:
        handler = functools.partial(Handler, directory=str(folder), mount=mount)
        server = Server(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}{mount}"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def address(serve: Callable[..., str], site: Path) -> str:
    """Where the shipped playbook's site is served."""
    return serve(site)


@dataclass
class Watch:
    """What went wrong on the pages of a test."""

    home: str
    """What every address that a page asks for has to begin with."""
    missing: bool = False
    """Whether the test opens an address that does not exist."""
    troubles: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Listens to `page` from now on."""
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.troubles.append(f"exception: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("response", lambda response: self._response(response.status, response.url))
        page.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))

    def _console(self, kind: str, text: str) -> None:
        expected = self.missing and any(status in text for status in ("404", "503"))
        if kind in ("error", "warning") and not expected:
            self.troubles.append(f"console {kind}: {text}")

    def _request(self, url: str) -> None:
        if not url.startswith(self.home) and urlsplit(url).scheme not in ("about", "blob"):
            self.troubles.append(f"asked another place: {url}")

    def _response(self, status: int, url: str) -> None:
        if status >= 400 and not self.missing:
            self.troubles.append(f"answer {status}: {url}")

    def _failed(self, url: str, why: str) -> None:
        if why != "net::ERR_ABORTED":  # the page was left while it still loaded
            self.troubles.append(f"request failed, {why}: {url}")


Reader = Callable[..., Page]
"""Opens a page in a context of its own; takes what `Browser.new_context` takes."""


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """Readers of the site, each with a browser profile of their own."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def come(*, home: str = address, missing: bool = False, **options: object) -> Page:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **options}
        context = browser.new_context(base_url=home, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        context.add_init_script(REPORT_VIOLATIONS)
        contexts.append(context)
        watch = Watch(home, missing)
        watches.append(watch)
        context.on("page", watch.follow)
        return context.new_page()

    yield come
    for context in contexts:
        context.close()
    troubles = [trouble for watch in watches for trouble in watch.troubles]
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def page(reader: Reader) -> Page:
    """A reader at a desk."""
    return reader()


@pytest.fixture
def phone(reader: Reader) -> Page:
    """A reader with a phone."""
    return reader(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture(scope="session")
def words() -> dict[str, dict[str, dict[str, str]]]:
    """The interface words by language, group and key."""
    found = sorted((ROOT / "templates" / "strings").glob("*.yml"))
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in found}


PAGES = {
    "home": "index",
    "sop": "sops/six-step",
    "role": "roles/lead-seller",
    "stage": "roadmap/growth",
    "tool": "toolkits/decision-chain-sheet",
    "checklist": "toolkits/visit-checklist",
    "knowledge": "knowledge/battlecard-northlight",
    "case": "cases/automation-firm",
    "assessment": "assessments/candidate-matrix",
    "metric": "metrics/hidden-needs",
    "policy": "policies/incentives",
    "lesson": "lessons/one-set-of-kpis",
    "plan": "plans/first-30-days",
    "page": "pages/iron-triangle",
    "section": "knowledge/index",
    "road": "roadmap/index",
    "find": "find",
    "freshness": "freshness",
    "tags": "tags/index",
    "tag": "tags/risk",
    "people": "people/index",
    "person": "people/lin-wei",
}
"""A page of every sort, by what it is; below the folder of its language, without `.html`."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`language`: each in turn. `sort`: every sort of page."""
    if "language" in metafunc.fixturenames:
        metafunc.parametrize("language", ["en", "zh"])
    if "sort" in metafunc.fixturenames:
        metafunc.parametrize("sort", list(PAGES))


@pytest.fixture
def path(language: str, sort: str) -> str:
    """The page's address, relative to the site's."""
    return f"{language}/{PAGES[sort]}.html"


@pytest.fixture
def paths(language: str) -> list[str]:
    """The addresses of a page of every sort."""
    return [f"{language}/{name}.html" for name in PAGES.values()]
