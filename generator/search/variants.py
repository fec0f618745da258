"""Traditional characters as simplified ones, so that either finds the other.

The table is OpenCC's (see opencc/README.md). A character that simplified Chinese writes too, such
as 著 in 显著, is left as it is, and of several simplified forms the first counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from importlib import resources

_TABLE = resources.files(__package__) / "opencc" / "TSCharacters.txt"


@functools.cache
def simplified_forms() -> Mapping[str, str]:
    """Each traditional character with its simplified form."""
    forms: dict[str, str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            character, _, found = line.partition("\t")
            if character not in found.split():
                forms[character] = found.split()[0]
    return forms


def simplified(text: str) -> str:
    """The text without traditional characters."""
    return _traditional().sub(lambda match: simplified_forms()[match[0]], text)


def variants_of(terms: Iterable[str]) -> str:
    """Pairs of a traditional character and its simplified form, for the forms in `terms` alone."""
    written = set().union(*terms)
    pairs = sorted(simplified_forms().items())
    return "".join(f"{character}{form}" for character, form in pairs if form in written)


@functools.cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, simplified_forms()))}]")
