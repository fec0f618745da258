"""The options that say where something is published, and the place that they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.cli import terminal

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--to", type=click.Path(path_type=Path), help="The folder of the tree."),
    click.option("--branch", help="The branch of this repository that holds the tree."),
    click.option("--push", is_flag=True, help="Push each commit; what others pushed is kept."),
    click.option("--remote", help="Where to push to.  [default: origin]"),
)


def place_options(command: F) -> F:
    """`--to`, or `--branch` with `--push` and `--remote`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def place_at(to: Path | None, branch: str | None, push: bool, remote: str | None) -> Any:
    """The place that is meant. Raises click.UsageError for none, and for two."""
    from generator.build.releases.places import BranchPlace, FolderPlace
    from generator.history.branch import Branch

    if (to is None) == (branch is None):
        raise click.UsageError("Say where the tree is: --to FOLDER or --branch NAME.")
    if to is not None:
        if push or remote:
            raise click.UsageError("--push and --remote go with --branch alone.")
        return FolderPlace(to, terminal.shown_path(to))
    if remote and not push:
        raise click.UsageError("--remote goes with --push.")
    if (remote or "").startswith("-"):
        raise click.UsageError("--remote is the name or the address of a repository.")
    return BranchPlace(Branch(Path.cwd(), branch or "", (remote or "origin") if push else ""))
