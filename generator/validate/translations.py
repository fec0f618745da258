"""Whether a translation is there, complete and up to date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from generator.model.fields import Prose, Words
from generator.model.shape import Leaf
from generator.problems import Problem
from generator.problems.translation import INCOMPLETE, NOT_RECORDED, NOT_TRANSLATED, OUTDATED
from generator.read import Source, digest_of
from generator.validate.overlay import RECORD, Overlay

DIGEST_LENGTH = 16
_NAMED_AT_MOST = 5


def digest_of_texts(texts: Iterable[Leaf], source: Source) -> str:
    """The digest of all texts of a source, whatever their order and layout."""
    words = {
        leaf.name: str(leaf.value) if isinstance(leaf.value, Words) else leaf.value.text
        for leaf in texts
        if isinstance(leaf.value, Words | Prose)
    }
    body = "\n".join(line.rstrip() for line in source.body_text.strip().split("\n"))
    raw = json.dumps([words, body], sort_keys=True, ensure_ascii=False)
    return digest_of(raw.encode("utf-8", "surrogatepass"))[:DIGEST_LENGTH]


def missing_translation(code: str, source: Source) -> Problem:
    """That there is no translation, and which file it would be."""
    stem, _, suffix = source.place.rpartition(".")
    return NOT_TRANSLATED.at(
        source.at(0, 0), f"not translated into {code}", f"write {stem}.{code}.{suffix}"
    )


def state_of(overlay: Overlay, digest: str) -> Iterator[Problem]:
    """Whether the translation is complete, and made from the source text with this digest."""
    place = overlay.translation.at(0, 0)
    recorded = overlay.translation.data.get(RECORD)
    command = f"`playbook translated {overlay.translation.place}`"
    if not recorded:
        yield NOT_RECORDED.at(
            place, "the translation does not record its source", f"once it is right, run {command}"
        )
    elif recorded != digest:
        yield OUTDATED.at(
            overlay.translation.locate((RECORD,)),
            "the source text changed after it was translated",
            f"bring the translation up to date, then run {command}",
        )
    if overlay.missing and not overlay.problems:  # which may be why texts are missing
        count = len(overlay.missing)
        shown = ", ".join(overlay.missing[:_NAMED_AT_MOST])
        more = " …" if count > _NAMED_AT_MOST else ""
        what = "1 text is not translated" if count == 1 else f"{count} texts are not translated"
        yield INCOMPLETE.at(place, what, f"translate: {shown}{more}")
