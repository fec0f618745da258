"""Runs git in a folder: takes arguments, gives bytes. Knows nothing about playbooks.

No shell, no lock, no hook, no network, and nothing of what the user configured about output.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_OPTIONS = (
    "--no-optional-locks",
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),
)
_KEPT = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
"""Where the user's configuration lies, which says among other things what folders are safe. Other
variables of git's, such as those that a hook is run with, would lead it to another repository."""


class GitFailed(Exception):
    """Git ended with an error, or cannot be run at all."""

    def __init__(self, message: str, installed: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.installed = installed


@dataclass(frozen=True, slots=True)
class Git:
    """Git, run in a folder."""

    folder: Path

    def run(self, *arguments: str) -> bytes:
        """What git writes to standard output. Raises GitFailed."""
        command = self.command(*arguments)
        return output_of(ended(command, self.folder, self.environment(), stdin=subprocess.DEVNULL))

    def line(self, *arguments: str) -> str:
        """The same for one line of text; paths may hold anything but its end."""
        return os.fsdecode(self.run(*arguments)).removesuffix("\n")

    def command(self, *arguments: str) -> list[str]:
        """The words of the command."""
        return ["git", *_OPTIONS, *arguments]

    def environment(self) -> Mapping[str, str]:
        """The variables that git is run with; its messages are in English."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith(_KEPT)
        }
        return {**kept, "LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def ended(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """How git ended. Raises GitFailed where it cannot be run. `options` say what it reads."""
    try:
        return subprocess.run(  # noqa: S603 — fixed arguments, no shell
            command, cwd=folder, env=environment, capture_output=True, check=False, **options
        )
    except FileNotFoundError:
        raise GitFailed("git is not installed", installed=False) from None
    except (OSError, ValueError) as error:
        raise GitFailed(f"git cannot be run: {error}") from None


def output_of(done: subprocess.CompletedProcess[bytes]) -> bytes:
    """What git wrote to standard output. Raises GitFailed where it ended with an error."""
    if done.returncode:
        raise GitFailed(first_line(done.stderr) or f"git ended with {done.returncode}")
    return done.stdout


def first_line(raw: bytes) -> str:
    """What git says first of what went wrong."""
    text = raw.decode("utf-8", "replace")
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return next(lines, "").removeprefix("fatal: ").removeprefix("error: ")[:300]
