"""Two Markdown bodies, compared by section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.changes.change import Act, Change, Nature, Place
from generator.changes.texts import compare_texts
from generator.model.shape import Form

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{[^}]*\})?[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
FIELD = "body"

Sections = dict[str, str]
"""Texts by heading; one that stands there twice is numbered. "" is what stands before the first."""


def sections_of(body: str) -> Sections:
    """The text below each heading."""
    found: dict[str, list[str]] = {"": []}
    here, fenced = "", False
    for line in body.split("\n"):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading:
            here = _unique(heading.group(2), found)
            found[here] = []
        else:
            found[here].append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in found.items()}


def _unique(heading: str, taken: dict[str, list[str]]) -> str:
    name, number = heading, 1
    while name in taken:
        number += 1
        name = f"{heading} ({number})"
    return name


def compare_bodies(before: str, after: str) -> Iterator[Change]:
    """What changed from one body to the other."""
    old, new = sections_of(before), sections_of(after)
    renamed = _renamed(old, new)
    for heading, text in new.items():
        former = renamed.get(heading, heading)
        if former not in old:
            yield _section(Act.ADDED, heading, after=text)
            continue
        if former != heading:
            change = compare_texts(former, heading)
            nature = change.nature if change else Nature.FORMAT
            yield replace(_section(Act.RENAMED, heading, former, heading), nature=nature)
        if change := compare_texts(old[former], text):
            place = (Place("", FIELD, title=heading),)
            act = Act.REORDERED if change.nature is Nature.ORDER else Act.TEXT
            yield Change(act, change.nature, place, old[former], text, Form.PROSE, change.pieces)
    kept = {*new, *renamed.values()}
    for heading in old:
        if heading not in kept:
            yield _section(Act.REMOVED, heading, before=old[heading])
    yield from _order(old, new)


def _section(act: Act, heading: str, before: object = None, after: object = None) -> Change:
    return Change(act, Nature.FACT, (Place("", "section", title=heading),), before, after)


def _renamed(old: Sections, new: Sections) -> dict[str, str]:
    """Headings that are new, each with the one that stood over the same text."""
    gone = {text: heading for heading, text in old.items() if heading not in new and text}
    return {
        heading: gone.pop(text)
        for heading, text in new.items()
        if heading not in old and text in gone
    }


def _order(old: Sections, new: Sections) -> Iterator[Change]:
    if [name for name in old if name in new] != [name for name in new if name in old]:
        place = (Place("", "sections"),)
        yield Change(Act.REORDERED, Nature.ORDER, place)
