"""Characters that a format cannot hold, that act on whoever shows them, or that are wide.

Takes any text and gives text; knows nothing of what it says. Titles and reasons come from anybody
who can open a pull request.
"""

from __future__ import annotations

import json
import re
from unicodedata import category, combining, east_asian_width

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SPACES = ("Zl", "Zp", "Zs")


def well_formed(text: str) -> str:
    """The text with lone surrogates replaced: no file could be written with them."""
    return _SURROGATES.sub(UNKNOWN, text)


def xml_characters(text: str) -> str:
    """The text with every character replaced that XML 1.0 does not allow."""
    return re.sub(_NOT_XML, UNKNOWN, text)


def one_line(text: str) -> str:
    """The text on one line, without controls and without what changes the direction of writing.

    `##[` in a log of GitHub Actions starts a command wherever it stands, so a space goes into it.
    """
    kept = text if text.isprintable() else "".join(map(_plain, text))
    return " ".join(kept.split()).replace("##[", "## [")


def _plain(character: str) -> str:
    if " " <= character <= "~":
        return character
    kind = category(character)
    if kind in _SPACES or character.isspace():
        return " "
    if kind == "Cf":
        return ""
    return UNKNOWN if kind in ("Cc", "Cs") else character


def columns(text: str) -> int:
    """How many columns of a terminal the text fills; Chinese characters fill two."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if character < "\u0300":
        return 1
    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """The text filled up with spaces to `width` columns."""
    return text + " " * (width - columns(text))


def shortened(text: str, most: int) -> str:
    """The text in at most so many columns, with `…` where something is left out."""
    if columns(text) <= most:
        return text
    kept, used = [], 1
    for character in text:
        used += _width(character)
        if used > most:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def as_json(document: object) -> str:
    """A document as JSON, written so that no text in it is a command in a log of GitHub Actions."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return well_formed(text).replace("##[", "#\\u0023[")
