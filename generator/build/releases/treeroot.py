"""The two pages of a tree that speak every language: the list of versions, and the error page.

Takes the versions, what the default one says of itself and the words of its languages; gives the
contexts. Reads nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.link.contexts import TreeContext, TreePart, TreeVersion
from generator.markdown import parse_field
from generator.model.fields import Prose
from generator.render import Strings
from generator.versions import Built, Language, Version, Versions

_NAMELESS = "playbook"
"""What a tree is called in which nothing is released."""


@dataclass(frozen=True, slots=True)
class Root:
    """All that the pages show."""

    versions: Versions
    built: Built | None
    """What the default version says of itself; None where nothing is released."""
    words: Mapping[str, Strings]
    """By language: those of the default version, or all that there are words for."""
    has: Callable[[Version, str], bool]
    """Whether a version has a page."""

    def page(self, missing: bool = False) -> TreeContext:
        """The list of versions, or the page for addresses that do not exist."""
        built = self.built
        languages = built.languages if built else ()
        parts = tuple(self._parts(missing))
        headings = {part.heading: part.tag for part in reversed(parts)}
        told = [part.heading for part in parts if headings[part.heading] == part.tag]
        title = [*told, languages[0].title] if languages and missing else told
        current = self.versions.current
        return TreeContext(
            tag=parts[0].tag,
            title=" · ".join(title),
            parts=parts,
            headings=tuple((headings[heading], heading) for heading in told),
            languages=languages,
            home=current.name if current else "",
            address=built.address if built else "",
            missing=missing,
        )

    def _parts(self, missing: bool) -> Iterator[TreePart]:
        for language in self._languages():
            words = self.words[language.code]
            lead = "missing.text" if missing else "" if self.built else "version.none"
            yield TreePart(
                code=language.code,
                tag=language.tag,
                heading=words.say("missing.title") if missing else language.title,
                lead=words.say(lead) if lead else "",
                listed=words.say("version.all"),
                versions=tuple(self._listed(language.code)),
            )

    def _languages(self) -> tuple[Language, ...]:
        if self.built:
            return self.built.languages
        return tuple(Language(code, code, code, _NAMELESS) for code in self.words)

    def _listed(self, code: str) -> Iterator[TreeVersion]:
        words, current = self.words[code], self.versions.current
        for each in self.versions.listed:
            own = f"{code}/index.html"
            state = "current" if each is current else "retired" if each.retired else ""
            yield TreeVersion(
                url=f"{each.name}/{own if self.has(each, own) else 'index.html'}",
                title=each.title,
                day=each.date,
                date=words.date(datetime.date.fromisoformat(each.date)) if each.date else "",
                state=words.say(f"version.{state}") if state else "",
                current=each is current,
                notes=Prose(each.notes, parse_field(each.notes), "") if each.notes else None,
            )
