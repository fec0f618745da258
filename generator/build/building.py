"""A build that has something to do: read → validate → link → render → write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from generator.build.authoring import authoring, moved
from generator.build.languages import faults_of_words
from generator.build.loading import Loaded, Progress, load_since
from generator.build.memory import whole
from generator.build.memory.former import Former, Signed
from generator.build.memory.keeping import Memory
from generator.build.memory.whole import Taken
from generator.build.news.telling import Telling, lines_shown, tell
from generator.build.output.filling import Filled, Filling, Site
from generator.build.output.marks import Ingredients
from generator.build.output.parts import Parts
from generator.build.refusals import refusals
from generator.build.reviews.judging import Judging, judge
from generator.build.site import Outcome, Request
from generator.build.strings import load_strings
from generator.build.workers import MANY, beside
from generator.link import Linked, Page, link
from generator.link.edition import Shelf
from generator.model import Library
from generator.problems import Location, Problem, Severity
from generator.problems.output import TEMPLATE
from generator.render import Renderer, RenderError, Strings
from generator.write import Inplace, open_output


@dataclass(frozen=True)
class Scene:
    """What a build saw and made."""

    request: Request
    taken: Taken
    loaded: Loaded
    library: Library
    judging: Judging
    shelves: tuple[Shelf, ...]
    of: Ingredients
    outcome: Outcome
    touched: frozenset[str] = frozenset()
    """Ids of the entries that were shown otherwise since then."""


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
    seen: Callable[[Scene], None] = lambda _: None
    """Told what the build saw and made, once that is written."""

    def outcome(self) -> Outcome:
        """Builds."""
        request = self.request
        before = self.memory.before(self.taken.now)
        loaded = load_since(request.content, before, request.jobs, self.progress)
        self.memory.keep(loaded)
        problems = list(loaded.checked.problems)
        library = loaded.checked.library
        if library is None or _failed(problems):
            files, kinds = loaded.checked.files, request.content.kinds
            problems += faults_of_words(files, kinds, request.templates)
            return Outcome(tuple(problems))
        return self._made(loaded, library, problems)

    def _made(self, loaded: Loaded, library: Library, problems: list[Problem]) -> Outcome:
        """Links, renders and writes what was loaded."""
        request = self.request
        library = moved(library, request.address) if request.address else library
        strings, faults = load_strings(library, request.templates, loaded.checked.files)
        judging = self._judged(loaded, library)
        telling = self._tell(library, strings) if request.previous else Telling(())
        linked = self._linked(loaded, library, judging, telling)
        pages = linked.pages
        problems += [*judging.freshness.problems, *faults, *linked.problems, *telling.problems]
        of = self._ingredients(loaded, library, strings, judging, telling)
        outcome = Outcome(tuple(problems), *_counts(library, pages))
        if _failed(problems):
            self.memory.keep_told(judging.told)
            return outcome

        def written(filled: Filled) -> Outcome:
            """The outcome of a site that lies there now, once the next build can start from it."""
            there = replace(
                outcome,
                written=True,
                rendered=filled.rendered,
                changed=filled.changed,
                behind=filled.behind,
            )
            self.memory.keep_told(judging.told)
            site.parts.keep()
            if not request.release:  # a version is built once
                self._remember(filled, there, of)
                made = (loaded, library, judging, linked.shelves, of, there)
                self.seen(Scene(request, self.taken, *made))
            return there

        site = self._site(loaded, pages, of, telling)
        return self._write(site, outcome, written)

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

    def _site(
        self, loaded: Loaded, pages: Sequence[Page], of: Ingredients, telling: Telling
    ) -> Site:
        request = self.request
        compared = telling if request.previous else None
        folders = request.content, request.output
        parts = Parts(of, self.memory, *folders, compared, request.drafts)
        return Site(pages, of, parts, loaded.assets, self.step, _told(request, of.library, pages))

    def _tell(self, library: Library, strings: Mapping[str, Strings]) -> Telling:
        asked = self.request
        how = (asked.history, asked.jobs, asked.previous_title)
        return tell(asked.previous, asked.content, library, strings, *how)

    def _remember(self, filled: Filled, outcome: Outcome, of: Ingredients) -> None:
        request, library = self.request, of.library
        zone = library.source.settings.time_zone
        former = Former(
            zone=zone,
            seen=of.seen,
            entries={each.id: each.digest for each in library.outlines.values()},
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

    def _write(self, site: Site, outcome: Outcome, written: Callable[[Filled], Outcome]) -> Outcome:
        """What comes of it: what `written` says, or `outcome` with the reasons why it cannot be."""
        request = self.request
        former = Former() if request.release else self.memory.former(request.output)
        content, jobs, hurry = request.content.folder, request.jobs, self.hurry
        with refusals(request.output, "the site") as found:
            try:
                if self.place:
                    there = self.place.digests
                    filling = Filling(self.place, site, former, there, content, jobs, hurry)
                    return written(filling.fill(self.progress))
                with open_output(request.output) as output:
                    there = {name: each.content for name, each in self._there.items()}
                    filling = Filling(output, site, former, there, content, jobs, hurry)
                    filled = filling.fill(self.progress)
                    ends = partial(written, filled), output.clear
                    told: Outcome = beside(ends, jobs if len(filled.files) > MANY else 1)[0]
                    return told
            except RenderError as error:
                found.append(TEMPLATE.at(Location(error.template, error.line), error.message))
        return replace(outcome, problems=(*outcome.problems, *found))


def _told(
    request: Request, library: Library, pages: Sequence[Page]
) -> tuple[tuple[str, bytes], ...]:
    """What a release says about itself to the other versions of its tree."""
    if request.release is None:
        return ()
    from generator.build.output.imprint import release_files

    return tuple(release_files(request.release, library, pages, request.today))


def _counts(library: Library, pages: Sequence[object]) -> tuple[int, int, int]:
    shown = sum(1 for page in pages if getattr(page, "template", ""))
    return len(library.source.entries), shown, len(library.editions)


def _failed(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
