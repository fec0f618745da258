"""`playbook new`, `playbook fmt` and `playbook rename`: how they are called.

What they do is loaded when one of them is used.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from generator.cli import terminal


@click.command()
@click.argument("kind_name", metavar="KIND", required=False)
@click.argument("title", required=False)
@click.option("--lang", metavar="CODE", help="The language to write in; by default the source's.")
@click.option("--owner", metavar="ID", help="Who keeps it true: a person or group in people.yml.")
@click.option("--id", "name", metavar="NAME", help="The name in the address; by default the title.")
@terminal.content_option
@terminal.today_option
def new(
    kind_name: str | None,
    title: str | None,
    lang: str | None,
    owner: str | None,
    name: str | None,
    content: Path,
    today: datetime.date | None,
) -> None:
    """Makes the starting file of an entry of KIND that is called TITLE, as a draft.

    With --lang and a language other than the source language, makes the translation of the entry
    of KIND whose title or id TITLE is. What is missing is asked for on a terminal. Nothing is ever
    overwritten. Ends with 0 if the file is written, 1 if something is in the way, 2 for a wrong
    call."""
    from generator.cli.creating import begin

    begin(kind_name, title, lang, owner, name, content, today)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--check", is_flag=True, help="Changes nothing; fails if something would change.")
@terminal.content_option
def fmt(paths: tuple[Path, ...], check: bool, content: Path) -> None:
    """Puts the fields of the files and folders PATHS, by default of all content, in the order in
    which `playbook schema` lists them, and writes dates like 2026-11-03.

    No text, comment or quotation mark changes. Ends with 0 if all is in order, 1 if --check found
    something or a file could not be put in order, 2 for a wrong call."""
    from generator.cli.tidying import put_in_order

    put_in_order(paths, check, content)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--no-alias", is_flag=True, help="The former address is to lead nowhere.")
@click.option("--dry-run", is_flag=True, help="Says what would change, and changes nothing.")
@click.option(
    "--waivers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Waivers that follow, besides waivers.yml beside the content; may be repeated.",
)
@terminal.content_option
def rename(
    old: str, new: str, no_alias: bool, dry_run: bool, waivers: tuple[Path, ...], content: Path
) -> None:
    """Moves the entry OLD and its translations to NEW, both ids or paths, and rewrites every
    reference and link that leads to it. Readers of the former address are sent on.

    All of it happens, or nothing. Digests that record what was reviewed or translated are brought
    along where they were up to date. Ends with 0 if it is done, 1 if something is in the way, 2
    for a wrong call."""
    from generator.cli.renaming import move

    move(old, new, no_alias, dry_run, waivers, content)
