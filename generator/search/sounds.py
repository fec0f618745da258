"""Chinese by its sound: what a reader may mean who types pinyin instead of characters.

Pinyin is known for the words of titles, headings and labels, not for whole texts: what sounds like
the name of something is meant as that name. Syllables are pypinyin's, without tones; ü is v.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.pinyin import syllables_of
from generator.search.tokens import words

_READINGS = (
    "行xing,hang 长chang,zhang 重zhong,chong 调diao,tiao 会hui,kuai 角jiao,jue 还huan,hai "
    "度du,duo 乐le,yue 传chuan,zhuan 率lv,shuai 差cha,chai 降jiang,xiang 系xi,ji 校xiao,jiao "
    "称cheng,chen 弹dan,tan 折zhe,she 给gei,ji 模mo,mu 省sheng,xing 曾ceng,zeng 参can,shen "
    "便bian,pian 卡ka,qia 削xue,xiao 薄bo,bao 盛sheng,cheng 晟sheng,cheng 圈quan,juan "
    "藏cang,zang 塞sai,se 落luo,la 露lu,lou 熟shu,shou 血xue,xie 朝chao,zhao 剥bo,bao "
    "拓tuo,ta 仔zi,zai 轧zha,ya 贾jia,gu 柏bai,bo 泊bo,po 否fou,pi 壳ke,qiao 扎zha,za "
    "劲jin,jing 乘cheng,sheng 绿lv,lu 埔pu,bu 秘mi,bi"
)
_ALSO = {each[0]: each[1:].split(",") for each in _READINGS.split()}
"""Characters that are read in two ways. The dictionary tells which of them a known word has; new
words, such as 重构, and words that readers misread are found by either."""

MAX_SPELLINGS = 8
"""Of one sound."""
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
            # A name that is read in several ways is one all the same.
            said = dict.fromkeys((understood(sound, typed), sound.han) for sound in sounds)
            if found := Counter(han for han, _ in said if han):
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
    """The syllables, and with the other readings of its characters."""
    readings = (
        dict.fromkeys((syllable, *_ALSO.get(character, ())))
        for character, syllable in zip(han, syllables, strict=True)
    )
    return itertools.islice(itertools.product(*readings), MAX_SPELLINGS)
