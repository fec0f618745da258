"""Cases as a JUnit report, which most CI systems show as tests.

The form is the one that Jenkins, GitLab and GitHub actions agree on; see its schema among the
tests. Names of cases hold neither lines nor days, so that a system can follow a case over time.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from generator.report.characters import one_line, xml_characters
from generator.report.finding import Finding, Level


class Result(enum.StrEnum):
    """What came of a case."""

    PASSED = "passed"
    FAILURE = "failure"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Case:
    """Something that was checked."""

    group: str
    name: str
    result: Result
    message: str = ""
    """Why it failed or was skipped, or what there is to say of one that passed."""
    kind: str = ""
    """Of the failure, in a word."""
    details: str = ""


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that belong together."""

    name: str
    cases: tuple[Case, ...]


def suites_as_junit(name: str, suites: Sequence[Suite]) -> str:
    """All suites in one report."""
    cases = [case for suite in suites for case in suite.cases]
    root = ElementTree.Element("testsuites", {"name": name, **_counts(cases)})
    root.extend(map(_suite, suites))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(cases: Iterable[Case]) -> dict[str, str]:
    results = [case.result for case in cases]
    failures = results.count(Result.FAILURE)
    return {"tests": str(len(results)), "failures": str(failures), "errors": "0"}


def _suite(suite: Suite) -> ElementTree.Element:
    skipped = sum(case.result is Result.SKIPPED for case in suite.cases)
    counts = {**_counts(suite.cases), "skipped": str(skipped)}
    made = ElementTree.Element("testsuite", {"name": _attribute(suite.name), **counts})
    made.extend(map(_case, suite.cases))
    return made


def _case(case: Case) -> ElementTree.Element:
    made = ElementTree.Element(
        "testcase", name=_attribute(case.name), classname=_attribute(case.group)
    )
    if case.result is Result.PASSED:
        if case.message:
            ElementTree.SubElement(made, "system-out").text = xml_characters(case.message)
        return made
    inner = ElementTree.SubElement(made, case.result.value, message=_attribute(case.message))
    if case.kind:
        inner.set("type", _attribute(case.kind))
    if case.details:
        inner.text = xml_characters(case.details)
    return made


def _attribute(text: str) -> str:
    return xml_characters(one_line(text))


def findings_as_junit(findings: Sequence[Finding]) -> str:
    """A case for each rule that a file breaks; it fails if one of its findings is an error. Without
    findings, one case that passes: many systems take an empty report for a fault."""
    cases = tuple(cases_of(findings)) or (Case("playbook", "no problems", Result.PASSED),)
    return suites_as_junit("playbook check", [Suite("playbook check", cases)])


def cases_of(findings: Iterable[Finding]) -> Iterator[Case]:
    """Findings as cases, in the order of files and rules."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for found in findings:
        groups.setdefault((found.path, found.title), []).append(found)
    for (path, title), group in sorted(groups.items()):
        fails = any(found.level is Level.ERROR for found in group)
        where = f"{group[0].rule.code} {one_line(path)}"
        lines = [f"{where}:{found.line}:{found.column}: {found.message}" for found in group]
        yield Case(
            group=path,
            name=title,
            result=Result.FAILURE if fails else Result.PASSED,
            message=group[0].message if fails else "\n".join(lines),
            kind=group[0].rule.code,
            details="\n".join(lines) if fails else "",
        )
