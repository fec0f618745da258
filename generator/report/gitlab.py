"""Findings as a report of GitLab's Code Quality.

GitLab takes findings with the same fingerprint for one. https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.report.characters import as_json
from generator.report.finding import Finding, Level

_SEVERITIES = {Level.ERROR: "critical", Level.WARNING: "minor", Level.NOTICE: "info"}


def findings_as_gitlab(findings: Sequence[Finding]) -> str:
    """An array of findings, the gravest first."""
    return as_json([_finding(found) for found in findings])


def _finding(found: Finding) -> dict[str, object]:
    return {
        "description": f"{found.title}: {found.message}",
        "check_name": found.rule.code,
        "fingerprint": found.fingerprint,
        "severity": _SEVERITIES[found.level],
        "location": {"path": found.path, "lines": {"begin": max(1, found.line)}},
    }
