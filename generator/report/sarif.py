"""Findings as SARIF 2.1.0, which code scanning of GitHub and editors read.

GitHub rejects a run with more than 25,000 results and shows the first 5,000, so the gravest come
first. The fingerprint is our own; GitHub's, a hash of the line, is left to whoever uploads, who
else complains about each result. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from generator.problems import Rule, Severity
from generator.report.characters import as_json, one_line
from generator.report.finding import Finding, Level

MOST = 25_000
"""Results in a run."""
LONGEST_MESSAGE = 1000
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}
_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ROOT = "%SRCROOT%"


def findings_as_sarif(findings: Sequence[Finding], version: str) -> str:
    """One run of the generator in this version."""
    kept = findings[:MOST]
    rules = {found.rule.code: found.rule for found in kept}
    places = {code: place for place, code in enumerate(sorted(rules))}
    run = {
        "tool": {
            "driver": {
                "name": "playbook",
                "version": version,
                "rules": [_rule(rules[code]) for code in places],
            }
        },
        "invocations": [_invocation(len(findings) - len(kept))],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder that the command ran in."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, places[found.rule.code]) for found in kept],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return as_json({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, object]:
    sentences = (
        rule.what,
        f"Why: {rule.why}",
        f"How to fix: {rule.fix}",
        f"Example: {rule.example}",
    )
    marked = (
        rule.what,
        f"**Why:** {rule.why}",
        f"**How to fix:** {rule.fix}",
        f"**Example:** `{rule.example}`",
    )
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.what},
        "fullDescription": {"text": f"{rule.what} {rule.why}"},
        "help": {"text": "\n".join(sentences), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": _SEVERITIES[rule.severity]},
        "properties": {"tags": ["playbook"]},
    }


def _invocation(left_out: int) -> dict[str, object]:
    invocation: dict[str, object] = {"executionSuccessful": True}
    if left_out:
        text = f"{left_out} more results are left out: a run holds {MOST}."
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": text}}]
    return invocation


def _result(found: Finding, place: int) -> dict[str, object]:
    return {
        "ruleId": found.rule.code,
        "ruleIndex": place,
        "level": _LEVELS[found.level],
        "message": {"text": _text(f"{found.title}: {found.message}")},
        "locations": [{"physicalLocation": _location(found)}],
        "partialFingerprints": {"playbookFinding/v1": found.fingerprint},
    }


def _text(message: str) -> str:
    """Plain text: in SARIF, `[words](address)` would be a link."""
    return one_line(message)[:LONGEST_MESSAGE].replace("](", "] (")


def _location(found: Finding) -> dict[str, object]:
    encoded = quote(found.path.encode("utf-8", "replace"))
    artifact = {"uri": f"file://{encoded}"}
    if not found.path.startswith("/"):
        artifact = {"uri": encoded, "uriBaseId": _ROOT}
    region = {"startLine": max(1, found.line), "startColumn": max(1, found.column)}
    return {"artifactLocation": artifact, "region": region}
