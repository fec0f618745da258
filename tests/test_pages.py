"""The shipped playbook's pages: sound HTML, links that lead somewhere, nothing from outside."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

ROOT = Path(__file__).parent.parent
TAGS = {"en": "en", "zh": "zh-Hans"}
ROOT_PAGES = ("index.html", "404.html")
FIRST_VISIT = 40 * 1024
"""Bytes that a first visit may cost at most, compressed."""
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
LOADS = {"img": ("src", "srcset"), "script": ("src",), "source": ("src", "srcset"),
         "iframe": ("src",), "video": ("src", "poster"), "audio": ("src",), "object": ("data",),
         "embed": ("src",), "use": ("href", "xlink:href"), "image": ("href",)}  # fmt: skip


@dataclass
class Page(HTMLParser):
    """What a page is made of."""

    url: str
    text: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    """What stands between `<script>` or `<style>` and its end."""
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.open = ""
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open = tag
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open == "title":
            self.title += data
        elif self.open in ("script", "style") and data.strip():
            self.inline.append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of every such element."""
        return [
            attributes
            for name, attributes in self.tags
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def addresses(self) -> list[str]:
        """Where links, forms, styles, scripts and pictures point."""
        found = []
        for tag, attributes in self.tags:
            names = ("href", "action", *LOADS.get(tag, ()))
            found += [attributes[name] for name in names if name in attributes]
        return found

    def target(self, address: str) -> tuple[str, str]:
        """The file of the site, and the anchor in it, that a relative address means."""
        parts = urlsplit(address)
        start = parts.path if parts.path.startswith("/") else join(dirname(self.url), parts.path)
        path = normpath(start).lstrip("/") if parts.path else self.url
        return unquote(path), unquote(parts.fragment)

    def alternates(self) -> dict[str, str]:
        links = self.all("link", rel="alternate")
        return {link["hreflang"]: self.target(link["href"])[0] for link in links}


@dataclass
class Site:
    """A built site."""

    folder: Path
    files: dict[str, bytes]
    pages: dict[str, Page]


def read(folder: Path) -> Site:
    found = [path for path in folder.rglob("*") if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    pages = {
        name: Page(name, content.decode("utf-8"))
        for name, content in sorted(files.items())
        if name.endswith(".html")
    }
    return Site(folder, files, pages)


@pytest.fixture(scope="module")
def site(tmp_path_factory, playbook) -> Site:
    """The shipped playbook, built."""
    output = tmp_path_factory.mktemp("shipped") / "site"
    content = str(ROOT / "content")
    arguments = ("--content", content, "--output", str(output), "--today", "2026-11-23")
    result = playbook("build", *arguments, cwd=ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    return read(output)


def collect(site, check):
    """What `check` finds on each page, by page."""
    found = {name: list(check(page)) for name, page in site.pages.items()}
    return {name: faults for name, faults in found.items() if faults}


@pytest.mark.parametrize("part", range(4))
def test_pages_are_well_formed(site, part):
    assert len(site.pages) > 200
    for name in sorted(site.pages)[part::4]:
        parser = html5lib.HTMLParser(strict=True)
        try:
            parser.parse(site.pages[name].text)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{name}: {error} {parser.errors[-1:]}")


def test_ids_are_unique(site):
    def twice(page):
        return [name for name, count in Counter(page.ids).items() if count > 1]

    assert collect(site, twice) == {}


def test_every_address_inside_the_site_leads_to_a_file_and_a_place_in_it(site):
    def lost(page):
        for address in page.addresses:
            if urlsplit(address).scheme:
                continue
            path, anchor = page.target(address)
            if path not in site.files or (
                anchor and path in site.pages and anchor not in site.pages[path].ids
            ):
                yield address

    assert collect(site, lost) == {}


def test_what_ids_refer_to_is_there(site):
    names = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget",
             "data-copy")  # fmt: skip

    def lost(page):
        ids = set(page.ids)
        for _, attributes in page.tags:
            for name in names:
                yield from set(attributes.get(name, "").split()) - ids

    assert collect(site, lost) == {}


def test_addresses_are_relative_so_that_the_site_can_stand_anywhere(site):
    def absolute(page):
        for address in page.addresses:
            parts = urlsplit(address)
            if address.startswith("/") and page.url != "404.html":
                yield address
            if parts.scheme not in ("", "http", "https", "mailto"):
                yield address

    assert collect(site, absolute) == {}


def test_nothing_is_loaded_from_another_place(site):
    def outside(page):
        for tag, attributes in page.tags:
            names = ("href",) if tag == "link" and attributes["rel"] != "canonical" else ()
            for name in (*names, *LOADS.get(tag, ())):
                address = attributes.get(name, "")
                if urlsplit(address).scheme or address.startswith("//"):
                    yield address

    assert collect(site, outside) == {}
    for name, content in site.files.items():
        if name.endswith((".css", ".svg")):
            text = re.sub(r'xmlns(:\w+)?="[^"]*"', "", content.decode("utf-8"))
            assert "@import" not in text
            assert not re.search(r"https?:|url\(\s*['\"]?(?!#)", text), name


def test_pages_allow_no_inline_script_or_style_and_have_none(site):
    def loose(page):
        policies = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        if len(policies) != 1:
            yield f"{len(policies)} policies"
            return
        parts = [part.split(None, 1) for part in policies[0]["content"].split(";") if part.strip()]
        if {name: value.strip() for name, value in parts} != POLICY:
            yield policies[0]["content"]
        names = [tag for tag, _ in page.tags]
        position = next(i for i, (_, a) in enumerate(page.tags) if "http-equiv" in a)
        if {"link", "script", "style", "body"} & set(names[:position]):
            yield "the policy comes too late"
        yield from page.inline
        for tag, attributes in page.tags:
            if tag in ("style", "base", "iframe", "object", "embed"):
                yield tag
            yield from (name for name in attributes if name.startswith("on") or name == "style")

    assert collect(site, loose) == {}


def test_pages_say_what_they_are_and_in_which_language(site):
    def wrong(page):
        code = page.url.partition("/")[0]
        (root,) = page.all("html")
        if root["lang"] != TAGS.get(code, "en"):
            yield f"lang {root['lang']}"
        if len(page.all("h1")) != 1:
            yield f"{len(page.all('h1'))} level-one headings"
        if len(page.all("main")) != 1:
            yield f"{len(page.all('main'))} main"
        if not page.title.strip(" ·"):
            yield "no title"
        if not page.all("meta", name="viewport"):
            yield "no viewport"
        (description,) = page.all("meta", name="description")
        if not description["content"].strip():
            yield "no description"

    assert collect(site, wrong) == {}


def test_titles_tell_the_pages_of_a_language_apart(site):
    for code in TAGS:
        titles = Counter(p.title for p in site.pages.values() if p.url.startswith(f"{code}/"))
        assert [title for title, count in titles.items() if count > 2] == []


def test_editions_name_each_other(site):
    def wrong(page):
        alternates = page.alternates()
        if set(alternates) != set(TAGS.values()):
            yield f"alternates {sorted(alternates)}"
            return
        if page.url in ROOT_PAGES:
            return
        if alternates[TAGS[page.url.partition("/")[0]]] != page.url:
            yield "does not name itself"
        for url in alternates.values():
            if site.pages[url].alternates() != alternates:
                yield f"{url} says otherwise"

    assert collect(site, wrong) == {}


def test_headings_skip_no_level(site):
    def skipped(page):
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        for above, below in itertools.pairwise(levels):
            if below > above + 1:
                yield f"h{above} to h{below}"

    assert collect(site, skipped) == {}


def test_every_page_can_be_reached_from_the_root(site):
    reached, ahead = set(), ["index.html"]
    while ahead:
        url = ahead.pop()
        if url in site.pages and url not in reached:
            reached.add(url)
            page = site.pages[url]
            links = [a["href"] for a in page.all("a") if "href" in a]
            ahead += [page.target(link)[0] for link in links if not urlsplit(link).scheme]
    assert set(site.pages) - reached == {"404.html"}


def test_the_sitemap_lists_every_page_and_no_other(site):
    ns = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ET.fromstring(site.files["sitemap.xml"])  # noqa: S314 -- our own file
    listed = [unquote(urlsplit(loc.text or "").path).lstrip("/") for loc in tree.iter(f"{ns}loc")]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(site.pages) - set(ROOT_PAGES)
    others = [link.get("href", "") for link in tree.iter("{http://www.w3.org/1999/xhtml}link")]
    assert {unquote(urlsplit(url).path).lstrip("/") for url in others} == set(listed)


def test_sheets_open_in_spreadsheets(site):
    sheets = {name: content for name, content in site.files.items() if name.endswith(".csv")}
    assert len(sheets) > 20
    for name, content in sheets.items():
        assert content.startswith(b"\xef\xbb\xbf"), name
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1, name
        assert all(rows[0]), name
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "\t"))], name


def test_a_first_visit_is_small(site):
    def heavy(page):
        needed = {page.target(a["href"])[0] for a in page.all("link", rel="stylesheet")}
        needed |= {page.target(a["src"])[0] for a in page.all("script")} | {page.url}
        size = sum(len(gzip.compress(site.files[name], 6)) for name in needed)
        if size > FIRST_VISIT:
            yield f"{size} bytes"

    assert collect(site, heavy) == {}


def test_a_former_address_leads_to_the_page(folder):
    page = folder.page("new-name", "New & <name>")
    page.write_text(
        page.read_text(encoding="utf-8")
        .replace("New & <name>", "'New & <name>'", 1)
        .replace("tags:", "aliases: [pages/old-name, deep/down/older.html]\ntags:"),
        encoding="utf-8",
    )
    result = folder.build()
    assert result.returncode == 0, result.stdout
    site = read(folder.site)
    for url in ("pages/old-name.html", "deep/down/older.html"):
        for code in ("en", "zh"):
            moved = site.pages[f"{code}/{url}"]
            (refresh,) = moved.all("meta", **{"http-equiv": "refresh"})
            delay, _, target = refresh["content"].partition("; url=")
            assert delay == "0"
            assert moved.target(target)[0] == f"{code}/pages/new-name.html"
            assert moved.target(moved.all("a")[0]["href"])[0] == f"{code}/pages/new-name.html"
            html5lib.HTMLParser(strict=True).parse(moved.text)


ROLE = """\
title: {title}
summary: Does its part.
owner: ann
mission: Win.
responsibilities: {{plan: Plans.}}
team: pages/team
staffing_share: {share}
dimensions: [{{id: nerve, title: Nerve, description: Holds., rating: 7}}]
alarm: {{threshold: 6, consequence: It takes longer.}}
"""
TEAM = "---\ntitle: Team\nsummary: Who.\nowner: ann\nrelated: [{}]\n---\nText.\n"


def test_roles_of_a_team_stand_in_its_order(folder):
    """Which is that in which the team's own entry names them, also when nothing else changes."""
    for title, share in (("Adviser", 5), ("Lead", 3), ("Steward", 2)):
        folder.write(f"roles/{title.lower()}.yml", ROLE.format(title=title, share=share))

    def shares() -> dict[str, list[str]]:
        assert folder.build().returncode == 0
        assert folder.run("export", "--markdown", "md", "--today", "2026-11-23").returncode == 0
        page = folder.files()["en/roles/lead.html"].decode()
        plain = (folder.root / "md" / "en" / "roles" / "lead.md").read_text(encoding="utf-8")
        return {
            "page": re.findall(r'ratio-number">(\d)', page),
            "plain": re.findall(r"^- +(\d) ·", plain, re.MULTILINE),
        }

    for named, expected in (
        ("roles/lead, roles/adviser, roles/steward", "352"),
        ("roles/steward, roles/lead", "235"),
    ):
        folder.write("pages/team.md", TEAM.format(named))
        assert shares() == {"page": [*expected], "plain": [*expected]}
