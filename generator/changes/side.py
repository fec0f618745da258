"""One of two playbooks that are compared, as readers of a language see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.target import resolve
from generator.snapshot import Snapshot

Data = Mapping[str, Any]
_NAMES = ("title", "name", "text", "statement", "id", "code")
"""Fields that say what an item is called, the best first."""
_LONGEST_NAME = 60
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, in the language that is read."""

    snapshot: Snapshot
    language: str
    moved: Mapping[str, str] = field(default_factory=dict)
    """Ids of entries that have another one now."""
    path: str = ""
    """The file of the entry that is compared; links in its texts begin there."""

    def text(self, value: Any, source: bool = False) -> str:
        """A text of it, with the ids of entries as the targets of links; "" for none. `source`: as
        the source language has it."""
        language = self.snapshot.languages[0] if source else self.language
        found = self.snapshot.text(value, language) if value else ""
        return _LINK.sub(self._linked, found) if "](" in found else found

    def _linked(self, match: re.Match[str]) -> str:
        """A link to an entry says which, wherever both lie; so moving either changes no text."""
        target = resolve(match.group(1), self.path)
        identity = target.path.partition(".")[0]
        identity = self.moved.get(identity, identity)
        if target.problem or "/" not in identity:
            return match.group()
        return f"]({identity}#{target.anchor})" if target.anchor else f"]({identity})"

    def refers(self, value: Any) -> Any:
        """What a reference or a list of them names, as it is called now."""
        if isinstance(value, list):
            return [self.moved.get(each, each) for each in value]
        return self.moved.get(value, value) if isinstance(value, str) else value

    def items(self, data: Any) -> Iterator[tuple[str, str]]:
        """The items inside of an entry: their ids, and what they are called."""
        if isinstance(data, list):
            for each in data:
                if isinstance(each, dict) and "id" in each:
                    yield each["id"], self.title_of(each)
                yield from self.items(each)
        elif isinstance(data, dict):
            for each in data.values():
                yield from self.items(each)

    def unknown_text(self, value: Any) -> str | None:
        """A text of a field that nobody here knows; None for anything else."""
        known = isinstance(value, dict) and self.snapshot.languages[0] in value
        return (
            self.text(value) if known and all(isinstance(v, str) for v in value.values()) else None
        )

    def title_of(self, item: Data) -> str:
        """What people call an item, cut short."""
        found = next((item[name] for name in _NAMES if item.get(name)), None)
        if found is None or found == item.get("id"):
            found = next(iter((item.get("cells") or {}).values()), found)
        title = self.text(found) if isinstance(found, dict) else str(found or "")
        line = " ".join(title.split())
        return line if len(line) <= _LONGEST_NAME else line[:_LONGEST_NAME].rstrip() + "…"
