"""References and links of one entry: that they lead somewhere, and somewhere fit to be shown."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.markdown import Body, Link
from generator.model import Entry
from generator.model.fields import TO_DO, Prose, Refers
from generator.model.shape import Leaf
from generator.model.target import Target, resolve
from generator.problems import Location, Problem
from generator.problems.links import (
    BROKEN_ANCHOR,
    BROKEN_LINK,
    DANGLING,
    DRAFT_LINKED,
    LINK_OUTSIDE,
    LINK_SCHEME,
    MISSING_FILE,
    RETIRED_LINKED,
    UNKNOWN_OWNER,
    UNKNOWN_TAG,
    WRONG_KIND,
)
from generator.read import Asset, Source
from generator.read.tree import TEXT_SUFFIXES
from generator.validate.fields import Places
from generator.validate.nearest import did_you_mean, nearest_path

_NAMED_AT_MOST = 8

Where = Callable[[], Location]
"""Finds a place when it is asked for. Only what is at fault is worth finding: it takes another pass
over the file."""


@dataclass(slots=True)
class Known:
    """All that a link may lead to. Rejected entries count: their own problem is enough."""

    ids_by_path: Mapping[str, str]
    kind_of: Mapping[str, str]
    """The kind of every id, rejected ones included."""
    assets: Mapping[str, Asset | None]
    """By path; None for a file that was refused."""
    owners: frozenset[str] | None
    """Ids of people and groups; None if people.yml is unusable."""
    tags: frozenset[str] | None
    """Ids of tags; None if playbook.yml is unusable."""
    used: set[str] = field(default_factory=set)
    """Paths of assets that something uses."""


def check_references(
    leaves: Iterable[Leaf], status: str, places: Places, entries: Mapping[str, Entry], known: Known
) -> Iterator[Problem]:
    """What is wrong with the ids that fields hold."""
    for leaf in leaves:
        if leaf.refers is None:
            continue
        place = functools.partial(places.locate, leaf.path)
        problem = _reference_problem(leaf.value, leaf.refers, place, known)
        if problem:
            yield problem
        elif status == "published" and leaf.value in entries:
            yield from _status_problem(place, entries[leaf.value])


def _reference_problem(target: str, refers: Refers, place: Where, known: Known) -> Problem | None:
    if refers.kinds == ("tag",):
        if known.tags is None or target in known.tags:
            return None
        hint = did_you_mean(target, known.tags) or "add it to `tags` in playbook.yml"
        return UNKNOWN_TAG.at(place(), f'unknown tag "{target}"', hint)
    if "person" in refers.kinds:
        if known.owners is None or target in known.owners:
            return None
        if target == TO_DO:
            hint = f"write in its place: {_some(known.owners)}; or add the person to people.yml"
            return UNKNOWN_OWNER.at(place(), "nobody is named yet who keeps it true", hint)
        hint = did_you_mean(target, known.owners) or "add the person to people.yml"
        return UNKNOWN_OWNER.at(place(), f'unknown owner "{target}"', hint)
    kind = known.kind_of.get(target)
    if kind is None and target == TO_DO:
        hint = f"write in its place: {_some(_fitting(refers.kinds, known))}"
        return DANGLING.at(place(), "no entry is named here yet", hint)
    if kind is None:
        hint = _nearest_id(target, refers.kinds, known)
        return DANGLING.at(place(), f'there is no entry "{target}"', hint)
    if refers.kinds and kind not in refers.kinds:
        wanted = " or ".join(refers.kinds)
        return WRONG_KIND.at(place(), f'"{target}" is of kind {kind}', f"refer to: {wanted}")
    return None


def _some(ids: Iterable[str]) -> str:
    """Some of `ids`, one after the other."""
    listed = sorted(ids)
    more = " …" if len(listed) > _NAMED_AT_MOST else ""
    return (" or ".join(listed[:_NAMED_AT_MOST]) or "an id, once there is one") + more


def _fitting(kinds: tuple[str, ...], known: Known) -> list[str]:
    """Ids of the entries that a reference to these kinds may name."""
    return [i for i, kind in known.kind_of.items() if not kinds or kind in kinds]


def _nearest_id(target: str, kinds: tuple[str, ...], known: Known) -> str:
    near = nearest_path(target, _fitting(kinds, known))
    return f'did you mean "{near}"?' if near else (
        "an id is the path below content/ without extension")  # fmt: skip


def _status_problem(place: Where, target: Entry) -> Iterator[Problem]:
    if target.data.status == "draft":
        yield DRAFT_LINKED.at(
            place(), f'"{target.id}" is a draft', "publish it first, or leave it out for now"
        )
    elif target.data.status == "retired":
        yield RETIRED_LINKED.at(place(), f'"{target.id}" is retired', "refer to what replaced it")


@dataclass(frozen=True, slots=True)
class LinkChecker:
    """Checks the Markdown links of one entry in one language."""

    entry: Entry | None
    """The entry that the links stand in; None for the settings."""
    entries: Mapping[str, Entry]
    known: Known
    path: str
    """The file that the links stand in."""

    def check(self, link: Link, place: Where) -> Iterator[Problem]:
        """What is wrong with `link`, which stands at `place`."""
        target = resolve(link.target, self.path)
        if target.problem == "scheme":
            hint = "images come from the content folder" if link.image else (
                "use https://…, or a path relative to this file")  # fmt: skip
            yield LINK_SCHEME.at(place(), f'the address "{link.target}" cannot be linked', hint)
        elif target.problem == "outside":
            yield LINK_OUTSIDE.at(
                place(),
                f'"{link.target}" leads out of the content folder',
                "link to an entry or file inside it",
            )
        elif link.image or not (target.path == "" or target.path.lower().endswith(TEXT_SUFFIXES)):
            yield from self._check_asset(target, link, place)
        else:
            yield from self._check_entry(target, link, place)

    def _check_asset(self, target: Target, link: Link, place: Where) -> Iterator[Problem]:
        if target.path in self.known.assets:
            self.known.used.add(target.path)
            return
        if link.image:
            hint = self._nearest(target.path, self.known.assets) or "add it, or correct the path"
            yield MISSING_FILE.at(place(), f'there is no image "{target.path}"', hint)
        else:
            files = (*self.known.assets, *self.known.ids_by_path)
            hint = self._nearest(target.path, files) or "links to entries end in .md or .yml"
            yield MISSING_FILE.at(place(), f'there is no file "{target.path}"', hint)

    def _check_entry(self, target: Target, link: Link, place: Where) -> Iterator[Problem]:
        own = self.entry.id if self.entry else None
        identity = self.known.ids_by_path.get(target.path) if target.path else own
        if identity is None:
            advice = "a path is relative to the file that the link stands in"
            hint = self._nearest(target.path, self.known.ids_by_path) or advice
            yield BROKEN_LINK.at(place(), f'"{link.target}" leads to no entry', hint)
            return
        found = self.entries.get(identity)
        if found is None:
            return
        if self.entry is None or self.entry.data.status == "published":
            yield from _status_problem(place, found)
        if target.anchor and target.anchor not in found.anchors:
            known = sorted(found.anchors)
            hint = did_you_mean(target.anchor, known) or (
                "anchors: " + (", ".join(known[:_NAMED_AT_MOST]) or "none, link to the page")
            )
            yield BROKEN_ANCHOR.at(place(), f'"{found.id}" has no anchor "{target.anchor}"', hint)

    def _nearest(self, path: str, known: Iterable[str]) -> str:
        """A hint that names the nearest path as a link has to write it."""
        near = nearest_path(path, (other for other in known if other != self.path))
        written = posixpath.relpath(near, posixpath.dirname(self.path) or ".") if near else ""
        return f'did you mean "{written}"?' if near else ""


def check_texts(leaves: Iterable[Leaf], places: Places, checker: LinkChecker) -> Iterator[Problem]:
    """What is wrong with the links of text fields."""
    for leaf in leaves:
        for link in leaf.value.body.links if isinstance(leaf.value, Prose) else ():
            where = functools.partial(places.locate_in_text, leaf.path, link.line, link.column)
            yield from checker.check(link, where)


def check_body(body: Body | None, source: Source, checker: LinkChecker) -> Iterator[Problem]:
    """What is wrong with the links of a body that stands in `source`."""
    for link in body.links if body else ():
        place = functools.partial(source.locate_in_body, link.line, link.column)
        yield from checker.check(link, place)
