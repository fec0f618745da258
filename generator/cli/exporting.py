"""`playbook export`."""

from __future__ import annotations

import datetime
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import terminal
from generator.model import Library

if TYPE_CHECKING:
    from generator.export import Layout


@click.command()
@click.option(
    "--markdown",
    "output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder that the pages are written to.",
)
@terminal.content_option
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="CODE",
    help="Only this language, without a folder of its own; may be repeated.",
)
@click.option(
    "--under",
    default="",
    metavar="PATH",
    help="Where DIR lies among the documents of the host, for the paths in nav.yml.",
)
@terminal.today_option
@click.option("--no-history", is_flag=True, help="Do not ask git what changed after reviews.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use; by default all cores.")
def export(
    output: Path,
    content: Path,
    languages: tuple[str, ...],
    under: str,
    today: datetime.date | None,
    no_history: bool,
    jobs: int | None,
) -> None:
    """Writes the playbook as plain Markdown pages with a navigation, for wikis and other generators
    of sites. With an error anywhere, the folder stays as it was."""
    from generator.build.exporting import Export, export_markdown  # nobody else needs them

    began = time.monotonic()
    progress = terminal.progress()
    request = Export(
        content=terminal.content_at(content),
        templates=terminal.template_folders(content),
        today=terminal.clock(today),
        layout=lambda library: _layout(library, languages),
        history=not no_history,
        jobs=jobs or terminal.cores(),
    )
    with terminal.stoppable("The folder", output, progress):
        outcome = export_markdown(request, output, under, progress)
    terminal.print_problems(outcome.problems)
    seconds = time.monotonic() - began
    click.echo(terminal.outcome_line(outcome, output, "Exported to", "Not exported", seconds))
    raise SystemExit(0 if outcome.written else 1)


def _layout(library: Library, languages: tuple[str, ...]) -> Layout:
    from generator.build.exporting import folders_of
    from generator.export import Layout

    known = [edition.code for edition in library.editions]
    for code in languages:
        if code not in known:
            what = f'the playbook has no language "{code}"; it has {", ".join(known)}'
            raise click.BadParameter(what, param_hint="--language")
    return Layout(folders_of(library, languages))
