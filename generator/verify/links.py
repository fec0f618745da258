"""What pages, style sheets and feeds refer to, against what is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.problems import Problem, Rule
from generator.problems.core import quoted
from generator.problems.publishing import BROKEN_ADDRESS, BROKEN_ANCHOR, OTHER_ORIGIN
from generator.verify.inventory import Inventory
from generator.verify.pages import Parsed, Reference

_OUTSIDE = {"http", "https", "mailto", "tel", "sms", "ftp", "sip", "xmpp", "geo"}
NOT_FOUND = "404.html"

Wrong = tuple[Rule, str]
"""A rule that is broken, and how."""


@dataclass(frozen=True)
class Links:
    """All pages, ready to be asked for each other's anchors."""

    inventory: Inventory
    anchors: Mapping[str, frozenset[str]]

    def of_page(self, page: Parsed) -> Iterator[Problem]:
        """What is wrong with the references of a page, each once."""
        text = ""
        for reference in dict.fromkeys(page.references):
            for rule, message in self._wrong(page.name, reference):
                text = text or (self.inventory.read(page.name) or b"").decode("utf-8", "replace")
                line, column = _found(text, reference.url)
                yield rule.at(self.inventory.place(page.name, line, column), message)

    def of_data(self, name: str, reference: Reference, line: int) -> Iterator[Problem]:
        """What is wrong with a reference in a style sheet or feed."""
        for rule, message in self._wrong(name, reference):
            yield rule.at(self.inventory.place(name, line), message)

    def _wrong(self, name: str, reference: Reference) -> Iterator[Wrong]:
        url = reference.url
        try:
            parts = urlsplit(url)
        except ValueError:
            yield BROKEN_ADDRESS, f"{quoted(url)} is no address"
            return
        absolute = bool(parts.scheme or parts.netloc)
        if absolute and reference.kind == "load":
            yield OTHER_ORIGIN, f"{quoted(url)} is loaded from another origin"
        elif absolute:
            yield from self._absolute(name, reference)
        elif parts.path.startswith("/") and posixpath.basename(name) != NOT_FOUND:
            yield OTHER_ORIGIN, f"{quoted(url)} holds at the root of a host alone"
        else:
            target = self._resolved(name, unquote(parts.path))
            yield from self._reached(name, url, target, unquote(parts.fragment))

    def _absolute(self, name: str, reference: Reference) -> Iterator[Wrong]:
        url = reference.url
        if urlsplit(url).scheme not in _OUTSIDE:
            yield OTHER_ORIGIN, f"{quoted(url)} is no address that a page may lead to"
            return
        below = next((a for a in self.inventory.addresses if url.startswith(f"{a}/")), None)
        if below is None:
            return
        if reference.kind == "follow" and name.endswith(".html"):
            yield OTHER_ORIGIN, f"{quoted(url)} is this site by its absolute address"
            return
        parts = urlsplit(url[len(below) + 1 :])
        yield from self._reached(name, url, unquote(parts.path), unquote(parts.fragment))

    def _resolved(self, name: str, path: str) -> str | None:
        """The file that a relative path leads to; None where it leaves the tree."""
        if path.startswith("/"):  # on a page that is served anywhere
            return self._ending(path)
        if not path:
            return name
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        if joined == ".." or joined.startswith("../"):
            return None
        folder = path in (".", "..") or path.endswith(("/", "/.", "/.."))
        return posixpath.normpath(f"{joined}/index.html") if folder or joined == "." else joined

    def _ending(self, path: str) -> str:
        """The file below an unknown root."""
        parts = posixpath.normpath(path).strip("/").split("/")
        endings = ("/".join(parts[at:]) for at in range(len(parts)))
        known = (end or "index.html" for end in endings)
        return next((end for end in known if end in self.inventory.present), path)

    def _reached(self, name: str, url: str, target: str | None, anchor: str) -> Iterator[Wrong]:
        if target is None:
            if self.inventory.is_tree or "" not in self.inventory.built:
                yield BROKEN_ADDRESS, f"{quoted(url)} leads out of the tree"
        elif target not in self.inventory.named:
            yield BROKEN_ADDRESS, f"{quoted(url)} leads to {target}, which is not published"
        elif anchor and anchor != "top" and not anchor.startswith(":~:"):
            places = self.anchors.get(target)
            if places is not None and anchor not in places:
                yield BROKEN_ANCHOR, f"{target} has no place {quoted(anchor)}"


def _found(text: str, url: str) -> tuple[int, int]:
    for written in (f'="{url}"', url, url.replace("&", "&amp;")):
        at = text.find(written)
        if at >= 0:
            at += 2 if written.startswith('="') else 0
            return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    return 1, 1


def in_style_sheet(text: str) -> Iterator[tuple[Reference, int]]:
    """What a style sheet loads, with the line."""
    plain = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)
    pattern = r"url\(\s*([\"']?)(?P<url>[^\"')]*)\1\s*\)|@import\s+([\"'])(?P<file>[^\"']*)\3"
    for found in re.finditer(pattern, plain):
        url = found["url"] if found["url"] is not None else found["file"]
        yield Reference(url.strip(), "load"), plain.count("\n", 0, found.start()) + 1
