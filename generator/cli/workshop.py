"""What `playbook serve` builds again and again: the site for the server, the problems for both the
browser and the terminal.

This is the only place where the server meets the build.
"""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator.build import Request, Session
from generator.cli import terminal
from generator.link import editor_url
from generator.problems import Location, Problem
from generator.report.told import told
from generator.server import Rebuilt


class Workshop:
    """Builds a site for its authors, and says on the terminal what came of it."""

    def __init__(self, request: Request) -> None:
        """`request.output` is a folder of which nobody else knows."""
        self.request = request
        self._session = Session(request)
        self._last = Rebuilt(self._session)
        self._said: tuple[Problem, ...] | None = None

    def build(self) -> Rebuilt:
        """The first build, by all processes; those that follow share theirs with the server."""
        progress = terminal.progress()
        rebuilt = self._build(self.request, progress)
        self.request = replace(self.request, jobs=1)
        return rebuilt

    def close(self) -> None:
        """Removes the site; a build that is still at work goes on in vain."""
        self._session.close()

    def rebuild(self) -> Rebuilt:
        """The site once more. What no build should ever do does not end the server."""
        try:
            return self._build(self.request, hurry=True)
        except Exception:
            click.echo(f"Not built, by a mistake of the generator:\n{traceback.format_exc()}")
            return self._last

    def _rest(self, stop: Callable[[], bool]) -> Rebuilt:
        """What was put off: the search, and data for programs. Nobody has to be told of it."""
        with contextlib.suppress(Exception):  # which comes again, and is told, at the next change
            if outcome := self._session.settle(self.request, stop):
                self._last = replace(self._last, failed=not outcome.written, rest=None)
        return self._last

    def _build(self, request: Request, progress: Any = None, hurry: bool = False) -> Rebuilt:
        began = time.monotonic()
        if progress:
            outcome = self._session.build(request, progress)
            progress.close()
        else:
            outcome = self._session.build(request, hurry=hurry)
        line_of = terminal.source_lines()
        gravest_first = sorted(outcome.problems, key=lambda each: each.severity.rank)
        shown = [shown_problem(each, line_of, request.editor) for each in gravest_first]
        rest = self._rest if outcome.behind else None
        self._last = Rebuilt(self._session, shown, failed=not outcome.written, rest=rest)
        self._say(outcome.problems, outcome.written, time.monotonic() - began)
        return self._last

    def _say(self, problems: tuple[Problem, ...], written: bool, seconds: float) -> None:
        """The problems where they are others than before, and always a line."""
        again = problems == self._said and bool(problems)
        if not again:
            terminal.print_problems(problems)
        self._said = problems
        as_before = ", as before" if again else ""
        done = "Built" if written else "Not built"
        click.echo(f"{done}: {terminal.summary(problems)}{as_before}, {seconds:.2f} s")


def shown_problem(
    problem: Problem, line_of: Callable[[Location], str], editor: str
) -> Mapping[str, Any]:
    """A problem for the script in the page."""
    said = told(problem, line_of)
    excerpt = said.excerpt
    file = Path(problem.location.path).absolute()
    return {
        "severity": said.severity,
        "code": said.code,
        "place": str(said.place),
        "message": said.message,
        "hint": said.hint,
        "edit": editor_url(editor, file.as_posix(), said.place.line) if file.is_file() else "",
        "line": excerpt.line if excerpt else 0,
        "before": excerpt.text[: excerpt.caret] if excerpt else "",
        "after": excerpt.text[excerpt.caret :] if excerpt else "",
    }
