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
from playwright.sync_api import Browser, Page, sync_playwright

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
    """Serves a folder and says at which address, which ends with a slash and stays the same."""
    servers: dict[tuple[Path, str], tuple[Server, threading.Thread]] = {}

    def start(folder: Path, mount: str = SUB_PATH) -> str:
        if (folder, mount) not in servers:
            handler = functools.partial(Handler, directory=str(folder), mount=mount)
            server = Server(("127.0.0.1", 0), handler)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            servers[folder, mount] = (server, thread)
        return f"http://127.0.0.1:{servers[folder, mount][0].server_address[1]}{mount}"

    yield start
    for server, thread in servers.values():
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


class Profile:
    """A browser profile, for one reader after the other: making one takes longer than most of what
    they do. Each has a tab of their own, and what they leave behind is wiped."""

    def __init__(self, browser: Browser, home: str, options: dict[str, Any]) -> None:
        self.home = home
        self.context = browser.new_context(base_url=home, **options)
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(REPORT_VIOLATIONS)
        self.blank = self.context.new_page()
        """A tab that stays open, so that the window does."""
        self.watch = Watch(home)
        self.context.on("page", lambda page: self.watch.follow(page))

    def open(self, missing: bool) -> Page:
        """A tab for the next reader."""
        self.watch = Watch(self.home, missing)
        return self.context.new_page()

    def wipe(self) -> None:
        """Makes it as good as new."""
        for page in self.context.pages[1:]:
            page.close()
        home = urlsplit(self.home)
        session = self.context.new_cdp_session(self.blank)
        session.send(
            "Storage.clearDataForOrigin",
            {"origin": f"{home.scheme}://{home.netloc}", "storageTypes": "all"},
        )
        session.detach()
        self.context.clear_cookies()
        self.context.clear_permissions()


class Profiles:
    """Those that are there, by what they were made with."""

    MOST = 12
    """More than this many are not kept while nobody uses them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[tuple[object, Profile]] = []
        self._used: list[tuple[object, Profile]] = []

    def take(self, home: str, timed: bool, options: dict[str, Any]) -> Profile:
        """One that nobody uses. Where clocks were set, only readers who set theirs come."""
        key = (home, timed, options)
        found = next((each for each in self._idle if each[0] == key), None)
        if found:
            self._idle.remove(found)
        else:
            found = (key, Profile(self._browser, home, options))
        self._used.append(found)
        return found[1]

    def release(self) -> list[str]:
        """Takes all back; gives what went wrong in them."""
        used, self._used = self._used, []
        for _, profile in used:
            profile.wipe()
        self._idle += used
        for _, profile in self._idle[: -self.MOST]:
            profile.context.close()
        self._idle = self._idle[-self.MOST :]
        return [trouble for _, profile in used for trouble in profile.watch.troubles]


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    """The browser's profiles."""
    return Profiles(browser)


Reader = Callable[..., Page]
"""Opens a page in a profile of its own; takes what `Browser.new_context` takes, and the time that
the reader's clock shows."""


@pytest.fixture
def reader(profiles: Profiles, address: str) -> Iterator[Reader]:
    """Readers of the site, who know nothing of each other."""

    def come(
        *, home: str = address, missing: bool = False, time: str = "", **options: object
    ) -> Page:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **options}
        page = profiles.take(home, bool(time), options).open(missing)
        if time:
            page.clock.set_fixed_time(time)
        return page

    yield come
    troubles = profiles.release()
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
