"""Changes for programs; docs/changes.md describes the form."""

from __future__ import annotations

from collections.abc import Sequence

from generator.changes import Change as ChangeValue
from generator.changes import Comparison, Line, Told, ToldEntry
from generator.report.characters import as_json

FORMAT = "playbook-changes"
VERSION = 1


def changes_as_json(told: Told, comparison: Comparison) -> str:
    """The changes as values, each with its line in words."""
    return as_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "language": told.language,
            "old": told.old,
            "new": told.new,
            "counts": told.counts,
            "entries": [_entry(entry) for entry in told.entries],
            "settings": _changes(comparison.settings, told.settings),
            "people": _changes(comparison.people, told.people),
        }
    )


def _entry(entry: ToldEntry) -> dict[str, object]:
    change = entry.change
    former = {"former": change.former} if change.former else {}
    return {
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "act": change.act,
        "nature": change.nature,
        **former,
        "changes": _changes(change.changes, entry.lines),
    }


def _changes(changes: Sequence[ChangeValue], lines: Sequence[Line]) -> list[dict[str, object]]:
    return [_change(change, line) for change, line in zip(changes, lines, strict=False)]


def _change(change: ChangeValue, line: Line) -> dict[str, object]:
    return {
        "nature": change.nature,
        "act": change.act,
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "text": line.plain,
    }
