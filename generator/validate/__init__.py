"""Sources to a `Library` and ALL problems. Nothing stops at the first fault.

An entry that is rejected keeps its id known, so that it causes no false broken links.
"""

from generator.validate.drafts import Draft
from generator.validate.examined import Examined, Rejected, examine_files
from generator.validate.fields import check_fields
from generator.validate.grouping import Layout, languages_named, lay_out, place_of_language
from generator.validate.linking import Led, links_of
from generator.validate.names import Files
from generator.validate.nearest import did_you_mean
from generator.validate.playbook import Checked, Kept, is_checked_together, join, validate
from generator.validate.understood import located

__all__ = [
    "Checked", "Draft", "Examined", "Files", "Kept", "Layout", "Led", "Rejected",
    "check_fields", "did_you_mean", "examine_files", "is_checked_together", "join",
    "languages_named", "lay_out", "links_of", "located", "place_of_language", "validate",
]  # fmt: skip
