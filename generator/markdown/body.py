"""What parsing leaves behind: small values that can be pickled and kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from generator.problems import Rule


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image whose address is filled in when the page is rendered."""

    target: str
    """As it stands in the text, percent signs decoded."""
    line: int
    """Counted from 0 at the first line of the text."""
    column: int
    """Counted from 0."""
    image: bool = False
    sized: bool = False
    """Whether the author gave an image its width or height."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the anchor that links point to."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the text, at a line and column counted from 0."""

    rule: Rule
    line: int
    column: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """Parsed Markdown. The HTML is `parts[0] slot(links[slots[0]]) parts[1] …`."""

    parts: tuple[str, ...]
    slots: tuple[int, ...] = ()
    """For each gap between parts, the position of its link in `links`."""
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id in the HTML, headings included."""
    flaws: tuple[Flaw, ...] = ()
    sections: tuple[str, ...] = ()
    """The text without markup: what stands before the first heading, then below each heading."""
    inline: bool = False
    """Whether the HTML is phrasing content, fit to stand inside a paragraph."""

    @property
    def plain(self) -> str:
        """The text without markup, headings included."""
        if not self.headings:
            return "".join(self.sections)
        headings = (heading.text for heading in self.headings)
        pieces = itertools.chain.from_iterable(zip(("", *headings), self.sections, strict=True))
        return " ".join(filter(None, pieces))

    def html(self, fill: Callable[[Link], str]) -> str:
        """The HTML, with `fill` giving each link's attributes, such as ` href="../x.html"`."""
        if not self.slots:
            return self.parts[0]
        pieces = [self.parts[0]]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            pieces += (fill(self.links[slot]), part)
        return "".join(pieces)
