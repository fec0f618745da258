"""What files say where their author has to write: by language, from the tables in `language/`.

Takes the code of a language, gives its words; a language without a table gets English. What fields
are for stands in the models, in English; tables of other languages translate it sentence by
sentence. Knows no kinds.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.read.yaml import load

MARK = "TODO"
"""What stands at everything that an author still has to do, so that it can be searched for."""
_TABLES = Path(__file__).parent / "language"
_REFERENCE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    table: Mapping[str, Any]

    def say(self, key: str, **values: str) -> str:
        """The words of `key`, such as `import.tags`."""
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        return str(found).format(mark=MARK, **values)

    def hint(self, said: str) -> str:
        """What a model says of a field; in English where the table does not know it."""
        return str(self.table["hints"].get(said, said))

    def to_do(self, what: str) -> str:
        """The text that stands in for a field which is to hold `what`."""
        return self.say("to_do", what=_begun_small(what))

    def note(self, what: str) -> str:
        """The comment at a value that stands in for one, which is to say `what`."""
        return self.say("note", what=_begun_small(what))

    def listed(self, names: Iterable[str]) -> str:
        """Names one after the other."""
        return self.say("between").join(names)

    def language(self, code: str) -> str:
        """The name of a language."""
        return str(self.table["language"].get(code.partition("-")[0], f'"{code}"'))


@functools.cache
def words_in(code: str) -> Words:
    """The words for files in the language `code`."""
    path = _TABLES / f"{code.partition('-')[0]}.yml"
    known = path if path.is_file() else _TABLES / f"{_REFERENCE}.yml"
    return Words(load(known.read_text("utf-8"))[0] or {})


def _begun_small(what: str) -> str:
    first, _, rest = what.partition(" ")
    known = first.isascii() and first.isalpha() and first[1:].islower()
    return f"{first.lower() if known else first}{' ' if rest else ''}{rest}".rstrip(".。")
