"""Builds a playbook in one process and says how much of it went into the files of the search.

    python benchmarks/share.py CONTENT OUTPUT

Writes two lines to standard error, in seconds of CPU: `search` and `whole`. A script of its own, so
that no figure depends on what ran before in the same process.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

from entries import TODAY

from generator.build import Content, Request, build, site
from generator.build.filling import Files
from generator.build.searching import files_with
from generator.cli import terminal


class Timed:
    """The maker of the files, with a clock."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, *arguments: Any) -> Files:
        began = time.process_time()
        files = files_with(*arguments)
        self.seconds += time.process_time() - began
        return files


def main() -> None:
    """The command line."""
    content, output = map(Path, sys.argv[1:3])
    terminal.collect_seldom()  # as the command does
    timed = Timed()
    request = Request(
        Content(content, content.name),
        output,
        terminal.template_folders(content),
        today=lambda _: TODAY,
    )
    with mock.patch.object(site, "files_with", timed):
        began = time.process_time()
        outcome = build(request)
        whole = time.process_time() - began
    if not outcome.written:
        sys.exit(f"the playbook does not build: {outcome.problems[0]}")
    sys.stderr.write(f"search {timed.seconds:.3f}\nwhole {whole:.3f}\n")


if __name__ == "__main__":
    main()
