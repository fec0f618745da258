"""Traditional characters as simplified ones, so that either finds the other.

The table is OpenCC's (see opencc/README.md). A character that simplified Chinese writes too, such
as 著 in 显著, is left as it is, and of several simplified forms the first counts.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Set
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


def variants_of(written: Set[str]) -> str:
    """Pairs of a traditional character and its simplified form, for those forms alone that are
    written."""
    return _pairs(written, lambda character: True)


def rare_variants_of(written: Set[str]) -> str:
    """Those pairs whose first character is one of the 6,763 of GB 2312, which browsers can list:
    any other Han character that a reader writes is traditional, or rare."""
    return _pairs(written, is_listed)


def is_listed(character: str) -> bool:
    """Whether a character is one of GB 2312."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _pairs(written: Set[str], wanted: Callable[[str], bool]) -> str:
    pairs = sorted(simplified_forms().items())
    return "".join(f"{a}{b}" for a, b in pairs if b in written and wanted(a))


@functools.cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, simplified_forms()))}]")
