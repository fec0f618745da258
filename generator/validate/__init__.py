"""Sources to a `Library` and ALL problems. Nothing stops at the first fault.

An entry that is rejected keeps its id known, so that it causes no false broken links.
"""

from generator.validate.drafts import located
from generator.validate.fields import check_fields
from generator.validate.nearest import did_you_mean
from generator.validate.playbook import Checked, Rejected, validate

__all__ = ["Checked", "Rejected", "check_fields", "did_you_mean", "located", "validate"]
