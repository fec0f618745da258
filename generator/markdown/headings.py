"""Headings: their anchors, and whether their levels make a sound outline."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from markdown_it.token import Token

from generator.markdown.body import Flaw, Heading
from generator.problems.prose import HEADING_SKIPPED, TITLE_HEADING

_RESERVED = re.compile(r"(step|item|claim|rule|dimension|period|fn|fnref|pb)-?")
"""Beginnings of anchors that templates and footnotes use."""


def slugify(text: str) -> str:
    """An anchor for a heading: letters and digits of any script, the rest as single hyphens."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    slug = re.sub(r"[^\w]+|_", "-", folded).strip("-")
    return f"section-{slug}" if not slug or _RESERVED.match(slug) else slug


def anchor_headings(tokens: list[Token]) -> Iterator[Heading]:
    """The headings among `tokens`, each given an id of its own."""
    taken = {str(token.attrs["id"]) for token in tokens if "id" in token.attrs}
    for position, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = plain_text(tokens[position + 1])
        anchor = str(token.attrs.get("id") or _free(slugify(text), taken))
        taken.add(anchor)
        token.attrSet("id", anchor)
        yield Heading(int(token.tag[1]), text, anchor, token.map[0] if token.map else 0)


def _free(slug: str, taken: set[str]) -> str:
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def outline_flaws(headings: tuple[Heading, ...]) -> Iterator[Flaw]:
    """Level-one headings, and levels that are skipped; the page's title counts as level one."""
    level = 1
    for heading in headings:
        if heading.level == 1:
            yield Flaw(
                TITLE_HEADING,
                heading.line,
                0,
                f'level-one heading "{heading.text}" beside the title of the page',
                "use ## or leave it out; the title is the `title` field",
            )
        elif heading.level > level + 1:
            yield Flaw(
                HEADING_SKIPPED,
                heading.line,
                0,
                f'heading "{heading.text}" jumps from level {level} to {heading.level}',
                f"use level {level + 1} ({'#' * (level + 1)})",
            )
        level = heading.level


def plain_text(token: Token) -> str:
    """The words of an inline token, without markup."""
    words = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type == "image":
            words.append(plain_text(child))
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
    return "".join(words).strip()
