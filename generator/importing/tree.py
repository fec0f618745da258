"""HTML with balanced tags to a tree of elements and texts. Nothing is understood here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeAlias

DEEPEST = 60
"""Elements inside one another; what lies deeper keeps its text and loses its form."""
_EMPTY = {"br", "hr", "img", "input", "col", "wbr"}


@dataclass(slots=True)
class Element:
    """An element and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def find(self, tag: str) -> list[Element]:
        """The elements of a kind in it, at any depth, in order."""
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if child.tag == tag else []
                found += child.find(tag)
        return found

    @property
    def text(self) -> str:
        """All the text in it."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


Node: TypeAlias = Element | str


def tree_of(html: str) -> Element:
    """The tree of `html`, which `generator.markdown.foreign` made."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("body")
        self._open = [self.root]
        self._deeper = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY and len(self._open) > DEEPEST:
            self._deeper += 1
            return
        made = Element(tag, {name: value or "" for name, value in attributes})
        self._open[-1].children.append(made)
        if tag not in _EMPTY:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self._deeper:
            self._deeper -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
