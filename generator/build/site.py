"""read → validate → link → render → write."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.build.freshness import portable
from generator.build.loading import Content, Progress, counted, load
from generator.build.past import PastOf, read_past
from generator.build.searching import search_files
from generator.build.strings import load_strings
from generator.build.survey import judged
from generator.build.trend import read_trend
from generator.build.workers import shared_out
from generator.link import Page, link
from generator.link.addresses import asset_url
from generator.model import Library
from generator.problems import Location, Problem, Severity
from generator.problems.output import (
    FOREIGN_OUTPUT,
    NOT_WRITTEN,
    OUTPUT_BUSY,
    OUTPUT_PLACE,
    TEMPLATE,
)
from generator.render import Renderer, RenderError
from generator.report import freshness_as_json
from generator.staleness import Freshness, Survey, Week, failing
from generator.validate import Checked
from generator.write import ForeignFiles, Output, OutputBusy, Staging, open_output

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    problems: tuple[Problem, ...]
    entries: int = 0
    pages: int = 0
    languages: int = 0
    written: bool = False
    """Whether the output is the new site; otherwise it is as it was."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site before it is written."""

    library: Library
    pages: Sequence[Page]
    freshness: bytes
    """The content of freshness.json."""
    search: Sequence[tuple[str, bytes]]
    """Addresses and contents of the files of the search."""


def build(request: Request, progress: Progress = lambda *_: None) -> Outcome:
    """Builds the site. With an error anywhere the output stays as it was."""
    problems = list(_misplaced(request))
    checked = load(request.content, request.jobs, progress)
    problems += checked.problems
    library = checked.library
    if library is None or _failed(problems):
        return Outcome(tuple(problems))
    strings, faults = load_strings(library, request.templates)
    freshness, trend = _freshness(request, checked, library)
    pages, clashes = link(library, freshness, trend)
    problems += [*freshness.problems, *faults, *clashes]
    if not _failed(problems):
        renderer = Renderer(request.templates, strings)
        found = search_files(library, freshness, strings, request.jobs)
        site = Site(library, pages, _as_json(freshness, trend, request.content), found.files)
        problems += _write(request, site, renderer, progress)
    return Outcome(
        tuple(problems),
        entries=len(library.source.entries),
        pages=sum(1 for page in pages if page.template),
        languages=len(library.editions),
        written=not _failed(problems),
    )


def _freshness(
    request: Request, checked: Checked, library: Library
) -> tuple[Freshness, tuple[Week, ...]]:
    """All verdicts of the day, and the completion of the weeks before."""
    today = request.today(library.source.settings.time_zone)
    past = PastOf(None, why_unknown="it was not asked for")
    if request.history:
        past = read_past(request.content, checked, library, today, request.jobs)
    return judged(checked, library, today, past), read_trend(past, checked, library, today)


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


def _write(
    request: Request,
    site: Site,
    renderer: Renderer,
    progress: Progress,
) -> Iterator[Problem]:
    place = Location(str(request.output))
    try:
        with open_output(request.output) as output:
            _fill(output, request, site, renderer, progress)
    except RenderError as error:
        yield TEMPLATE.at(Location(error.template, error.line), error.message)
    except OutputBusy:
        yield OUTPUT_BUSY.at(place, "another build is writing here", "wait for it to end")
    except ForeignFiles as error:
        names = ", ".join(error.names[:5]) + (" …" if len(error.names) > 5 else "")
        holds = f"the folder holds files that no build wrote: {names}"
        what = "this is a file, not a folder" if request.output.is_file() else holds
        yield FOREIGN_OUTPUT.at(place, what, "choose another folder")
    except OSError as error:
        yield NOT_WRITTEN.at(place, f"cannot write the site: {error.strerror or error}")


def _fill(
    output: Output,
    request: Request,
    site: Site,
    renderer: Renderer,
    progress: Progress,
) -> None:
    staging = output.stage()

    def make(page: Page) -> tuple[str, str]:
        return staging.put(page.url, renderer.render(page))

    report = counted("Rendering", len(site.pages), progress)
    written = shared_out(make, site.pages, request.jobs, report)
    written += [staging.put(file.url, file.content) for file in renderer.static_files]
    written.append(staging.put(FRESHNESS, site.freshness))
    written += [staging.put(url, content) for url, content in site.search]
    written += _copy_assets(staging, request.content.folder, site.library)
    output.commit(dict(written))


def _copy_assets(staging: Staging, folder: Path, library: Library) -> Iterator[tuple[str, str]]:
    for path in library.assets:
        yield staging.put(asset_url(path), (folder / path).read_bytes())
