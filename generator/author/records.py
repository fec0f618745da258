"""Digests that files record of other texts, brought up to date where a move alone changed these.

A link that is written otherwise makes another digest of the text, of which a translation or a
review then would say that it was never seen. What was up to date before the move is recorded anew;
what was out of date stays so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.author.models import model_of
from generator.author.moving import DEPENDENCIES, Move
from generator.author.places import node_at
from generator.edit import NotEditable, applied, as_scalar, yaml_range
from generator.edit.text import Edit
from generator.model.shape import leaves
from generator.problems.core import Path
from generator.read import Source, revision_of, source_of, split_name
from generator.read.layout import layout_of
from generator.validate import check_fields
from generator.validate.overlay import RECORD
from generator.validate.translations import digest_of_texts


@dataclass(frozen=True, slots=True)
class Digests:
    """What the sources of entries and settings say, in short, by id."""

    revisions: Mapping[str, str]
    texts: Mapping[str, str]


def digests_of(sources: Mapping[str, Source], move: Move) -> Digests:
    """Of those among `sources` that are no translations. What has errors has no digest of texts."""
    revisions: dict[str, str] = {}
    texts: dict[str, str] = {}
    for path, source in sources.items():
        identity, code = split_name(path)
        if code is None:
            revisions[identity] = revision_of(source.data, source.body_text)
            model = model_of(path, move.kinds)
            data = check_fields(model, source.data, source, "")[0] if model else None
            if data is not None:
                texts[identity] = digest_of_texts(leaves(data), source)
    return Digests(revisions, texts)


def outdated(source: Source, before: Digests, after: Digests, move: Move) -> dict[Path, str]:
    """The digests in `source`, which stands where it is to stand, that the move made out of date;
    with those to record. Before the move they were up to date."""
    identity, code = split_name(source.path)
    if code is not None:
        changes = _changes(before.texts, after.texts, move)
        recorded: list[tuple[Path, str, Any]] = [((RECORD,), identity, source.data.get(RECORD))]
    else:
        changes = _changes(before.revisions, after.revisions, move)
        recorded = list(_of_review(identity, source.data))
    return {
        path: changes[name][1]
        for path, name, digest in recorded
        if name in changes and digest == changes[name][0]
    }


def _changes(
    before: Mapping[str, str], after: Mapping[str, str], move: Move
) -> dict[str, tuple[str, str]]:
    """Former and present digests, where they differ, by the ids from now on."""
    now = {move.named(identity): digest for identity, digest in before.items()}
    return {
        identity: (digest, after[identity])
        for identity, digest in now.items()
        if after.get(identity, digest) != digest
    }


def _of_review(identity: str, data: Mapping[str, Any]) -> Iterator[tuple[Path, str, Any]]:
    review = data.get(DEPENDENCIES[0])
    if not isinstance(review, dict):
        return
    yield (DEPENDENCIES[0], "digest"), identity, review.get("digest")
    dependencies = review.get(DEPENDENCIES[1])
    if isinstance(dependencies, dict):
        for name, digest in dependencies.items():
            yield (*DEPENDENCIES, name), name, digest


def recorded(source: Source, raw: bytes, digests: Mapping[Path, str]) -> tuple[bytes, Source]:
    """The file of `source` with other digests, and what it says then. Raises NotEditable."""
    text = raw.decode("utf-8")
    start, end = yaml_range(text, source.path.endswith(".md"))
    top = layout_of(text[start:end])
    edits: list[Edit] = []
    for path, digest in digests.items():
        node = node_at(top, path) if top else None
        if node is None or node.form != "scalar" or node.marked:
            raise NotEditable("a digest in it cannot be changed in place")
        quote = text[start + node.start]
        put = f"{quote}{digest}{quote}" if quote in "'\"" else as_scalar(digest)
        edits.append((start + node.start, start + node.end, put))
    made = applied(text, edits).encode("utf-8")
    after, _ = source_of(source.root, source.path, made)
    if after is None:
        raise NotEditable("a digest in it cannot be changed in place")
    return made, after
