"""A git repository that a script makes: the same commits, with the same ids, wherever it runs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

_SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_COMMITTER_NAME": "Lin Wei",
    "GIT_COMMITTER_EMAIL": "lin-wei@example.com",
}


def git(folder: Path, *arguments: str, day: str = "2026-09-01", author: str = "Lin Wei") -> None:
    """Runs git on the morning of a day, in Shanghai."""
    moment = f"{day}T09:00:00+08:00"
    who = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "core.autocrlf=false", "-c", "commit.gpgSign=false", *arguments]
    subprocess.run(command, cwd=folder, env=plain | _SETTINGS | who, check=True)


def begin(folder: Path, day: str = "2026-09-01") -> None:
    """A repository with everything in `folder` as its first commit."""
    git(folder, "init", "-q", "-b", "main", "--object-format=sha1")
    commit(folder, "The playbook", day)


def commit(folder: Path, message: str, day: str, author: str = "Lin Wei") -> None:
    """Commits whatever changed in `folder`."""
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, day=day, author=author)


def redate(path: Path, day: str) -> None:
    """Gives the review in a file another day, and changes nothing else."""
    text = path.read_text(encoding="utf-8")
    dated = re.sub(r"(reviewed: |on: )[0-9-]{10}", rf"\g<1>{day}", text, count=1)
    path.write_text(dated, encoding="utf-8")
