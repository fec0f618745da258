"""Links: taken out of the tokens with their places, and turned into slots in the HTML.

A link's address becomes `slot:MARK-N` before rendering and a gap after it. The mark is made from
the text's own digest, so no text can contain it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote

from markdown_it.token import Token

from generator.markdown.body import Flaw, Link
from generator.markdown.headings import plain_text
from generator.markdown.sanitise import SLOT_SCHEME
from generator.problems.prose import IMAGE_ALT

_OUTWARD = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_REST = r'[^<>"]*(?:"[^"]*"[^<>"]*)*>'
_RAW = re.compile(rf'(<(?:a|img)\b(?: [\w-]+="[^"]*")*?) (href|src)="([^"]*)"({_REST})|<{_REST}')
"""A tag of sanitised HTML, with its address if it has one. Taking tags whole keeps the search
from finding addresses inside other attributes."""


def take_links(tokens: list[Token], lines: list[str], mark: str) -> tuple[list[Link], list[Flaw]]:
    """The links and images of `tokens`, whose addresses become slots; and flaws of images."""
    links: list[Link] = []
    flaws: list[Flaw] = []
    for token in tokens:
        if token.type == "inline" and token.children:
            first = token.map[0] if token.map else 0
            for child, line in _with_lines(token.children, first):
                _take(child, line, lines, mark, links, flaws)
    return links, flaws


def _with_lines(children: list[Token], line: int) -> Iterator[tuple[Token, int]]:
    for child in children:
        yield child, line
        if child.type in ("softbreak", "hardbreak"):
            line += 1


def _take(
    child: Token, line: int, lines: list[str], mark: str, links: list[Link], flaws: list[Flaw]
) -> None:
    name = {"link_open": "href", "image": "src"}.get(child.type)
    if name is None:
        return
    address = str(child.attrs.get(name, ""))
    target = unquote(address)
    column = _column(lines, line, target, address)
    image = name == "src"
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


def _column(lines: list[str], line: int, target: str, address: str) -> int:
    """Where the address stands in its line; 0 where it does not, as in `[text][reference]`."""
    text = lines[line] if line < len(lines) else ""
    for before in ("](", '"', "'", "<", ""):
        for written in (target, address):
            if written and (found := text.find(before + written)) >= 0:
                return found + len(before)
    return 0


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
    def replace(match: re.Match[str]) -> str:
        start, name, address, rest = match.groups()
        if address is None or address.startswith((f"{SLOT_SCHEME}:{mark}-", "#")):
            return match.group()
        if _OUTWARD.match(address):
            return match.group()
        target = unquote(unescape(address))
        line = next((i for i, text in enumerate(lines) if target in text), 0)
        links.append(
            Link(target, line, _column(lines, line, target, address), name == "src",
                 " width=" in match.group())
        )  # fmt: skip
        return f'{start} {name}="{SLOT_SCHEME}:{mark}-{len(links) - 1}"{rest}'

    return replace
