"""`playbook init` and `playbook schema`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from generator.model import KINDS
from generator.model.schema import schemas

STARTER = Path(__file__).parent.parent / "starter"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Makes a new playbook in FOLDER: a small example in two languages, ready to build."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.BadParameter(f"{folder} exists and is not empty; choose another folder")
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    (folder / "gitignore").rename(folder / ".gitignore")
    _write_schemas(folder / "schemas")
    click.echo(f"Made {folder}. Next:\n\n  cd {folder}\n  playbook build\n")
    click.echo("Then open site/index.html, and edit the files in content/.")


@click.command()
@click.argument("kind", required=False)
@click.option("--output", type=click.Path(path_type=Path), help="Write all schemas to this folder.")
def schema(kind: str | None, output: Path | None) -> None:
    """Prints the JSON Schema of a KIND of content, or writes all of them to a folder."""
    known = schemas(KINDS)
    if output is not None:
        _write_schemas(output)
        click.echo(f"Wrote {len(known)} schemas to {output}")
    elif kind is None:
        click.echo("\n".join(known))
    elif kind not in known:
        raise click.BadParameter(f'there is no kind "{kind}"; kinds: {", ".join(known)}')
    else:
        click.echo(_as_text(known[kind]), nl=False)


def _write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in schemas(KINDS).items():
        (folder / f"{name}.json").write_text(_as_text(document), encoding="utf-8")


def _as_text(document: dict[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
