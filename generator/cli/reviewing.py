"""`playbook review`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from generator.cli import terminal
from generator.cli.interview import ask_note, review_one_by_one
from generator.cli.naming import named
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
from generator.staleness import Item, State
from generator.validate.nearest import did_you_mean


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--by", required=True, metavar="ID", help="Who reviewed: a person in people.yml.")
@click.option(
    "--outcome",
    type=click.Choice(["confirmed", "changed", "retire"]),
    help="confirmed (the default): still true as it stands; changed: made true again; retire: to "
    "be withdrawn.",
)
@click.option("--note", help="What was looked at, in a sentence.")
@click.option("--on", type=terminal.Day(), help="The day of the review; by default today.")
@click.option("--due", is_flag=True, help="Asks for each entry that is due, one by one.")
@click.option(
    "--owner", metavar="ID", help="With --due: what this person, or a group of theirs, owns."
)
@click.option("--soon", is_flag=True, help="With --due: also what is due soon.")
@terminal.content_option
@terminal.today_option
def review(
    paths: tuple[str, ...],
    by: str,
    outcome: str | None,
    note: str | None,
    on: datetime.date | None,
    due: bool,
    owner: str | None,
    soon: bool,
    content: Path,
    today: datetime.date | None,
) -> None:
    """Records in the entries PATHS (files, folders or ids) that somebody checked them.

    Only the field `reviewed` of each file changes. Nothing is written unless all can be. With --due
    there is no way to confirm everything unseen: each entry is asked for on a terminal, and written
    at once. Ends with 0 if all is recorded, 1 if something is in the way, 2 for a wrong call."""
    _check_call(paths, outcome, note, due, owner, soon)
    desk, checked = open_desk(content, today)
    if desk is None:
        terminal.print_problems(checked.problems)
        _refuse(["the settings or the people cannot be read"])
        return
    said = Said(by, on or desk.today, outcome or "confirmed")
    faults = [*_of_person(desk, by), *_of_day(desk, said.on), *_of_owner(desk, owner)]
    ids, unknown = named(desk, paths)
    faults += unknown
    if due:
        _refuse(faults)
        _review_due(desk, _due(desk, ids, owner, soon), said, today)
    else:
        _review_named(desk, ids, said, note, faults)


def _check_call(
    paths: Sequence[str], outcome: str | None, note: str | None, due: bool, owner: str | None,
    soon: bool,
) -> None:  # fmt: skip
    if not due and (owner is not None or soon):
        raise click.UsageError("--owner and --soon go with --due")
    if due and (outcome is not None or note is not None):
        raise click.UsageError("with --due, outcome and note are asked for each entry")
    if not due and not paths:
        raise click.UsageError("name what was reviewed, or use --due")


def _of_person(desk: Desk, by: str) -> Iterable[str]:
    people = desk.library.source.people
    group = next((group for group in people.groups if group.id == by), None)
    if group:
        members = ", ".join(group.members)
        yield f"--by {by}: a review is made by a person, not by a group: {members}"
    elif by not in desk.judge.left:
        hint = did_you_mean(by, desk.judge.left)
        yield f"--by {by}: there is no such person in people.yml. {hint}".rstrip()
    elif (left := desk.judge.left[by]) and left <= desk.today:
        yield f"--by {by}: this person left on {left}"


def _of_day(desk: Desk, day: datetime.date) -> Iterable[str]:
    if day > desk.today:
        yield f"--on {day}: this day lies in the future; today is {desk.today}"


def _of_owner(desk: Desk, owner: str | None) -> Iterable[str]:
    known = desk.library.source.people.ids
    if owner is not None and owner not in known:
        hint = did_you_mean(owner, sorted(known))
        yield f"--owner {owner}: there is no such person or group in people.yml. {hint}".rstrip()


def _refuse(faults: Sequence[str]) -> None:
    """Ends the command if there are `faults`."""
    if faults:
        for fault in faults:
            click.echo(seen(fault), err=True)
        click.echo("Nothing was recorded.", err=True)
        raise SystemExit(1)


def _review_named(
    desk: Desk, ids: Sequence[str], said: Said, note: str | None, faults: list[str]
) -> None:
    entries = [desk.entries[identity] for identity in ids if identity in desk.entries]
    faults += _errors(desk, ids)
    try:
        said = replace(said, note=tidy_note(note or ""))
    except ValueError as error:
        faults.append(f"--note: {error}")
    ask = not said.note and sys.stdin.isatty()
    if not said.note and not ask:
        faults += [
            f"{desk.shown(entry)}: reviews of its tier need a note; add --note"
            for entry in entries
            if needs_note(desk, entry)
        ]
    records: list[Record] = []
    for entry in entries if not faults or not ask else ():
        asked = ask and needs_note(desk, entry)
        own = replace(said, note=ask_note(desk, entry)) if asked else said
        _sort(prepare(desk, entry, own), desk.shown(entry), records, faults)
    _refuse(faults)
    _write_all(desk, records)


def _sort(made: Record | str, shown: str, records: list[Record], faults: list[str]) -> None:
    if isinstance(made, Record):
        records.append(made)
    elif f"{shown}: {made}" not in faults:
        faults.append(f"{shown}: {made}")


def _errors(desk: Desk, ids: Sequence[str]) -> Iterable[str]:
    """Says which entries have errors, after printing them."""
    for identity in ids:
        entry = desk.entries.get(identity)
        place = desk.shown(entry) if entry else desk.checked.rejected[identity].place
        if errors := desk.errors(place):
            terminal.print_problems(errors)
            yield f"{place}: it has errors; mend them first"


def _write_all(desk: Desk, records: Sequence[Record]) -> None:
    for number, record in enumerate(records):
        if fault := write(record):
            left = ", ".join(other.shown for other in records[number:])
            click.echo(seen(f"{record.shown}: {fault}"), err=True)
            click.echo(seen(f"Recorded {number} of {len(records)}; not recorded: {left}"), err=True)
            raise SystemExit(1)
        click.echo(seen(confirmation(record, desk)))


def _due(desk: Desk, ids: Sequence[str], owner: str | None, soon: bool) -> list[Item]:
    """What is due or worse, the most urgent first."""
    last = State.SOON if soon else State.DUE
    groups = desk.library.source.people.groups
    owners = {owner} | {group.id for group in groups if owner in group.members}
    return [
        item
        for item in desk.freshness.items
        if item.state.rank <= last.rank
        and (owner is None or item.owner in owners)
        and (not ids or item.id in ids)
    ]


def _review_due(desk: Desk, items: Sequence[Item], said: Said, today: datetime.date | None) -> None:
    if not items:
        click.echo("Nothing is due.")
        return
    if sys.stdin.isatty():
        raise SystemExit(review_one_by_one(desk, items, said, today))
    for item in items:
        click.echo(seen(f"{item.state:<18} {item.location.path}  {item.title}"))
    click.echo("Each of them is asked for by itself, which needs a terminal.", err=True)
    click.echo("Without one, name what was reviewed: playbook review PATH --by ID …", err=True)
    raise SystemExit(2)
