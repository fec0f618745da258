"""Problems to text and JSON, one file a format. Prints nothing: gives strings."""

from generator.report.json import problems_as_json
from generator.report.rules import rule_as_text, rules_as_markdown
from generator.report.text import problems_as_text, summary_of

__all__ = [
    "problems_as_json", "problems_as_text", "rule_as_text", "rules_as_markdown", "summary_of",
]  # fmt: skip
