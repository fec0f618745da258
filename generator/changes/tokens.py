"""Texts cut into what is compared: words, figures with their units, single Chinese characters.

Figures, dates, addresses and words that turn a sentence round are facts: where they differ, a
text says something else and not only the same in other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WIDE = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_TOKEN = re.compile(
    r"https?://[^\s)>\]]+"
    r"|\d{4}-\d{2}-\d{2}"
    r"|\d+(?:[.,:]\d+)*"
    rf"|[{_WIDE}]"
    rf"|[^\W\d_{_WIDE}](?:[^\W_{_WIDE}]|['’](?=\w))*"
    r"|\s+|."
)
_MARKUP = re.compile(r"[*_`#>|~\\]+")
_LINE_MARKUP = re.compile(r"(?m)^[ \t]*(?:[-*+]|\d{1,9}[.)]|[|:\- ]{3,}$|#{1,6}|>)(?:[ \t]+|$)")
_UNITS = {
    "h": ("h", "hr", "hrs", "hour", "hours", "小时"),
    "d": ("d", "day", "days", "天", "日"),
    "workday": ("workday", "workdays", "工作日"),
    "w": ("week", "weeks", "周"),
    "m": ("month", "months", "个月", "月"),
    "y": ("year", "years", "年"),
    "%": ("%", "percent", "％", "百分"),
}  # fmt: skip
_UNIT_OF = {word: name for name, words in _UNITS.items() for word in words}
_UNIT = re.compile(r"\s*个?(" + "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True))
                   + r")(?![a-z])")  # fmt: skip
_FIGURE = re.compile(
    r"https?://[^\s)>\]]+|\]\(([^)\s]+)|\d{4}-\d{2}-\d{2}|[+-]?\d+(?:[.,:]\d+)*|[$€£¥￥<>≤≥±]"
)
_TURNING = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|unless|except|must|may|shall|only|cannot|forbidden"
    r"|always|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|twice"
    r"|once|first|second|third|january|february|march|april|june|july|august|september|october"
    r"|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|n['’]t\b"
    r"|不|没|勿|别|禁|必须|无须|无需|除非|除外|仅|只能|可以|上午|下午|周[一二三四五六日末]"
    r"|[一二两三四五六七八九十百千万半]+(?=个|天|周|月|年|次|家|人|条|步|级|分|成|倍|小时|位|项|单|份|名|轮|季|层)"
)

Tokens = tuple[str, ...]


def tokens_of(text: str) -> Tokens:
    """The text in pieces; together they are the text."""
    return tuple(_TOKEN.findall(unicodedata.normalize("NFC", text).replace("\n", " ")))


def laid_out(text: str) -> Tokens:
    """Its tokens with markup, without white space: the same when lines are broken elsewhere."""
    return tuple(token for token in tokens_of(text) if not token.isspace())


def unmarked(text: str) -> Tokens:
    """Its tokens without Markdown's marks."""
    return laid_out(_MARKUP.sub("", _LINE_MARKUP.sub("", text)))


def facts_of(text: str) -> Counter[str]:
    """What of a text is a fact, and how often it stands there."""
    plain = unicodedata.normalize("NFKC", _LINE_MARKUP.sub("", text)).lower()
    found = Counter(_TURNING.findall(plain))
    for match in _FIGURE.finditer(plain):
        unit = _UNIT.match(plain, match.end())
        figure = (match.group(1) or match.group()).replace(",", "")
        found[figure + (_UNIT_OF[unit.group(1)] if unit else "")] += 1
    return found
