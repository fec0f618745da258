"""A text as a YAML scalar on one line: plain where every reader takes it for text, else quoted."""

from __future__ import annotations

import re

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGEST = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"[0-9]+(e[0-9]+)?")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that readers of YAML take for something else than text."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_COLON_OR_COMMENT = re.compile(r":(\s|$)|\s#")


def as_scalar(text: str) -> str:
    """`text`, which has no line ends and no control characters, as it stands in a file."""
    if _DAY.fullmatch(text) or (_DIGEST.fullmatch(text) and not _NUMBER.fullmatch(text)):
        return text
    plain = text[:1].isalpha() and text == text.strip() and text.isprintable()
    if plain and text.lower() not in _WORDS and not _COLON_OR_COMMENT.search(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def as_key(name: str) -> str:
    """The name of a field, an id or a day as it stands before a colon."""
    return name if _KEY.fullmatch(name) else as_scalar(name)
