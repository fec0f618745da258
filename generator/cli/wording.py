"""How reviews are spoken of on the terminal."""

from __future__ import annotations

from generator.cli.recording import Desk, Record
from generator.staleness import reason


def seen(text: str) -> str:
    """`text` on a terminal: what comes from files cannot move the cursor or break the line."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text)


def confirmation(record: Record, desk: Desk) -> str:
    """What was written, and what holds from now on."""
    said, verdict = record.said, record.verdict
    start = f"{record.shown}: reviewed {said.on} by {said.by}, {said.outcome}"
    if said.outcome == "retire":
        return f"{start}; now set `status: retired`, or name who does"
    if verdict.claim and verdict.due:
        claim = f"its claim {verdict.claim} is checked by itself"
        return f"{start}; due by {verdict.due}: {claim}, so look at it and set its `checked`"
    if verdict.due and verdict.state.complete:
        return f"{start}; due by {verdict.due}"
    return f"{start}; {verdict.state}: {reason(verdict, desk.today)}"
