"""What a playbook has one of: settings, people, holidays, words that stand for one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Holidays, People, Settings
from generator.model.synonyms import Synonyms
from generator.problems import Problem
from generator.read import Source
from generator.validate.documents import Document, check_document
from generator.validate.grouping import Layout
from generator.validate.names import HOLIDAYS, PEOPLE, SETTINGS, SYNONYMS


@dataclass(frozen=True, slots=True)
class House:
    """The documents; None for those that there are not, or of which nothing can be understood."""

    settings: Document[Settings] | None
    people: Document[People] | None
    holidays: Document[Holidays] | None
    synonyms: Document[Synonyms] | None

    @property
    def owners(self) -> frozenset[str] | None:
        """Ids of people and groups; None where people.yml leaves some unknown."""
        return self.people.data.ids if self.people and self.people.said.sure else None

    @property
    def tags(self) -> frozenset[str] | None:
        """Ids of tags; None where playbook.yml leaves some unknown."""
        if self.settings is None or not self.settings.said.is_written(("tags",)):
            return None
        return frozenset(self.settings.data.tags)


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
    if settings := house.settings:
        names = tuple(kind.name for kind in layout.kinds)
        yield from settings.said.judged(settings.data.faults(names))
    if people := house.people:
        yield from people.said.judged(people.data.faults())
    if holidays := house.holidays:
        yield from holidays.said.judged(holidays.data.faults())
    if synonyms := house.synonyms:
        yield from synonyms.said.judged(synonyms.data.faults(layout.languages))
