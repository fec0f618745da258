"""A site asked for, and what comes of it; whether there is anything to do at all.

Mostly there is not. So what builds is loaded only where it is needed (`building`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.loading import Content, Progress, digests_of, load_since
from generator.build.memory import whole
from generator.build.memory.keeping import Memory
from generator.build.memory.opening import opened
from generator.build.memory.whole import Taken
from generator.build.refusals import misplaced
from generator.build.workers import MANY, beside
from generator.problems import Problem
from generator.write import is_tidy

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

    def taken(self, generator: str, look: whole.Look = digests_of) -> Taken:
        """What the site would be made of now."""
        asked = self.content, self.templates, self.history, self.shown_as
        return whole.taken(*asked, generator, look)


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
        taken = request.taken(memory.generator, partial(_look, request, memory))
        outcome = _unchanged(request, memory, taken)
        if outcome is None:
            from generator.build.building import Build

            outcome = Build(request, memory, taken, progress).outcome()
        return replace(outcome, problems=(*memory.notes, *outcome.problems))


def _look(request: Request, memory: Memory, folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """The digests of files. Where they are many another process reads them, while this one recalls
    the former site."""
    listed = tuple(paths)
    if len(listed) <= MANY:
        return digests_of(folder, listed)
    works = partial(memory.former, request.output), partial(digests_of, folder, listed)
    digests: dict[str, str] = beside(works, request.jobs)[1]
    return digests


def _unchanged(request: Request, memory: Memory, taken: Taken) -> Outcome | None:
    """The outcome of the former build, if this one would give the same, file by file."""
    former = memory.former(request.output)
    if request.release or request.previous:  # what came before may say something else by now
        return None
    if not former.whole or former.whole != taken.on(request.today(former.zone)):
        return None
    if not (is_tidy(request.output) and whole.is_intact(request.output, former.files)):
        return None
    entries, pages, languages = former.counts
    return Outcome(former.problems, entries, pages, languages, written=True)
