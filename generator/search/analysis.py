"""A rendition → what the files of the search say of it, whatever else the playbook holds.

This is nearly all of the work, and it depends on nothing but the rendition and the synonyms: it can
be done in other processes, and its result kept for as long as both stay as they are. Verdicts,
which change from day to day, are no part of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from generator.search.concepts import Concepts
from generator.search.excerpts import room_for
from generator.search.facets import Step, steps_of
from generator.search.index import weigh
from generator.search.inverted import Weighed
from generator.search.records import Document, Rendition, document, names_in
from generator.search.sounds import sounds_of

SUMMARY = 70
"""Columns of a summary that comes with a title; a Han character takes two."""


@dataclass(frozen=True, slots=True)
class Face:
    """What results show of a rendition before any of its text is loaded."""

    title: str
    summary: str
    """Its beginning."""
    steps: tuple[Step, ...]
    """Those of an SOP."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """What is known of one rendition."""

    face: Face
    sections: str
    """Anchor, heading and text of each, as JSON."""
    weighed: Weighed


def analyse(rendition: Rendition, concepts: Concepts) -> Analysed:
    """All of it that needs no other rendition."""
    made = document(rendition)
    face = Face(
        title=" ".join(made.title.split()),
        summary=_begun(" ".join(made.summary.split())),
        steps=tuple(steps_of(rendition.entry)),
    )
    sounds = "\n".join(str(sound) for name in names_in(made) for sound in sounds_of(name))
    return Analysed(face, _sections(made), weigh(made, concepts, sounds))


def _begun(text: str) -> str:
    room = room_for(text, SUMMARY)
    return text if len(text) <= room else f"{text[:room].rstrip()}…"


def _sections(made: Document) -> str:
    listed: Sequence[Sequence[str]] = [[s.anchor, s.heading, s.text] for s in made.sections]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
