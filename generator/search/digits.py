"""Numbers as text, as in source maps: groups of five bits, the least first, a letter each, the
sixth bit saying that more follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class _Written(dict[int, str]):
    """Numbers that were written before."""

    def __missing__(self, value: int) -> str:
        rest, digits = value, ""
        while rest > 31:
            digits += DIGITS[32 | rest & 31]
            rest >>= 5
        self[value] = digits + DIGITS[rest]
        return self[value]


def written() -> _Written:
    """What writes numbers from 0 on, each once."""
    return _Written()


def number(value: int) -> str:
    """One number from 0 on."""
    return written()[value]


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
