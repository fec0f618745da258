"""In what state a repository is, as far as the history of a folder can depend on it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.history.git import Git, GitFailed
from generator.history.repository import IGNORED_COMMITS

_MAILMAP = ".mailmap"
_SETTINGS = r"^(mailmap\.|extensions\.|remote\..*\.promisor|log\.)"


def state_of(folder: Path) -> str:
    """A text that is another one whenever the history may say something else: the commit that is
    checked out, where the folder lies, and the files and settings by which names and commits are
    read. "" where the folder lies in no repository."""
    git = Git(folder)
    try:
        placed = git.line(
            "rev-parse", "--show-toplevel", "--show-prefix", "--is-shallow-repository"
        )
    except GitFailed as error:
        return "" if "not a git repository" in error.message else error.message
    root = Path(placed.split("\n")[0])
    read = (_bytes(root / name) for name in (_MAILMAP, IGNORED_COMMITS))
    files = [hashlib.sha256(content).hexdigest() for content in read]
    return "\n".join([*placed.split("\n")[1:3], *_head(git), *files])


def _head(git: Git) -> list[str]:
    found = []
    for question in (
        ("rev-parse", "--verify", "--quiet", "HEAD^{commit}"),
        ("config", "--get-regexp", _SETTINGS),
    ):
        try:
            found.append(git.line(*question))
        except GitFailed:  # no commit yet; no such setting
            found.append("")
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
