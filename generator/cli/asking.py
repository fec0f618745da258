"""What commands ask for on a terminal where the call leaves it out."""

from __future__ import annotations

import sys

import click

from generator.model import Library
from generator.validate import did_you_mean


def ask(question: str, missing: str, default: str | None = None) -> str:
    """What somebody answers on a terminal. Without one the call was wrong."""
    if not sys.stdin.isatty():
        raise click.UsageError(missing)
    answer: str = click.prompt(question, default=default)
    return answer.strip()


def owner_of(library: Library, owner: str | None) -> str:
    """The owner that is given, or asked for. Raises click.BadParameter for one who is unknown."""
    known = sorted(library.source.owners)
    listed = ", ".join(known)
    if owner is None:
        owner = ask(f"Owner ({listed})", f"say who keeps it true: --owner, one of {listed}")
    if owner not in known:
        hint = did_you_mean(owner, known) or f"people and groups: {listed}"
        raise click.BadParameter(f'"{owner}" is not in people.yml. {hint}', param_hint="--owner")
    return owner
