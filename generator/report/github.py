"""Findings as workflow commands, which GitHub Actions turns into annotations.

A step shows ten annotations of each level and drops the rest without a word, so the tenth says how
many more there are. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.report.characters import one_line, well_formed
from generator.report.finding import Finding, Level

MOST = 10
"""Annotations of each level that a step shows."""
LONGEST_MESSAGE = 4000
LONGEST_TITLE = 200
"""Characters; the service refuses titles of more than 255."""
_NAMED = 20
"""How many of those that are left out are named."""


def findings_as_github(findings: Sequence[Finding]) -> str:
    """A line for each finding, the gravest first; "" where there are none."""
    lines = [
        line
        for level in Level
        for line in _of_level(level, [found for found in findings if found.level is level])
    ]
    return well_formed("".join(f"{line}\n" for line in lines))


def _of_level(level: Level, findings: Sequence[Finding]) -> Iterator[str]:
    single = findings if len(findings) <= MOST else findings[: MOST - 1]
    for found in single:
        yield _command(level, _place(found), found.title, found.message)
    if rest := findings[len(single) :]:
        yield _command(level, {}, f"And {len(rest)} more", _named(rest))


def _place(found: Finding) -> dict[str, str]:
    place = {"file": found.path, "line": str(max(1, found.line))}
    return place | ({"col": str(found.column)} if found.column > 1 else {})


def _named(findings: Sequence[Finding]) -> str:
    names = [f"{found.path}:{found.line} {found.title}" for found in findings[:_NAMED]]
    if len(findings) > _NAMED:
        names.append(f"and {len(findings) - _NAMED} more")
    return "Not shown one by one: " + "; ".join(names)


def _command(level: Level, properties: dict[str, str], title: str, message: str) -> str:
    named = {**properties, "title": one_line(title)[:LONGEST_TITLE]}
    written = ",".join(f"{name}={_property(value)}" for name, value in named.items())
    return f"::{level.value} {written}::{_data(message[:LONGEST_MESSAGE])}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
