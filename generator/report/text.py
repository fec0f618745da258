"""Problems for people: place, code, message, the source line with a caret, a hint, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.problems import Problem, Severity
from generator.report.characters import columns
from generator.report.told import Excerpt, LineOf, told

Style = Callable[[str, str], str]
"""Gives a text in a style: `error`, `warning`, `note`, `place`, `caret`, `hint`."""


def problems_as_text(problems: Sequence[Problem], line_of: LineOf, style: Style) -> str:
    """All problems, a block each, and nothing at the end where there are none."""
    return "".join("\n".join(_block(problem, line_of, style)) + "\n" for problem in problems)


def _block(problem: Problem, line_of: LineOf, style: Style) -> Iterator[str]:
    said = told(problem, line_of)
    label = "" if problem.severity is Severity.ERROR else f"{said.severity}: "
    place, code = style(f"{said.place}:", "place"), style(said.code, said.severity)
    yield f"{place} {code} {label}{said.message}"
    if said.excerpt:
        yield from _excerpt(said.excerpt, style)
    if said.hint:
        yield f"  {style('hint:', 'hint')} {said.hint}"


def _excerpt(excerpt: Excerpt, style: Style) -> Iterator[str]:
    number = str(excerpt.line)
    yield f"  {style(number + ' |', 'place')} {excerpt.text}"
    before = excerpt.text[: excerpt.caret]
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
