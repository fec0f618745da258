"""A document to the file of an entry: front matter, body, and what is left to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.author.words import MARK
from generator.importing.document import Document, Refused
from generator.importing.front import Wish, entry_file, origin_of, translation_front
from generator.importing.placing import Surroundings, placed
from generator.importing.writer import written
from generator.read.source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be written."""

    path: str
    """Relative to the content folder, as are those of `files`."""
    text: str
    files: Mapping[str, bytes]
    remarks: tuple[str, ...]
    origin: str
    """The comment in it that says where it comes from."""

    @property
    def tasks(self) -> tuple[tuple[int, str], ...]:
        """What is left to do, by the number of its line."""
        lines = enumerate(self.text.split("\n"), 1)
        return tuple(
            (number, task)
            for number, line in lines
            if line != f"# {self.origin}"
            for task in _tasks(line)
        )


def make_entry(document: Document, path: str, around: Surroundings, wish: Wish) -> Made | Refused:
    """The entry at `path`, relative to the content folder."""
    made = placed(document, path, around, wish.words)
    body = written(made.blocks, made.notes)
    if wish.translation:
        text = translation_front(document, path, wish) + body
    else:
        text = entry_file(document, path, body, wish)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return Refused("the text is longer than 1 MiB", "split the document up")
    remarks = dict.fromkeys((*document.remarks, *made.remarks))
    return Made(path, text, made.files, tuple(remarks), origin_of(document, wish.words))


def _tasks(line: str) -> Iterator[str]:
    """What a line asks for, in its own words."""
    before, *asked = line.split(MARK)
    field = re.fullmatch(r"[\s-]*([\w-]+):.*", before)
    for what in asked:
        words = re.sub(r"\]\(.*", "", what).strip(" :：–\"'")
        name = field.group(1) if field else ""
        task = "write it" if words in ("", name.replace("_", " ")) else words
        yield f"{name}: {task}" if name else task
