"""Problems for programs. The form is stable: fields are added, never changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from generator.problems import Problem, Severity

VERSION = 1


def problems_as_json(problems: Sequence[Problem]) -> str:
    """`{version, problems: [{path, line, column, code, name, severity, message, hint}],
    counts}`."""
    counts = Counter(problem.severity for problem in problems)
    document = {
        "version": VERSION,
        "problems": [_problem(problem) for problem in problems],
        "counts": {severity.value: counts[severity] for severity in Severity},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _problem(problem: Problem) -> dict[str, object]:
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
