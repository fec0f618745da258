"""What the references of a new entry name until its author chooses.

Takes the playbook and a reference, gives an id.
"""

from __future__ import annotations

from generator.model import Library
from generator.model.fields import Refers


def named_by(library: Library, refers: Refers, owner: str) -> str | None:
    """The first thing that fits, published if possible; None where there is nothing. People are
    the owner of the entry, "" where nobody is named yet."""
    if "person" in refers.kinds:
        return owner or None
    if "tag" in refers.kinds:
        return next(iter(library.source.settings.tags), None)
    entries = library.source.entries.values()
    fitting = [entry for entry in entries if not refers.kinds or entry.kind in refers.kinds]
    fitting.sort(key=lambda entry: entry.data.status != "published")
    return fitting[0].id if fitting else None
