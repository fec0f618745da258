"""What a reader typed → what it asks for.

A query is cut into units: a word, a run of Chinese, or a phrase that names a concept. A unit has
alternatives, such as the words that an unfinished word may become, of which a document needs one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.search.index import Index, pairs
from generator.search.spelling import nearest, suggestion
from generator.search.stops import STOPS, factor
from generator.search.tokens import Word, stem, words

CONCEPT = 0.85
"""What a synonym counts beside the word itself."""
COMPLETED = 0.8
"""What a word counts that an unfinished word may become."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that stand for a unit together; a document may hold some of them."""

    terms: tuple[tuple[str, float], ...]
    """Each with what it counts."""
    factor: float = 1.0
    phrase: bool = False
    """Whether all of its terms are meant together, so that one which nobody writes is missed."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a query."""

    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is understood."""

    units: tuple[Unit, ...]
    pairs: tuple[str, ...] = ()
    """Neighbouring words, as the index knows phrases."""
    spelled: str = ""
    """The word that was taken for one that nobody writes."""
    heard: str = ""
    """The Chinese that was understood by its sound."""

    @property
    def terms(self) -> frozenset[str]:
        """All terms that a document may hold."""
        return frozenset(
            term
            for unit in self.units
            for alternative in unit.alternatives
            for term, counts in alternative.terms
            if counts
        )


@dataclass(frozen=True, slots=True)
class _Atom:
    """A term of the query, and what else it may be."""

    term: str
    """Empty where only something else is meant."""
    latin: bool
    others: tuple[Alternative, ...] = ()


@dataclass(slots=True)
class _Understood:
    """Atoms as they are come by, and how."""

    atoms: list[_Atom]
    spelled: str = ""
    heard: str = ""


def understand(text: str, index: Index) -> Query:
    """What `text` asks for. Its last word may be unfinished, unless a space follows."""
    found = words(text)
    understood = _Understood([])
    for number, word in enumerate(found):
        last = number == len(found) - 1 and not text[-1:].isspace()
        if word.han:
            understood.atoms += _han(word.text, index)
        elif stem(word.text) not in STOPS:
            _add_latin(word, index, last, understood)
    atoms = understood.atoms
    phrases = tuple(pairs([atom.term for atom in atoms]))
    return Query(tuple(_units(atoms, index)), phrases, understood.spelled, understood.heard)


def suggested(text: str, index: Index) -> str:
    """`text` with written words for those that nobody writes; empty if there is none to offer."""
    found = words(text)
    offered = [_written(word, index) for word in found]
    return " ".join(offered) if offered != [word.text for word in found] else ""


def _written(word: Word, index: Index) -> str:
    term = word.terms[0]
    if word.han or term in STOPS or term in index.packed:
        return word.text
    return suggestion(word.text, index.written) or word.text


def _han(run: str, index: Index) -> Iterator[_Atom]:
    if len(run) == 1:
        others = (Alternative(((term, 1.0),)) for term in index.beginning(run))
        yield _Atom(run, False, tuple(others))
    for one, other in pairwise(run):
        yield _Atom(one + other, False)


def _add_latin(word: Word, index: Index, unfinished: bool, into: _Understood) -> None:
    """A word that nobody writes may be unfinished, or Chinese by its sound, or mistyped."""
    term = stem(word.text)
    if term in index.packed or term in index.concepts.terms:
        into.atoms.append(_Atom(term, True))
    elif unfinished and (completions := index.completions(word.text)):
        others = tuple(Alternative(((each, 1.0),), COMPLETED) for each in completions)
        into.atoms.append(_Atom(term, True, others))
    elif heard := index.hearing.heard(word.text):
        into.heard = into.heard or heard[0]
        runs = (_pairs_of([_Atom(a + b, False) for a, b in pairwise(run)]) for run in heard)
        into.atoms.append(_Atom("", False, tuple(map(Alternative, runs))))
    elif meant := nearest(word.text, index.written):
        into.spelled = into.spelled or meant
        into.atoms.append(_Atom(stem(meant), True))
    else:
        into.atoms.append(_Atom(term, True))


def _units(atoms: Sequence[_Atom], index: Index) -> Iterator[Unit]:
    """Phrases that name a concept are units, and what stands between them is cut further."""
    at = 0
    for start, end, concept in index.concepts.spans([atom.term for atom in atoms]):
        yield from _plain(atoms[at:start])
        direct = Alternative(_pairs_of(atoms[start:end]), phrase=True)
        yield Unit((direct, Alternative(((concept, 1.0),), CONCEPT)))
        at = end
    yield from _plain(atoms[at:])


def _plain(atoms: Sequence[_Atom]) -> Iterator[Unit]:
    """Each Latin word is a unit; pairs of Han characters that stand together are one."""
    run: list[_Atom] = []
    for atom in atoms:
        if not atom.latin and not atom.others:
            run.append(atom)
            continue
        if run:
            yield Unit((Alternative(_pairs_of(run)),))
            run = []
        own = (Alternative(_pairs_of([atom])),) if atom.term else ()
        yield Unit((*own, *atom.others))
    if run:
        yield Unit((Alternative(_pairs_of(run)),))


def _pairs_of(atoms: Sequence[_Atom]) -> tuple[tuple[str, float], ...]:
    return tuple((atom.term, factor(atom.term)) for atom in atoms)
