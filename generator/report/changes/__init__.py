"""What changed between two playbooks, one file a format."""

from generator.report.changes.html import changes_as_html
from generator.report.changes.json import changes_as_json
from generator.report.changes.markdown import changes_as_markdown, section_of_changes
from generator.report.changes.text import changes_as_text

__all__ = [
    "changes_as_html", "changes_as_json", "changes_as_markdown", "changes_as_text",
    "section_of_changes",
]  # fmt: skip
