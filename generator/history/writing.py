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

from generator.history.git import ended, output_of

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
        return output_of(self.ended(*arguments, given=given))

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
            command = ["git", *_OPTIONS, *arguments]
            return ended(command, self.root, self._environment(), **options)

    def _environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        own = {"GIT_INDEX_FILE": str(self.index), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        return kept | own
