"""Names of the trade to names in addresses: a title to letters a-z, digits and hyphens.

Takes text in any script, gives "" where nothing in it can be written so. Chinese is spelled in
pinyin, a syllable a word; the search, which hears what readers type, has its own ways.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters; what is longer is cut between words."""
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


def slug_of(text: str) -> str:
    """`text` as part of an address: `客户拜访 Checklist` is `ke-hu-bai-fang-checklist`."""
    spelled = _HAN.sub(lambda found: f" {_pinyin(found.group())} ", text)
    folded = unicodedata.normalize("NFKD", spelled).casefold()
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return _cut("-".join(re.findall(r"[a-z0-9]+", plain)))


def _pinyin(han: str) -> str:
    from pypinyin import lazy_pinyin  # its dictionary takes long to load, and few need it

    return " ".join(lazy_pinyin(han, v_to_u=False))


def _cut(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
