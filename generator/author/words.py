"""What a starting file says where its author has to write: by language."""

from __future__ import annotations

MARK = "TODO"
"""What stands at everything that an author still has to do, so that it can be searched for."""
_TO_DO = {"en": f"{MARK} – {{what}}", "zh": f"{MARK} 待补充：{{name}}"}
_HEADINGS = {"en": "To do", "zh": "待补充"}


def to_do(language: str, name: str, what: str) -> str:
    """The text that stands in for the field `name`, which is to hold `what`."""
    return _in(language, _TO_DO).format(name=name.replace("_", " "), what=_begun_small(what))


def note(what: str) -> str:
    """The comment behind a value that stands in for one, which is to say `what`."""
    return f"{MARK}: {_begun_small(what)}"


def heading(language: str) -> str:
    """The heading that stands in for those of the text."""
    return _in(language, _HEADINGS)


def _in(language: str, words: dict[str, str]) -> str:
    return words.get(language.partition("-")[0], words["en"])


def _begun_small(what: str) -> str:
    first, _, rest = what.partition(" ")
    known = first.isalpha() and first[1:].islower()
    return f"{first.lower() if known else first}{' ' if rest else ''}{rest}".rstrip(".")
