"""The playbook as Markdown: read and judged as for the site, then written by `export`.

Two ways lead here: `playbook export` puts files into a folder, a host of pages takes them as they
are made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.build.loading import Content, Progress, counted
from generator.build.refusals import misplaced, refusals
from generator.build.reviews.survey import Question, survey
from generator.build.site import Outcome
from generator.build.strings import load_strings
from generator.build.workers import shared_out
from generator.export import Layout, Leaf, Manuscript, manuscript, nav_as_list, nav_as_yaml
from generator.model import Library
from generator.problems import Problem, Severity
from generator.write import Output, open_output

NAV = "nav.yml"
LIST = "SUMMARY.md"

LayoutOf = Callable[[Library], Layout]
"""Chooses the places of pages by the languages that there are."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported."""

    content: Content
    templates: tuple[Path, ...]
    """Template folders, the first wins; only their interface words are used."""
    today: Callable[[str], datetime.date]
    """The day that it is, in a time zone given by name."""
    layout: LayoutOf
    history: bool = True
    """Whether to ask git what changed since reviews."""
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it. Without a library there are only problems."""

    problems: tuple[Problem, ...]
    library: Library | None = None
    manuscript: Manuscript | None = None

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def export(request: Export, progress: Progress = lambda *_: None) -> Exported:
    """All pages, ready to be made. Entries with errors are missing; writes nothing."""
    question = Question(request.content, request.today, request.history, jobs=request.jobs)
    surveyed = survey(question, progress)
    problems = surveyed.checked.problems
    library, freshness = surveyed.library, surveyed.freshness
    if library is None or freshness is None:
        return Exported(problems)
    problems += freshness.problems
    strings, faults = load_strings(library, request.templates, surveyed.checked.files)
    problems += tuple(faults)
    if any(problem.severity is Severity.ERROR for problem in faults):
        return Exported(problems, library)
    made = manuscript(library, freshness, strings, request.layout(library))
    return Exported((*problems, *made.problems), library, made)


def folders_of(
    library: Library, languages: Sequence[str], pattern: str = "{language}"
) -> Mapping[str, str]:
    """Where pages of each of `languages`, or of all without any, lie: by `pattern`, in which a
    language that is alone stands for nothing."""
    codes = [e.code for e in library.editions if not languages or e.code in languages]
    names = [""] if len(codes) == 1 else codes
    return {
        code: "/".join(filter(None, pattern.replace("{language}", name).split("/")))
        for code, name in zip(codes, names, strict=True)
    }


def export_markdown(
    request: Export, output: Path, under: str = "", progress: Progress = lambda *_: None
) -> Outcome:
    """Writes pages, files and navigation into the folder `output`, which the navigation takes to
    lie at `under`. With an error anywhere the output stays as it was."""
    problems = list(misplaced(request.content.folder, output))
    made = export(request, progress)
    problems += made.problems
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    if made.library is None or made.manuscript is None or failed:
        return Outcome(tuple(problems))
    with refusals(output, "the pages") as refused, open_output(output) as folder:
        _fill(folder, request, made.manuscript, under, progress)
    return Outcome(
        (*problems, *refused),
        entries=len(made.library.source.entries),
        pages=sum(leaf.path.endswith(".md") for leaf in made.manuscript.leaves),
        languages=len(made.manuscript.chapters),
        written=not refused,
    )


def _fill(
    output: Output, request: Export, made: Manuscript, under: str, progress: Progress
) -> None:
    staging = output.stage()

    def put(leaf: Leaf) -> tuple[str, str]:
        return staging.put(leaf.path, leaf.make())

    report = counted("Writing", len(made.leaves), progress)
    written = shared_out(put, made.leaves, request.jobs, report)
    for path, source in made.assets.items():
        written.append(staging.put(path, (request.content.folder / source).read_bytes()))
    nav = nav_as_yaml(made.chapters, under)
    written.append(staging.put(NAV, nav.encode("utf-8")))
    written.append(staging.put(LIST, nav_as_list(made.chapters).encode("utf-8")))
    output.commit(dict(written))
