"""The command and its subcommands.

A subcommand is imported when it is asked for, because importing them all takes longer than many of
them run.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from typing import NoReturn, cast

import click

from generator import __version__
from generator.build.workers import WorkerLost
from generator.cli import terminal
from generator.cli.stopping import Stop, Stopped, end_by

_COMMANDS: Mapping[str, str] = {
    "build": "building.build",
    "check": "checking.check",
    "diff": "comparing.diff",
    "explain": "checking.explain",
    "export": "exporting.export",
    "fmt": "writing.fmt",
    "holidays": "holidaying.holidays",
    "import": "importing.import_documents",
    "init": "starting.init",
    "new": "writing.new",
    "post": "posting.post",
    "publish": "publishing.publish",
    "release": "releasing.release",
    "rename": "writing.rename",
    "review": "reviewing.review",
    "rules": "checking.rules",
    "schema": "starting.schema",
    "search": "searching.search",
    "serve": "serving.serve",
    "stale": "staleness.stale",
    "translated": "translating.translated",
    "verify": "verifying.verify",
    "version": "releasing.version",
    "versions": "releasing.versions",
}
"""The module in this package, and the name in it, of each subcommand."""


class _Subcommands(Mapping[str, click.Command]):
    """The subcommands by their names, each imported when it is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        module, _, member = _COMMANDS[name].rpartition(".")
        found = getattr(importlib.import_module(f"generator.cli.{module}"), member)
        assert isinstance(found, click.Command)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


@click.group(
    commands=cast(MutableMapping[str, click.Command], _Subcommands()),  # click only reads them
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Builds a sales playbook: typed YAML and Markdown in, a validated, bilingual site out."""
    terminal.collect_seldom()


def run() -> NoReturn:
    """The command as a program of its own. It ends without giving up its memory object by object,
    which takes Python longer than many a build; the system takes it back at once."""
    stop = Stop()
    gc.freeze()  # what is loaded by now stays, so nobody need look whether it is garbage
    try:
        stop.listen()
        status = _flushed(_status())
        stop.rest()
    except Stopped as stopped:
        end_by(stopped.number)
    except BaseException:
        stop.rest()
        if stop.number:  # a fault that comes of being cut off is none
            end_by(stop.number)
        raise
    if stop.number:
        end_by(stop.number)
    os._exit(status)


def _flushed(status: int) -> int:
    """What the command ends with, once all is written that it said."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # as where it is closed
                stream.flush()
        except OSError:  # nobody is there to read it
            status = status or 1
    return status


def _status() -> int:
    """Runs the command; gives what it ends with."""
    try:
        main(prog_name="playbook")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        click.echo("Not all of it was written: there is no space left.", err=True)
        return 1
    except WorkerLost as lost:
        click.echo(f"Not finished: {lost}.", err=True)
        return 1
    return 0
