"""Library → documents: what the search knows of each entry, by field and by section.

A document is an entry in one language. Its sections are the places on its page that a result can
lead to: the headings of its body, and the items that its kind gives an anchor. Texts are taken from
the validated data, never from HTML. What a document is made of, beside its entry, is gathered first
(`Rendition`), so that documents can be made in other processes, and again only where something
changed.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from generator.model import Edition, Entry, Library
from generator.model.fields import Duration, Model, Prose, Quantity, Words
from generator.model.shape import Form, Shape, shapes_of


class Field(enum.IntEnum):
    """Where in an entry a text stands."""

    TITLE = 0
    HEADING = 1
    """Headings of the body, and what items of the data are called."""
    SUMMARY = 2
    LABEL = 3
    """Names of tags and of the owner, the words of the address."""
    DATA = 4
    BODY = 5
    FIGURE = 6
    """A figure without its unit, which is the interface's word."""
    PART = 7
    """What the interface calls the parts that the entry has."""


Text = tuple[Field, str]

_UNREADABLE = {Field.LABEL, Field.FIGURE, Field.PART}

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""What the interface calls the fields of an entry: by language, kind, and name of the field."""


@dataclass(frozen=True, slots=True)
class Section:
    """A place on the page of an entry."""

    anchor: str
    """Empty for the top of the page."""
    heading: str
    texts: tuple[Text, ...]
    """In the order of the page, without the heading."""

    @property
    def text(self) -> str:
        """All of it that can be read, for excerpts; a line a text."""
        return "\n".join(text for kind, text in self.texts if kind not in _UNREADABLE)

    @property
    def names(self) -> Iterator[str]:
        """What things in it are called, and its labels."""
        return (text for kind, text in self.texts if kind in (Field.HEADING, Field.LABEL))


@dataclass(frozen=True, slots=True)
class Rendition:
    """An entry in one language, with the words that its page takes from elsewhere."""

    entry: Entry
    language: str
    labels: tuple[Text, ...]

    @property
    def name(self) -> tuple[str, str]:
        """No other has the same."""
        return self.entry.id, self.language


@dataclass(frozen=True, slots=True)
class Document:
    """What a rendition says."""

    entry: Entry
    language: str
    sections: tuple[Section, ...]
    """The first is the top of the page."""

    @property
    def title(self) -> str:
        return str(self.entry.title)

    @property
    def summary(self) -> str:
        return self.entry.data.summary.body.plain


def renditions(library: Library, labels: Labels) -> Iterator[Rendition]:
    """All that can be found, edition by edition, in the order of the entries. Drafts and retired
    entries are left out, and where a translation is missing the source stands for it."""
    for edition in library.editions:
        for outline in library.outlines.values():
            if outline.status == "published" and edition.code in outline.translated:
                yield rendition_of(edition, edition.entries[outline.id], labels)


def rendition_of(edition: Edition, entry: Entry, labels: Labels) -> Rendition:
    """An entry as an edition shows it."""
    parts = labels.get(edition.code, {}).get(entry.kind, {})
    return Rendition(entry, edition.code, (*_labels(edition, entry), *_parts(entry, parts)))


def document(rendition: Rendition) -> Document:
    """The texts of a rendition by field and by section."""
    entry = rendition.entry
    return Document(entry, rendition.language, tuple(_sections(entry, rendition.labels)))


def names_in(document: Document) -> Iterator[str]:
    """What readers may know by its sound."""
    yield document.title
    for section in document.sections:
        yield section.heading
        yield from section.names


def documents(library: Library, labels: Labels | None = None) -> Iterator[Document]:
    """All documents, in the order of their renditions."""
    return map(document, renditions(library, labels or {}))


def shown_in(library: Library, entry: Entry) -> frozenset[str]:
    """The editions whose pages show the entry's text: its own, and those without a translation."""
    others = (e.code for e in library.editions if not e.entries[entry.id].translated)
    return frozenset((entry.language, *(others if entry.language == library.source.code else ())))


_ELSEWHERE = {"title", "summary", "reviewed", "cadence", "evergreen", "editor_note"}
"""Fields that are searched in a way of their own, or that say nothing of the matter."""


@dataclass(slots=True)
class _Gathered:
    """The texts of a page as they are come by."""

    top: list[Text] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def _sections(entry: Entry, labels: tuple[Text, ...]) -> Iterator[Section]:
    data, gathered = entry.data, _Gathered()
    anchors = {anchor.partition("-")[2]: anchor for anchor in data.places()}
    gathered.top.append((Field.SUMMARY, data.summary.body.plain))
    for shape in shapes_of(type(data)):
        if shape.name not in _ELSEWHERE:
            _gather(getattr(data, shape.attribute), shape, anchors, gathered)
    if body := entry.body:
        gathered.top.append((Field.BODY, body.sections[0]))
        for heading, text in zip(body.headings, body.sections[1:], strict=True):
            texts = ((Field.BODY, text),)
            gathered.sections.append(Section(heading.anchor, heading.text, texts))
    gathered.top += labels
    yield Section("", "", tuple(pair for pair in gathered.top if pair[1]))
    yield from gathered.sections


def _gather(value: object, shape: Shape, anchors: Mapping[str, str], into: _Gathered) -> None:
    """Items with a place on the page become sections; all else belongs to the top."""
    if shape.form is not Form.ITEMS or not isinstance(value, tuple):
        into.top += _texts(value, shape)
        return
    for item in value:
        texts = tuple(_inside(item))
        anchor = anchors.get(str(getattr(item, "id", "")))
        if anchor is None:
            into.top += texts
        else:
            heading = next((pair for pair in texts if pair[0] is Field.HEADING), None)
            rest = tuple(pair for pair in texts if pair is not heading)
            into.sections.append(Section(anchor, heading[1] if heading else "", rest))


def _inside(item: Model) -> Iterator[Text]:
    for shape in shapes_of(type(item)):
        yield from _texts(getattr(item, shape.attribute), shape)


def _texts(value: object, shape: Shape) -> Iterator[Text]:
    """The texts and figures of one field; references are other entries' words."""
    if value is None or shape.form in (Form.REFERENCE, Form.REFERENCES):
        return
    if isinstance(value, Words):
        yield (Field.HEADING if shape.name in ("title", "name") else Field.DATA), str(value)
    elif isinstance(value, Prose):
        yield Field.DATA, value.body.plain
    elif isinstance(value, Mapping):
        for text in value.values():
            yield Field.DATA, text.body.plain if isinstance(text, Prose) else str(text)
    elif isinstance(value, Model):
        yield from _inside(value)
    elif shape.form is Form.ITEMS and isinstance(value, tuple):
        for item in value:
            yield from _inside(item)
    else:
        yield from _figures(value)


def _figures(value: object) -> Iterator[Text]:
    if isinstance(value, Duration | Quantity):
        value = value.amount
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Field.FIGURE, str(abs(value))


def _labels(edition: Edition, entry: Entry) -> Iterator[Text]:
    yield from ((Field.LABEL, str(edition.settings.tags[tag])) for tag in entry.data.tags)
    yield Field.LABEL, str(edition.owners[entry.data.owner].name)
    yield Field.LABEL, entry.id.rpartition("/")[2].replace("-", " ")


def _parts(entry: Entry, labels: Mapping[str, str]) -> Iterator[Text]:
    """What the interface calls the fields that the entry has filled in."""
    for shape in shapes_of(type(entry.data)):
        if shape.name in labels and getattr(entry.data, shape.attribute):
            yield Field.PART, labels[shape.name]
