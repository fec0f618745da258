"""Problems for programs. The form is stable: fields are added, never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.problems import Problem, Severity
from generator.report.characters import as_json

VERSION = 1


def problems_as_json(problems: Sequence[Problem]) -> str:
    """`{version, problems: [{path, line, column, code, name, severity, message, hint}],
    counts}`."""
    counts = Counter(problem.severity for problem in problems)
    document = {
        "version": VERSION,
        "problems": [problem_object(problem) for problem in problems],
        "counts": {severity.value: counts[severity] for severity in Severity},
    }
    return as_json(document)


def problem_object(problem: Problem) -> dict[str, object]:
    """A problem as it stands in every document for programs."""
    return {
        "path": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "code": problem.rule.code,
        "name": problem.rule.name,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
    }
