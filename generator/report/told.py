"""A problem in words, before any format: what the terminal prints and the browser shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.problems import Location, Problem
from generator.problems.read import SYMLINK
from generator.report.characters import one_line

LineOf = Callable[[Location], str]
"""Gives the source line at a location, or ""."""

WIDTH = 100
BEFORE = 60
"""At most so many characters of a line are shown, and so many of them before the fault."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a source, as far as it is shown."""

    line: int
    text: str
    caret: int
    """How many characters of `text` stand before the fault."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one problem."""

    place: Location
    severity: str
    code: str
    message: str
    excerpt: Excerpt | None
    hint: str


def told(problem: Problem, line_of: LineOf) -> Told:
    """Everything on one line each, without characters that act on whoever shows them."""
    place = problem.location
    elsewhere = problem.rule.code == SYMLINK.code  # whose lines are nobody's business here
    line, path = "" if elsewhere else line_of(place).rstrip(), one_line(place.path)
    return Told(
        place=place if path == place.path else replace(place, path=path),
        severity=problem.severity.value,
        code=problem.rule.code,
        message=one_line(problem.message),
        excerpt=_excerpt(line, place) if line else None,
        hint=one_line(problem.hint),
    )


def _excerpt(line: str, place: Location) -> Excerpt:
    line = line.replace("\t", " ").replace("##[", "## [")  # a command to a log of GitHub Actions
    start = max(0, place.column - BEFORE)
    shown = line[start : start + WIDTH]
    return Excerpt(place.line, shown, len(shown[: place.column - 1 - start]))
