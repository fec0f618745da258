"""Addresses of pages, relative to the root of the site. One place decides what they look like."""

from __future__ import annotations

ASSETS = "files"
"""The folder in which images and attachments are published, under their own paths."""


def entry_url(code: str, identity: str) -> str:
    """The page of an entry in one language."""
    return f"{code}/{identity}.html"


def alias_url(code: str, alias: str) -> str:
    """The page that a former address leads to."""
    return f"{code}/{alias.removesuffix('.html')}.html"


def list_url(code: str, folder: str, number: int = 1) -> str:
    """A page of a list; the dot keeps it apart from entries, whose ids have none."""
    return f"{code}/{folder}/index.html" if number == 1 else f"{code}/{folder}/index.{number}.html"


def named_list_url(code: str, folder: str, name: str, number: int = 1) -> str:
    """A page of the list of one tag or one owner."""
    return (
        f"{code}/{folder}/{name}.html" if number == 1 else f"{code}/{folder}/{name}.{number}.html"
    )


def page_url(code: str, name: str) -> str:
    """A page that stands at the top of an edition."""
    return f"{code}/{name}.html"


def feed_url(code: str, kind: str = "") -> str:
    """The feed of changes, of all kinds or of one."""
    return f"{code}/changes-{kind}.xml" if kind else f"{code}/changes.xml"


def news_url(code: str) -> str:
    """What the script that marks changes loads."""
    return f"changes/{code}.js"


def sheet_url(code: str, identity: str) -> str:
    """The sheet of an entry as CSV."""
    return f"{code}/{identity}.csv"


def asset_url(path: str) -> str:
    """An image or attachment."""
    return f"{ASSETS}/{path}"
