"""`playbook translated`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.build import load
from generator.cli import terminal
from generator.edit import replace_file, set_field
from generator.read import split_name
from generator.validate.overlay import RECORD


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@terminal.content_option
def translated(paths: tuple[Path, ...], content: Path) -> None:
    """Records in the translations PATHS (files or folders) which source text they translate."""
    digests = load(terminal.content_at(content), terminal.cores()).digests
    by_id = {split_name(path)[0]: digest for path, digest in digests.items()}
    recorded = 0
    for path in _translations(paths):
        relative = Path(os.path.relpath(path, content)).as_posix()
        digest = by_id.get(split_name(relative)[0])
        if digest is None:
            click.echo(f"{terminal.shown_path(path)}: no valid source file beside it", err=True)
            raise SystemExit(1)
        recorded += _record(path, digest)
    click.echo(f"Recorded {recorded} translation{'' if recorded == 1 else 's'}.")


def _translations(paths: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [
            file
            for file in files
            if file.suffix in (".md", ".yml", ".yaml") and split_name(file.name)[1]
        ]
    return found


def _record(path: Path, digest: str) -> bool:
    raw = path.read_bytes()
    changed = set_field(raw, RECORD, digest, path.suffix == ".md")
    if changed != raw:
        replace_file(path, changed)
    return changed != raw
