"""Markdown in our dialect to Markdown that others read: plainer, safe, its links led elsewhere.

Takes the text of a body or a field, gives the same in a `Dialect`. The text is parsed and written
anew, so that nothing depends on how its author wrote it down. Raw HTML is sanitised as in pages;
tags that do not pair up are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from generator.markdown import dialect as write
from generator.markdown.dialect import escape
from generator.markdown.headings import anchor_headings
from generator.markdown.parse import is_plain
from generator.markdown.parser import document_parser, field_parser
from generator.markdown.spans import Manner, place_of

__all__ = ["Manner", "rewrite_document", "rewrite_field"]

_LISTS = ("bullet_list", "ordered_list")
_NOTHING = "&#160;"


def rewrite_document(text: str, manner: Manner) -> str:
    """The body of an entry."""
    tokens = document_parser(text).parse(text, {})
    tuple(anchor_headings(tokens))  # gives each heading its id
    return _Writer(manner).all(_nodes(tokens))


def rewrite_field(text: str, manner: Manner) -> str:
    """A text field: a line where it is one paragraph, else blocks, fit to stand in a list."""
    if is_plain(text):
        return escape(text)
    nodes = _nodes(field_parser(text).parse(text, {}))
    if len(nodes) == 1 and nodes[0].type == "paragraph":
        return write.paragraph(manner.line(nodes[0].children))
    return _Writer(manner, nested=True).all(nodes)


def _nodes(tokens: Sequence[Token]) -> Sequence[Node]:
    return Node(tokens).children if tokens else ()


@dataclass(frozen=True, slots=True)
class _Writer:
    manner: Manner
    nested: bool = False
    """Whether it stands in a list, a quotation or a field: no fences and no headings there."""

    @property
    def inner(self) -> _Writer:
        return _Writer(self.manner, nested=True)

    def all(self, nodes: Iterable[Node]) -> str:
        """Blocks one below the other."""
        return write.blocks(map(self._block, nodes))

    def _block(self, node: Node) -> str:
        writer = _BLOCKS.get(node.type)
        return writer(self, node) if writer else self.all(node.children)

    def paragraph(self, node: Node) -> str:
        return place_of(node) + write.paragraph(self.manner.line(node.children))

    def heading(self, node: Node) -> str:
        line = self.manner.line(node.children)
        if self.nested:
            return write.strong(line)
        level = max(2, int(node.tag[1]))
        return self.manner.dialect.heading(level, line, str(node.attrs.get("id", "")))

    def code(self, node: Node) -> str:
        if self.nested:
            return write.indented(node.content.rstrip())
        return write.fenced(node.content, node.info.split(" ")[0].split("{")[0])

    def quotation(self, node: Node) -> str:
        return write.quoted(self.inner.all(node.children))

    def html(self, node: Node) -> str:
        return re.sub(r"\n\s*\n", "\n", self.manner.html(node.content).strip())

    def bullets(self, node: Node) -> str:
        return write.bullets(map(self._item, node.children))

    def numbered(self, node: Node) -> str:
        return write.numbered(map(self._item, node.children), int(node.attrs.get("start", 1)))

    def _item(self, node: Node) -> str:
        first, rest = self._first_line(node), node.children[1:]
        if len(rest) == 1 and rest[0].type in _LISTS and node.children[0].hidden:
            return f"{first}\n{self.inner.all(rest)}"  # a list in a list, without space between
        return write.blocks((first, self.inner.all(rest)))

    def _first_line(self, node: Node) -> str:
        """What an item begins with. Neither reader knows items that begin with nothing."""
        first = node.children[0] if node.children else None
        if first is None:
            return _NOTHING
        text = (first.type == "paragraph" and self.manner.task(first)) or self.inner.all([first])
        return f"{_NOTHING}\n\n{text}" if text.startswith("    ") else text or _NOTHING

    def definitions(self, node: Node) -> str:
        """Terms in bold with their definitions below, which needs no sign of its own."""
        return write.bullets(self._defined(node))

    def _defined(self, node: Node) -> Iterator[str]:
        said: list[str] = []
        for child in node.children:
            if child.type == "dt" and said:
                yield _together(said)
                said = []
            if child.type == "dt":
                said.append(write.strong(self.manner.line(child.children)))
            else:
                said.append(self.inner.all(child.children))
        yield _together(said)

    def note(self, node: Node) -> str:
        title, *content = node.children
        kind, name = str(node.meta.get("tag", "note")), ""
        if title.type == "admonition_title":
            name = self.manner.line(title.children)
        else:
            content.insert(0, title)
        return self.manner.dialect.note(kind, name, self.inner.all(content))

    def footnotes(self, node: Node) -> str:
        return write.numbered(map(self._footnote, node.children))

    def _footnote(self, node: Node) -> str:
        number, text = node.meta["id"] + 1, self.inner.all(node.children)
        between = "\n\n" if "\n" in text else " "
        return f"{write.place(f'fn{number}')}{text}{between}[↩](#fnref{number})"

    def table(self, node: Node) -> str:
        head, *bodies = node.children
        first = head.children[0].children
        right = [n for n, cell in enumerate(first) if "right" in str(cell.attrs.get("style", ""))]
        rows = [row.children for body in bodies for row in body.children]
        cells = [[self.manner.line(cell.children) for cell in row] for row in rows]
        return write.table([self.manner.line(cell.children) for cell in first], cells, right)


def _together(said: Sequence[str]) -> str:
    """A term and its definitions: on one line where each of them is one."""
    if any("\n" in text for text in said):
        return write.blocks(said)
    return "<br>".join(said)


_BLOCKS: Mapping[str, Callable[[_Writer, Node], str]] = {
    "paragraph": _Writer.paragraph,
    "heading": _Writer.heading,
    "bullet_list": _Writer.bullets,
    "ordered_list": _Writer.numbered,
    "blockquote": _Writer.quotation,
    "fence": _Writer.code,
    "code_block": _Writer.code,
    "hr": lambda writer, node: "---",
    "html_block": _Writer.html,
    "table": _Writer.table,
    "dl": _Writer.definitions,
    "admonition": _Writer.note,
    "footnote_block": _Writer.footnotes,
}
