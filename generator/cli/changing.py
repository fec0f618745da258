"""What a change does to the content, for the report on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from generator.build import Content, Surveyed
from generator.build.news.sides import Side, of_checked, side_of
from generator.build.strings import strings_for
from generator.changes import Say, Told, compare, told
from generator.cli import terminal
from generator.report.changes import section_of_changes
from generator.report.freshness.sections import Section
from generator.snapshot import Unusable

_MOST_ENTRIES = 50


def sections_of_changes(content: Content, surveyed: Surveyed) -> tuple[Section, ...]:
    """What changed since the base in the source language, and what in a translation alone."""
    old, new = side_of(surveyed.base, content), of_checked(surveyed.checked, content.shown)
    if isinstance(old, Unusable) or isinstance(new, Unusable):
        return ()
    return tuple(_sections(content, old, new))


def _sections(content: Content, old: Side, new: Side) -> Iterator[Section]:
    seen: set[str] = set()
    for code in new.snapshot.languages:
        words = _words(content, new, code)
        comparison = compare(old.snapshot, new.snapshot, code, content.kinds)
        made: Told = told(comparison, words, old.name, new.name)
        only = code != new.snapshot.languages[0]
        made = made.without(seen) if only else made
        if not made.empty:
            yield section_of_changes(made, words, _MOST_ENTRIES, only)
        seen |= {entry.change.id for entry in made.entries}


def _words(content: Content, side: Side, code: str) -> Say:
    tags = {code: side.snapshot.tag_of(code)}
    return strings_for(tags, content.kinds, terminal.template_folders(content.folder))[0][code]
