"""`playbook fmt`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.author.models import model_of
from generator.author.tidying import tidied
from generator.cli import terminal
from generator.cli.wording import seen
from generator.edit import NotEditable, replace_file, write_protected
from generator.model import KINDS
from generator.read import read_tree


def put_in_order(paths: tuple[Path, ...], check: bool, content: Path) -> None:
    """The command `fmt`."""
    changed = failed = total = 0
    for path in _chosen(content, paths):
        total += 1
        done = _tidy(content, path, check)
        changed, failed = changed + (done is True), failed + (done is None)
    word = "would be put" if check else "put"
    files = f"{changed} file{'' if changed == 1 else 's'}"
    click.echo(f"{files} {word} in order, {total - changed - failed} in order already.")
    if failed:
        click.echo(f"Left alone: {failed}.", err=True)
    raise SystemExit(1 if failed or (check and changed) else 0)


def _tidy(content: Path, path: str, check: bool) -> bool | None:
    """Whether the file changes; None where it cannot."""
    file = content / path
    shown = terminal.shown_path(file)
    model = model_of(path, KINDS)
    assert model is not None
    try:
        raw = file.read_bytes()
        made, problems = tidied(model, terminal.shown_path(content), path, raw)
        if made is None:
            terminal.print_problems(problems, err=True)
            return None
        if made != raw and not check:
            if write_protected(file):
                raise NotEditable("the file is write-protected")
            replace_file(file, made)
    except NotEditable as error:
        click.echo(seen(f"{shown}: {error}"), err=True)
        return None
    except OSError as error:
        click.echo(seen(f"{shown}: {error.strerror or error}"), err=True)
        return None
    if made != raw:
        click.echo(seen(shown))
    return made != raw


def _chosen(content: Path, paths: Sequence[Path]) -> Iterator[str]:
    """The files of entries and settings that are asked for."""
    if not content.is_dir():
        raise click.BadParameter(
            f"there is no folder {terminal.shown_path(content)}", param_hint="--content"
        )
    tree = read_tree(content, terminal.shown_path(content)).texts
    places = {os.path.abspath(content / path): path for path in tree if model_of(path, KINDS)}
    wanted = [os.path.abspath(path) for path in paths]
    root = os.path.abspath(content)
    for path in wanted:
        if path != root and not path.startswith(root + os.sep):
            raise click.BadParameter(
                f"{terminal.shown_path(Path(path))} does not lie in {terminal.shown_path(content)}"
            )
    for place, path in places.items():
        if not wanted or any(place == it or place.startswith(it + os.sep) for it in wanted):
            yield path
