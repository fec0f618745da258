"""Links: taken out of the tokens with their places, and turned into slots in the HTML.

A link's address becomes `slot:MARK-N` before rendering and a gap after it. The mark is made from
the text's own digest, so no text can contain it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from urllib.parse import unquote

from markdown_it.token import Token

from generator.markdown.body import Flaw, Link
from generator.markdown.headings import plain_text
from generator.markdown.places import Finder, Place
from generator.markdown.sanitise import SLOT_SCHEME
from generator.problems.prose import IMAGE_ALT, LINK_AS_TEXT

_OUTWARD = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_REST = r'[^<>"]*(?:"[^"]*"[^<>"]*)*>'
_RAW = re.compile(rf'(<(?:a|img)\b(?: [\w-]+="[^"]*")*?) (href|src)="([^"]*)"({_REST})|<{_REST}')
"""A tag of sanitised HTML, with its address if it has one. Taking tags whole keeps the search
from finding addresses inside other attributes."""


_LIKE_A_LINK = re.compile(r"!?\[[^\[\]]+\](?:\(([^()]*)\)|[(（]([^()（）]*)[)）])", re.ASCII)
"""What its author takes for a link: with spaces in the address, or in brackets of Chinese."""
_FILES = "md|ya?ml|png|jpe?g|gif|svg|webp|pdf|docx?|xlsx?|pptx?|csv"
_LIKE_AN_ADDRESS = re.compile(rf"https?://|[^\s/]\.({_FILES})\b", re.IGNORECASE)


def take_links(tokens: list[Token], lines: list[str], mark: str) -> tuple[list[Link], list[Flaw]]:
    """The links and images of `tokens`, whose addresses become slots; and flaws of images."""
    links: list[Link] = []
    flaws: list[Flaw] = []
    finder = Finder(lines)
    for token in tokens:
        if token.type == "inline" and token.children:
            finder.enter(token)
            for child in token.children:
                _take(child, finder, mark, links, flaws)
                if child.type == "text" and "]" in child.content:
                    flaws += _like_links(child.content, finder)
                finder.pass_by(child)
    return links, flaws


def _like_links(text: str, finder: Finder) -> Iterator[Flaw]:
    for found in _LIKE_A_LINK.finditer(text):
        written, (line, column) = found.group(), finder.text(found.group())
        address = found.group(1) or found.group(2) or ""
        if column < 0 or not _LIKE_AN_ADDRESS.search(address):
            continue
        hint = "put an address with spaces between < and >"
        if "（" in written or "）" in written:
            hint = "write ordinary brackets ( ) and not （ ）"
        yield Flaw(LINK_AS_TEXT, line, column, f"{written} is shown as text", hint)


def _take(child: Token, finder: Finder, mark: str, links: list[Link], flaws: list[Flaw]) -> None:
    name = {"link_open": "href", "image": "src"}.get(child.type)
    if name is None:
        return
    address = str(child.attrs.get(name, ""))
    target = unquote(address)
    image = name == "src"
    line, column = finder.address(target, address, image)
    if image and not plain_text(child):
        flaws.append(
            Flaw(IMAGE_ALT, line, column, f"image {target} has no alternative text",
                 "say in the brackets what it shows")
        )  # fmt: skip
    if not image and _OUTWARD.match(address):
        return
    sized = bool({"width", "height"} & child.attrs.keys())
    child.attrSet(name, f"{SLOT_SCHEME}:{mark}-{len(links)}")
    links.append(Link(target, line, column, image, sized))


def cut_slots(
    html: str, mark: str, links: list[Link], lines: list[str]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """`html` as the parts between slots, and the link of each slot. Relative addresses from raw
    HTML, which no token knows, join `links`."""
    raw = any("<" in line for line in lines)
    marked = _RAW.sub(_slot_raw(mark, links, lines), html) if raw else html
    head, *rest = marked.split(f'="{SLOT_SCHEME}:{mark}-')
    parts, slots = [], []
    for piece in rest:
        parts.append(head.removesuffix(" href").removesuffix(" src"))
        number, _, head = piece.partition('"')
        slots.append(int(number))
    return (*parts, head), tuple(slots)


def _slot_raw(mark: str, links: list[Link], lines: list[str]) -> Callable[[re.Match[str]], str]:
    found: dict[str, Place] = {}
    last: Place = (0, -1)

    def place(target: str, address: str) -> Place:
        """Mostly the next one stands behind the one before, so nobody looks from the top again."""
        nonlocal last
        seek, same = partial(_raw_place, lines, target, address), found.get(target)
        last = found[target] = seek(same or last) or same or seek((0, -1)) or (0, 0)
        return last

    def replace(match: re.Match[str]) -> str:
        start, name, address, rest = match.groups()
        if address is None or address.startswith((f"{SLOT_SCHEME}:{mark}-", "#")):
            return match.group()
        if _OUTWARD.match(address):
            return match.group()
        target = unquote(unescape(address))
        links.append(
            Link(target, *place(target, address), name == "src", " width=" in match.group())
        )
        return f'{start} {name}="{SLOT_SCHEME}:{mark}-{len(links) - 1}"{rest}'

    return replace


def _raw_place(lines: list[str], target: str, address: str, behind: Place) -> Place | None:
    """Where an address stands in raw HTML, further on than the place `behind`."""
    first, column = behind
    written = "|".join(map(re.escape, dict.fromkeys((target, address))))
    for before in ("[\"'=]", ""):
        wanted = re.compile(f"{before}({written})")
        for line in range(first, len(lines)):
            if at := wanted.search(lines[line], column + 1 if line == first else 0):
                return line, at.start(1)
    return None
