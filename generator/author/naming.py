"""A title to the name in an address: Latin letters as they are, Chinese by pinyin.

Takes titles and the paths that there are, gives names. Knows no kinds and reads no files.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection

from generator.pinyin import syllables_of
from generator.validate.names import DEVICES

LONGEST = 60
"""Characters of a name that is made of a title."""
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]+")
_SPELLED = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "&": " and ", "%": " percent ",
    "'": "", "\u2019": "",
}  # fmt: skip
RESERVED = frozenset({"index", *DEVICES})
"""What no entry may be called: the page of its section, and what Windows keeps for itself."""


def name_of(title: str) -> str:
    """The name for `title`: a-z, 0-9 and single hyphens; "" where nothing of it can be spelled."""
    text = _RUN.sub(lambda run: f" {' '.join(syllables_of(run.group()))} ", _folded(title))
    words = re.findall(r"[a-z0-9]+", _folded(text))
    return "-".join(_as_long_as_fits(words))


def _folded(text: str) -> str:
    """`text` in small letters without accents, full-width signs as narrow ones."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(_SPELLED.get(sign, sign) for sign in plain if not unicodedata.combining(sign))


def _as_long_as_fits(words: list[str]) -> list[str]:
    ends = itertools.accumulate(len(word) + 1 for word in words)
    fitting = [word for word, end in zip(words, ends, strict=True) if end <= LONGEST + 1]
    return fitting or [word[:LONGEST] for word in words[:1]]


def free_id(wanted: str, taken: Collection[str]) -> str:
    """`wanted` if it is free, or else the next one with a number that is. `taken` are ids and
    addresses in small letters."""
    for number in itertools.count(1):
        identity = wanted if number == 1 else f"{wanted}-{number}"
        if identity.casefold() not in taken and identity.rpartition("/")[2] not in RESERVED:
            return identity
    raise AssertionError
