"""Raw HTML made safe, and a word on what had to go.

An allow-list by nh3 (ammonia): no scripts, frames, forms, styles or event handlers. Addresses
survive only as slots, as web and mail addresses, or relative to the page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from generator.markdown.body import Flaw
from generator.problems.prose import RAW_HTML

SLOT_SCHEME = "slot"
CHROME = "pb-"
"""What ids of the page's own furniture begin with; content cannot use them."""

TAGS = {
    "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "ol",
    "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    "var", "wbr",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "col": {"span"},
    "colgroup": {"span"},
}
_VALUES = {"div": {"tabindex": {"0"}}, "input": {"type": {"checkbox"}, "checked": {"checked", ""}}}
_SET = {"input": {"type": "checkbox"}}


@functools.cache
def _cleaner() -> nh3.Cleaner:
    values = {"div": _VALUES["div"], "input": {"checked": _VALUES["input"]["checked"]}}
    return nh3.Cleaner(
        tags=TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        tag_attribute_values=values,
        set_tag_attribute_values=_SET,
        url_schemes={"http", "https", "mailto", "tel", SLOT_SCHEME},
        link_rel=None,
    )


def _keep(tag: str, name: str, value: str) -> str | None:
    if name == "id" and value.startswith(CHROME):
        return None
    if name == "src" and not value.startswith(f"{SLOT_SCHEME}:") and _scheme(value):
        return None  # pictures from other places: the reader's browser would tell them about it
    return value


def _scheme(address: str) -> bool:
    return bool(re.match(r"\s*([a-z][a-z0-9+.-]*:|//|\\)", address, re.IGNORECASE))


def sanitise(html: str) -> str:
    """`html` with everything taken out that is not on the list. Well-formed, attributes quoted."""
    return _cleaner().clean(html)


def removed_from(html: str, line: int, start: int = 0) -> Iterator[Flaw]:
    """One flaw for each element or attribute that `sanitise` takes out of raw `html`, which begins
    at a line and a column counted from 0."""
    finder = _Finder()
    try:
        finder.feed(html)
    except (AssertionError, ValueError):  # html.parser gives up on some broken declarations
        return
    for offset, column, what in finder.found:
        at = column if offset else start + column
        yield Flaw(
            RAW_HTML, line + offset, at, f"{what} is removed", "write it in Markdown instead"
        )


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        if tag not in TAGS:
            self.found.append((line - 1, column, f"the element <{tag}>"))
            return
        allowed = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) | set(_VALUES.get(tag, ()))
        for name, value in attributes:
            if name not in allowed or _keep(tag, name, value or "") is None:
                self.found.append((line - 1, column, f"the attribute {name} of <{tag}>"))
            elif name in ("href", "src") and re.match(
                r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE
            ):
                self.found.append((line - 1, column, f"the address in {name} of <{tag}>"))
