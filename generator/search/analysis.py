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
from generator.search.index import Weighed, weigh
from generator.search.records import Document, Rendition, document, names_in
from generator.search.sounds import sounds_of

SUMMARY = 70
"""Columns of a summary that comes with a title; a Han character takes two."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """What is known of one rendition."""

    title: str
    summary: str
    """Its beginning."""
    sections: str
    """Anchor, heading and text of each, as JSON."""
    weighed: Weighed
    sounds: str
    """What its names sound like, a line each."""
    steps: tuple[Step, ...]
    """Those of an SOP."""


def analyse(rendition: Rendition, concepts: Concepts) -> Analysed:
    """All of it that needs no other rendition."""
    made = document(rendition)
    return Analysed(
        title=" ".join(made.title.split()),
        summary=_begun(" ".join(made.summary.split())),
        sections=_sections(made),
        weighed=weigh(made, concepts),
        sounds="\n".join(str(sound) for name in names_in(made) for sound in sounds_of(name)),
        steps=tuple(steps_of(rendition.entry)),
    )


def _begun(text: str) -> str:
    room = room_for(text, SUMMARY)
    return text if len(text) <= room else f"{text[:room].rstrip()}…"


def _sections(made: Document) -> str:
    listed: Sequence[Sequence[str]] = [[s.anchor, s.heading, s.text] for s in made.sections]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
