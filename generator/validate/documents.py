"""playbook.yml and people.yml, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from generator.model.shape import leaves
from generator.problems import Location, Problem
from generator.problems.read import NO_SETTINGS
from generator.read import Source
from generator.validate.fields import M, check_fields
from generator.validate.mending import mend
from generator.validate.names import Files
from generator.validate.overlay import Overlay, lay_over
from generator.validate.translations import digest_of_texts, missing_translation, state_of
from generator.validate.understood import Understood


@dataclass(slots=True)
class Document(Generic[M]):
    """A document of which a playbook has one."""

    said: Understood[M]
    digest: str
    by_language: dict[str, M]
    overlays: dict[str, Overlay] = field(default_factory=dict)

    @property
    def source(self) -> Source:
        """The file in the source language."""
        return self.said.source

    @property
    def data(self) -> M:
        """In the source language."""
        return next(iter(self.by_language.values()))


def check_document(
    model: type[M],
    name: str,
    groups: Mapping[str, Files],
    sources: Mapping[str, Source],
    languages: tuple[str, ...],
    root: str,
    required: bool = True,
) -> tuple[Document[M] | None, list[Problem]]:
    """The document `name`, as far as it can be understood; None where there is none, or where
    nothing can be understood."""
    files = groups.get(name)
    if files is None or not files.path:
        if not required:
            return None, []
        place = Location(f"{root}/{name}.yml")
        return None, [NO_SETTINGS.at(place, f"{name}.yml is missing", "create it")]
    source = sources.get(files.path)
    if source is None:
        return None, []
    data, problems = check_fields(model, source.data, source, languages[0])
    said = Understood(data, source) if data else mend(model, source, languages[0])
    if said is None:
        return None, problems
    digest = digest_of_texts(leaves(said.model), source)
    document = Document(said, digest, {languages[0]: said.model})
    for code in languages[1:]:
        translation = sources.get(files.translations.get(code, ""))
        problems += _translate(document, model, files, translation, code)
    return document, problems


def _translate(
    document: Document[M], model: type[M], files: Files, translation: Source | None, code: str
) -> list[Problem]:
    source_language = next(iter(document.by_language))
    document.by_language[code] = document.data
    if translation is None:
        unread = code in files.translations
        return [] if unread else [missing_translation(code, document.source)]
    overlay = lay_over(model, document.source, translation, source_language, code)
    data, problems = check_fields(model, overlay.data, overlay, source_language)
    document.overlays[code] = overlay
    document.by_language[code] = data or document.data
    state = state_of(overlay, document.digest) if document.said.sound else ()
    return [*overlay.certain(document.said.sound), *problems, *state]
