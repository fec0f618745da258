"""How far a command is, on standard error: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time

import click

SHOW_PROGRESS_AFTER = 0.7
"""Seconds of work before a progress bar appears; short builds stay quiet."""


class ProgressBar:
    """A bar on standard error for work that takes long; nothing where it is piped."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._drawn = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty() or time.monotonic() - self._began < SHOW_PROGRESS_AFTER:
            return
        filled = round(24 * done / max(total, 1))
        bar = "█" * filled + "·" * (24 - filled)
        click.echo(f"\r\033[K{stage:<10} {bar} {done}/{total}", nl=False, err=True)
        self._drawn = True

    def close(self) -> None:
        """Takes the bar off the screen."""
        if self._drawn:
            click.echo("\r\033[K", nl=False, err=True)


class ProgressLines:
    """A plain line for each stage, for logs."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._stage = stage
            click.echo(f"{stage}: {total}", err=True)

    def close(self) -> None:
        """Nothing to take off."""


def progress() -> ProgressBar | ProgressLines:
    """A bar on a terminal, lines elsewhere."""
    return ProgressBar() if sys.stderr.isatty() else ProgressLines()
