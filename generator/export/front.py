"""Front matter: what programs of the host are told about a page, in YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.export.desk import Desk
from generator.markdown import Dialect
from generator.model import Entry

_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")

Value = str | bool | list[str] | dict[str, bool]


def front_matter(desk: Desk, values: Mapping[str, Value]) -> str:
    """The block at the top of a page."""
    every: dict[str, Value] = dict(values)
    if desk.dialect is Dialect.MKDOCS:
        every["render_macros"] = False  # braces of a playbook are no calls of the host's plugins
    lines = (f"{key}: {_as_yaml(value)}" for key, value in every.items() if value != "")
    return "\n".join(("---", *lines, "---"))


def of_entry(desk: Desk, entry: Entry) -> dict[str, Value]:
    """What is told about an entry."""
    return {
        "title": str(entry.title),
        "description": entry.data.summary.body.plain,
        **dict(_facts(desk, entry)),
    }


def _facts(desk: Desk, entry: Entry) -> Iterator[tuple[str, Value]]:
    data = entry.data
    edition = desk.volume.edition
    if data.tags:
        yield "tags", [str(edition.settings.tags.get(tag, tag)) for tag in data.tags]
    yield "id", entry.id
    yield "kind", entry.kind
    owner = edition.owners.get(data.owner)
    yield "owner", str(owner.name) if owner else data.owner
    item = desk.item(entry.id)
    if item is None:
        return
    verdict = item.verdict
    yield "tier", verdict.tier or ""
    yield "state", str(verdict.state)
    yield "reviewed", verdict.reviewed.isoformat() if verdict.reviewed else ""
    yield "due", verdict.due.isoformat() if verdict.due else ""
    yield "as_of", desk.volume.judge.today.isoformat()


def _as_yaml(value: Value) -> str:
    """JSON is YAML, but for signs that YAML wants written as their numbers."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
