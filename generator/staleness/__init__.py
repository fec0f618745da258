"""How far knowledge can be trusted: the library, its history and a day to verdicts and findings.

Takes validated entries, plain dates and digests; knows neither files nor git nor the clock.
"""

from generator.staleness.calendar import Workdays, due_date
from generator.staleness.faults import faults_of
from generator.staleness.freshness import (
    Change,
    Freshness,
    Item,
    Tally,
    Waiver,
    subject_from,
    subject_of,
    tally,
    verdicts_on,
)
from generator.staleness.judge import Judge
from generator.staleness.reasons import reason
from generator.staleness.survey import FAILING, Comparison, Step, Survey, Week, failing
from generator.staleness.verdict import Cause, Days, Past, State, Subject, Verdict

__all__ = [
    "FAILING", "Cause", "Change", "Comparison", "Days", "Freshness", "Item", "Judge", "Past",
    "State", "Step", "Subject", "Survey", "Tally", "Verdict", "Waiver", "Week", "Workdays",
    "due_date", "failing", "faults_of", "reason", "subject_from", "subject_of", "tally",
    "verdicts_on",
]  # fmt: skip
