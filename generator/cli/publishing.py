"""`playbook publish`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import terminal
from generator.cli.places import place_at

if TYPE_CHECKING:
    from generator.build.releases.publishing import Published

_REMOTE = re.compile(r"rsync://[^\s/]+/.+|(?:[\w.+-]+@)?[\w.-]{2,}:[^\s].*")
"""A folder on another computer. One letter and a colon is a drive."""


@click.command()
@click.argument("site", type=click.Path(path_type=Path), default=lambda: terminal.home() / "site")
@click.option("--to", help="A folder, or for rsync host:folder or rsync://host/module/folder.")
@click.option("--branch", help="A branch of this repository.")
@click.option("--push", is_flag=True, help="Push the commit; what others pushed is kept.")
@click.option("--remote", help="Where to push to.  [default: origin]")
@click.option("--from-branch", is_flag=True, help="SITE is a branch of this repository.")
@click.option("--dry-run", is_flag=True, help="List what would be written, and write nothing.")
def publish(
    site: Path,
    to: str | None,
    branch: str | None,
    push: bool,
    remote: str | None,
    from_branch: bool,
    dry_run: bool,
) -> None:
    """Publishes SITE, a built site or a tree of versions (by default the folder `site`). If that
    fails, what was published before stays as it was."""
    with _source(site, from_branch) as (folder, shown):
        if to and _REMOTE.fullmatch(to) and not Path(to).exists():
            if branch or push or remote:
                raise click.UsageError("--branch, --push and --remote do not go with rsync.")
            where, done = to, _sent(folder, shown, to, dry_run)
        else:
            from generator.build.releases.publishing import publish as publish_to

            place = place_at(Path(to) if to else None, branch, push, remote)
            where, done = place.shown, publish_to(folder, shown, place, dry_run)
    terminal.print_problems(done.problems)
    if done.problems:
        click.echo(f"Not published. {where} is as it was.")
        raise SystemExit(1)
    _tell(done, where, dry_run)


def _sent(folder: Path, shown: str, to: str, dry: bool) -> Published:
    from generator.build.releases.publishing import send

    return send(folder, shown, to.rstrip("/"), dry)


@contextmanager
def _source(site: Path, from_branch: bool) -> Iterator[tuple[Path, str]]:
    from generator.history import GitFailed
    from generator.history.branch import Branch
    from generator.verify import is_published

    if not from_branch:
        if not is_published(site):
            raise click.BadParameter(
                f"{site} is neither a built site nor a tree of versions", param_hint="SITE"
            )
        yield site, terminal.shown_path(site)
        return
    with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
        try:
            Branch(Path.cwd(), str(site)).unpack(Path(scratch))
        except GitFailed as error:
            raise click.BadParameter(error.message, param_hint="SITE") from None
        if not is_published(Path(scratch)):
            raise click.BadParameter(f"branch {site} holds no site", param_hint="SITE")
        yield Path(scratch), f"branch {site}"


def _tell(done: Published, where: str, dry: bool) -> None:
    made = done.made
    if dry:
        for sign, names in (("+", made.added), ("~", made.changed), ("-", made.removed)):
            for name in names:
                click.echo(f"{sign} {name}")
    counts = f"{len(made.added)} added, {len(made.changed)} changed, {len(made.removed)} removed"
    if not made:
        click.echo(f"{where} is up to date.")
    elif dry:
        click.echo(f"Would publish to {where}: {counts}. Nothing was written.")
    else:
        click.echo(f"Published to {where}: {counts}")
