"""Numbers as text, as in source maps: groups of five bits, the least first, a letter each, the
sixth bit saying that more follow. And how long a text will be once it is compressed."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@functools.lru_cache(maxsize=65536)
def number(value: int) -> str:
    """One number from 0 on."""
    digits = ""
    while value > 31:
        digits += DIGITS[32 | value & 31]
        value >>= 5
    return digits + DIGITS[value]


def signed(value: int) -> str:
    """One number of either sign."""
    return number(abs(value) << 1 | (value < 0))


def front_coded(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Lines of key and value, each key without what it shares with the one before, whose length
    stands in front. Scripts count the characters beyond U+FFFF twice, so none of them is shared."""
    former = ""
    for key, value in pairs:
        shared = 0
        for one, other in zip(key[:31], former, strict=False):
            if one != other or one > "\uffff":
                break
            shared += 1
        yield f"{DIGITS[shared]}{key[shared:]}\t{value}"
        former = key


def compressed(text: str) -> int:
    """About how many bytes a text of many lines takes, compressed: for each line, and for what is
    said in it for the first time. A guess, because libraries compress in ways of their own, and
    files must not depend on them."""
    new = {text[at : at + 3] for at in range(len(text) - 2)}
    return 9 * text.count("\n") + len("".join(new).encode("utf-8", "surrogatepass")) // 4
