"""Anybody's text inside Markdown that GitHub and GitLab show: it stays that text and does nothing.

Characters that mean something to Markdown or HTML become entities. What sites turn into links
after that (`@name`, `#12`, addresses) is parted by a character without width.
"""

from __future__ import annotations

import re

from generator.report.characters import one_line

PART = "\N{ZERO WIDTH SPACE}"
_MEANING = re.compile(r"[!\"#$&'()*<=>\[\\\]^_`{|}~]")
_LINKED = re.compile(
    r"[@#!~%$&^*:](?=\w)"  # people, issues, merge requests, labels, milestones, emoji, schemes
    r"|[@#!~%$&^*](?=[\"'/])"  # the same with a quoted name
    r"|:(?=//)|\bwww(?=\.)"  # addresses
    r"|\bGH(?=-\d)|\b[0-9a-f]{6}(?=[0-9a-f]+\b)",  # issues and commits without a sign
    re.IGNORECASE,
)


def escaped(text: str, most: int = 200) -> str:
    """The text as inline Markdown, also inside a table; longer texts end in `…`."""
    plain = one_line(text)
    if len(plain) > most:
        plain = plain[: most - 1].rstrip() + "…"
    parted = _LINKED.sub(lambda found: found.group() + PART, plain)
    return _MEANING.sub(lambda found: f"&#{ord(found.group())};", parted)


def code(text: str, most: int = 200) -> str:
    """The text as code, in which sites link nothing."""
    return f"<code>{escaped(text, most)}</code>"
