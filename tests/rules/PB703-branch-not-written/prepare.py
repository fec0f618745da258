"""A repository whose branch is checked out, and which knows no remote."""

from pathlib import Path

from tests.rules.scripted import git


def prepare(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
