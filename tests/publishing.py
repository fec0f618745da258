"""What tests of releases share: a small playbook that is released, and where it is published."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from generator.cli import main
from generator.verify import Inventory
from tests.conftest import GIT, TODAY, Folder

PLAIN = ["--no-history", "--no-cache", "--jobs", "1"]


class Publisher:
    """A playbook and the command, run in this process in the playbook's folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.root = folder.root
        self.tree = folder.root / "tree"

    def run(self, *arguments: str, given: str = "") -> Result:
        """Runs the command."""
        former = Path.cwd()
        os.chdir(self.root)
        try:
            result = CliRunner().invoke(main, arguments, input=given, env=GIT)
        finally:
            os.chdir(former)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def done(self, *arguments: str) -> str:
        """The same; it has to end well."""
        result = self.run(*arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    def release(self, version: str, *arguments: str) -> str:
        """Releases into the tree."""
        return self.done("release", version, *self.into(arguments), "--today", TODAY, *PLAIN)

    def build(self, *arguments: str) -> Result:
        """Builds the site as of `TODAY`."""
        return self.run("build", "--today", TODAY, *PLAIN, *arguments)

    def into(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """The arguments, with the tree where they name no other place."""
        return arguments if "--branch" in arguments else (*arguments, "--to", "tree")

    def git(self, *arguments: str) -> str:
        """Runs git in the playbook's folder."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env={**os.environ, **GIT},  # noqa: S607
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self) -> None:
        """Makes a repository of the folder, or commits what changed."""
        if not (self.root / ".git").exists():
            self.git("init", "-q", "-b", "main")
        self.git("add", "content")
        self.git("commit", "-q", "-m", "Content")


def released_thrice(folder: Folder) -> Publisher:
    """Three releases in a row, with an edit, a new page and one that goes between."""
    publisher = Publisher(folder)
    folder.page("gone")
    publisher.release("2026.09", "--alias", "latest")
    folder.page("two", "Two, edited")
    publisher.release("2026.10", "--alias", "latest", "--title", "Autumn")
    folder.page("three")
    (folder.content / "pages" / "gone.md").unlink()
    publisher.release("2026.11", "--alias", "latest", "--alias", "stable")
    return publisher


def versions_in(tree: Path) -> list[dict[str, Any]]:
    """The list of versions."""
    return list(json.loads((tree / "versions.json").read_text("utf-8")))


def is_whole(tree: Path) -> bool:
    """Whether every file that a manifest names is there with its digest, and no other."""
    return not list(Inventory(tree, "tree").problems())


def files_of(tree: Path) -> dict[str, bytes]:
    """All files, byte for byte."""
    found = (path for path in tree.rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in found}
