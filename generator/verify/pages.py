"""One page: whether it is valid, what it refers to, and which places in it can be referred to.

The parser is html5lib's, which follows the WHATWG's algorithm and tells its parse errors. What the
algorithm leaves open and matters to readers is asked for besides: unique ids, references between
parts of the page, lists and controls that hold what they may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import html5lib
from html5lib.constants import E as MESSAGES

_REFERENCES = {
    "a": ("href",), "area": ("href",), "form": ("action", "data-script", "data-manifest"),
    "link": ("href",), "script": ("src",), "img": ("src",), "source": ("src",),
    "iframe": ("src",), "audio": ("src",), "video": ("src", "poster"), "object": ("data",),
    "embed": ("src",), "use": ("href",), "image": ("href",),
}  # fmt: skip
_FOLLOWED = {"a", "area"}
_TOLD = {"canonical", "alternate", "prev", "next"}
"""Relations of `link` by which nothing is loaded."""
_IDREFS = ("for", "aria-labelledby", "aria-describedby", "popovertarget")
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary"}
_LISTS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"td", "th"}}
_ANYWHERE = {"script", "template"}
MOST = 20
"""Faults of a page that are listed."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a page."""

    url: str
    kind: str
    """`load` for what the browser fetches by itself, `follow` for links of readers, `tell` for what
    search engines are told."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a page, at a line and column counted from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page, read."""

    name: str
    anchors: frozenset[str]
    references: tuple[Reference, ...]
    faults: tuple[Fault, ...]


def parsed(name: str, raw: bytes) -> Parsed:
    """The page at the address `name`."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Parsed(name, frozenset(), (), (Fault(1, 1, "this is not UTF-8 text"),))
    builder = html5lib.getTreeBuilder("etree")
    parser = html5lib.HTMLParser(builder, namespaceHTMLElements=False)
    root = parser.parse(text)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = [element.get("id") for element in elements if element.get("id")]
    faults = [Fault(line, column or 1, _said(code, data))  # html5lib: 0 behind the end of a line
              for (line, column), code, data in parser.errors]  # fmt: skip
    faults += [Fault(*_where(text, part), message) for part, message in _flaws(root, elements, ids)]
    anchors = frozenset(ids) | {e.get("name") for e in elements if e.tag == "a" and e.get("name")}
    return Parsed(name, anchors, tuple(_references(elements)), tuple(faults[:MOST]))


def _said(code: str, data: dict[str, Any]) -> str:
    message = MESSAGES.get(code, code)
    try:
        return str(message % data)
    except (KeyError, TypeError, ValueError):
        return str(message)


def _where(text: str, part: str) -> tuple[int, int]:
    at = max(text.find(part), 0) if part else 0
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _flaws(root: Any, elements: list[Any], ids: list[str]) -> Iterator[tuple[str, str]]:
    """Texts to be looked for in the page, with what is wrong there."""
    known = set(ids)
    for identity in sorted({identity for identity in ids if ids.count(identity) > 1}):
        yield f'id="{identity}"', f'the id "{identity}" is used twice'
    if not root.get("lang"):
        yield "<html", "the page does not say its language"
    title = root.find("head/title")
    if title is None or not (title.text or "").strip():
        yield "<title", "the page has no title"
    for element in elements:
        for attribute in _IDREFS:
            for identity in (element.get(attribute) or "").split():
                if identity not in known:
                    what = f'{attribute} names the id "{identity}", which is not in the page'
                    yield f'{attribute}="', what
        if element.tag == "img" and element.get("alt") is None:
            yield "<img", "a picture has no alt attribute"
        yield from _misplaced(element)


def _misplaced(element: Any) -> Iterator[tuple[str, str]]:
    if allowed := _LISTS.get(element.tag):
        for child in element:
            if isinstance(child.tag, str) and child.tag not in allowed | _ANYWHERE:
                yield f"<{child.tag}", f"<{child.tag}> may not stand in <{element.tag}>"
    if element.tag in {"a", "button"}:
        for inner in element.iter():
            if inner is not element and inner.tag in _INTERACTIVE:
                yield f"<{inner.tag}", f"<{inner.tag}> may not stand inside <{element.tag}>"


def _references(elements: list[Any]) -> Iterator[Reference]:
    for element in elements:
        for attribute in _REFERENCES.get(_plain(element.tag), ()):
            url = element.get(attribute)
            if url is None and attribute == "href":
                url = element.get("{http://www.w3.org/1999/xlink}href")
            if url is not None:
                yield Reference(url.strip(), _kind(element, attribute))
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield Reference(part.split()[0], "load")
        if element.tag == "meta" and (element.get("http-equiv") or "").casefold() == "refresh":
            found = re.search(r"url=(.*)", element.get("content") or "", re.IGNORECASE)
            if found:
                yield Reference(found[1].strip(), "follow")


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _kind(element: Any, attribute: str) -> str:
    if element.tag in _FOLLOWED:
        return "follow"
    relations = set((element.get("rel") or "").casefold().split())
    return "tell" if element.tag == "link" and relations & _TOLD else "load"
