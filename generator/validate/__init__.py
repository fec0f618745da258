"""Sources to a `Library` and ALL problems. Nothing stops at the first fault.

An entry that is rejected keeps its id known, so that it causes no false broken links.
"""

from generator.validate.playbook import Checked, validate

__all__ = ["Checked", "validate"]
