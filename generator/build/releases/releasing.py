"""Versions of the playbook: released into a tree, and looked after there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.loading import Progress
from generator.build.releases.places import FolderPlace, Opened, Place, check_known, troubles_at
from generator.build.releases.treepages import Next
from generator.build.site import Outcome, Request, build
from generator.problems import Location, Problem
from generator.problems.output import OUTPUT_PLACE
from generator.versions import (
    MANIFEST,
    NOTHING,
    PREVIEWS,
    RELEASE,
    VERSIONS,
    Change,
    Difference,
    Refused,
    Release,
    Stand,
    Version,
    Versions,
    name_fault,
    names_in,
    previews_in,
    read_built,
    read_versions,
)

_NOT_BUILT = Outcome(())
_NONE = Versions()

PLAYBOOK, CHANGES = "playbook.json", "changes.json"
"""The whole playbook as data, in each version."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be released."""

    name: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    notes: str = ""
    again: bool = False
    """Whether it may take the place of a version of the same name."""
    default: bool = False
    """Whether readers are to come to it."""
    preview: bool = False
    """Whether it is only proposed: beside the versions, in no list."""
    cname: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """What came of it."""

    problems: tuple[Problem, ...]
    outcome: Outcome = _NOT_BUILT
    folder: str = ""
    """Where the version stands in the tree; "" if nothing was released."""
    made: Difference = NOTHING


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands in a tree."""

    problems: tuple[Problem, ...]
    versions: Versions = _NONE
    previews: tuple[str, ...] = ()
    made: Difference = NOTHING


def release(
    request: Request, order: Order, place: Place, progress: Progress = lambda *_: None
) -> Released:
    """Builds a version and puts it into the tree. With any problem the tree stays as it was.
    `request.output` counts for nothing."""
    done: list[Released] = []

    def work() -> Iterator[Problem]:
        yield from _misplaced(request, place)
        with place.open() as opened:
            done.append(_released(request, order, opened, progress))
            yield from done[0].problems

    problems = troubles_at(place, work)
    return replace(done[0], problems=problems) if done else Released(problems)


def _released(request: Request, order: Order, opened: Opened, progress: Progress) -> Released:
    before = opened.look()
    check_known(before)
    _next(order, before, "")
    mark = _mark(order, before)
    site = opened.scratch / mark.folder
    outcome = build(_asked(request, mark, site, before), progress)
    problems = tuple(_placed(each, site, mark) for each in outcome.problems)
    if not outcome.written:
        return Released(problems, outcome)
    built = read_built((site / RELEASE).read_bytes())
    assert built is not None, "a release says what it is"

    def plan(stand: Stand) -> Change:
        check_known(stand)
        planned = Next(
            stand,
            _next(order, stand, built.date),
            request.templates,
            comes={mark.folder: site},
            goes=frozenset({mark.folder}) & _sites(stand),
            cname=order.cname,
        )
        return planned.change(_message(order, mark))

    made = opened.commit(plan)
    return Released(problems, outcome, mark.folder, made)


def _asked(request: Request, mark: Release, site: Path, before: Stand) -> Request:
    """The site to build, which tells what is new since the version that readers knew before."""
    asked = replace(request, output=site, release=mark)
    former = _former(read_versions(before.read(VERSIONS)), mark)
    if former is None:
        return asked
    folder = site.parent / ".former"
    for name in (PLAYBOOK, CHANGES):
        if (content := before.read(f"{former.name}/{name}")) is not None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    there = (folder / PLAYBOOK).exists()
    if not there:
        return asked
    return replace(asked, previous=str(folder / PLAYBOOK), previous_title=former.title)


def _former(versions: Versions, mark: Release) -> Version | None:
    """The version that readers come to now; for what takes the place of one, the one below it."""
    names = [version.name for version in versions.listed]
    if mark.preview or mark.name not in names:
        return versions.current
    return next(iter(versions.listed[names.index(mark.name) + 1 :]), None)


def _mark(order: Order, before: Stand) -> Release:
    if order.preview:
        return Release(order.name, order.title, preview=True)
    versions = read_versions(before.read(VERSIONS))
    former = next((v for v in versions.listed if v.name.casefold() == order.name.casefold()), None)
    current = versions.current
    moving = versions.default if current and versions.default != current.name else ""
    return Release(
        former.name if former else order.name,
        order.title or (former.title if former else ""),
        moving or next(iter(order.aliases), ""),
    )


def _next(order: Order, stand: Stand, day: str) -> Versions:
    """The list of versions with the new one in it. Raises Refused."""
    versions = read_versions(stand.read(VERSIONS))
    if order.preview:
        if fault := name_fault(order.name):
            raise Refused(f'"{order.name}" is no name for a preview', fault)
        return versions
    title = order.title or order.name
    version = Version(order.name, title, date=day, notes=order.notes)
    first = not versions.listed
    made = versions.released(version, order.again).aliased(order.name, order.aliases)
    if order.default or (first and order.aliases):
        made = made.with_default(next(iter(order.aliases), order.name))
    return made


def _sites(stand: Stand) -> frozenset[str]:
    named = names_in(stand.read(MANIFEST)) or {}
    return frozenset(name.rpartition("/")[0] for name in named)


def _placed(problem: Problem, site: Path, mark: Release) -> Problem:
    """A problem of the build under a name that its reader knows."""
    if problem.location.path == str(site):
        return replace(problem, location=Location(mark.folder))
    return problem


def _message(order: Order, mark: Release) -> str:
    what = f"Preview {mark.name}" if order.preview else f"Release {mark.name}"
    return f"{what}\n\n{order.notes}".strip()


def _misplaced(request: Request, place: Place) -> Iterator[Problem]:
    if not isinstance(place, FolderPlace):
        return
    tree, content = place.folder.resolve(), request.content.folder.resolve()
    if tree.is_relative_to(content) or content.is_relative_to(tree):
        yield OUTPUT_PLACE.at(
            Location(place.shown),
            "the tree and the content folder lie inside each other",
            "choose a folder beside the content",
        )


def alter(
    place: Place,
    templates: tuple[Path, ...],
    edit: Callable[[Versions], Versions],
    message: str,
    going: str = "",
) -> Listed:
    """Changes the list of versions and all that follows from it. `going`: the folder of a site that
    is deleted. With any problem the tree stays as it was."""
    done: list[Listed] = []

    def plan(stand: Stand) -> Change:
        check_known(stand)
        versions = edit(read_versions(stand.read(VERSIONS)))
        goes = frozenset({going} if going else ())
        if not goes <= _sites(stand):
            raise Refused(f"there is no {going} in the tree")
        return Next(stand, versions, templates, goes=goes).change(message)

    def work() -> Iterator[Problem]:
        with place.open() as opened:
            made = opened.commit(plan)
            done.append(Listed((), made=made))
        return iter(())

    problems = troubles_at(place, work)
    return replace(done[0], problems=problems) if done else Listed(problems)


def listed(place: Place) -> Listed:
    """What stands in a tree."""
    done: list[Listed] = []

    def work() -> Iterator[Problem]:
        with place.seen() as stand:
            check_known(stand)
            named = names_in(stand.read(MANIFEST)) or {}
            done.append(Listed((), read_versions(stand.read(VERSIONS)), previews_in(named)))
        return iter(())

    problems = troubles_at(place, work)
    return done[0] if done else Listed(problems)


def preview_folder(name: str) -> str:
    """Where a preview stands in the tree."""
    return f"{PREVIEWS}/{name}"
