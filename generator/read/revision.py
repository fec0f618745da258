"""The digest of what an entry says: the same after reformatting, another after any other change.

White space, the order of fields, quoting, and how lists, tables, quotations and lines are laid out
do not count, nor does what the entry says of its own reviews. In fenced code white space counts.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

LENGTH = 16
"""Hexadecimal digits: 64 bits tell the contents of one entry apart."""
_OWN_REVIEWS = "reviewed"
_WIDE = (
    "\u2018\u2019\u201c\u201d\u2014\u2026\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff00-\uff60\U00020000-\U0003ffff"
)
"""Chinese, Japanese and Korean signs, and the marks that stand among them without spaces."""
_BETWEEN_WIDE = re.compile(f"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_MARKED = re.compile(r"\s*([>|*+-]|```|~~~|\d+[.)]\s+[`~])|.*\|\s*:?-")
"""Begins a line that may be more than running text."""
_FENCE = re.compile(r"(\s*(?:(?:[*+-]|\d{1,9}[.)])\s+)?)(`{3,}(?=[^`]*$)|~{3,})(.*)$")
_BULLET = re.compile(r"(\s*)[*+-]\s+")
_QUOTATION = re.compile(r"\s*((?:>\s?)+)(.*)$")
_ROW = re.compile(r"\s*\||\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$")
_DELIMITER = re.compile(r"(:?)-+(:?)")


def revision_of(data: dict[str, Any], body: str) -> str:
    """The digest of an entry's plain data and the Markdown of its body."""
    fields = {key: _plain(value) for key, value in data.items() if key != _OWN_REVIEWS}
    if isinstance(fields.get("claims"), list):
        fields["claims"] = [_unchecked(claim) for claim in fields["claims"]]
    raw = json.dumps([_full(fields), _layout(body)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _unchecked(claim: Any) -> Any:
    """A claim without the day of its check, which is a review too."""
    if not isinstance(claim, dict):
        return claim
    return {key: value for key, value in claim.items() if key != "checked"}


def _full(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields that have a value; an empty one says as much as none."""
    return {key: value for key, value in fields.items() if value not in ("", [], {})}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return _full({key: _plain(item) for key, item in value.items()})
    if isinstance(value, list):
        return [_plain(item) for item in value]
    text = str(value).strip("\n")
    return _layout(text) if "\n" in text else _words(text)


def _layout(text: str) -> str:
    """Text whose lines may be laid out otherwise: running text and code, in turn."""
    parts: list[str] = []
    running: list[str] = []
    fence, indent, quoted = "", 0, 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if fence:
            closed = _closes(line, fence)
            parts.append("```" if closed else _code(line, indent))
            fence = "" if closed else fence
        elif not _MARKED.match(line):
            running.append(line)
            quoted = quoted if line.strip() else 0
        elif opened := _FENCE.match(line):
            lead, fence, info = opened.groups()
            indent, quoted = len(lead), 0
            parts += [_words(" ".join([*running, _BULLET.sub("- ", lead)])), f"```{info.strip()}"]
            running = []
        else:
            made, quoted = _marked(line, quoted)
            running.append(made)
    return "\n".join([*parts, _words(" ".join(running))])


def _closes(line: str, fence: str) -> bool:
    found = line.strip()
    return len(found) >= len(fence) and not found.strip(fence[0])


def _code(line: str, indent: int) -> str:
    """A line of code as deep as it stands inside of its fence."""
    return (line[:indent].lstrip(" ") + line[indent:]).rstrip()


def _marked(line: str, quoted: int) -> tuple[str, int]:
    """A line without what depends on its layout, and how deep it is quoted; a quotation that goes
    on needs no mark."""
    quotation = _QUOTATION.match(line)
    depth = quotation.group(1).count(">") if quotation else 0
    rest = quotation.group(2) if quotation else line
    rest = _row(rest) if _ROW.match(rest) else _BULLET.sub(r"\1- ", rest, count=1)
    return (f"{'>' * depth} {rest}" if depth != quoted else rest), depth


def _row(line: str) -> str:
    """A row of a table, however wide its columns are drawn."""
    cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|"))
    cells = [cell.strip() for cell in (cells if cells[-1].strip() else cells[:-1])]
    return "|" + "|".join(
        _DELIMITER.sub(r"\1-\2", cell) if _DELIMITER.fullmatch(cell) else cell for cell in cells
    )


def _words(text: str) -> str:
    """One space between words, and none between Chinese characters."""
    if text.isascii():
        return " ".join(text.split())
    return _BETWEEN_WIDE.sub("", " ".join(unicodedata.normalize("NFC", text).split()))
