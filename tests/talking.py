"""Somebody at a terminal who answers what the command asks."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def talk(
    cwd: Path, arguments: Iterable[str], answers: Iterable[tuple[str, str]]
) -> tuple[int, str]:
    """Runs the command on a terminal of its own, and gives each answer once its question shows. The
    code that it ends with, and all that it showed."""
    waiting = iter(answers)
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "generator", *arguments]
    with subprocess.Popen(command, cwd=cwd, stdin=slave, stdout=slave, stderr=slave) as process:
        os.close(slave)
        shown = ""
        wanted = next(waiting, None)
        while select.select([master], [], [], 30)[0]:
            try:
                shown += os.read(master, 4096).decode()
            except OSError:  # the other end is closed
                break
            if wanted and wanted[0] in shown:
                os.write(master, f"{wanted[1]}\n".encode())
                wanted = next(waiting, None)
        process.wait(30)
    os.close(master)
    return process.returncode, shown
