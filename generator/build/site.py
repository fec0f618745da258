"""read → validate → link → render → write."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.build.strings import load_strings
from generator.build.workers import shared_out
from generator.link import Page, link
from generator.link.addresses import asset_url
from generator.model import KINDS, Kind, Library
from generator.problems import Location, Problem, Severity
from generator.problems.output import (
    FOREIGN_OUTPUT,
    NOT_WRITTEN,
    OUTPUT_BUSY,
    OUTPUT_PLACE,
    TEMPLATE,
)
from generator.problems.read import UNREADABLE
from generator.read import Source, read_asset, read_source, read_tree
from generator.render import Renderer, RenderError
from generator.validate import Checked, validate
from generator.write import ForeignFiles, Output, OutputBusy, Staging, open_output

Progress = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder, and how problems name it."""

    folder: Path
    shown: str
    kinds: tuple[Kind, ...] = KINDS


@dataclass(frozen=True, slots=True)
class Request:
    """A site to be built."""

    content: Content
    output: Path
    templates: tuple[Path, ...]
    """Template folders, the first wins."""
    today: Callable[[str], datetime.date]
    """The day on which it is built, in a time zone given by name."""
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


def load(content: Content, jobs: int = 1, progress: Progress = lambda *_: None) -> Checked:
    """Reads and validates everything; writes nothing."""
    if not content.folder.is_dir():
        place = Location(content.shown)
        hint = "name the content folder with --content, or make one with `playbook init`"
        return Checked(None, (UNREADABLE.at(place, "there is no such folder", hint),), {})
    tree = read_tree(content.folder, content.shown)
    report = _counted("Reading", len(tree.texts), progress)
    reading = functools.partial(read_source, content.folder, content.shown)
    found = shared_out(reading, tree.texts, jobs, report)
    sources: dict[str, Source] = {}
    problems = list(tree.problems)
    for path, (source, faults) in zip(tree.texts, found, strict=True):
        problems += faults
        if source is not None:
            sources[path] = source
    assets = {}
    for path in tree.assets:
        assets[path], faults = read_asset(content.folder, content.shown, path)
        problems += faults
    unreadable = [path for path in tree.texts if path not in sources]
    checked = validate(sources, unreadable, assets, content.shown, content.kinds)
    ordered = tuple(sorted({*problems, *checked.problems}, key=lambda problem: problem.order))
    return Checked(checked.library, ordered, checked.digests)


def build(request: Request, progress: Progress = lambda *_: None) -> Outcome:
    """Builds the site. With an error anywhere the output stays as it was."""
    problems = list(_misplaced(request))
    checked = load(request.content, request.jobs, progress)
    problems += checked.problems
    library = checked.library
    if library is None or _failed(problems):
        return Outcome(tuple(problems))
    strings, faults = load_strings(library, request.templates)
    pages, clashes = link(library, request.today(library.source.settings.time_zone))
    problems += [*faults, *clashes]
    if not _failed(problems):
        renderer = Renderer(request.templates, strings)
        problems += _write(request, library, pages, renderer, progress)
    return Outcome(
        tuple(problems),
        entries=len(library.source.entries),
        pages=sum(1 for page in pages if page.template),
        languages=len(library.editions),
        written=not _failed(problems),
    )


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


def _counted(stage: str, total: int, progress: Progress) -> Callable[[int], None]:
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        progress(stage, done, total)

    return report


def _write(
    request: Request,
    library: Library,
    pages: Sequence[Page],
    renderer: Renderer,
    progress: Progress,
) -> Iterator[Problem]:
    place = Location(str(request.output))
    try:
        with open_output(request.output) as output:
            _fill(output, request, library, pages, renderer, progress)
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
    library: Library,
    pages: Sequence[Page],
    renderer: Renderer,
    progress: Progress,
) -> None:
    staging = output.stage()

    def make(page: Page) -> tuple[str, str]:
        return staging.put(page.url, renderer.render(page))

    report = _counted("Rendering", len(pages), progress)
    written = shared_out(make, pages, request.jobs, report)
    written += [staging.put(file.url, file.content) for file in renderer.static_files]
    written += _copy_assets(staging, request.content.folder, library)
    output.commit(dict(written))


def _copy_assets(staging: Staging, folder: Path, library: Library) -> Iterator[tuple[str, str]]:
    for path in library.assets:
        yield staging.put(asset_url(path), (folder / path).read_bytes())
