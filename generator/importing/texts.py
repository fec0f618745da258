"""Markdown and HTML files to HTML: their encoding, front matter, title and author."""

from __future__ import annotations

import codecs
import contextlib
import re
from html.parser import HTMLParser

from generator.importing.document import Refused
from generator.importing.docx import Reading
from generator.markdown.foreign import html_of_markdown, well_formed
from generator.read.yaml import load

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ACTIVE = re.compile(
    r"<\s*(script|style|iframe|object|embed|video|audio|svg|form)\b", re.IGNORECASE
)
_SHOWN = {"script": "scripts", "style": "style sheets", "iframe": "frames", "svg": "inline SVG",
          "object": "embedded objects", "embed": "embedded objects", "video": "videos",
          "audio": "sound", "form": "forms"}  # fmt: skip


def decoded(raw: bytes) -> str | Refused:
    """The text of a file: by its byte order mark, as UTF-8, as it declares, or in GB18030, which
    editors on Chinese Windows write."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _as_text(raw[len(mark) :], encoding) or _NO_TEXT
    declared = _DECLARED.search(raw[:4096])
    named = declared.group(1).decode("ascii") if declared else "utf-8"
    for encoding in ("utf-8", named, "gb18030"):
        if text := _as_text(raw, encoding):
            return text
    return _NO_TEXT if raw.strip() else Refused("the document is empty")


_NO_TEXT = Refused("this is no text", "save it again as UTF-8")


def _as_text(raw: bytes, encoding: str) -> str:
    """The text, or "" where it is none in this encoding."""
    try:
        if codecs.lookup(encoding).name not in _TEXTUAL:
            return ""
        text = raw.decode(encoding)
    except (UnicodeError, LookupError):
        return ""
    return "" if "\0" in text else re.sub("\r\n?", "\n", text)


_TEXTUAL = {
    codecs.lookup(name).name
    for name in (
        "utf-8", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312", "big5", "cp1252",
        "iso8859-1", "shift_jis", "euc-kr",
    )
}  # fmt: skip


def read_markdown(raw: bytes) -> Reading | Refused:
    """A Markdown file as HTML."""
    text = decoded(raw)
    if isinstance(text, Refused):
        return text
    made = Reading("")
    front = _FRONT.match(text)
    data = load(front.group(1))[0] if front else None
    if front and data:
        text = text[front.end() :]
        made.title, made.author = (_plain(data.get(name)) for name in ("title", "author"))
        tags = data.get("tags") or data.get("keywords") or ()
        made.keywords = tuple(map(str, tags)) if isinstance(tags, list) else (_plain(tags),)
    made.remarks = _active(text)
    made.html = html_of_markdown(text)
    return made


def _plain(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def read_html(raw: bytes) -> Reading | Refused:
    """An HTML file as HTML that can be read."""
    text = decoded(raw)
    if isinstance(text, Refused):
        return text
    head = _Head()
    with contextlib.suppress(
        AssertionError, ValueError
    ):  # html.parser gives up on some broken declarations
        head.feed(text[:200_000])
    return Reading(
        html=well_formed(text),
        title=" ".join(head.title.split()),
        author=head.meta.get("author", ""),
        keywords=tuple(filter(None, map(str.strip, head.meta.get("keywords", "").split(",")))),
        remarks=_active(text),
    )


def _active(text: str) -> list[str]:
    found = {_SHOWN[each.group(1).lower()] for each in _ACTIVE.finditer(text)}
    return [f"{what} are left out" if what[-1] == "s" else f"{what} is left out"
            for what in sorted(found)]  # fmt: skip


class _Head(HTMLParser):
    """What stands in the head of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.meta: dict[str, str] = {}
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self._inside = tag == "title" and not self.title
        if tag == "meta" and found.get("name") and found.get("content"):
            self.meta.setdefault(str(found["name"]).lower(), str(found["content"]).strip())

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.title += data
