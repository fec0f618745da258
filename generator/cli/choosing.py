"""The options by which entries are chosen, and the choice itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.model import KINDS, TIERS, Edition
from generator.staleness import Item, State
from generator.validate import did_you_mean

F = TypeVar("F", bound=Callable[..., Any])

_FILTERS = (
    click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True)),
    click.option("--tier", "tiers", multiple=True, type=click.Choice(TIERS)),
    click.option("--owner", "owners", multiple=True, help="A person or group, by id."),
    click.option("--kind", "kinds", multiple=True, type=click.Choice([k.name for k in KINDS])),
    click.option("--state", "states", multiple=True, type=click.Choice([*map(str, State)])),
    click.option("--tag", "tags", multiple=True, help="A tag, by id."),
)


def filter_options(command: F) -> F:
    """Files and folders, `--tier`, `--owner`, `--kind`, `--state`, `--tag`; all may be repeated."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries are asked for. What is empty lets every entry through."""

    paths: tuple[Path, ...] = ()
    tiers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def of(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """The items that are asked for."""
        places = [os.path.abspath(path) for path in self.paths]
        return tuple(item for item in items if self._takes(item) and _lies_in(item, places))

    def _takes(self, item: Item) -> bool:
        return (
            (not self.tiers or item.verdict.tier in self.tiers)
            and (not self.owners or item.owner in self.owners)
            and (not self.kinds or item.kind in self.kinds)
            and (not self.states or item.state in self.states)
            and (not self.tags or not set(self.tags).isdisjoint(item.tags))
        )

    def check(self, edition: Edition) -> None:
        """Raises click.BadParameter for an owner or a tag that the playbook does not have."""
        _check("--owner", self.owners, edition.owners, "people.yml")
        _check("--tag", self.tags, edition.settings.tags, "playbook.yml")


def _lies_in(item: Item, places: list[str]) -> bool:
    here = os.path.abspath(item.location.path)
    return not places or any(here == p or here.startswith(p + os.sep) for p in places)


def _check(option: str, names: Iterable[str], known: Iterable[str], file: str) -> None:
    listed = list(known)
    for name in names:
        if name not in listed:
            hint = did_you_mean(name, listed)
            raise click.BadParameter(
                f'"{name}" is not in {file}. {hint}'.rstrip(), param_hint=option
            )
