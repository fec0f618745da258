"""A document to the file of an entry: front matter, body, and what is left to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.importing.document import Document, Refused
from generator.importing.front import Facts, front_matter, front_of_translation
from generator.importing.placing import Surroundings, placed
from generator.importing.writer import written
from generator.read.source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    facts: Facts
    owner: str = ""
    foreign: str = ""
    """The name of the language that the document is in, if it is not the source language."""
    translation: bool = False
    """Whether it is to be the translation of an entry that there is."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be written."""

    path: str
    """Relative to the content folder, as are those of `files`."""
    text: str
    files: Mapping[str, bytes]
    remarks: tuple[str, ...]

    @property
    def tasks(self) -> tuple[tuple[int, str], ...]:
        """What is left to do, by the number of its line."""
        lines = enumerate(self.text.split("\n"), 1)
        return tuple(
            (number, task)
            for number, line in lines
            if number > _INTRODUCTION
            for task in _tasks(line)
        )


_INTRODUCTION = 2
"""Lines at the top, which speak of TODO without asking for something."""


def make_entry(document: Document, path: str, around: Surroundings, wish: Wish) -> Made | Refused:
    """The entry at `path`, relative to the content folder."""
    made = placed(document, path, around)
    body = written(made.blocks, made.notes)
    front = (
        front_of_translation(document)
        if wish.translation
        else front_matter(document, wish.facts, wish.owner, wish.foreign)
    )
    text = front + body
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Refused("the text is longer than 1 MiB", "split the document up")
    remarks = dict.fromkeys((*document.remarks, *made.remarks))
    return Made(path, text, made.files, tuple(remarks))


def _tasks(line: str) -> Iterator[str]:
    """What a line asks for, in its own words."""
    before, *asked = line.split("TODO")
    field = re.fullmatch(r"[\s-]*([\w-]+):.*", before)
    for what in asked:
        words = re.sub(r"\]\(.*", "", what).lstrip(": ").strip() or "write it"
        yield f"{field.group(1)}: {words}" if field else words
