"""A review into the file of its entry: worked out, held against what was read, then written.

Takes what was loaded and what a reviewer says; gives messages where something is in the way.
Nothing here asks or prints.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.build import Checked, judged, load, read_past
from generator.cli import terminal
from generator.edit import NotEditable, Values, replace_file, set_mapping, within_yaml
from generator.edit import write_protected as is_protected
from generator.model import Entry, Library
from generator.model.review import Review
from generator.problems import Problem, Severity
from generator.read import digest_of, source_of
from generator.read.layout import layout_of
from generator.staleness import Freshness, Judge, Verdict, subject_of

FIELD = "reviewed"
_PLACES = (("title", "summary", "status", "tier", "type", "owner", "tags"), ())
"""Below which fields a first review is put: the last of these, or else on top."""
_LINE_ENDS = re.compile("[ \t\r\n\x85\u2028\u2029]+")
_JOINERS = "\u200c\u200d"
"""Invisible, and part of Persian words and of emoji."""


@dataclass(frozen=True)
class Desk:
    """A playbook in front of a reviewer."""

    folder: Path
    checked: Checked
    library: Library
    today: datetime.date

    @functools.cached_property
    def judge(self) -> Judge:
        """Who gives verdicts on this day."""
        source = self.library.source
        return Judge(source.settings, source.people, self.library.holidays, self.today)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """In the source language, by id."""
        return self.library.source.entries

    @functools.cached_property
    def freshness(self) -> Freshness:
        """All verdicts, with what the history says of edits after reviews."""
        content = terminal.content_at(self.folder)
        past = read_past(content, self.checked, self.library, self.today, terminal.cores())
        return judged(self.checked, self.library, self.today, past)

    def shown(self, entry: Entry) -> str:
        """The path of an entry's file as the user knows it."""
        return self.checked.sources[entry.id].place

    def errors(self, place: str) -> tuple[Problem, ...]:
        """The errors in a file."""
        return tuple(
            problem
            for problem in self.checked.problems
            if problem.severity is Severity.ERROR and problem.location.path == place
        )

    def unchanged(self, entry: Entry) -> bool:
        """Whether the files of an entry and of what it depends on are still as they were read."""
        ids = {entry.id, *entry.data.depends_on} & self.checked.sources.keys()
        return all(self._as_read(identity) for identity in ids)

    def _as_read(self, identity: str) -> bool:
        source = self.checked.sources[identity]
        try:
            return digest_of((self.folder / source.path).read_bytes()) == source.digest
        except OSError:
            return False


def open_desk(folder: Path, today: datetime.date | None) -> tuple[Desk | None, Checked]:
    """The playbook in `folder`; no desk where its settings or people cannot be used."""
    checked = load(terminal.content_at(folder), terminal.cores())
    if checked.library is None:
        return None, checked
    day = terminal.clock(today)(checked.library.source.settings.time_zone)
    return Desk(folder, checked, checked.library, day), checked


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer says of an entry."""

    by: str
    on: datetime.date
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A review that is ready to be written."""

    entry: Entry
    path: Path
    shown: str
    raw: bytes
    """The file with the review in it."""
    said: Said
    verdict: Verdict
    """On the entry with this review."""


def tidy_note(note: str) -> str:
    """A note on one line. Raises ValueError for what nobody could see in it."""
    line = _LINE_ENDS.sub(" ", note).strip()
    for sign in line:
        hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs") and sign not in _JOINERS
        if hidden or ord(sign) & 0xFFFE == 0xFFFE:
            raise ValueError(f"the note holds a character that cannot be seen, U+{ord(sign):04X}")
    return line


def needs_note(desk: Desk, entry: Entry) -> bool:
    """Whether a review of `entry` without a note would not count."""
    tier = desk.library.source.settings.tier_of(desk.judge.tier_of(subject_of(entry)))
    return bool(tier and "note" in tier.evidence and not entry.data.evergreen)


def prepare(desk: Desk, entry: Entry, said: Said) -> Record | str:
    """The file of `entry` with the review, checked; or why it cannot be made."""
    source = desk.checked.sources[entry.id]
    path = desk.folder / source.path
    values = _values(desk, entry, said)
    if isinstance(values, str):
        return values
    try:
        raw = path.read_bytes()
        if is_protected(path):
            return "the file is write-protected"
    except OSError as error:
        return f"cannot read the file: {error.strerror}"
    if digest_of(raw) != source.digest:
        return "the file changed while it was being looked at; run the command again"
    for places in _PLACES:
        try:
            change = functools.partial(_set, values=values, below=places)
            made = within_yaml(raw, path.suffix == ".md", change)
        except NotEditable as error:
            return f"cannot set `{FIELD}` in place: {error}"
        if _only_the_review_differs(desk, entry, made, values):
            return Record(entry, path, source.place, made, said, _verdict(desk, entry, values))
    return "the review cannot be written without touching other fields; write it by hand"


def _set(yaml: str, values: Values, below: tuple[str, ...]) -> str:
    top = layout_of(yaml)
    assert top is not None
    return set_mapping(yaml, top, FIELD, values, below)


def _values(desk: Desk, entry: Entry, said: Said) -> dict[str, Any] | str:
    dependencies = {name: desk.entries.get(name) for name in entry.data.depends_on}
    broken = [name for name, found in dependencies.items() if found is None]
    if broken:
        return "it depends on what has errors: " + ", ".join(broken)
    values: dict[str, Any] = {"on": said.on.isoformat(), "by": said.by, "outcome": said.outcome}
    if said.note:
        values["note"] = said.note
    values["digest"] = entry.revision
    if dependencies:
        values["dependencies"] = {name: e.revision for name, e in dependencies.items() if e}
    return values


def _only_the_review_differs(
    desk: Desk, entry: Entry, raw: bytes, values: Mapping[str, Any]
) -> bool:
    """Whether the file, read again, says the same as before, and of its review what it should."""
    before = desk.checked.sources[entry.id]
    after, problems = source_of(before.root, before.path, raw, body=False)
    if after is None or problems:
        return False
    was = [(key, value) for key, value in before.data.items() if key != FIELD]
    now = [(key, value) for key, value in after.data.items() if key != FIELD]
    return was == now and after.data[FIELD] == values and after.body_text == before.body_text


def _verdict(desk: Desk, entry: Entry, values: Mapping[str, Any]) -> Verdict:
    revisions = {name: other.revision for name, other in desk.entries.items()}
    subject = replace(subject_of(entry), review=Review.model_validate(values))
    return desk.judge.verdict(subject, revisions)


def write(record: Record) -> str:
    """Writes a review into its file. "" or what was in the way."""
    try:
        replace_file(record.path, record.raw)
    except OSError as error:
        return f"cannot write the file: {error.strerror or error}"
    return ""
