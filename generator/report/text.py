"""Problems for people: place, code, message, the source line with a caret, a hint, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.problems import Location, Problem, Severity
from generator.report.characters import columns, one_line

Style = Callable[[str, str], str]
"""Gives a text in a style: `error`, `warning`, `note`, `place`, `caret`, `hint`."""

LineOf = Callable[[Location], str]
"""Gives the source line at a location, or ""."""


def problems_as_text(problems: Sequence[Problem], line_of: LineOf, style: Style) -> str:
    """All problems, a block each, and nothing at the end where there are none."""
    return "".join("\n".join(_block(problem, line_of, style)) + "\n" for problem in problems)


def _block(problem: Problem, line_of: LineOf, style: Style) -> Iterator[str]:
    place = style(f"{one_line(str(problem.location))}:", "place")
    severity = problem.severity.value
    label = "" if problem.severity is Severity.ERROR else f"{severity}: "
    code = style(f"{problem.rule.code}", severity)
    yield f"{place} {code} {label}{one_line(problem.message)}"
    if line := line_of(problem.location).rstrip():
        yield from _excerpt(line, problem.location, style)
    if problem.hint:
        yield f"  {style('hint:', 'hint')} {one_line(problem.hint)}"


def _excerpt(line: str, location: Location, style: Style) -> Iterator[str]:
    line = line.replace("\t", " ").replace("##[", "## [")  # a command to a log of GitHub Actions
    start = max(0, location.column - 60)
    shown = line[start : start + 100]
    number = str(location.line)
    yield f"  {style(number + ' |', 'place')} {shown}"
    before = shown[: location.column - 1 - start]
    yield " " * (len(number) + 5 + columns(before)) + style("^", "caret")


def summary_of(problems: Sequence[Problem]) -> str:
    """Such as "2 errors, 1 warning" or "no problems"."""
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "no problems"
