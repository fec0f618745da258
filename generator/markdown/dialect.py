"""Pieces of Markdown that every reader of it understands in the same way.

Takes texts and finished pieces, gives Markdown. CommonMark by the book and Python-Markdown, which
MkDocs uses, differ in what they take for markup and in how deep a list has to be indented; what
is written here reads alike in both. What CommonMark has no sign for is told by a dialect.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterable, Sequence
from html import escape as escape_html

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_SPECIAL = re.compile(
    r"[\\`*{]|(?<![^\W_])_|_(?![^\W_])|[\[\]<|~^\x02\x03]|&(?=#?\w+;)|={2,}|:(?=[\w+-]+:)"
)
_START = re.compile(r"([#>+-])|(\d+)([.)])|(:)|(!)(?=!!)|(\?)(?=\?\?)|(/)(?=//)")
_ENTITIES = {"<": "&lt;", "&": "&amp;", "\x02": "", "\x03": ""}
_LAST_NUMBER = 99
"""Items beyond it keep this number: a longer one would not leave room for its text."""
_SEPARATOR = "<!-- -->"
_AT_MARGIN = re.compile(r"^\S.*", re.MULTILINE)
_ITEM = re.compile(r"-   |\d+\. ")
_QUOTATION = re.compile(">")


def escape(text: str) -> str:
    """Plain text on one line, in which no reader finds markup. Python-Markdown has no backslash
    for some signs, and some hosts find formulas in backslashed brackets: these become entities."""
    line = _SPACE.sub(" ", text).strip(" ")
    escaped = _SPECIAL.sub(lambda match: _escaped(match.group()), line)
    return escaped.replace("$", "&#36;") if escaped.count("$") > 1 else escaped


def _escaped(sign: str) -> str:
    if sign in "\\`*{_":
        return "\\" + sign
    return "".join(_ENTITIES.get(one, f"&#{ord(one)};") for one in sign)


def paragraph(line: str) -> str:
    """A finished line as a paragraph, whatever it begins with."""
    return _START.sub(_unlike_a_block, line, count=1) if _START.match(line) else line


def _unlike_a_block(match: re.Match[str]) -> str:
    sign, number, dot, *marks = match.groups()
    if sign:
        return "\\" + sign
    if number:
        return f"{number}\\{dot}"
    return f"&#{ord(next(filter(None, marks)))};"


def strong(line: str) -> str:
    """A finished line in bold, to stand at the beginning of a line and in front of no word."""
    return f"<strong>{line}</strong>" if "*" in line else f"**{line}**"


def emphasis(line: str) -> str:
    """A finished line in italics, to stand alone."""
    return f"<em>{line}</em>" if "*" in line else f"*{line}*"


def code(text: str) -> str:
    """A piece of code in a line."""
    odd = "`" in text or "|" in text or "\n" in text or text.startswith("#!") or not text.strip()
    return f"<code>{escape(text)}</code>" if odd else f"`{text}`"


def place(anchor: str) -> str:
    """A place in a line that links can point to."""
    return f'<a id="{escape_html(anchor)}"></a>' if anchor else ""


def indented(text: str) -> str:
    """`text` four columns to the right, as deep as both readers want what belongs to an item."""
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def bullets(items: Iterable[str]) -> str:
    """A list of finished items."""
    return _listed(("-", item) for item in items)


def numbered(items: Iterable[str], start: int = 1) -> str:
    """A list of finished items with numbers."""
    numbers = (f"{min(number, _LAST_NUMBER)}." for number in itertools.count(start))
    return _listed(zip(numbers, items, strict=False))


def _listed(items: Iterable[tuple[str, str]]) -> str:
    made = [mark.ljust(4) + indented(item).lstrip(" ") for mark, item in items]
    return ("\n\n" if any("\n\n" in item for item in made) else "\n").join(made)


def quoted(text: str) -> str:
    """A block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of finished cells; the columns in `right` hold figures."""
    rule = ["---:" if column in right else "---" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def fenced(text: str, language: str) -> str:
    """A block of code at the left margin."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    name = language if re.fullmatch(r"[\w#.+-]+", language) else ""
    fence = "`" * (longest + 1)
    return f"{fence}{name}\n{text.rstrip()}\n{fence}"


def blocks(pieces: Iterable[str]) -> str:
    """Pieces one below the other, without the empty ones. What would run together is parted:
    Python-Markdown makes one list of two, and one quotation."""
    made: list[str] = []
    for piece in filter(None, pieces):
        if made and _runs_on(made[-1], piece):
            made.append(_SEPARATOR)
        made.append(piece)
    return "\n\n".join(made)


def _runs_on(piece: str, following: str) -> bool:
    last = (_AT_MARGIN.findall(piece) or [""])[-1]
    if following.startswith("    "):
        return bool(_ITEM.match(last)) or piece.rpartition("\n")[2].startswith("    ")
    same = _ITEM if _ITEM.match(following) else _QUOTATION if following[0] == ">" else None
    return same is not None and same.match(last) is not None


class Dialect(enum.Enum):
    """What may be used beyond CommonMark and tables."""

    COMMON = "common"
    """Nothing: read alike by wikis, forges and generators of sites."""
    MKDOCS = "mkdocs"
    """Attribute lists and admonitions of Python-Markdown, and boxes that can be ticked."""

    def heading(self, level: int, line: str, anchor: str = "") -> str:
        """A heading that links can point to."""
        signs = "#" * min(level, 6)
        line = f"{line[:-1]}\\#" if line.endswith("#") else line  # would count as a closing sign
        if not anchor:
            return f"{signs} {line}"
        if self is Dialect.MKDOCS:
            return f"{signs} {line} {{#{anchor}}}"
        return f"{signs} {place(anchor)}{line}"

    def note(self, kind: str, title: str, content: str) -> str:
        """Something that is set apart. `kind` is such as `note`, `warning`, `danger`."""
        if self is Dialect.MKDOCS:
            name = title.replace('"', "&quot;")
            return f'!!! {kind} "{name}"\n\n{indented(content)}'
        return quoted(blocks((strong(title) if title else "", content)))

    def task(self, line: str, done: bool = False) -> str:
        """The first line of an item that can be ticked off."""
        if self is Dialect.MKDOCS:
            return f'<label><input type="checkbox"{" checked" if done else ""}> {line}</label>'
        return f"[{'x' if done else ' '}] {line}"
