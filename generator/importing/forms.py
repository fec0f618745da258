"""What form the words in an element have: bold, struck out, linked, hidden; by its tag or style."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.importing.document import (
    CODE,
    DELETED,
    EMPHASIS,
    LOWERED,
    MARKED,
    RAISED,
    STRONG,
)
from generator.importing.tree import Element

_MARKS = {
    "strong": STRONG, "b": STRONG, "em": EMPHASIS, "i": EMPHASIS, "cite": EMPHASIS,
    "dfn": EMPHASIS, "var": EMPHASIS, "s": DELETED, "del": DELETED, "strike": DELETED,
    "code": CODE, "kbd": CODE, "samp": CODE, "tt": CODE, "sup": RAISED, "sub": LOWERED,
    "mark": MARKED,
}  # fmt: skip
_STYLES = (
    (re.compile(r"font-weight\s*:\s*(bold|[6-9]00)"), STRONG, True),
    (re.compile(r"font-weight\s*:\s*(normal|[1-4]00)"), STRONG, False),
    (re.compile(r"font-style\s*:\s*italic"), EMPHASIS, True),
    (re.compile(r"text-decoration[^;]*line-through"), DELETED, True),
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all")


@dataclass(frozen=True, slots=True)
class Form:
    """The form of words."""

    marks: frozenset[str] = frozenset()
    href: str = ""


def form_of(node: Element, form: Form) -> Form:
    """The form of what is in `node`, which stands among words of `form`."""
    marks = set(form.marks)
    if node.tag in _MARKS:
        marks.add(_MARKS[node.tag])
    style = node.attributes.get("style", "").lower()
    for pattern, mark, on in _STYLES if style else ():
        if pattern.search(style):
            (marks.add if on else marks.discard)(mark)
    href = node.attributes.get("href", "").strip() if node.tag == "a" else ""
    return replace(form, marks=frozenset(marks), href=href or form.href)


def is_hidden(node: Element) -> bool:
    """Whether nobody sees the element."""
    return bool(_HIDDEN.search(node.attributes.get("style", "").lower()))
