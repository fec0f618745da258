"""Problems and freshness as text and documents, one file a format. Prints nothing: gives strings.

Lines of CSV and iCalendar end in CR LF: write them without translating line ends.
"""

from typing import TYPE_CHECKING

from generator import later

if TYPE_CHECKING:
    from generator.report.finding import Finding, Level, findings_of_problems, findings_of_survey
    from generator.report.freshness.annotations import (
        freshness_as_github,
        freshness_as_gitlab,
        freshness_as_sarif,
    )
    from generator.report.freshness.cases import freshness_as_junit
    from generator.report.freshness.csv import freshness_as_csv
    from generator.report.freshness.ics import freshness_as_ics
    from generator.report.freshness.json import freshness_as_json
    from generator.report.freshness.markdown import freshness_as_markdown, freshness_as_summary
    from generator.report.freshness.text import freshness_as_text
    from generator.report.github import findings_as_github
    from generator.report.gitlab import findings_as_gitlab
    from generator.report.json import problems_as_json
    from generator.report.junit import findings_as_junit
    from generator.report.rules import rule_as_text, rules_as_markdown
    from generator.report.sarif import findings_as_sarif
    from generator.report.text import problems_as_text, summary_of
    from generator.report.told import Told

__all__ = [
    "Finding", "Level", "Told", "findings_as_github", "findings_as_gitlab", "findings_as_junit",
    "findings_as_sarif", "findings_of_problems", "findings_of_survey", "freshness_as_csv",
    "freshness_as_github", "freshness_as_gitlab", "freshness_as_ics", "freshness_as_json",
    "freshness_as_junit", "freshness_as_markdown", "freshness_as_sarif", "freshness_as_summary",
    "freshness_as_text", "problems_as_json", "problems_as_text", "rule_as_text",
    "rules_as_markdown", "summary_of",
]  # fmt: skip

__getattr__ = later(
    __name__,
    {
        "finding": "Finding Level findings_of_problems findings_of_survey",
        "freshness.annotations": ("freshness_as_github freshness_as_gitlab freshness_as_sarif"),
        "freshness.cases": "freshness_as_junit",
        "freshness.csv": "freshness_as_csv",
        "freshness.ics": "freshness_as_ics",
        "freshness.json": "freshness_as_json",
        "freshness.markdown": "freshness_as_markdown freshness_as_summary",
        "freshness.text": "freshness_as_text",
        "github": "findings_as_github",
        "gitlab": "findings_as_gitlab",
        "json": "problems_as_json",
        "junit": "findings_as_junit",
        "rules": "rule_as_text rules_as_markdown",
        "sarif": "findings_as_sarif",
        "text": "problems_as_text summary_of",
        "told": "Told",
    },
)
