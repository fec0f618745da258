"""`playbook verify`."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import terminal
from generator.cli.formats import PROBLEM_FORMATS


@click.command()
@click.argument("tree", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--format", "form", type=click.Choice(["text", *PROBLEM_FORMATS]), default="text")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use; by default all cores.")
def verify(tree: Path, form: str, jobs: int | None) -> None:
    """Goes through TREE, what is published, as a browser would: every file has the digest that its
    manifest names, every page is valid, every reference leads somewhere, in every version. Ends
    with 0 if all is well, 1 if not, 2 for a wrong call."""
    from generator.build.releases.verifying import verify_tree
    from generator.verify import is_published

    if not is_published(tree):
        raise click.BadParameter(
            f"{tree} is neither a tree of versions nor a built site", param_hint="TREE"
        )
    progress = terminal.progress()
    found = verify_tree(tree, terminal.shown_path(tree), jobs or terminal.cores(), progress)
    progress.close()
    if form in PROBLEM_FORMATS:
        click.echo(PROBLEM_FORMATS[form](found.problems, True), nl=False)
    else:
        terminal.print_problems(found.problems)
        sites = f", {found.sites} sites" if found.sites > 1 else ""
        summary = terminal.summary(found.problems)
        click.echo(f"{summary} in {found.files} files, {found.pages} pages{sites}")
    raise SystemExit(1 if terminal.fails(found.problems, True) else 0)
