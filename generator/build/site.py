"""read → validate → link → render → write."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build import whole
from generator.build.authoring import authoring, moved
from generator.build.filling import Files, Filled, Filling, Site
from generator.build.freshness import portable
from generator.build.judging import judge
from generator.build.loading import Content, Loaded, Progress, load_since
from generator.build.marks import Ingredients
from generator.build.memory import Former, Memory, opened
from generator.build.searching import files_with
from generator.build.strings import load_strings
from generator.build.telling import Telling, plain_data, tell
from generator.build.whole import Taken
from generator.link import Page, link
from generator.model import Library
from generator.problems import Location, Problem, Severity
from generator.problems.output import (
    FOREIGN_OUTPUT,
    NOT_WRITTEN,
    OUTPUT_BUSY,
    OUTPUT_PLACE,
    TEMPLATE,
)
from generator.render import Renderer, RenderError, Strings
from generator.report import freshness_as_json
from generator.staleness import Freshness, Survey, Week, failing
from generator.write import ForeignFiles, Inplace, OutputBusy, open_output

if TYPE_CHECKING:
    from generator.versions import Release

FRESHNESS = "freshness.json"
"""The state of all entries for programs, at the root of the site."""


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
    misplaced = tuple(_misplaced(request))
    if misplaced:
        checked = load_since(request.content, Memory.nothing().before()).checked
        return Outcome((*misplaced, *checked.problems))
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

    def outcome(self) -> Outcome:
        """Builds."""
        request = self.request
        before = self.memory.before(self.taken.files)
        loaded = load_since(request.content, before, request.jobs, self.progress)
        problems = list(loaded.checked.problems)
        library = loaded.checked.library
        if library is None or _failed(problems):
            self.memory.keep(loaded)
            return Outcome(tuple(problems))
        return self._made(loaded, library, problems)

    def _made(self, loaded: Loaded, library: Library, problems: list[Problem]) -> Outcome:
        request = self.request
        library = moved(library, request.address) if request.address else library
        strings, faults = load_strings(library, request.templates)
        today = request.today(library.source.settings.time_zone)
        history = self.taken.history if request.history else None
        told = self.memory.told()
        opened = self.memory.history(self.taken.history)
        made = judge(request.content, loaded, library, today, history, told, request.jobs, opened)
        self.memory.keep_history(self.taken.history, made.opened)
        freshness, trend = made.freshness, made.trend
        told_of = self._tell(library, strings) if request.previous else Telling(())
        folder, files = request.content.folder, loaded.checked.files
        desk = authoring(request.drafts, request.editor, folder, files)
        pages, clashes = link(library, freshness, trend, told_of.news, desk, request.release)
        problems += [*freshness.problems, *faults, *clashes, *told_of.problems]
        if _failed(problems):
            self.memory.keep(loaded)
            return Outcome(tuple(problems), *_counts(library, pages))
        renderer = Renderer(request.templates, strings)
        of = Ingredients(
            library,
            freshness,
            trend,
            told_of.news,
            request.shown_as,
            renderer,
            strings,
            loaded.documents,
            self.memory.generator,
            self.memory.known,
        )
        lines, common = self.memory.lines(), of.taken_by_search
        analyses = self.memory.analyses(common)

        def plain() -> Files:
            return (plain_data(library, lines),)

        site = Site(
            pages=pages,
            of=of,
            freshness=lambda: _as_json(freshness, trend, request.content),
            search=lambda: files_with(library, freshness, strings, request.jobs, analyses),
            data=(lambda: told_of.files) if request.previous else plain,
            compared=bool(request.previous),
            assets=loaded.assets,
            told=_told(request, library, pages),
        )
        filled, faults = self._write(site)
        problems += faults
        written = not _failed(problems)
        outcome = Outcome(
            tuple(problems),
            *_counts(library, pages),
            written=written,
            rendered=filled.rendered if filled else (),
            changed=filled.changed if filled else 0,
            behind=filled is not None and filled.behind,
        )
        self.memory.keep(loaded, made.told)
        self.memory.keep_pieces(lines, analyses, common)
        if filled and written and not request.release:  # a version is built once
            self._remember(filled, outcome, library)
        return outcome

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
            files={} if self.place else whole.signed(request.output, filled.files),
            parts=filled.parts,
            problems=outcome.problems,
            counts=(outcome.entries, outcome.pages, outcome.languages),
        )
        digest = self.taken.on(request.today(zone))
        whole_of_it = "" if request.previous else digest
        self.memory.keep_former(request.output, replace(former, whole=whole_of_it))

    def _write(self, site: Site) -> tuple[Filled | None, list[Problem]]:
        request = self.request
        place = Location(str(request.output))
        try:
            former = Former() if request.release else self.memory.former(request.output)
            fill = partial(
                Filling, site=site, former=former, content=request.content.folder,
                jobs=request.jobs, hurry=self.hurry,
            )  # fmt: skip
            if self.place:
                return fill(self.place, intact=self.place.digests).fill(self.progress), []
            with open_output(request.output) as output:
                there = whole.intact(request.output, former.files)
                return fill(output, intact=there).fill(self.progress), []
        except RenderError as error:
            return None, [TEMPLATE.at(Location(error.template, error.line), error.message)]
        except OutputBusy:
            hint = "wait for it to end"
            return None, [OUTPUT_BUSY.at(place, "another build is writing here", hint)]
        except ForeignFiles as error:
            names = ", ".join(error.names[:5]) + (" …" if len(error.names) > 5 else "")
            holds = f"the folder holds files that no build wrote: {names}"
            what = "this is a file, not a folder" if request.output.is_file() else holds
            return None, [FOREIGN_OUTPUT.at(place, what, "choose another folder")]
        except OSError as error:
            what = f"cannot write the site: {error.strerror or error}"
            return None, [NOT_WRITTEN.at(place, what)]


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


def _as_json(freshness: Freshness, trend: tuple[Week, ...], content: Content) -> bytes:
    """What `playbook stale --format json` says, with places that hold on every machine."""
    here = portable(freshness, content)
    survey = Survey(here, here.items, failing(here.items, "overdue"), "overdue", trend=trend)
    return freshness_as_json(survey).encode("utf-8")


def _failed(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _misplaced(request: Request) -> Iterator[Problem]:
    output, content = request.output.resolve(), request.content.folder.resolve()
    if output.is_relative_to(content) or content.is_relative_to(output):
        yield OUTPUT_PLACE.at(
            Location(str(request.output)),
            "the output folder and the content folder lie inside each other",
            "choose a folder beside the content",
        )
