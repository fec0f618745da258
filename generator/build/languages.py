"""Whether the interface has words in every language of a playbook.

Takes the files of the playbook and the template folders, gives problems. Mostly the package has all
words, and they need not be read to know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from generator.model import Kind
from generator.problems import Problem
from generator.read import Source
from generator.validate import languages_named, place_of_language


def faults_of_words(
    files: Mapping[str, Source], kinds: Iterable[Kind], folders: Sequence[Path]
) -> list[Problem]:
    """What is missing in the words of the languages that the settings among `files` name, however
    much else is wrong with the playbook. The last of `folders` is that of the package."""
    codes = languages_named(files)
    *own, packaged = (folder / "strings" for folder in folders)
    if not any(map(Path.is_dir, own)) and all((packaged / f"{c}.yml").is_file() for c in codes):
        return []  # the words of the package are complete
    from generator.build.strings import words_of  # brings along all that shows words

    return words_of(codes, kinds, folders, partial(place_of_language, files))[1]
