"""What stands in a block, written anew on one line: words, emphasis, code, links, raw tags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape as escape_html
from html import unescape
from urllib.parse import quote, unquote

from markdown_it.tree import SyntaxTreeNode as Node

from generator.markdown import dialect as write
from generator.markdown.dialect import Dialect, escape
from generator.markdown.sanitise import sanitise

_OUTWARD = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = {"br", "img", "input", "wbr", "hr", "col"}
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')
_MARKS = {
    "strong": ("**", "strong"),
    "em": ("*", "em"),
    "s": ("", "del"),
    "footnote_ref": ("", "sup"),
}
_BREAKS = {"softbreak": " ", "hardbreak": "<br>"}
_BOX = "task-list-item-checkbox"

Address = Callable[[str], str]
"""Where a relative link or image leads, given as it stands in the text; "" for nowhere."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is written anew."""

    dialect: Dialect
    address: Address
    raw_address: Address
    """The same for links in raw HTML, which nobody looks at after us."""

    def line(self, nodes: Iterable[Node]) -> str:
        """What stands in a block."""
        return self._spans(spans_of(nodes)).strip()

    def task(self, paragraph: Node) -> str:
        """A paragraph that begins with a box to tick; "" for any other."""
        spans = spans_of(paragraph.children)
        box = next((node.content for node in spans[:2] if _BOX in node.content), "")
        words = [node for node in spans[1:-1] if _BOX not in node.content]  # without its label
        line = self._spans(words).strip()
        return self.dialect.task(line, "checked=" in box) if box else ""

    def html(self, html: str) -> str:
        """Raw HTML, sanitised, in which links lead where they should."""

        def lead(match: re.Match[str]) -> str:
            name, address = match.groups()
            if _OUTWARD.match(address) or address.startswith("#"):
                return match.group()
            found = self.raw_address(unquote(unescape(address)))
            return f' {name}="{escape_html(found)}"' if found else ""

        return _ADDRESS.sub(lead, sanitise(html))

    def _spans(self, nodes: Sequence[Node]) -> str:
        """Spans side by side. Asterisks are used only where both readers take them for what they
        are, which depends on the neighbours."""
        paired = set(_paired(nodes))
        texts = [self._text(node, number in paired) for number, node in enumerate(nodes)]
        made = ""
        for number, node in enumerate(nodes):
            text = texts[number]
            mark, tag = _MARKS.get(node.type, ("", ""))
            if mark and self._clear(text, made[-1:] or " ", _first(nodes, texts, number + 1)):
                made += f"{mark}{text}{mark}"
            else:
                made += f"<{tag}>{text}</{tag}>" if tag and text else text
        return made

    def _text(self, node: Node, paired: bool) -> str:
        match node.type:
            case "text":
                return _spaced(node.content)
            case "code_inline":
                return place_of(node) + write.code(node.content)
            case "link":
                return place_of(node) + self._link(node)
            case "image":
                return place_of(node) + self._image(node)
            case "footnote_ref":
                number, again = node.meta["id"] + 1, node.meta.get("subId", 0)
                at = write.place(f"fnref{number}:{again}" if again else f"fnref{number}")
                return f"{at}[{number}](#fn{number})"
            case "html_inline":
                return self._tag(node.content) if paired else ""
        return _BREAKS.get(node.type) or self._spans(node.children)

    def _clear(self, text: str, before: str, after: str) -> bool:
        """Whether asterisks around `text` open and close (CommonMark 0.31, 6.2), also for readers
        that match them without looking at what is between. Backstage tells its MkDocs to see none
        inside words."""
        if not text or "*" in text + before + after or text != text.strip():
            return False
        if self.dialect is Dialect.MKDOCS and (before.isalnum() or after.isalnum()):
            return False
        return (text[0].isalnum() or _parts(before)) and (text[-1].isalnum() or _parts(after))

    def _link(self, node: Node) -> str:
        words = self._spans(node.children).strip()
        address = str(node.attrs.get("href", ""))
        if not _OUTWARD.match(address):
            address = self.address(unquote(address))
        return f"[{words}]({_destination(address)}{_title(node)})" if address else words

    def _image(self, node: Node) -> str:
        words = escape(_plain(node))
        address = self.address(unquote(str(node.attrs.get("src", ""))))
        return f"![{words}]({_destination(address)}{_title(node)})" if address else words

    def _tag(self, tag: str) -> str:
        """A raw tag without what is not allowed; "" for one that is not allowed at all."""
        name = re.split(r"[\s/>]", tag.strip("</"), maxsplit=1)[0].lower()
        if tag.startswith("</"):
            return f"</{name}>" if sanitise(f"<{name}></{name}>") else ""
        return self.html(tag).removesuffix(f"</{name}>")


def spans_of(nodes: Iterable[Node]) -> list[Node]:
    """The spans of a block."""
    return [span for node in nodes for span in (node.children if node.type == "inline" else [node])]


def place_of(node: Node) -> str:
    """The place that an author gave a name to."""
    return write.place(str(node.attrs.get("id", "")))


def _first(nodes: Sequence[Node], texts: Sequence[str], number: int) -> str:
    """The sign that a span begins with; a space behind the last one."""
    if number == len(nodes):
        return " "
    return "*" if nodes[number].type in _MARKS else texts[number][:1] or "x"


def _spaced(text: str) -> str:
    """Escaped text with the space around it, which parts it from its neighbours."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return before + escape(text) + after


def _parts(sign: str) -> bool:
    """Whether a sign beside asterisks makes them ones at the edge of a word."""
    return sign.isspace() or unicodedata.category(sign).startswith("P")


def _paired(nodes: Sequence[Node]) -> Iterator[int]:
    """Positions of raw tags that stand alone or have their other half among `nodes`."""
    open_tags: list[tuple[str, int]] = []
    for position, node in enumerate(nodes):
        match = _TAG.match(node.content) if node.type == "html_inline" else None
        if match is None:
            continue
        closing, name = match.group(1), match.group(2).lower()
        if name in _VOID:
            yield position
        elif not closing:
            open_tags.append((name, position))
        elif open_tags and open_tags[-1][0] == name:
            yield open_tags.pop()[1]
            yield position


def _plain(node: Node) -> str:
    """The words of an image's alternative text."""
    if node.children:
        return "".join(_plain(child) for child in node.children)
    return _BREAKS.get(node.type, node.content)


def _destination(address: str) -> str:
    """An address in which no sign can end the link. Anchors stay readable: hosts compare them."""
    path, mark, anchor = address.partition("#")
    safe = quote(path, safe="/:?@!$&'*+,;=%~")
    there = safe + mark + re.sub(r"[\s()<>\\]", lambda match: quote(match.group()), anchor)
    return re.sub(r"&(?=#?\w+;)", "&amp;", there)


def _title(node: Node) -> str:
    title = str(node.attrs.get("title", ""))
    return f' "{escape(title).replace(chr(34), "&quot;")}"' if title else ""
