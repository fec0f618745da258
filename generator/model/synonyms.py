"""synonyms.yml: words that readers use for one another when they search."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from generator.model.fields import Model, Slug, Words
from generator.problems import Fault
from generator.problems.core import Path
from generator.problems.synonyms import (
    LONELY_SYNONYM,
    SYNONYM_LANGUAGE,
    SYNONYM_TWICE,
    WORDLESS_SYNONYM,
)

Group = dict[str, Annotated[tuple[Words, ...], Field(min_length=1)]]
"""Words by the code of their language."""


class Synonyms(Model):
    """synonyms.yml. Who searches for one word of a group finds all of them, in every language."""

    synonyms: dict[Slug, Group] = Field(default_factory=dict)
    """Groups by a name of their own. Words that are only related do not belong together."""

    @property
    def groups(self) -> Iterator[tuple[str, ...]]:
        """The words of each group, in all languages."""
        return (tuple(word for _, word in _words(group)) for group in self.synonyms.values())

    def faults(self, languages: Iterable[str]) -> Iterator[Fault]:
        """What is wrong beyond types; `languages` are the codes of the playbook."""
        known = tuple(languages)
        seen: dict[str, str] = {}
        for name, group in self.synonyms.items():
            at: Path = ("synonyms", name)
            for code in group:
                if code not in known:
                    what = f'the playbook has no language "{code}"'
                    yield SYNONYM_LANGUAGE.fault((*at, code), what, f"use {' or '.join(known)}")
            if sum(1 for _ in _words(group)) < 2:
                hint = "add a word that means the same, or remove the group"
                yield LONELY_SYNONYM.fault(at, f'"{name}" has one word', hint)
            for path, word in _words(group):
                yield from _word_faults((*at, *path), word, name, seen)


def _word_faults(at: Path, word: str, group: str, seen: dict[str, str]) -> Iterator[Fault]:
    """Adds the word to `seen`, which holds the group of each word before."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    if not any(map(str.isalnum, folded)):
        what = f'"{word}" has neither a letter nor a figure'
        yield WORDLESS_SYNONYM.fault(at, what, "write the word that readers use")
    elif folded in seen:
        what = f'"{word}" stands in "{seen[folded]}" already'
        yield SYNONYM_TWICE.fault(at, what, "keep it where it means the same as the others")
    seen.setdefault(folded, group)


def _words(group: Group) -> Iterator[tuple[Path, str]]:
    for code, words in group.items():
        for index, word in enumerate(words):
            yield (code, index), str(word)
