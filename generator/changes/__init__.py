"""What changed between two snapshots of a playbook, by entry, facts told apart from words.

Takes snapshots and a language, gives changes as values and, with interface words, as lines that
people read. Led by the shape of the models: a new kind needs no code. Knows neither files nor
git, and nothing of how lines are shown.
"""

from __future__ import annotations

from generator.changes.change import Act, Change, Comparison, EntryChange, Nature, Piece
from generator.changes.entries import compare
from generator.changes.lines import Line, Say, lines_of
from generator.changes.telling import Told, ToldEntry, ToldKind, told

__all__ = [
    "Act", "Change", "Comparison", "EntryChange", "Line", "Nature", "Piece", "Say", "Told",
    "ToldEntry", "ToldKind", "compare", "lines_of", "told",
]  # fmt: skip
