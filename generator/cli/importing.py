"""`playbook import`."""

from __future__ import annotations

import datetime
import functools
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.build import load
from generator.cli import terminal
from generator.cli.asking import owner_of
from generator.cli.wording import seen
from generator.model import KINDS, Library

if TYPE_CHECKING:
    from generator.cli.intake import Result
    from generator.importing import Made

SHOWN_TASKS = 12
"""Lines of what is left to do in one file; the rest is counted."""


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--kind", type=click.Choice([kind.name for kind in KINDS]), help="The kind of entry.")
@click.option(
    "--owner",
    default="",
    metavar="ID",
    help="Who keeps it true: a person or group in people.yml; asked for on a terminal.",
)
@click.option("--lang", default="", metavar="CODE", help="The language; by default the text tells.")
@click.option(
    "--translates", default="", metavar="ID", help="Makes a translation of the entry ID of it."
)
@click.option("--id", "identity", default="", metavar="ID", help="By default made of the title.")
@click.option("--dry-run", is_flag=True, help="Shows what would be written.")
@terminal.content_option
@terminal.today_option
def import_documents(
    path: Path, kind: str | None, owner: str, lang: str, translates: str, identity: str,
    dry_run: bool, content: Path, today: datetime.date | None,
) -> None:  # fmt: skip
    """Makes draft entries of PATH: a .docx, .md or .html file, or a folder of them.

    For what DingTalk docs, Shimo and Word export. Pictures go to images/. Nothing is overwritten
    and nothing is fetched; what a person has to decide is marked TODO. Ends with 0 if all is
    imported, 1 if a document could not be, 2 for a wrong call."""
    from generator.cli.intake import Order, fault_of, take_in  # brings the readers along

    chosen = next((each for each in KINDS if each.name == kind), None)
    order = Order(path, chosen, owner, lang, translates, identity, content,
                  terminal.shown_path(content))  # fmt: skip
    if fault := order.fault:
        raise click.UsageError(fault)
    checked = load(terminal.content_at(content), terminal.cores())
    if checked.library is None:
        terminal.print_problems(checked.problems)
        click.echo("The settings or the people cannot be read; nothing was imported.", err=True)
        raise SystemExit(1)
    if fault := fault_of(order, checked.library):
        raise click.UsageError(fault)
    day = terminal.clock(today)(checked.library.source.settings.time_zone)
    ask = functools.cache(functools.partial(_ask_owner, checked.library))
    results = take_in(order, checked.library, day, ask)
    failed = _settle(results, content, dry_run)
    raise SystemExit(1 if failed or not results else 0)


def _ask_owner(library: Library) -> str:
    """Who keeps true what names nobody itself; "" without a terminal, where that is left to do."""
    return owner_of(library, None) if sys.stdin.isatty() else ""


def _settle(results: Sequence[Result], content: Path, dry_run: bool) -> int:
    """Writes what was made, and tells about each document. How many failed."""
    from generator.cli.filing import create_all
    from generator.importing import Refused

    written: list[Made] = []
    for result in results:
        made = result.made
        if isinstance(made, Refused):
            click.echo(seen(f"{result.name}: {made}"), err=True)
            continue
        try:
            files = {**made.files, made.path: made.text.encode("utf-8", "replace")}
            if not dry_run:
                create_all(content, files)
        except OSError as error:
            click.echo(seen(f"{result.name}: cannot write {made.path}: {error.strerror}"), err=True)
            continue
        written.append(made)
        _tell(result.name, made, content, dry_run)
    _summarise(results, written, content, dry_run)
    return len(results) - len(written)


def _tell(name: str, made: Made, content: Path, dry_run: bool) -> None:
    place = terminal.shown_path(content / made.path)
    click.echo(seen(f"{place}  {'would be made of' if dry_run else 'from'} {name}"))
    for path in made.files:
        click.echo(seen(f"  {terminal.shown_path(content / path)}"))
    for remark in made.remarks:
        click.echo(seen(f"  note: {remark}"))
    tasks = made.tasks
    for line, task in tasks[:SHOWN_TASKS]:
        click.echo(seen(f"  to do: {place}:{line}: {task}"))
    if len(tasks) > SHOWN_TASKS:
        click.echo(f"  to do: {len(tasks) - SHOWN_TASKS} more; search the file for TODO")
    if dry_run:
        click.echo(seen("".join(f"  | {line}\n" for line in made.text.splitlines())), nl=False)


def _summarise(
    results: Sequence[Result], written: Sequence[Made], content: Path, dry_run: bool
) -> None:
    if not results:
        click.echo("There is no .docx, .md or .html file here.", err=True)
        return
    tasks = sum(len(made.tasks) for made in written)
    verb = "Would import" if dry_run else "Imported"
    left = f"; {tasks} thing{'' if tasks == 1 else 's'} left to do" if tasks else ""
    click.echo(f"{verb} {len(written)} of {len(results)}{left}.")
    if written and not dry_run:
        _check_again(written, content)


def _check_again(written: Sequence[Made], content: Path) -> None:
    """Says what `playbook check` finds in the new files, so that nobody is surprised later."""
    places = {terminal.shown_path(content / path) for made in written for path in (
        made.path, *made.files)}  # fmt: skip
    checked = load(terminal.content_at(content), terminal.cores())
    found = [problem for problem in checked.problems if problem.location.path in places]
    if found:
        terminal.print_problems(found)
    click.echo(f"playbook check: {terminal.summary(found)} in what was imported.")
