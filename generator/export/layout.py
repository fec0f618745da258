"""Where exported pages lie, and how they name each other. One place decides what paths look like.

Paths are relative to the folder of the export, or to the documents of the site that takes the
playbook in. They know nothing of what stands in the pages.
"""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.markdown import Dialect

INDEX = "index.md"
PEOPLE = "people.md"
FRESHNESS = "freshness.md"


def _as_it_is(path: str) -> str:
    return path


def _nowhere(path: str) -> str:
    return ""


@dataclass(frozen=True)
class Layout:
    """The places of all pages, and the dialect they are written in."""

    folders: Mapping[str, str]
    """By language code, where the pages of the language lie; "" for the top."""
    files: str = "files"
    """Where images and attachments lie."""
    dialect: Dialect = Dialect.COMMON
    url: Callable[[str], str] = _as_it_is
    """The address under which a page is read."""
    outside: Callable[[str], str] = _nowhere
    """What the host has where a link leads out of the content folder, which the link's path is
    relative to; "" for nothing that it knows."""

    def at(self, code: str, name: str) -> str:
        """A page of one language, such as `index.md`."""
        return posixpath.join(self.folders[code], name)

    def entry(self, code: str, identity: str) -> str:
        """The page of an entry."""
        return self.at(code, f"{identity}.md")

    def alias(self, code: str, alias: str) -> str:
        """The page that a former address leads to."""
        return self.at(code, f"{alias.removesuffix('.html')}.md")

    def section(self, code: str, folder: str) -> str:
        """The list of a kind."""
        return self.at(code, f"{folder}/{INDEX}")

    def sheet(self, code: str, identity: str) -> str:
        """The sheet of an entry as CSV."""
        return self.at(code, f"{identity}.csv")

    def asset(self, path: str) -> str:
        """An image or attachment."""
        return posixpath.join(self.files, path)


@functools.lru_cache(maxsize=65536)
def relative(path: str, start: str) -> str:
    """The link to `path` from the page `start`."""
    made = posixpath.relpath(path, posixpath.dirname(start) or ".")
    return f"{made}/" if path.endswith("/") else made
