"""What playbook.json holds, as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

NAME = "playbook.json"
FORMAT = "playbook"
VERSION = 1
"""Goes up when a program that knows the former form would misread the new one."""
_DIGITS = 16

Text = Mapping[str, str]
"""A text by the code of its language; the source language is always there."""


@dataclass(frozen=True)
class Record:
    """An entry in all languages."""

    id: str
    kind: str
    path: str
    """The source file, relative to the content folder; links in its texts begin there."""
    data: Mapping[str, Any]
    """The fields as files name them. A text is a `Text`."""
    body: Text = field(default_factory=dict)
    """The Markdown of the body; empty where there is none."""
    revision: str = ""
    """Digest of the source file's content but for its reviews."""
    behind: tuple[str, ...] = ()
    """Languages whose translation is older than the source text."""

    def as_plain(self) -> dict[str, Any]:
        """The record as it stands in playbook.json."""
        made = {"id": self.id, "kind": self.kind, "path": self.path, "revision": self.revision}
        behind = {"behind": list(self.behind)} if self.behind else {}
        body = {"body": dict(self.body)} if self.body else {}
        return {**made, **behind, "data": self.data, **body}

    @cached_property
    def digest(self) -> str:
        """Of everything that it says, in all languages, but for its reviews."""
        data = {key: value for key, value in self.data.items() if key != "reviewed"}
        data["claims"] = [
            {key: value for key, value in claim.items() if key != "checked"}
            for claim in self.data.get("claims", ())
        ]
        raw = json.dumps([self.kind, data, dict(self.body)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


@dataclass(frozen=True)
class Snapshot:
    """A playbook as it once was: what its site showed."""

    settings: Mapping[str, Any]
    """playbook.yml."""
    people: Mapping[str, Any]
    """people.yml."""
    kinds: Mapping[str, str]
    """The folder of each kind, in the order of the navigation."""
    entries: Mapping[str, Record]
    """By id, in the order of the site. Drafts are not in here."""
    holidays: Mapping[str, Any] = field(default_factory=dict)
    synonyms: Mapping[str, Any] = field(default_factory=dict)
    assets: tuple[Mapping[str, Any], ...] = ()
    """Images and attachments: their paths, and sizes in pixels."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages, the source language first."""
        return tuple(language["code"] for language in self.settings["languages"])

    def tag_of(self, code: str) -> str:
        """The language tag that pages in a language carry."""
        tags = {each["code"]: each.get("tag") for each in self.settings["languages"]}
        return str(tags.get(code) or code)

    def text(self, text: Text, code: str) -> str:
        """A text in a language, or in the source language where it is not translated."""
        source = self.languages[0]
        return text.get(code) or text.get(source) or next(iter(text.values()), "")
