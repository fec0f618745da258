"""Entries that are due, asked for one by one on a terminal.

Each answer is written at once, so that whoever stops keeps what was done. Files may be edited in
between: before an answer is recorded, what changed on disk is read again.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import click

from generator.cli.recording import (
    Desk,
    Record,
    Said,
    needs_note,
    open_desk,
    prepare,
    tidy_note,
    write,
)
from generator.cli.wording import confirmation, seen
from generator.model import Entry
from generator.staleness import Item, reason

_ANSWERS = {"c": "confirmed", "h": "changed", "r": "retire", "s": "skip", "q": "quit"}
_QUESTION = "[c]onfirmed, c[h]anged, [r]etire, [s]kip, [q]uit"


def review_one_by_one(
    desk: Desk, items: Sequence[Item], said: Said, today: datetime.date | None
) -> int:
    """Asks for each of `items`, and writes what is answered. The exit code."""
    recorded = failed = seen_so_far = 0
    try:
        for number, item in enumerate(items, 1):
            seen_so_far = number - 1
            _show(desk, item, f"{number} of {len(items)}")
            answer = _ask_outcome(item.id in desk.entries)
            if answer == "quit":
                break
            if answer != "skip":
                desk = _up_to_date(desk, item, today)
                done = _record(desk, item, replace(said, outcome=answer))
                recorded, failed = recorded + done, failed + (not done)
            seen_so_far = number
    except click.Abort:
        click.echo()
    left = len(items) - seen_so_far
    click.echo(f"Recorded {recorded}, skipped {seen_so_far - recorded - failed}, left {left}.")
    return 1 if failed else 0


def _show(desk: Desk, item: Item, position: str) -> None:
    verdict = item.verdict
    by = f" by {verdict.reviewer}" if verdict.reviewer else ""
    click.echo(f"\n{position}  " + click.style(seen(item.title), bold=True))
    click.echo(seen(f"  {item.location.path}:{item.location.line}"))
    click.echo(seen(f"  {item.state}: {reason(verdict, desk.today)}"))
    click.echo(seen(f"  Last review: {verdict.reviewed or 'never'}{by}."), nl=False)
    click.echo(seen(f" Owner: {item.owner_name or 'nobody'}."))


def _ask_outcome(readable: bool) -> str:
    """What the reviewer answers. An entry with errors can be passed over alone."""
    if not readable:
        click.echo("  It has errors; mend them first (`playbook check`).")
        return "skip"
    while True:
        answer = click.prompt(f"  {_QUESTION}", prompt_suffix=" ").strip().lower()
        if answer in _ANSWERS or answer in _ANSWERS.values():
            return _ANSWERS.get(answer, answer)


def _up_to_date(desk: Desk, item: Item, today: datetime.date | None) -> Desk:
    if desk.unchanged(desk.entries[item.id]):
        return desk
    fresh, _ = open_desk(desk.folder, today or desk.today)
    return fresh or desk


def _record(desk: Desk, item: Item, said: Said) -> bool:
    place = item.location.path
    entry = desk.entries.get(item.id)
    if entry is None or desk.errors(place):
        click.echo(f"  {seen(place)}: it has errors now; mend them, then run the command again")
        return False
    made = prepare(desk, entry, replace(said, note=ask_note(desk, entry)))
    fault = made if isinstance(made, str) else write(made)
    if isinstance(made, Record) and not fault:
        click.echo("  " + seen(confirmation(made, desk)))
        return True
    click.echo(seen(f"  {place}: {fault}"))
    return False


def ask_note(desk: Desk, entry: Entry) -> str:
    """A note on the review of `entry`; may be left out where its tier asks for none."""
    needed = needs_note(desk, entry)
    hint = "" if needed else " (may be left empty)"
    while True:
        question = f"  {seen(desk.shown(entry))}: what was looked at?{hint}"
        try:
            note = tidy_note(click.prompt(question, default="", show_default=False))
        except ValueError as error:
            click.echo(f"  {error}")
            continue
        if note or not needed:
            return note
