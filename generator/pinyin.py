"""Chinese characters to syllables: pinyin without tones, ü as v. The only home of pypinyin."""

from __future__ import annotations


def syllables_of(han: str) -> tuple[str, ...]:
    """The syllables of a run of characters; where one has no reading, it is joined to its
    neighbours, and there are fewer syllables than characters."""
    from pypinyin import lazy_pinyin  # its dictionary takes long to load, and few need it

    return tuple(lazy_pinyin(han))
