"""Entries that need a review, for the places where people look at code: GitHub, GitLab, SARIF.

Annotations on GitHub are few, so they are about the change that is looked at, and leave out
notices. GitLab and readers of SARIF compare whole reports, so they get everything.
"""

from __future__ import annotations

from generator.report.finding import Level, concerns, findings_of_survey
from generator.report.github import findings_as_github
from generator.report.gitlab import findings_as_gitlab
from generator.report.sarif import findings_as_sarif
from generator.staleness import Survey


def freshness_as_github(survey: Survey) -> str:
    """Annotations on the lines that say when entries were reviewed."""
    concerning = concerns(survey)
    found = (found for found in findings_of_survey(survey) if found.level is not Level.NOTICE)
    return findings_as_github([finding for finding in found if concerning(finding)])


def freshness_as_gitlab(survey: Survey) -> str:
    """A report of Code Quality."""
    return findings_as_gitlab(findings_of_survey(survey))


def freshness_as_sarif(survey: Survey, version: str) -> str:
    """Results for code scanning; `version` is the generator's."""
    return findings_as_sarif(findings_of_survey(survey), version)
