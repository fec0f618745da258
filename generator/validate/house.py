"""What a playbook has one of: settings, people, holidays, words that stand for one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Holidays, People, Settings
from generator.model.synonyms import Synonyms
from generator.problems import Problem
from generator.read import Source
from generator.validate.documents import Document, check_document
from generator.validate.drafts import located
from generator.validate.grouping import Layout
from generator.validate.names import HOLIDAYS, PEOPLE, SETTINGS, SYNONYMS


@dataclass(frozen=True, slots=True)
class House:
    """The documents; None for those that there are not, or that cannot be used."""

    settings: Document[Settings] | None
    people: Document[People] | None
    holidays: Document[Holidays] | None
    synonyms: Document[Synonyms] | None


def check_house(layout: Layout, sources: Mapping[str, Source]) -> tuple[House, list[Problem]]:
    """The documents of a playbook, and what is wrong with them."""
    groups, languages, root = layout.groups, layout.languages, layout.root
    settings, problems = check_document(Settings, SETTINGS, groups, sources, languages, root)
    people, more = check_document(People, PEOPLE, groups, sources, languages, root)
    holidays, rest = check_document(
        Holidays, HOLIDAYS, groups, sources, languages[:1], root, required=False
    )
    synonyms, others = check_document(
        Synonyms, SYNONYMS, groups, sources, languages[:1], root, required=False
    )
    house = House(settings, people, holidays, synonyms)
    return house, [*problems, *more, *rest, *others, *_faults(house, layout)]


def _faults(house: House, layout: Layout) -> Iterator[Problem]:
    if house.settings:
        names = tuple(kind.name for kind in layout.kinds)
        yield from located(house.settings.data.faults(names), house.settings.source)
    if house.people:
        yield from located(house.people.data.faults(), house.people.source)
    if house.holidays:
        yield from located(house.holidays.data.faults(), house.holidays.source)
    if house.synonyms:
        yield from located(house.synonyms.data.faults(layout.languages), house.synonyms.source)
