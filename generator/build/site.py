"""read → validate → link → render → write."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build import whole
from generator.build.authoring import authoring, moved
from generator.build.filling import Filled, Filling, Site
from generator.build.former import Former, Signed
from generator.build.judging import Judging, judge
from generator.build.loading import Content, Loaded, Progress, load_since
from generator.build.marks import Ingredients
from generator.build.memory import Memory, opened
from generator.build.parts import Parts
from generator.build.refusals import misplaced, refusals
from generator.build.retouching import Scene
from generator.build.strings import load_strings
from generator.build.telling import Telling, lines_shown, tell
from generator.build.whole import Taken
from generator.link import Linked, Page, link
from generator.model import Library
from generator.problems import Location, Problem, Severity
from generator.problems.output import TEMPLATE
from generator.render import Renderer, RenderError, Strings
from generator.write import Inplace, open_output

if TYPE_CHECKING:
    from generator.versions import Release


@dataclass(frozen=True, slots=True)
class Request:
    """A site to be built."""

    content: Content
    output: Path
    templates: tuple[Path, ...]
    """Template folders, the first wins."""
    today: Callable[[str], datetime.date]
    """The day on which it is built, in a time zone given by name."""
    history: bool = True
    """Whether to ask git what changed since reviews."""
    jobs: int = 1
    previous: str = ""
    """The playbook that the site tells the changes since: a playbook.json or a folder that holds
    one, a content folder, or a git ref; "" for none."""
    previous_title: str = ""
    """What readers know that one by; "" for the name of its folder, file or ref."""
    drafts: bool = False
    """Whether drafts have pages."""
    editor: str = ""
    """Where "Edit" leads: an address with `{path}` and `{line}`; "" for the forge."""
    address: str = ""
    """Where the site is read, if that is not the address in the settings."""
    cache: Path | None = None
    """The folder in which a build leaves what the next one can start from; None: nothing is."""
    release: Release | None = None
    """Where in a published tree the site is going to stand; None if it stands alone."""

    @property
    def shown_as(self) -> tuple[str, ...]:
        """How the site differs from the one that is published."""
        place = str(self.content.folder.absolute()) if self.editor else ""
        return (str(self.drafts), self.editor, self.address, place)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    problems: tuple[Problem, ...]
    entries: int = 0
    pages: int = 0
    languages: int = 0
    written: bool = False
    """Whether the output is the new site; otherwise it is as it was."""
    rendered: tuple[tuple[str, str], ...] = ()
    """The addresses of the pages that were rendered, each with the reason."""
    changed: int = 0
    """Files of the output that are other than before, new or gone."""
    behind: bool = False
    """Whether something stayed as it was, for want of time."""


def build(request: Request, progress: Progress = lambda *_: None) -> Outcome:
    """Builds the site. With an error anywhere the output stays as it was."""
    refused = tuple(misplaced(request.content.folder, request.output))
    if refused:
        checked = load_since(request.content, Memory.nothing().before()).checked
        return Outcome((*refused, *checked.problems))
    shown = str(request.cache or "")
    with opened(request.cache, shown) as memory:
        taken = whole.taken(request, memory.generator)
        outcome = _unchanged(request, memory, taken)
        outcome = outcome or Build(request, memory, taken, progress).outcome()
        return replace(outcome, problems=(*memory.problems, *outcome.problems))


def _unchanged(request: Request, memory: Memory, taken: Taken) -> Outcome | None:
    """The outcome of the former build, if this one would give the same, file by file."""
    former = memory.former(request.output)
    if request.release or request.previous:  # what came before may say something else by now
        return None
    if not former.whole or former.whole != taken.on(request.today(former.zone)):
        return None
    if not whole.is_intact(request.output, former.files):
        return None
    entries, pages, languages = former.counts
    return Outcome(former.problems, entries, pages, languages, written=True)


@dataclass(frozen=True)
class Build:
    """A build that has something to do."""

    request: Request
    memory: Memory
    taken: Taken
    progress: Progress
    place: Inplace | None = None
    """A private folder, to which the site is written instead of the output."""
    hurry: bool = False
    """Whether what takes long and no page needs may stay as it was."""
    step: Callable[[int], None] = lambda _: None
    """Called now and then by what takes long; may raise to put an end to it."""

    def outcome(self) -> Outcome:
        """Builds."""
        request = self.request
        before = self.memory.before(self.taken.files)
        loaded = load_since(request.content, before, request.jobs, self.progress)
        self.memory.keep(loaded)
        problems = list(loaded.checked.problems)
        library = loaded.checked.library
        if library is None or _failed(problems):
            return Outcome(tuple(problems))
        return self._made(loaded, library, problems)

    def _made(self, loaded: Loaded, library: Library, problems: list[Problem]) -> Outcome:
        """Links, renders and writes what was loaded."""
        request = self.request
        library = moved(library, request.address) if request.address else library
        strings, faults = load_strings(library, request.templates)
        judging = self._judged(loaded, library)
        telling = self._tell(library, strings) if request.previous else Telling(())
        linked = self._linked(loaded, library, judging, telling)
        pages = linked.pages
        problems += [*judging.freshness.problems, *faults, *linked.problems, *telling.problems]
        of = self._ingredients(loaded, library, strings, judging, telling)
        filled = None
        if not _failed(problems):
            filled = self._written(loaded, pages, of, telling, problems)
        self.memory.keep_told(judging.told)
        outcome = Outcome(
            tuple(problems),
            *_counts(library, pages),
            written=not _failed(problems),
            rendered=filled.rendered if filled else (),
            changed=filled.changed if filled else 0,
            behind=filled is not None and filled.behind,
        )
        if filled and outcome.written and not request.release:  # a version is built once
            self._remember(filled, outcome, library)
            made = (loaded, library, judging, linked.shelves, of, outcome)
            self.memory.keep_scene(Scene(request, self.taken, *made))
        return outcome

    def _judged(self, loaded: Loaded, library: Library) -> Judging:
        request, state = self.request, self.taken.history
        today = request.today(library.source.settings.time_zone)
        history = state if request.history else None
        told, opened = self.memory.told(), self.memory.history(state)
        made = judge(request.content, loaded, library, today, history, told, request.jobs, opened)
        self.memory.keep_history(state, made.opened)
        return made

    def _linked(
        self, loaded: Loaded, library: Library, judging: Judging, telling: Telling
    ) -> Linked:
        request = self.request
        folder, files = request.content.folder, loaded.checked.files
        desk = authoring(request.drafts, request.editor, folder, files)
        freshness, trend = judging.freshness, judging.trend
        return link(library, freshness, trend, telling.news, desk, request.release)

    def _ingredients(
        self,
        loaded: Loaded,
        library: Library,
        strings: Mapping[str, Strings],
        judging: Judging,
        telling: Telling,
    ) -> Ingredients:
        return Ingredients(
            library=library,
            freshness=judging.freshness,
            judged=judging.told.mark,
            trend=judging.trend,
            news=telling.news,
            shown_as=self.request.shown_as,
            renderer=Renderer(self.request.templates, strings),
            strings=strings,
            documents=loaded.documents,
            generator=self.memory.generator,
            known=self.memory.known,
        )

    def _written(
        self,
        loaded: Loaded,
        pages: Sequence[Page],
        of: Ingredients,
        telling: Telling,
        problems: list[Problem],
    ) -> Filled | None:
        """Writes the site; adds to `problems` why it cannot be written."""
        request, library = self.request, of.library
        compared = telling if request.previous else None
        folders = request.content, request.output
        parts = Parts(of, self.memory, *folders, compared, request.drafts)
        told = _told(request, library, pages)
        site = Site(pages, of, parts, loaded.assets, self.step, told)
        filled, faults = self._write(site)
        problems += faults
        parts.keep()
        return filled

    def _tell(self, library: Library, strings: Mapping[str, Strings]) -> Telling:
        asked = self.request
        how = (asked.history, asked.jobs, asked.previous_title)
        return tell(asked.previous, asked.content, library, strings, *how)

    def _remember(self, filled: Filled, outcome: Outcome, library: Library) -> None:
        request = self.request
        zone = library.source.settings.time_zone
        former = Former(
            zone=zone,
            marks=filled.marks,
            files={} if self.place else whole.signed(request.output, filled.files, self._there),
            parts=filled.parts,
            recipes=filled.recipes,
            lines=() if request.previous else tuple(lines_shown(library)),
            problems=outcome.problems,
            counts=(outcome.entries, outcome.pages, outcome.languages),
        )
        digest = self.taken.on(request.today(zone))
        whole_of_it = "" if request.previous else digest
        self.memory.keep_former(request.output, replace(former, whole=whole_of_it))

    @cached_property
    def _there(self) -> Mapping[str, Signed]:
        """The files of the output that are as they were written."""
        if self.request.release:
            return {}
        return whole.intact(self.request.output, self.memory.former(self.request.output).files)

    def _write(self, site: Site) -> tuple[Filled | None, list[Problem]]:
        request = self.request
        former = Former() if request.release else self.memory.former(request.output)
        content, jobs, hurry = request.content.folder, request.jobs, self.hurry
        with refusals(request.output, "the site") as found:
            try:
                if self.place:
                    there = self.place.digests
                    filling = Filling(self.place, site, former, there, content, jobs, hurry)
                    return filling.fill(self.progress), found
                with open_output(request.output) as output:
                    there = {name: each.content for name, each in self._there.items()}
                    filling = Filling(output, site, former, there, content, jobs, hurry)
                    return filling.fill(self.progress), found
            except RenderError as error:
                found.append(TEMPLATE.at(Location(error.template, error.line), error.message))
        return None, found


def _told(
    request: Request, library: Library, pages: Sequence[Page]
) -> tuple[tuple[str, bytes], ...]:
    """What a release says about itself to the other versions of its tree."""
    if request.release is None:
        return ()
    from generator.build.marking import release_files

    return tuple(release_files(request.release, library, pages, request.today))


def _counts(library: Library, pages: Sequence[object]) -> tuple[int, int, int]:
    shown = sum(1 for page in pages if getattr(page, "template", ""))
    return len(library.source.entries), shown, len(library.editions)


def _failed(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
