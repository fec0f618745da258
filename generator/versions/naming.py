"""Names of versions: which are allowed, and which is newer.

Names become folders and addresses on every system, so they are letters, digits and `. _ + -`, and
two names that differ only in the size of their letters are the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 64
RESERVED = frozenset({"preview", "static", "versions", "index", "404", "sitemap", "cname"})
"""What the tree has at its root itself, with or without an ending."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))}
)
_EARLIER = ("dev", "snapshot", "a", "alpha", "b", "beta", "pre", "preview", "c", "rc")
"""Words that make a name older than the same name without them, in their order."""

Key = tuple[object, ...]


def name_fault(name: str) -> str:
    """Why `name` cannot name a version, an alias or a preview; "" if it can."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*", name):
        return "a name begins with a letter or digit and holds letters, digits and . _ + - only"
    if len(name) > LONGEST:
        return f"a name has at most {LONGEST} characters"
    stem = name.casefold().partition(".")[0]
    if stem in RESERVED or stem in _DEVICES:
        return f"{stem} is a name that the tree or the system uses itself"
    if name.endswith(".") or ".." in name or name.casefold().endswith(".lock"):
        return "a name does not end in a dot or .lock, and has no two dots in a row"
    return ""


def newest_first(names: Iterable[str]) -> list[str]:
    """Names in the order in which a reader looks for them: what is not numbered, such as `next`,
    then the highest number."""
    return sorted(sorted(names), key=order_of, reverse=True)


def order_of(name: str) -> Key:
    """A key that is greater for a newer name. Calendar days, semantic versions and names without
    a number may be mixed."""
    plain = name.casefold().partition("+")[0]
    numbered = re.match(r"v?(\d+(?:[._-]\d+)*)(.*)", plain)
    if numbered is None:
        return (1, (), (), plain)
    numbers = [int(digits) for digits in re.findall(r"\d+", numbered[1])]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return (0, tuple(numbers), _rest(numbered[2]), plain)


def _rest(text: str) -> Key:
    """What follows the numbers: before the same name without it, or after."""
    parts = re.findall(r"\d+|[a-z]+", text)
    if not parts:
        return (1,)
    earlier = parts[0] in _EARLIER
    rank = _EARLIER.index(parts[0]) if earlier else 0
    pairs = tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts[1:])
    return (0 if earlier else 2, rank, parts[0], pairs)
