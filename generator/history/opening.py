"""From a folder to the repository that holds it, or to the reason why its history is not known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.history.git import Git, GitFailed
from generator.history.repository import Repository

FETCH_ALL = "fetch the whole history: `fetch-depth: 0` in CI, `git fetch --unshallow` at home"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why the history is not known."""

    reason: str
    fix: str = ""
    in_git: bool = True
    """Whether there is a repository at all; without one nothing is amiss."""

    def __str__(self) -> str:
        return f"{self.reason}; {self.fix}" if self.fix else self.reason


def open_repository(folder: Path) -> Repository | Unknown:
    """The repository around `folder`. It may be a shallow clone, whose log must not be trusted."""
    if not folder.is_dir():
        return Unknown("there is no such folder", in_git=False)
    git = Git(folder)
    try:
        if git.line("rev-parse", "--is-inside-work-tree") != "true":
            return Unknown("the folder lies in no work tree of git", in_git=False)
        root = Path(git.line("rev-parse", "--show-toplevel"))
        prefix = git.line("rev-parse", "--show-prefix")
        shallow = git.line("rev-parse", "--is-shallow-repository") == "true"
    except GitFailed as error:
        return _refused(error)
    try:
        head = git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitFailed:
        return Unknown("the repository has no commit yet", "commit the content")
    if _is_partial(git):
        return Unknown(
            "the clone lacks the contents of files", "clone it without `--filter`", in_git=True
        )
    return Repository(git, root, prefix, head, shallow)


def lock_file(folder: Path) -> Path | None:
    """The file that is there while git changes the files around `folder`; None outside of git."""
    try:
        return folder / Git(folder).line("rev-parse", "--git-path", "index.lock")
    except GitFailed:
        return None


def history_of(repository: Repository) -> Unknown | None:
    """Why the log of an open repository says nothing about the folder; None where it does."""
    if repository.shallow:
        return Unknown("this is a shallow clone, which lacks older commits", FETCH_ALL)
    try:
        if not repository.tree(repository.head):
            return Unknown(
                "no file of the content folder is committed",
                "commit it; if git ignores it, take it out of .gitignore",
            )
        if not repository.log.commits:
            return Unknown("no commit touches the content folder")
    except GitFailed as error:
        return Unknown(f"git failed: {error.message}", "mend the repository, or clone it again")
    return None


def _refused(error: GitFailed) -> Unknown:
    message = error.message
    if not error.installed:
        return Unknown("git is not installed", "install git", in_git=False)
    if "not a git repository" in message:
        return Unknown("the folder lies in no git repository", in_git=False)
    if "dubious ownership" in message or "unsafe repository" in message:
        return Unknown(
            "git does not trust the folder, because it belongs to somebody else",
            "run `git config --global --add safe.directory FOLDER`",
        )
    return Unknown(f"git failed: {message}")


def _is_partial(git: Git) -> bool:
    try:
        return bool(
            git.run("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
        )
    except GitFailed:  # there is no such setting
        return False
