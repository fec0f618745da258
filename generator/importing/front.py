"""Front matter of an imported document: what is known, and marks where a person has to decide.

What a kind asks for is begun as `playbook new` begins it, so that it passes `playbook check`; what
the document tells takes its place. What is not known is never made up: TODO stands at it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.author.placing import schema_line, schema_seen_from
from generator.author.starting import Start, starting_file
from generator.author.words import MARK, Words, words_in
from generator.edit import as_scalar
from generator.importing.document import (
    CODE,
    Document,
    Heading,
    Items,
    Paragraph,
    Text,
    words_of,
)
from generator.importing.markup import escaped, guarded
from generator.model import Kind
from generator.model.fields import TO_DO, Refers
from generator.model.shape import shapes_of

LONGEST_SUMMARY = 160
MOST_TAGS = 5
_OF_ADDRESSES = re.compile(r"://|@|^www\.|^mailto:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s|$)")
_CHECKLIST = "checklist"
"""The field that takes what a document has to tick off, in kinds that have it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a playbook knows that a document may name."""

    owners: Mapping[str, tuple[str, ...]]
    """The names of people who are there, by id: in every language, and their addresses."""
    tags: Mapping[str, tuple[str, ...]]
    """The names of tags by id, in every language."""
    code: str
    """Of the source language."""
    today: datetime.date
    target: Callable[[Refers, str], str | None]
    """What a reference of a new entry may name, given its owner; None where there is nothing."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    facts: Facts
    kind: Kind
    """What the document becomes; for a translation, the kind of its entry."""
    owner: str = ""
    foreign: str = ""
    """The code of the language that the document is in, if it is not the source language."""
    translation: bool = False
    """Whether it is to be the translation of an entry that there is."""

    @property
    def words(self) -> Words:
        """What the file says to whoever goes on with it: in its own language."""
        return words_in(self.foreign if self.translation else self.facts.code)


def entry_file(document: Document, path: str, body: str, wish: Wish) -> str:
    """The file of a new entry, which is to lie at `path` below the content folder."""
    facts = wish.facts
    owner = wish.owner or owner_by_name(document.author, facts)
    given = {"title": document.title, "summary": _summary_field(document), "owner": owner}
    start = Start(
        language=facts.code,
        today=facts.today,
        target=lambda refers: facts.target(refers, owner) or TO_DO,
        given={name: value for name, value in given.items() if value},
        lines=dict(_lines(document, wish, owner)),
        schema=schema_seen_from(path, wish.kind.name),
        notes=tuple(_notes(document, wish)),
        body=body,
    )
    return starting_file(wish.kind, start)


def _notes(document: Document, wish: Wish) -> Iterator[str]:
    words = wish.words
    yield origin_of(document, words)
    if wish.foreign:
        foreign, source = map(words.language, (wish.foreign, wish.facts.code))
        yield words.note(words.say("import.foreign", foreign=foreign, source=source))


def origin_of(document: Document, words: Words) -> str:
    """What a comment says on where a file comes from."""
    return words.say("import.origin", name=visible_name(document.name))


def _lines(document: Document, wish: Wish, owner: str) -> Iterator[tuple[str, Sequence[str]]]:
    """Fields of which a document tells more, or less, than a single value."""
    words = wish.words
    if not owner:
        asked = words.say("import.owner", some=_some(wish.facts, words))
        yield "owner", [f"owner: {TO_DO}  # {words.note(asked)}"]
    tags = ", ".join(tags_of(document, wish.facts))
    choose = words.note(words.say("import.tags"))
    yield "tags", [f"tags: [{tags}]" if tags else f"tags: []  # {choose}"]
    ticked = list(_checklist(document))
    if ticked and any(shape.name == _CHECKLIST for shape in shapes_of(wish.kind.model)):
        yield _CHECKLIST, [f"{_CHECKLIST}:", *ticked]


def translation_front(document: Document, path: str, wish: Wish) -> str:
    """Of a translation at `path`, which carries texts alone."""
    summary, words = _summary_field(document), wish.words
    asked = f"# {words.note(words.say('import.summary'))}"
    lines = [
        "---",
        schema_line(schema_seen_from(path, f"{wish.kind.name}.translation")),
        f"# {origin_of(document, words)}",
        f"title: {as_scalar(document.title)}",
        f"summary: {as_scalar(summary)}" if summary else asked,
        "---",
    ]
    return "".join(f"{line}\n" for line in lines)


def visible_name(name: str) -> str:
    """A name as it can stand in a comment."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def _some(facts: Facts, words: Words) -> str:
    return words.say("or").join(list(facts.owners)[:4]) or words.say("import.somebody")


def _checklist(document: Document) -> Iterator[str]:
    """What the document has to tick off, as lines of a checklist."""
    ticked = (
        item
        for block in document.blocks
        if isinstance(block, Items)
        for item in block.items
        if item.done is not None
    )
    for number, item in enumerate(ticked, 1):
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and (words := " ".join(words_of(first.line).split())):
            yield f"  - id: item-{number}"
            yield f"    title: {as_scalar(words)}"


def _summary_field(document: Document) -> str:
    """What the field says, which holds Markdown; "" without a summary."""
    return guarded(escaped(summary_of(document)))


def summary_of(document: Document) -> str:
    """The first sentences of prose, cut at the end of one; "" where there are none.

    A line without a full stop serves where nothing in front of the second heading has one. Links
    alone, addresses and labels never do."""
    found = ""
    headings = 0
    for block in document.blocks:
        headings += isinstance(block, Heading)
        if isinstance(block, Paragraph) and (text := _prose_in(block)):
            found = found or text
            if _SENTENCE_END.search(text) and headings < 2:
                return shortened(text)
    return shortened(found)


def _prose_in(paragraph: Paragraph) -> str:
    """What a paragraph says, if it says something in words of its own."""
    text = " ".join(words_of(paragraph.line).split())
    own = (word for each in paragraph.line
           if isinstance(each, Text) and not each.href and CODE not in each.marks
           for word in each.text.split())  # fmt: skip
    said = any(not _OF_ADDRESSES.search(word) and any(map(str.isalpha, word)) for word in own)
    return text if said and len(text) > 1 and MARK not in text and text[-1] not in ":：" else ""


def shortened(text: str) -> str:
    """At most as much as a summary may hold, whole sentences where these fit."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, LONGEST_SUMMARY)]
    if ends:
        return text[: ends[-1]]
    cut = text[: LONGEST_SUMMARY - 1]
    return (cut.rpartition(" ")[0] if " " in cut[LONGEST_SUMMARY // 2 :] else cut) + "…"


def owner_by_name(author: str, facts: Facts) -> str:
    """The person whom a document names as its author; "" unless exactly one is called so."""
    wanted = _bare(author)
    found = [name for name, called in facts.owners.items() if wanted in map(_bare, (name, *called))]
    return found[0] if wanted and len(found) == 1 else ""


def _bare(text: str) -> str:
    return re.sub(r"[\s.·_-]+", "", text).casefold()


def tags_of(document: Document, facts: Facts) -> list[str]:
    """Tags that the document's keywords, its title or its headings name."""
    keywords = {_bare(word) for word in document.keywords}
    headings = (words_of(b.line) for b in document.blocks if isinstance(b, Heading))
    named = f" {document.title} {' '.join(headings)} ".casefold()
    found = [
        tag
        for tag, names in facts.tags.items()
        if keywords & set(map(_bare, (tag, *names))) or any(_occurs(each, named) for each in names)
    ]
    return found[:MOST_TAGS]


def _occurs(name: str, text: str) -> bool:
    folded = re.escape(name.casefold())
    return bool(re.search(rf"\b{folded}\b" if name.isascii() else folded, text))
