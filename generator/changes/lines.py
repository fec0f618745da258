"""Changes in words: a line each, as pieces, so that whoever shows it can mark what went and came.

Interface words are handed in; what they lack is told by the names that files use.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from generator.changes.change import Act, Change, EntryChange, Nature, Piece, Place
from generator.model.fields import Duration, Quantity
from generator.model.shape import Form

_NAMING = ("title", "name", "statement", "text")
_SHORT = 24
"""Characters up to which texts stand beside each other, instead of word by word in one another."""
_LONGEST = 240
_LARGEST = 10**12
"""Numbers up to this are written as the language writes them; files may hold any."""
_MEASURE = re.compile(r"[+-]?\d+(\.\d+)? ?(%|[a-z]+)")
_REFERS = ("entry", "owner", "tag")
_OPEN = re.compile(r"(\0\w+\0)")


class Say(Protocol):
    """Interface words of one language."""

    def say(self, key: str, **values: object) -> str:
        """The words of a key. Raises LookupError."""

    def date(self, day: datetime.date) -> str:
        """A day as people read it."""

    def amount(self, value: Decimal, unit: str) -> str:
        """A figure with its unit."""

    def number(self, value: int | float | Decimal) -> str:
        """A figure with the separators of the language."""


@dataclass(frozen=True, slots=True)
class Line:
    """A change as people read it."""

    nature: Nature
    pieces: tuple[Piece, ...]
    woven: bool = False
    """Whether what went and what came stand in one text, and cannot be told apart without marks."""

    @property
    def plain(self) -> str:
        """For places that have no marks: what went in brackets, what came in braces."""
        return "".join(self.marked(mark, text) for mark, text in self.pieces)

    def marked(self, mark: str, text: str) -> str:
        """A piece of it with the marks that it needs to be understood."""
        return _MARKS[mark].format(text) if self.woven else text


_MARKS = {"": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}


def lines_of(entry: EntryChange, names: Mapping[str, str], words: Say) -> tuple[Line, ...]:
    """What happened to an entry, the gravest first. `names` are a comparison's."""
    if entry.act is not Act.CHANGED:
        kind = _kind(entry.kind, words)
        text = words.say(f"changes.entry.{entry.act}", kind=kind)
        return (Line(Nature.FACT, (("", text),)),)
    return tuple(map(_Teller(words, names, entry.items).line, entry.changes))


def _kind(kind: str, words: Say) -> str:
    try:
        return words.say(f"kind.{kind}.one")
    except LookupError:
        return kind


def named(changes: Sequence[Change], names: Mapping[str, str], words: Say) -> tuple[Line, ...]:
    """Lines of changes that belong to no entry."""
    return tuple(map(_Teller(words, names, {}).line, changes))


@dataclass(frozen=True, slots=True)
class _Teller:
    words: Say
    names: Mapping[str, str]
    items: Mapping[str, str]

    def line(self, change: Change) -> Line:
        outer, what = self._labels(change)
        pieces = self._pieces(change, what)
        if outer:
            pieces = self._put("changes.within", outer=[("", outer)], inner=pieces)
        woven = change.act is Act.TEXT and not _is_short(change)
        return Line(change.nature, tuple(_joined(_capital(p for p in pieces if p[1]))), woven)

    def _pieces(self, change: Change, what: str) -> list[Piece]:
        if change.nature is Nature.REVIEW:
            return self._review(change, what)
        match change.act:
            case Act.ADDED | Act.REMOVED if change.before is None and change.after is None:
                return self._filled(f"{change.act}_item", what=[("", what)])
            case Act.ADDED | Act.REMOVED:
                return self._gained(change, what)
            case Act.CHANGED | Act.MOVED | Act.RENAMED:
                return self._replaced(change, what)
            case Act.TEXT:
                return self._text(change, what)
            case Act.RETIRED | Act.RESTORED | Act.TRANSLATED:
                return self._filled(str(change.act))
        return self._filled(str(change.act), what=[("", what)])

    def _gained(self, change: Change, what: str) -> list[Piece]:
        """An item that came or went is named by its place, a value is told behind it."""
        last = change.place[-1]
        value = change.after if change.act is Act.ADDED else change.before
        if last.title and change.form is Form.PLAIN:
            return self._filled(f"{change.act}_item", what=[("", what)])
        told = self._value(value, change)
        mark = "+" if change.act is Act.ADDED else "-"
        return self._filled(str(change.act), what=[("", what)], value=[(mark, told)])

    def _replaced(self, change: Change, what: str) -> list[Piece]:
        before, after = (self._value(each, change) for each in (change.before, change.after))
        section = change.place[-1].field == "section"
        key = "changed" if change.act is Act.CHANGED or section else str(change.act)
        return self._filled(key, what=[("", what)], before=[("-", before)], after=[("+", after)])

    def _text(self, change: Change, what: str) -> list[Piece]:
        if change.nature is Nature.FORMAT:
            return self._filled("format", what=[("", what)])
        if _is_short(change):
            return self._replaced(Change(Act.CHANGED, change.nature, change.place, change.before,
                                         change.after, change.form), what)  # fmt: skip
        key = "text" if change.nature is Nature.FACT else "wording"
        return self._filled(key, what=[("", what)], text=_limited(change.pieces))

    def _review(self, change: Change, what: str) -> list[Piece]:
        after = change.after
        day = after.get("on") if isinstance(after, dict) else after
        if not day:
            return self._filled("unreviewed")
        by = self.names.get(f"owner:{after.get('by')}", "") if isinstance(after, dict) else ""
        key = "reviewed_by" if by else "reviewed"
        if isinstance(after, str):
            return self._filled("checked", what=[("", what)], day=[("", self._plain(day))])
        return self._filled(key, day=[("", self._plain(day))], person=[("", by)])

    def _filled(self, key: str, **pieces: list[Piece]) -> list[Piece]:
        """The words for a line with pieces in their places."""
        return self._put(f"changes.line.{key}", **pieces)

    def _put(self, key: str, **pieces: list[Piece]) -> list[Piece]:
        text = self.words.say(key, **{name: f"\0{name}\0" for name in pieces})
        made: list[Piece] = []
        for part in _OPEN.split(text):
            made += pieces[part.strip("\0")] if part.startswith("\0") else [("", part)]
        return made

    def _labels(self, change: Change) -> tuple[str, str]:
        """Where the field is, from the outermost to the innermost item, and the field."""
        naming = change.place[-1].field in _NAMING or change.act is Act.RENAMED
        untitled = len(change.place) - 1 - (change.place[-1].field != "section") if naming else None
        labels = [self._label(p, titled=n != untitled) for n, p in enumerate(change.place)]
        *outer, what = [label for label in labels if label] or [change.place[-1].field]
        where = outer[0] if outer else ""
        for label in outer[1:]:
            where = self.words.say("changes.within", outer=where, inner=label)
        return where, what

    def _label(self, place: Place, titled: bool) -> str:
        """What a place is called; not `titled` where its title is what changed."""
        label = self._field(place)
        title = (place.title or self.items.get(place.key, "")) if titled else ""
        if place.number:
            label = self.words.say("changes.numbered", what=label, number=place.number)
        if place.field in ("cells", "scores", "notes", "default_tiers") and place.key:
            return title or place.key
        if title:
            return self.words.say("changes.called", what=label, title=title).strip()
        if re.fullmatch(r"\d{1,4}(-\d{1,4})?", place.key):  # a band of scores
            return f"{label} {place.key}"
        return label

    def _field(self, place: Place) -> str:
        for name in (f"{place.model}_{place.field}", place.field):
            found = self._said(f"changes.field.{name}")
            if found is not None:
                return found
        return place.field.replace("_", " ")

    def _said(self, key: str, **values: object) -> str | None:
        try:
            return self.words.say(key, **values)
        except LookupError:
            return None

    def _value(self, value: Any, change: Change) -> str:
        """A value as people read it: what is referred to by its name, figures with their units."""
        if change.form in (Form.REFERENCE, Form.REFERENCES) and isinstance(value, str):
            names = (self.names.get(f"{kind}:{value}") for kind in _REFERS)
            return next((name for name in names if name), value)
        if change.act is Act.MOVED:
            return str(value)
        if isinstance(value, str) and change.form in (Form.WORDS, Form.PROSE):
            line = " ".join(value.split())
            cut = line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"
            if _MEASURE.fullmatch(line) or re.fullmatch(r"[\d.,\s%-]+", line):
                return self._plain(line)
            return self.words.say("changes.quoted", text=cut)
        last = change.place[-1]
        if last.field == "section":
            return self.words.say("changes.quoted", text=value)
        if isinstance(value, str) and value in self.items:
            return self.words.say("changes.quoted", text=self.items[value])
        for group in (f"{last.model}_{last.field}", last.field, "tier", "cadence"):
            if isinstance(value, str) and re.fullmatch(r"[a-z-]+", value):
                found = self._said(f"{group}.{value}")
                if found is not None:
                    return found
        return self._plain(value)

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.words.say("changes.affirmed" if value else "changes.denied")
        if isinstance(value, int | float):
            return self.words.number(value) if abs(value) < _LARGEST else str(value)
        text = str(value)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return self._day(text)
        if _MEASURE.fullmatch(text):
            return self._measure(text)
        return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"

    def _day(self, text: str) -> str:
        try:
            return self.words.date(datetime.date.fromisoformat(text))
        except ValueError:
            return text

    def _measure(self, text: str) -> str:
        parsers: tuple[Callable[[object], Duration | Quantity], ...] = (
            Quantity.parse,
            Duration.parse,
        )
        for parse in parsers:
            try:
                found = parse(text)
                return self.words.amount(found.amount, found.unit)
            except (ValueError, LookupError):
                continue
        return text


def _is_short(change: Change) -> bool:
    return (
        change.place[-1].field != "body"
        and max(len(str(change.before)), len(str(change.after))) <= _SHORT
    )


def _capital(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """A line begins with a capital, where its language has them."""
    first = True
    for mark, text in pieces:
        yield mark, text[:1].upper() + text[1:] if first and not mark else text
        first = False


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours with the same mark as one."""
    for mark, group in itertools.groupby(pieces, key=lambda piece: piece[0]):
        yield mark, "".join(text for _, text in group)


def _limited(pieces: Sequence[Piece], most: int = 1200) -> list[Piece]:
    """As many pieces as a reader can take in."""
    kept: list[Piece] = []
    for mark, text in pieces:
        room = most - sum(len(each) for _, each in kept)
        if len(text) > room:
            return [*kept, (mark, text[:room].rstrip()), ("", "…")]
        kept.append((mark, text))
    return kept
