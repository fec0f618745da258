"""The searches that `rivals.py` compares: each is given the same published entries, is asked in a
browser, and says what it found and what that loaded.

All give the answers in the page's language first, then entries that only another language has.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from browsing import Served
from playwright.sync_api import Browser, Page

from generator.model import Library
from generator.search.records import documents, shown_in

LISTED = 8
"""Results that count, of every search: so many does our palette list."""
OPENED = 5
"""Results that a search has to load what it shows of them."""
SCRIPT = Path(__file__).with_name("rivals.js")


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the language of the page on which it is typed."""

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Ids of the entries found, the best first, and the bytes of each file that was loaded."""

    found: Sequence[str]
    loaded: Sequence[int]


@dataclass(frozen=True, slots=True)
class Playbook:
    """A playbook and where it is served: its site in `site`, all else beside it."""

    library: Library
    server: Served
    browser: Browser

    @property
    def folder(self) -> Path:
        return self.server.folder

    @property
    def tags(self) -> dict[str, str]:
        """The language tag of each edition, as its pages have it."""
        return {edition.code: edition.tag for edition in self.library.editions}

    def page(self) -> Page:
        """A tab. The server lets nothing be kept, so whatever it opens has loaded nothing yet."""
        context = self.browser.new_context()
        context.set_default_timeout(0)
        context.add_init_script(path=SCRIPT)
        return context.new_page()

    def host(self, code: str) -> str:
        """The address of an empty page in a language, without a policy of what it may load."""
        page = self.folder / f"host-{code}.html"
        if not page.exists():
            page.write_text(
                f'<!doctype html>\n<html lang="{self.tags[code]}"><title>Host</title>\n'
            )
        return f"{self.server.address}/{page.name}"


class Contestant(Protocol):
    """A search over one playbook."""

    @property
    def name(self) -> str:
        """What it is called in the tables."""

    @property
    def files(self) -> Sequence[Path]:
        """All that it publishes, without what it draws its results with."""

    def ask(self, query: Query) -> Reply:
        """The answer to somebody who has loaded nothing yet."""


# Ours.


class Ours:
    """The search of the built site."""

    name = "ours"

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        site = playbook.folder / "site"
        self.files = [*site.glob("static/search.*.js"), *_files(site / "search")]
        self.page = playbook.page()
        self._whole: dict[str, Page] = {}

    def ask(self, query: Query) -> Reply:
        server = self.playbook.server
        self.page.goto(f"{server.address}/site/{query.page}/index.html")
        server.forget()
        found = self.page.evaluate("([q, n]) => rivals.ours(q, n)", [query.text, LISTED])
        return Reply(found, server.loaded("site/search/", "site/static/search."))

    def complete(self, query: Query) -> list[str]:
        """What the search page answers, which loads all files that a query needs."""
        if query.page not in self._whole:
            page = self._whole[query.page] = self.playbook.page()
            page.goto(f"{self.playbook.server.address}/site/{query.page}/index.html")
        asked = [query.text, LISTED]
        return list(self._whole[query.page].evaluate("([q, n]) => rivals.complete(q, n)", asked))


# Pagefind.


class Pagefind:
    """Pagefind over the pages of entries: an index for each language, that of the page is asked."""

    name = "Pagefind"

    def __init__(self, playbook: Playbook, command: Sequence[str]) -> None:
        self.playbook = playbook
        self.page = playbook.page()
        self.bundle = playbook.folder / "pagefind"
        if not self.bundle.exists():
            _index(playbook, command, self.bundle)
        drawing = ("-ui.js", "-ui.css", "-highlight.js")
        self.files = [path for path in _files(self.bundle) if not path.name.endswith(drawing)]

    def languages(self, page: str) -> list[str]:
        """The languages that are asked, that of the page first."""
        return [self.playbook.tags[page]]

    def ask(self, query: Query) -> Reply:
        server = self.playbook.server
        self.page.goto(self.playbook.host(query.page))
        server.forget()
        asked = ["/pagefind/pagefind.js", self.languages(query.page), query.text]
        self.page.evaluate("(a) => rivals.pagefind(...a)", asked)
        self.page.evaluate("(n) => rivals.first(n)", OPENED)
        loaded = server.loaded("pagefind/")
        return Reply(self.page.evaluate("(n) => rivals.first(n)", LISTED), loaded)


class PagefindInAll(Pagefind):
    """Pagefind asked in the page's language and then in the others."""

    name = "Pagefind, both languages"

    def languages(self, page: str) -> list[str]:
        return sorted(self.playbook.tags.values(), key=lambda tag: tag != self.playbook.tags[page])


def _index(playbook: Playbook, command: Sequence[str], bundle: Path) -> None:
    """Of each published entry its page in each edition, and of the page the entry alone."""
    pages = playbook.folder / "pages"
    published = {
        (code, d.entry.id)
        for d in documents(playbook.library)
        for code in shown_in(playbook.library, d.entry)
    }
    for code, entry in published:
        copy = pages / code / f"{entry}.html"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(playbook.folder / "site" / code / f"{entry}.html", copy)
    options = [
        "--site", str(pages), "--output-path", str(bundle), "--silent",
        "--root-selector", "main article", "--exclude-selectors", ".badge",
    ]  # fmt: skip
    subprocess.run([*command, *options], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
