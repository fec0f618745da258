"""A clone that holds the last commit alone."""

from pathlib import Path

from tests.rules.scripted import begin, commit, git, redate


def prepare(folder: Path) -> None:
    begin(folder)
    redate(folder / "content/knowledge/rival-1.md", "2026-11-19")
    commit(folder, "Reviewed rival 1", "2026-11-19")
    (folder / ".git").rename(folder / "origin.git")
    git(folder, "init", "-q", "-b", "main", "--object-format=sha1")
    git(folder, "fetch", "-q", "--depth=1", (folder / "origin.git").as_uri(), "main")
    git(folder, "reset", "-q", "FETCH_HEAD")
