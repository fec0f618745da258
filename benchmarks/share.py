"""Builds a playbook in one process and says how much of it went into the files of the search.

    python benchmarks/share.py CONTENT OUTPUT

Writes two lines to standard error, in seconds of CPU: `search` and `whole`. A script of its own, so
that no figure depends on what ran before in the same process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from entries import TODAY

from generator.build import Content, Request, build
from generator.build.output import making
from generator.build.output.parts import Parts
from generator.build.output.searching import analyses_of
from generator.cli import terminal

T = TypeVar("T")


class Clock:
    """Counts the seconds of CPU that functions take."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, function: Callable[..., T]) -> Callable[..., T]:
        """The function, counted."""

        def count(*arguments: Any) -> T:
            began = time.process_time()
            made = function(*arguments)
            self.seconds += time.process_time() - began
            return made

        return count


def main() -> None:
    """The command line."""
    content, output = map(Path, sys.argv[1:3])
    terminal.collect_seldom()  # as the command does
    clock = Clock()
    request = Request(
        Content(content, content.name),
        output,
        terminal.template_folders(content),
        today=lambda _: TODAY,
    )
    with (
        mock.patch.object(making, "analyses_of", clock.timed(analyses_of)),
        mock.patch.object(Parts, "search", clock.timed(Parts.search)),
    ):
        began = time.process_time()
        outcome = build(request)
        whole = time.process_time() - began
    if not outcome.written:
        sys.exit(f"the playbook does not build: {outcome.problems[0]}")
    sys.stderr.write(f"search {clock.seconds:.3f}\nwhole {whole:.3f}\n")


if __name__ == "__main__":
    main()
