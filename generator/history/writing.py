"""Git commands that write: with something to read, an index of their own, and the network.

The work tree, the index and what is checked out are never touched. No hook runs.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.history.git import GitFailed, first_line

_ELSEWHERE = frozenset(
    {
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_QUARANTINE_PATH",
        "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_IMPLICIT_WORK_TREE",
    }
)  # fmt: skip
"""Variables that a hook is run with, which would lead to another repository. The user's others,
such as who commits and by which key, hold."""
_OPTIONS = ("--no-optional-locks", "--no-pager", "--no-replace-objects", "--literal-pathspecs")


@dataclass(frozen=True, slots=True)
class Writer:
    """Git, run at the root of a repository."""

    root: Path
    index: Path
    """The index that commands use in place of the repository's; it need not exist."""

    def run(self, *arguments: str, given: bytes | Path = b"") -> bytes:
        """What git writes to standard output, when it reads `given`. Raises GitFailed."""
        done = self.ended(*arguments, given=given)
        if done.returncode:
            raise GitFailed(first_line(done.stderr) or f"git ended with {done.returncode}")
        return done.stdout

    def line(self, *arguments: str, given: bytes = b"") -> str:
        """The same for one line of text."""
        return os.fsdecode(self.run(*arguments, given=given)).removesuffix("\n")

    def ended(
        self, *arguments: str, given: bytes | Path = b""
    ) -> subprocess.CompletedProcess[bytes]:
        """How git ended. Raises GitFailed where it cannot be run."""
        with contextlib.ExitStack() as opened:
            if isinstance(given, Path):
                options: dict[str, Any] = {"stdin": opened.enter_context(given.open("rb"))}
            else:
                options = {"input": given}
            try:
                return subprocess.run(  # noqa: S603 — fixed arguments, no shell
                    ["git", *_OPTIONS, *arguments],  # noqa: S607
                    cwd=self.root,
                    env=self._environment(),
                    capture_output=True,
                    check=False,
                    **options,
                )
            except FileNotFoundError:
                raise GitFailed("git is not installed", installed=False) from None
            except (OSError, ValueError) as error:
                raise GitFailed(f"git cannot be run: {error}") from None

    def _environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        own = {"GIT_INDEX_FILE": str(self.index), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        return kept | own
