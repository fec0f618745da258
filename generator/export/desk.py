"""The page that is being written: its words, its texts, and links that start from it.

Everything that it gives is finished Markdown. What cannot be found, because it is a draft or was
rejected, is named without a link.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.export.layout import PEOPLE, relative
from generator.export.volume import Volume
from generator.markdown import Dialect
from generator.markdown.dialect import bullets, escape, paragraph, place
from generator.markdown.rewrite import Manner, rewrite_document, rewrite_field
from generator.model import Entry
from generator.model.fields import Duration, Prose, Quantity, Words
from generator.model.target import resolve
from generator.staleness import Item

_GAP = "\0"


@dataclass(frozen=True)
class Desk:
    """A page at `path`. `entry` is what it shows, if it shows an entry."""

    volume: Volume
    path: str
    entry: Entry | None = None

    @property
    def dialect(self) -> Dialect:
        return self.volume.layout.dialect

    @property
    def _manner(self) -> Manner:
        return Manner(self.dialect, self._address, self._raw_address)

    def say(self, key: str, **values: object) -> str:
        """Interface words."""
        return escape(self.volume.strings.say(key, **values))

    def say_around(self, key: str, link: str, **values: object) -> str:
        """Interface words around something finished."""
        said = self.volume.strings.say(key, link=_GAP, **values)
        before, gap, after = said.partition(_GAP)
        if not gap:
            return escape(said)
        space = " " if before.endswith(" ") else ""
        return f"{escape(before)}{space}{link}{escape(after)}"

    def number(self, value: float) -> str:
        """A number with the separators of the language."""
        return escape(self.volume.strings.number(value))

    def amount(self, value: Quantity | Duration, signed: bool = False) -> str:
        """A figure with its unit."""
        return escape(self.volume.strings.amount(value.amount, value.unit, signed))

    def date(self, day: datetime.date) -> str:
        """A day as people read it."""
        return escape(self.volume.strings.date(day))

    def words(self, text: Words | str) -> str:
        """One line of plain text."""
        return paragraph(escape(text))

    def texts(self, texts: Mapping[str, Prose]) -> str:
        """Short texts as a list."""
        return bullets(self.prose(text) for text in texts.values())

    def tasks(self, texts: Mapping[str, Prose]) -> str:
        """Short texts as a list to tick off."""
        return bullets(self.task(self.prose(text)) for text in texts.values())

    def task(self, text: str) -> str:
        """A finished text as an item to tick off; below the box where it is more than a line."""
        if "\n" in text:
            return f"{self.dialect.task('')}\n\n{text}"
        return self.dialect.task(text)

    def prose(self, text: Prose) -> str:
        """A text field: a line, or blocks that may stand in a list."""
        return rewrite_field(text.text, self._manner)

    def line(self, text: Prose) -> str:
        """A text field on one line, for a cell of a table."""
        return self.prose(text) if text.body.inline else escape(text.body.plain)

    def at(self, anchor: str, text: str) -> str:
        """A text that links can point to."""
        return place(anchor) + ("\n\n" if "\n" in text else "") + text

    def body(self) -> str:
        """The body of the entry."""
        return rewrite_document(self.entry.body_text, self._manner) if self.entry else ""

    def heading(self, level: int, line: str, anchor: str = "") -> str:
        """A finished line as a heading."""
        return self.dialect.heading(level, line, anchor)

    def part(self, name: str, key: str) -> str:
        """The heading of a part of the page, with the anchor that it has in the site."""
        return self.heading(2, self.say(key), f"pb-{name}")

    def link(self, identity: str, anchor: str = "", words: str = "") -> str:
        """An entry's title, linked; `words`, finished ones, take its place."""
        entry = self.volume.edition.entries.get(identity)
        if entry is None:
            return words or escape(identity)
        words = words or escape(entry.title)
        if entry.data.status != "published":
            words += f" ({self.say('status.' + entry.data.status)})"
        address = self._to_entry(identity, anchor)
        return f"[{words}]({address})" if address else words

    def links(self, identities: tuple[str, ...]) -> str:
        """Several titles on one line."""
        return self.say_between(map(self.link, identities))

    def say_between(self, pieces: Iterable[str]) -> str:
        """Finished pieces as an enumeration."""
        return self.volume.strings.say("list.between").join(pieces)

    def owner(self, identity: str) -> str:
        """A person or group, linked."""
        owner = self.volume.edition.owners.get(identity)
        if owner is None:
            return escape(identity)
        return self.to(self.volume.layout.at(self.volume.code, PEOPLE), owner.name, identity)

    def to(self, path: str, words: str, anchor: str = "") -> str:
        """A link to another page."""
        mark = f"#{anchor}" if anchor else ""
        return f"[{escape(words)}]({relative(path, self.path)}{mark})"

    def item(self, identity: str) -> Item | None:
        """An entry with its verdict."""
        return self.volume.items.get(identity)

    def state(self, identity: str) -> str:
        """The state of an entry in a word or two."""
        item = self.item(identity)
        return self.say(f"state_short.{item.state}") if item else ""

    def _to_entry(self, identity: str, anchor: str = "") -> str:
        if identity not in self.volume.entries:
            return ""
        path = self.volume.layout.entry(self.volume.code, identity)
        mark = f"#{anchor}" if anchor else ""
        return mark if mark and path == self.path else relative(path, self.path) + mark

    def _address(self, link: str) -> str:
        """Where a link in a text of the entry leads."""
        found = self._found(link)
        if not found or found.startswith("#"):
            return found
        path, mark, anchor = found.partition("#")
        return relative(path, self.path) + mark + anchor

    def _raw_address(self, link: str) -> str:
        """The same from where the page is read, in place of where it is written."""
        found = self._found(link)
        if not found or found.startswith("#"):
            return found
        path, mark, anchor = found.partition("#")
        url = self.volume.layout.url
        return relative(url(path), url(self.path)) + mark + anchor

    def _found(self, link: str) -> str:
        """What a link leads to, from the top of the export; an anchor alone on the page itself."""
        here = self.entry.path if self.entry else ""
        target = resolve(link, here)
        layout = self.volume.layout
        mark = f"#{target.anchor}" if target.anchor else ""
        if target.problem == "outside":
            path, sign, anchor = link.partition("#")
            there = layout.outside(
                posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
            )
            return there + sign + anchor if there else ""
        if target.problem or not target.path:
            return "" if target.problem else mark
        if asset := self.volume.library.assets.get(target.path):
            return layout.asset(asset.path)
        identity = self.volume.library.ids_by_path.get(target.path, "")
        known = identity in self.volume.entries
        return layout.entry(self.volume.code, identity) + mark if known else ""
