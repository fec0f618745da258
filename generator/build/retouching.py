"""A saved text, shown at once: the last build once more, for the pages that show its entry.

Who writes saves mostly words that no list, card, link or verdict is made of. Then all that the last
build found out still holds, and it takes as long in a playbook of thousands as in a small one, but
for verdicts. What is made here is a preview and is not remembered: the next whole build starts from
where this one did, and finds the pages as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from typing import Any, TypeVar

from generator.build.authoring import authoring
from generator.build.building import Scene
from generator.build.loading import Loaded, opened
from generator.build.memory.whole import Taken
from generator.build.output.marks import Ingredients
from generator.build.reviews.judging import judge
from generator.build.site import Outcome, Request
from generator.link import Page, pages_showing
from generator.model import Library, Outline
from generator.problems import Problem, Severity
from generator.read import Source
from generator.render import RenderError
from generator.validate import Draft, Examined, Files, is_checked_together, links_of
from generator.write import Inplace

T = TypeVar("T")


@dataclass(frozen=True)
class _Over(Mapping[str, T]):
    """A mapping of which some values are other ones."""

    new: Mapping[str, T]
    old: Mapping[str, T]

    def __getitem__(self, name: str) -> T:
        return self.new[name] if name in self.new else self.old[name]

    def __contains__(self, name: object) -> bool:
        return name in self.old

    def __iter__(self) -> Iterator[str]:
        return iter(self.old)

    def __len__(self) -> int:
        return len(self.old)


@dataclass(frozen=True, slots=True)
class _Again:
    """An entry whose files have changed since."""

    draft: Draft
    examined: Examined
    was: Examined
    linked: tuple[Problem, ...]
    """What is wrong with its links and references."""
    was_linked: tuple[Problem, ...]

    @property
    def id(self) -> str:
        return self.draft.id

    @property
    def sources(self) -> Iterator[Source]:
        """All its files."""
        assert self.draft.source is not None
        yield self.draft.source
        yield from (overlay.translation for overlay in self.draft.overlays.values())


def retouched(
    scene: Scene, request: Request, taken: Taken, place: Inplace
) -> tuple[Outcome, Scene] | None:
    """The outcome for the `scene` as it is now, once the pages lie in their `place`, and the scene
    to go on from; None where only a whole build can tell."""
    if not _stands(scene, request, taken):
        return None
    edits = _edits(scene, taken)
    if edits is None:
        return None
    loaded = _loaded(scene, edits)
    library = loaded.checked.library
    assert library is not None
    if not _judged_alike(scene, loaded, library):
        return None
    shown = {page.url: page for page in _pages(scene, loaded, library, [each.id for each in edits])}
    try:
        written = _write(shown.values(), scene.of, place)
    except RenderError:  # which a whole build reports
        return None
    others = scene.outcome.problems[len(scene.loaded.checked.problems) :]
    problems = (*loaded.checked.problems, *others)
    rendered = tuple((url, "changed: entry") for url in shown)
    outcome = replace(
        scene.outcome, problems=problems, rendered=rendered, changed=written, behind=True
    )
    return outcome, replace(scene, touched=frozenset(each.id for each in edits))


def _stands(scene: Scene, request: Request, taken: Taken) -> bool:
    """Whether everything but texts, and the day, is what it was."""
    today = request.today(scene.library.source.settings.time_zone)
    asked = replace(request, jobs=scene.request.jobs, today=scene.request.today)
    return (
        bool(taken.ground)
        and taken.ground == scene.taken.ground
        and today == scene.judging.freshness.today
        and asked == scene.request
        and not request.previous
    )


def _edits(scene: Scene, taken: Taken) -> list[_Again] | None:
    """The entries whose files are others than in the scene, or were when somebody last looked;
    None if anything else is."""
    before, layout = scene.taken.files, scene.loaded.layout
    if layout is None or taken.files.keys() != before.keys():
        return None
    ids = scene.library.ids_by_path
    changed = [ids.get(path, "") for path, digest in taken.files.items() if before[path] != digest]
    found = []
    for identity in dict.fromkeys((*changed, *sorted(scene.touched))):
        again = _again(scene, layout.groups[identity]) if identity else None
        if again is None:
            return None
        found.append(again)
    return found


def _again(scene: Scene, files: Files) -> _Again | None:
    """An entry as it is now; None where more may depend on it than the pages that show it."""
    loaded = scene.loaded
    was, links = loaded.examined[files.id], loaded.kept.links[files.id]
    assert files.kind is not None
    assert loaded.layout is not None
    draft, examined = opened(scene.request.content, loaded.layout, files)
    if is_checked_together(files.kind) or not _seems(examined.outline, was.outline):
        return None
    linked, used = links_of(draft, scene.library, loaded.assets)
    failed = any(it.severity is Severity.ERROR for it in (*examined.problems, *linked))
    if failed or used != links.used:
        return None
    return _Again(draft, examined, was, linked, links.problems)


def _seems(now: Outline | None, was: Outline | None) -> bool:
    """Whether an entry looks from outside as it did."""
    if now is None or was is None:
        return False
    return replace(now, digest=was.digest, revision=was.revision, review=was.review) == was


def _loaded(scene: Scene, edits: Sequence[_Again]) -> Loaded:
    """The playbook with the entries as they are now."""
    loaded, checked = scene.loaded, scene.loaded.checked
    library = _library(scene.library, edits)
    sources = {each.id: next(each.sources) for each in edits}
    files = {source.path: source for each in edits for source in each.sources}
    return replace(
        loaded,
        examined={**loaded.examined, **{each.id: each.examined for each in edits}},
        checked=replace(
            checked,
            library=library,
            problems=_problems(checked.problems, edits),
            sources=_Over(sources, checked.sources),
            files=_Over(files, checked.files),
        ),
    )


def _problems(problems: Sequence[Problem], edits: Sequence[_Again]) -> tuple[Problem, ...]:
    """All problems as they are now, in order. Most are in files that nobody has touched."""
    touched = {source.place for each in edits for source in each.sources}
    gone = {it for each in edits for it in (*each.was.problems, *each.was_linked)}
    come = {it for each in edits for it in (*each.examined.problems, *each.linked)}
    come |= {it for it in problems if it.location.path in touched and it not in gone}
    others = (it for it in problems if it.location.path not in touched)
    return tuple(merge(others, sorted(come, key=_order), key=_order))


def _order(problem: Problem) -> Any:
    return problem.order


def _library(library: Library, edits: Sequence[_Again]) -> Library:
    outlines = {each.id: each.examined.outline for each in edits if each.examined.outline}
    editions = (
        replace(edition, entries=_Over(
            {each.id: each.draft.entries[edition.code] for each in edits}, edition.entries
        ))
        for edition in library.editions
    )  # fmt: skip
    return replace(library, editions=tuple(editions), outlines={**library.outlines, **outlines})


def _judged_alike(scene: Scene, loaded: Loaded, library: Library) -> bool:
    """Whether all verdicts are what they were."""
    request, was = scene.request, scene.judging
    today, state = was.freshness.today, scene.taken.history if request.history else None
    now = judge(request.content, loaded, library, today, state, was.told, 1, was.opened)
    return (now.freshness, now.trend) == (was.freshness, was.trend)


def _pages(scene: Scene, loaded: Loaded, library: Library, ids: list[str]) -> Iterator[Page]:
    """The pages that show the entries with these ids."""
    request, files = scene.request, loaded.checked.files
    desk = authoring(request.drafts, request.editor, request.content.folder, files)
    for shelf in scene.shelves:
        again = shelf.again(library, desk)
        for identity in ids:
            if identity in again.outlines:
                yield from pages_showing(again, identity)


def _write(pages: Iterable[Page], of: Ingredients, place: Inplace) -> int:
    """Renders and writes; how many are other than they were."""
    staging = place.stage()
    made = dict(staging.put(page.url, of.renderer.render(page)) for page in pages)
    changed = {url: digest for url, digest in made.items() if place.digests.get(url) != digest}
    place.commit({**place.digests, **changed})
    return len(changed)
