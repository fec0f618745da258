"""Text → terms: Latin words by their stems, figures, and Chinese in overlapping pairs.

Chinese is written without spaces, so a run of Han characters c1 … cn gives the pairs c1c2, c2c3, …
and its last character alone: then every occurrence of a character is a term that begins with it.
Runs end where the script changes: `48小时` is 48 and a run, `S级` is s and a run.

English stems are Snowball's "english" (Porter's second algorithm). Forms of one letter are folded
together by Unicode's compatibility decomposition: full width, ligatures and accents do not count.
Traditional characters are folded into simplified ones.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import snowballstemmer

from generator.search.variants import simplified

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(
    rf"[{_HAN}]+"  # Han
    rf"|\d+(?:[.,]\d+)+(?![^\W_])"  # a figure with a point or with groups of digits
    rf"|[^\W_{_HAN}]+(?:['’][a-z]+)?"  # a word, a figure or a code such as b2b
)
_ASCII_RUN = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[a-z\d]+(?:'[a-z]+)?", re.ASCII)
"""The same where there is nothing but ASCII, in a third of the time."""
_HAN_RUN = re.compile(rf"[{_HAN}]")
_MARKS = re.compile("[\u0300-\u036f]")
_GROUPS = re.compile(r",(?=\d{3}(?:\D|$))")
_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of one script, folded: a Latin word or figure, or Han characters."""

    text: str
    han: bool
    terms: tuple[str, ...]
    """What the index knows it by."""


def fold(text: str) -> str:
    """The text in small letters without accents, in the plain and simplified form of each
    character."""
    if text.isascii():
        return text.lower()
    return simplified(_MARKS.sub("", unicodedata.normalize("NFKD", text)).lower())


def words(text: str) -> list[Word]:
    """The runs of a text in order."""
    return [*map(word_of, runs(text))]


def runs(text: str) -> list[str]:
    """The words of a text as they stand there, folded."""
    folded = fold(text)
    return (_ASCII_RUN if folded.isascii() else _RUN).findall(folded)


@functools.lru_cache(maxsize=262144)
def word_of(run: str) -> Word:
    """A run as a word with its terms."""
    if not is_han(run):
        plain = _plain(run)
        return Word(plain, False, (stem(plain),))
    return Word(run, True, (*(one + other for one, other in pairwise(run)), run[-1]))


def is_han(text: str) -> bool:
    """Whether a word or a term is Chinese."""
    return bool(_HAN_RUN.match(text))


def terms(text: str) -> list[str]:
    """The terms of a text in order."""
    return [term for word in words(text) for term in word.terms]


@functools.lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """The stem of a word; figures, codes and words of other scripts are their own."""
    return str(_stemmer.stemWord(word)) if word.isascii() and not _has_digit(word) else word


def _plain(run: str) -> str:
    """Figures without the commas of their groups, words with the typewriter's apostrophe."""
    if run[0].isdigit():
        return _GROUPS.sub("", run)
    return run.replace("’", "'") if "’" in run else run


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
