"""Text to `Body`, for whole bodies and for single fields."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.markdown.body import Body, Flaw, Heading
from generator.markdown.headings import anchor_headings, outline_flaws, plain_text
from generator.markdown.parser import document_parser, field_parser
from generator.markdown.sanitise import removed_from, sanitise
from generator.markdown.slots import cut_slots, take_links

_PLAIN = re.compile(r"(?!\d+[.)]|[-+=]|\?{3})[^\\`*_{}\[\]<>#|~&!\x00-\x1f\x7f-\xa0\ufeff]+")
"""Texts in which Markdown and HTML find nothing to do. Most fields are such texts, and parsing
them would be most of the cost of a build."""
_LINE = re.compile(r"(?!\d+[.)]|[-+=#>|~:_`{<!?]|\*(?!\*?[^\s*])|[^\n]*\]:)[^\n\r\t\0\xa0]+")
"""Texts that are one paragraph whatever they hold: nothing in them begins a block."""


def is_plain(text: str) -> bool:
    """Whether a field is words alone, whatever reads it."""
    return _PLAIN.fullmatch(text) is not None


def parse_document(text: str) -> Body:
    """The body of an entry, with headings, anchors and flaws."""
    return _parse(text, document_parser(text))


@functools.lru_cache(maxsize=65536)
def parse_field(text: str) -> Body:
    """A text field. One paragraph gives phrasing content, anything more gives blocks."""
    if is_plain(text):
        return Body(parts=(escape(text, quote=False),), sections=(text,), inline=True)
    return _parse(text, field_parser(text), field=True)


def _parse(text: str, parser: MarkdownIt, field: bool = False) -> Body:
    lines = text.split("\n")
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    env: dict[str, object] = {}
    one_line = field and _LINE.fullmatch(text) is not None
    tokens = parser.parseInline(text, env) if one_line else parser.parse(text, env)
    inline = one_line or (field and _unwrap_paragraph(tokens))
    _classes_for_styles(tokens)
    headings: tuple[Heading, ...] = () if field else tuple(anchor_headings(tokens))
    links, flaws = take_links(tokens, lines, mark)
    flaws += _raw_html_flaws(tokens, lines)
    html = sanitise(parser.renderer.render(tokens, parser.options, env)).strip()
    parts, slots = cut_slots(html, mark, links, lines)
    return Body(
        parts=parts,
        slots=slots,
        links=tuple(links),
        headings=headings,
        anchors=frozenset(re.findall(r'<[^<>]* id="([^"]+)"', html)),
        flaws=(*outline_flaws(headings), *flaws),
        sections=tuple(_sections(tokens)),
        inline=inline,
    )


def _unwrap_paragraph(tokens: list[Token]) -> bool:
    """Takes the paragraph off when it is all there is. Says whether it did."""
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    tokens[:] = tokens[1:2]
    return True


def _classes_for_styles(tokens: list[Token]) -> None:
    """Table cells say how they are aligned by a class; the pages allow no inline style."""
    for token in tokens:
        style = str(token.attrs.pop("style", ""))
        if style.startswith("text-align:"):
            token.attrJoin("class", "align-" + style.removeprefix("text-align:"))


def _sections(tokens: list[Token]) -> Iterator[str]:
    """The text before the first heading, and below each; the headings' own words are left out."""
    words: list[str] = []
    heading = False
    for token in tokens:
        if token.type == "heading_open":
            yield " ".join(filter(None, words))
            words, heading = [], True
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline" and not heading:
            words.append(plain_text(token))
        elif token.type in ("fence", "code_block"):
            words.append(token.content.strip())
    yield " ".join(filter(None, words))


def _raw_html_flaws(tokens: list[Token], lines: list[str]) -> list[Flaw]:
    flaws: list[Flaw] = []
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            flaws += removed_from(token.content, line)
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "html_inline" and "task-list-item" not in child.content:
                column = lines[line].find(child.content.split("\n")[0])
                flaws += removed_from(child.content, line, max(column, 0))
    return flaws
