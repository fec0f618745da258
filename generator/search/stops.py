"""Words that nearly every text holds, and that tell a reader's questions apart from nothing."""

from __future__ import annotations

from generator.search.tokens import stem

_ENGLISH = (
    "a about am an and any are as at be been being but by can could did do does doing for "
    "from had has have having he her here him his how i if in into is it its just may me "
    "might my of on or our shall she should so some such than that the their them then there "
    "these they this those to too us was we were what when where which while who whom why "
    "will with would you your "
)
GRAMMAR = (
    "的了吗呢吧啊呀么什怎哪谁这那是我你您他她它们在和与或及就都也还很太最该"
    "应要想能会可把被让给对跟从到为以因所而但如何请有没不个些时候多少几说做"
    "办用久次"
)

_WEAK = (
    "another anybody anyone anything ask before call come else enough every everybody everyone "
    "everything find first get give go good happen help keep know let like long look make many "
    "mean more most much need new next often one other people possible put right say see "
    "somebody someone something start still take talk tell thing think time try two up use want "
    "way without work"
)

STOPS = frozenset(word for each in _ENGLISH.split() for word in (each, stem(each)))
"""English words that are left out of the index and of queries, and their stems."""


WEAK = frozenset(map(stem, _WEAK.split()))
"""Stems of words that questions are made of, and that texts hold in passing."""

WEAKNESS = 0.3


HAN_FACTORS = (1.0, 0.25, 0.0)
"""By how many characters of a pair are those of questions and of grammar."""


def factor(term: str) -> float:
    """How much a term counts in a query."""
    if term.isascii():
        return WEAKNESS if term in WEAK else 1.0
    return han_factor(term)


def han_factor(term: str) -> float:
    """How much a pair of Han characters counts in a query: less with a character of questions and
    of grammar, nothing with two."""
    return HAN_FACTORS[sum(character in GRAMMAR for character in term[:2])]
