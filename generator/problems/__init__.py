"""What can be wrong, where, and how to put it right.

A problem is a value: stages return problems beside their result and never raise them. This room
knows nothing of files, kinds or formats; `report` turns problems into text.
"""

from generator.problems.core import Fault, Location, Problem, Rule, Severity
from generator.problems.rules import RULES, rule_by_code

__all__ = ["RULES", "Fault", "Location", "Problem", "Rule", "Severity", "rule_by_code"]
