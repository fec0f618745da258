"""`playbook build`."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import click

from generator.build import Outcome, Request
from generator.build import build as build_site
from generator.cli import terminal


@click.command()
@terminal.content_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=lambda: terminal.home() / "site",
    help="The folder that the site is written to.  [default: site]",
)
@terminal.today_option
@click.option(
    "--since",
    default="",
    metavar="PLAYBOOK",
    help="Tell what is new since this one: a playbook.json, a folder, or a git ref.",
)
@click.option("--no-history", is_flag=True, help="Do not ask git what changed after reviews.")
@click.option("--no-cache", is_flag=True, help="Build everything anew; leave .cache/ alone.")
@click.option("--explain", is_flag=True, help="Say for each page why it was rendered.")
@click.option("--drafts", is_flag=True, help="Give drafts pages, too, marked as such.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use; by default all cores.")
def build(
    content: Path,
    output: Path,
    today: datetime.date | None,
    since: str,
    no_history: bool,
    no_cache: bool,
    explain: bool,
    drafts: bool,
    jobs: int | None,
) -> None:
    """Builds the site. With an error anywhere, the output stays as it was."""
    began = time.monotonic()
    progress = terminal.progress()
    request = Request(
        content=terminal.content_at(content),
        output=output,
        templates=terminal.template_folders(content),
        today=terminal.clock(today),
        history=not no_history,
        jobs=jobs or terminal.cores(),
        cache=None if no_cache else terminal.cache_folder(content),
        previous=since,
        drafts=drafts,
    )
    with terminal.stoppable("The output", output, progress):
        outcome = build_site(request, progress)
    terminal.print_problems(outcome.problems)
    if explain and outcome.written:
        _explain(outcome)
    seconds = time.monotonic() - began
    click.echo(terminal.outcome_line(outcome, output, "Built", "Not built", seconds))
    raise SystemExit(0 if outcome.written else 1)


def _explain(outcome: Outcome) -> None:
    for address, why in outcome.rendered:
        click.echo(f"{address}: {why}")
    kept = outcome.pages - sum(not address.endswith(".csv") for address, _ in outcome.rendered)
    click.echo(f"{kept} pages are as they were; {outcome.changed} files changed.")
