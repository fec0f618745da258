"""A tree of HTML to blocks: what each element means, be it said by its tag or by its style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.importing.document import (
    STRONG,
    Anchor,
    Block,
    Break,
    Cell,
    Code,
    Heading,
    Image,
    Inline,
    Item,
    Items,
    Line,
    NoteMark,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    Tick,
)
from generator.importing.forms import Form, form_of, is_hidden
from generator.importing.lines import shown, tidy
from generator.importing.tree import Element, Node

NUMBER = "list-number-"
"""What the anchors begin with that tell the number of an item."""
_CONTAINERS = {
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "figure",
    "figcaption", "details", "center", "dd", "caption",
}  # fmt: skip
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang)-([\w+#.-]+)|brush:\s*(\w+)")
_MOST_SPAN = 100
_BEGINS_ITEM = re.compile(r"\n\s*(?=[☐☑☒□✓✔•●■◆➢])")
"""The end of a line in the source that is one for readers too."""


def blocks_in(nodes: Iterable[Node]) -> tuple[Block, ...]:
    """The blocks that `nodes` hold."""
    return tuple(_blocks(nodes, Form()))


def _blocks(nodes: Iterable[Node], form: Form) -> Iterator[Block]:
    line: list[Inline] = []
    for part in _flow(nodes, form):
        if isinstance(part, Text | Image | Break | Tick | NoteMark | Anchor):
            line.append(part)
        else:
            yield from _paragraphs(line)
            line = []
            yield part
    yield from _paragraphs(line)


def _paragraphs(line: Sequence[Inline]) -> Iterator[Paragraph]:
    """A line is cut where two breaks follow each other: that was meant as a new paragraph."""
    whole = tidy(line)
    piece: list[Inline] = []
    for at, each in enumerate(whole):
        doubled = isinstance(each, Break) and (
            isinstance(whole[at - 1], Break) or isinstance(whole[at + 1], Break)
        )
        if not doubled:
            piece.append(each)
        elif piece:
            yield Paragraph(tuple(piece))
            piece = []
    if piece:
        yield Paragraph(tuple(piece))


def _flow(nodes: Iterable[Node], form: Form) -> Iterator[Inline | Block]:
    for node in nodes:
        if isinstance(node, str):
            for at, piece in enumerate(_BEGINS_ITEM.split(node)):
                if at:
                    yield Break()
                yield Text(piece, form.marks, form.href)
        elif not is_hidden(node):
            yield from _anchors(node)
            yield from _element(node, form_of(node, form))


def _anchors(node: Element) -> Iterator[Anchor]:
    for name in dict.fromkeys((node.attributes.get("id"), node.attributes.get("name"))):
        if name:
            yield Anchor(name)


def _element(node: Element, form: Form) -> Iterator[Inline | Block]:
    reader = _READERS.get(node.tag)
    return reader(node, form) if reader else _flow(node.children, form)


def _picture(node: Element, form: Form) -> Iterator[Inline]:
    yield Image(node.attributes.get("src", "").strip(), node.attributes.get("alt", ""))


def _break(node: Element, form: Form) -> Iterator[Inline]:
    yield Break()


def _tick(node: Element, form: Form) -> Iterator[Inline]:
    yield Tick("checked" in node.attributes)


def _note(node: Element, form: Form) -> Iterator[Inline]:
    yield NoteMark(node.attributes["anchor"])


def _rule(node: Element, form: Form) -> Iterator[Block]:
    yield Rule()


def _container(node: Element, form: Form) -> Iterator[Block]:
    return _blocks(node.children, form)


def _term(node: Element, form: Form) -> Iterator[Block]:
    return _blocks(node.children, replace(form, marks=form.marks | {STRONG}))


def _quote(node: Element, form: Form) -> Iterator[Block]:
    yield Quote(tuple(_blocks(node.children, form)))


def line_in(nodes: Iterable[Node], form: Form | None = None) -> Line:
    """All that `nodes` hold on one line."""
    return tidy(_one_line(_blocks(nodes, form or Form())))


def _one_line(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield from block.line
        elif isinstance(block, Items):
            yield from _one_line(each for item in block.items for each in item.blocks)
        elif isinstance(block, Quote):
            yield from _one_line(block.blocks)
        elif isinstance(block, Code):
            yield Text(block.text)
        elif isinstance(block, Table):
            yield from _one_line(b for row in block.rows for cell in row for b in cell.blocks)
        yield Text(" ")


def _heading(node: Element, form: Form) -> Iterator[Block]:
    """A heading; pictures in it follow below."""
    line = line_in(node.children, form)
    words = tuple(each for each in line if not isinstance(each, Image))
    pictures = tuple(each for each in line if isinstance(each, Image))
    if any(isinstance(each, Text) for each in words):
        yield Heading(
            int(node.tag[1]), tidy(Text(" ") if each == Break() else each for each in words)
        )
    elif shown(words):
        yield Paragraph(words)
    if pictures:
        yield Paragraph(pictures)


def _lists(node: Element, form: Form) -> Iterator[Block]:
    """A list; one with numbers is cut where these do not follow each other."""
    ordered = node.tag == "ol"
    items: list[Item] = []
    start = number = _whole(node.attributes.get("start"), 1) or 0
    for child in _as_items(node.children):
        own = _number(child) if ordered else None
        if own is not None and own != number:
            if items:
                yield Items(tuple(items), start)
            items, start, number = [], own, own
        item = _item(child, form)
        if item.blocks or item.done is not None:
            items.append(item)
        number += 1
    if items:
        yield Items(tuple(items), start if ordered else None)


def _as_items(nodes: Iterable[Node]) -> Iterator[Element]:
    """The items of a list. What stands between them belongs to the one above."""
    last: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag == "li":
            if last:
                yield last
            last = node
        elif isinstance(node, Element) or node.strip():
            last = Element("li", dict(last.attributes) if last else {},
                           [*(last.children if last else ()), node])  # fmt: skip
    if last:
        yield last


def _number(item: Element) -> int | None:
    named = [
        anchor.attributes["id"].removeprefix(NUMBER)
        for anchor in item.find("a")[:3]
        if anchor.attributes.get("id", "").startswith(NUMBER)
    ]
    return _whole(named[0] if named else item.attributes.get("value"), None)


def _whole(text: str | None, otherwise: int | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else otherwise


def _lone_item(node: Element, form: Form) -> Iterator[Block]:
    yield Items((_item(node, form),))


def _item(node: Element, form: Form) -> Item:
    blocks = tuple(each for each in _blocks(node.children, form) if each != Rule())
    checked = node.attributes.get("data-checked")
    done = {"true": True, "false": False}.get(checked or "")
    return Item(blocks, done)


def _code(node: Element, form: Form) -> Iterator[Block]:
    inner = node.find("code")
    classes = " ".join(each.attributes.get("class", "") for each in (node, *inner))
    found = _LANGUAGE.search(classes)
    language = (found.group(1) or found.group(2)) if found else ""
    yield Code("".join(_lines_of_code(node)).strip("\n"), language)


def _lines_of_code(node: Element) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield "\n"
        else:
            yield from _lines_of_code(child)
            if child.tag in ("p", "div", "li", "tr"):
                yield "\n"


def _table(node: Element, form: Form) -> Iterator[Block]:
    for child in node.children:
        if isinstance(child, Element) and child.tag == "caption":
            yield from _blocks(child.children, form)
    rows = [_row(row, head, form) for row, head in _rows(node)]
    if any(rows):
        yield Table(tuple(tuple(row) for row in rows))


def _rows(node: Element, head: bool = False) -> Iterator[tuple[Element, bool]]:
    for child in node.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                yield child, head
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from _rows(child, child.tag == "thead")


def _row(row: Element, head: bool, form: Form) -> list[Cell]:
    return [
        Cell(
            blocks=tuple(_blocks(cell.children, form_of(cell, form))),
            across=_span(cell, "colspan"),
            down=_span(cell, "rowspan"),
            head=head or cell.tag == "th",
        )
        for cell in row.children
        if isinstance(cell, Element) and cell.tag in ("td", "th")
    ]


def _span(cell: Element, name: str) -> int:
    return min(max(_whole(cell.attributes.get(name), 1) or 1, 1), _MOST_SPAN)


_READERS: Mapping[str, Callable[[Element, Form], Iterator[Inline | Block]]] = {
    **dict.fromkeys(_CONTAINERS, _container),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("dt", "summary"), _term),
    "br": _break,
    "img": _picture,
    "input": _tick,
    "note": _note,
    "ul": _lists,
    "ol": _lists,
    "li": _lone_item,
    "blockquote": _quote,
    "pre": _code,
    "table": _table,
    "hr": _rule,
}
"""What reads an element; others are read as what is in them."""
