"""Chinese by its sound: what a reader may mean who types pinyin instead of characters.

Pinyin is known for the words of titles, headings and labels, not for whole texts: what sounds like
the name of something is meant as that name. Syllables are pypinyin's, without tones; ü is v.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.pinyin import syllables_of
from generator.search.tokens import words

_ALSO = {
    "重": ("zhong", "chong"),
    "行": ("xing", "hang"),
    "长": ("chang", "zhang"),
    "角": ("jiao", "jue"),
    "调": ("diao", "tiao"),
    "会": ("hui", "kuai"),
    "还": ("hai", "huan"),
    "应": ("ying", "yin"),
}
"""Characters that readers spell in two ways, and of which the dictionary gives one."""

MAX_LENGTH = 6
"""Characters of a sound: longer names are found by their beginning."""
MAX_HEARD = 3
"""The most names that one typed word is taken for."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Some Han characters that follow each other in a name."""

    han: str
    syllables: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' '.join(self.syllables)}\t{self.han}"

    @classmethod
    def read(cls, line: str) -> Sound:
        """One that was written as text."""
        syllables, _, han = line.partition("\t")
        return cls(han, tuple(syllables.split(" ")))

    def heard_in(self, typed: str) -> str:
        """The characters, from the first, that `typed` spells; its last syllable may be unfinished.
        Empty if there are none, or one: single syllables sound like everything."""
        rest = typed
        for count, syllable in enumerate(self.syllables, 1):
            if syllable.startswith(rest):
                return self.han[:count] if count > 1 else ""
            if not rest.startswith(syllable):
                return ""
            rest = rest[len(syllable) :]
        return ""

    def begun_in(self, typed: str) -> str:
        """The characters whose syllables begin with the letters of `typed`, such as jcl."""
        initials = "".join(syllable[0] for syllable in self.syllables)
        return self.han[: len(typed)] if len(typed) > 1 and initials.startswith(typed) else ""


@dataclass(frozen=True)
class Hearing:
    """What the names that readers may spell sound like; worked out when somebody spells one."""

    names: tuple[str, ...]

    @functools.cached_property
    def sounds(self) -> Mapping[str, Sequence[Sound]]:
        """All sounds by their first letter, the most frequent first."""
        return by_letter(Counter(sound for name in self.names for sound in sounds_of(name)))

    def heard(self, typed: str) -> tuple[str, ...]:
        """What a Latin word may be the sound of: whole syllables before initials, and then what is
        said most often."""
        sounds = self.sounds.get(typed[:1], ())
        for understood in (Sound.heard_in, Sound.begun_in):
            found = Counter(filter(None, (understood(sound, typed) for sound in sounds)))
            if found:
                return tuple(han for han, _ in found.most_common(MAX_HEARD))
        return ()


def by_letter(counts: Mapping[Sound, int]) -> Mapping[str, Sequence[Sound]]:
    """Counted sounds by their first letter, the most frequent first."""
    sounds: dict[str, list[Sound]] = {}
    for sound in sorted(counts, key=lambda each: (-counts[each], each.syllables, each.han)):
        sounds.setdefault(sound.syllables[0][0], []).append(sound)
    return sounds


def sounds_of(name: str) -> Iterator[Sound]:
    """The sounds that begin at each character of a name."""
    for word in words(name):
        if word.han and len(word.text) > 1:
            yield from _sounds_in(word.text)


@functools.lru_cache(maxsize=65536)
def _sounds_in(run: str) -> tuple[Sound, ...]:
    syllables = syllables_of(run)
    if len(syllables) != len(run):
        return ()  # a character that has no reading was joined to its neighbour
    return tuple(
        Sound(run[start : start + MAX_LENGTH], spelled)
        for start in range(len(run) - 1)
        for spelled in _spellings(
            run[start : start + MAX_LENGTH], syllables[start : start + MAX_LENGTH]
        )
    )


def _spellings(han: str, syllables: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The syllables, and with each character's other reading in turn."""
    yield syllables
    for at, character in enumerate(han):
        for other in _ALSO.get(character, ()):
            if other != syllables[at]:
                yield (*syllables[:at], other, *syllables[at + 1 :])
