"""MiniSearch for the comparison: one script and one index, both loaded before the first query."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from browsing import compressed
from contestants import LISTED, Playbook, Query, Reply

from generator.search.records import Document, Field, documents, shown_in
from generator.search.sounds import sounds_of
from generator.search.stops import STOPS
from generator.search.tokens import terms, words


class MiniSearch:
    """MiniSearch as it comes: its own words, no prefixes, nothing fuzzy."""

    name = "MiniSearch, defaults"
    way = "plain"

    def __init__(self, playbook: Playbook, script: Path) -> None:
        self.documents = list(documents(playbook.library))
        self.shown = [shown_in(playbook.library, each.entry) for each in self.documents]
        folder = playbook.folder / self.way
        folder.mkdir()
        shutil.copy(script, folder / "minisearch.js")
        made = [self.fields(n, document) for n, document in enumerate(self.documents)]
        (folder / "documents.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        self.page = playbook.page()
        self.page.goto(playbook.host(playbook.library.source.code))
        index = folder / "index.json"
        text = "".join(self._written(f"/{self.way}"))
        index.write_text(text, "utf-8", "replace")  # a piece may end amid a rare character
        self.files = [folder / "minisearch.js", index]

    def _written(self, folder: str) -> Iterator[str]:
        """The index as text, in pieces that travel well from the browser."""
        files = [f"{folder}/minisearch.js", f"{folder}/documents.json", self.way]
        length = self.page.evaluate("(a) => rivals.make(...a)", files)
        piece = 1 << 22
        for start in range(0, length, piece):
            part = [self.way, start, start + piece]
            yield str(self.page.evaluate("(a) => rivals.written(...a)", part))

    def fields(self, number: int, document: Document) -> dict[str, Any]:
        """A document as MiniSearch takes it."""
        return _stored(number, document) | {"title": document.title} | _texts(document)

    def ask(self, query: Query) -> Reply:
        ranked = self.ranked(query)
        return Reply(
            list(self._in_order(ranked, query.page))[:LISTED], list(map(compressed, self.files))
        )

    def ranked(self, query: Query) -> list[int]:
        """Numbers of documents, the best first."""
        return list(self.page.evaluate("(q) => rivals.askPlain(q)", query.text))

    def _in_order(self, ranked: Sequence[int], language: str) -> Iterator[str]:
        own = [number for number in ranked if language in self.shown[number]]
        yield from dict.fromkeys(self.documents[n].entry.id for n in (*own, *ranked))


class TunedMiniSearch(MiniSearch):
    """MiniSearch with all that a bilingual site can give it: Chinese in pairs and single
    characters, English by its stems, names by their sound; prefixes, and slips in longer words."""

    name = "MiniSearch, tuned"
    way = "tuned"
    title = 2
    """How many times a word of a title counts: what ranked the queries that are not held best."""

    def fields(self, number: int, document: Document) -> dict[str, Any]:
        texts = {key: _as_terms(text) for key, text in _texts(document).items()}
        names = (document.title, *(section.heading for section in document.sections))
        sounds = {"sounds": " ".join(dict.fromkeys(s for name in names for s in _spelled(name)))}
        return _stored(number, document) | {"title": _as_terms(document.title)} | texts | sounds

    def ranked(self, query: Query) -> list[int]:
        typed = " ".join(word.text for word in words(query.text) if not word.han)
        asked = [_as_terms(query.text), typed, self.title]
        return list(self.page.evaluate("(a) => rivals.askTuned(...a)", asked))


def _stored(number: int, document: Document) -> dict[str, Any]:
    entry = document.entry
    stored = {"entry": entry.id, "name": document.title, "kind": entry.kind}
    return {"id": number, "language": document.language, **stored}


def _texts(document: Document) -> dict[str, str]:
    """All that our own index knows of a document, by field."""
    found: dict[str, list[str]] = {"headings": [], "summary": [], "data": [], "body": []}
    for section in document.sections:
        found["headings"].append(section.heading)
        for kind, text in section.texts:
            found[_FIELDS[kind]].append(text)
    return {key: "\n".join(filter(None, texts)) for key, texts in found.items()}


_FIELDS = {
    Field.HEADING: "headings", Field.SUMMARY: "summary", Field.LABEL: "data",
    Field.DATA: "data", Field.BODY: "body", Field.FIGURE: "data",
}  # fmt: skip


def _as_terms(text: str) -> str:
    """The terms of a text and its single Chinese characters, with spaces between; without the
    English words that say nothing, as with ours."""
    singles = (character for word in words(text) if word.han for character in word.text[:-1])
    return " ".join(term for term in (*terms(text), *singles) if term not in STOPS)


def _spelled(name: str) -> Iterator[str]:
    """Pinyin from each character on, whole and by its initials."""
    for sound in sounds_of(name):
        yield "".join(sound.syllables)
        yield "".join(syllable[0] for syllable in sound.syllables)
