"""Gives a playbook a past: a git repository with any number of commits, through `git fast-import`.

The first tenth of the commits brings the files in; each other one touches one entry: a review, an
edit, another layout, a renaming, or a branch that is merged. The same seed gives the same commits.

    python benchmarks/commits.py FOLDER --commits 1000 --seed 1
"""

from __future__ import annotations

import argparse
import datetime
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from entries import TODAY

YEARS = 2
SHARES = {"review": 55, "edit": 30, "layout": 10, "rename": 5}
"""What a hundred commits do."""
RENAMED = 20
"""One in so many entries begins under another name."""
LAST_RENAMING = 0.9
"""After this share of the commits all entries have their names, and the playbook is sound again."""
BRANCH = 10
"""One in so many commits is made on a branch, which the next commit merges."""
AUTHORS = 40


def make_history(folder: Path, commits: int, seed: int) -> None:
    """Turns `folder`, which holds `content/`, into a repository whose work tree is clean."""
    _git(folder, "init", "--quiet", "--initial-branch=main")
    past = _Past(folder / "content", commits, seed)
    process = subprocess.Popen(
        ["git", "fast-import", "--quiet"],  # noqa: S607
        cwd=folder,
        stdin=subprocess.PIPE,
    )
    assert process.stdin is not None
    for part in past.stream():
        process.stdin.write(part)
    process.stdin.close()
    if process.wait():
        raise RuntimeError("git fast-import failed")
    _git(folder, "reset", "--quiet", "--hard", "main")
    _git(folder, "gc", "--quiet")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)  # noqa: S603, S607


class _Past:
    """The stream for fast-import, from the first commit to the last."""

    def __init__(self, content: Path, commits: int, seed: int) -> None:
        self._draw = random.Random(f"{seed} history")  # noqa: S311
        self._commits = commits
        self._files: dict[str, bytes] = {
            path.relative_to(content).as_posix(): path.read_bytes()
            for path in sorted(content.rglob("*"))
            if path.is_file()
        }
        self._entries = [p for p in self._files if "/" in p and p.count(".") == 1]
        self._former = {
            path: path.replace(".", "-once.")
            for path in self._entries
            if self._draw.randrange(RENAMED) == 0
        }
        self._made = 0
        self._last = b""

    def stream(self) -> Iterator[bytes]:
        """What fast-import reads."""
        yield b"feature done\n"
        arrivals = max(1, self._commits // 10)
        paths = list(self._files)
        for number in range(arrivals):
            yield from self._commit("Add entries", self._writing(*paths[number::arrivals]))
        while self._made < self._commits:
            if self._former and self._made >= self._commits * LAST_RENAMING:
                yield from self._rename_all()
            elif self._made % BRANCH == 0:
                yield from self._branch()
            else:
                yield from self._next("refs/heads/main")
        yield b"done\n"

    def _rename_all(self) -> Iterator[bytes]:
        names = sorted(self._former.items())
        self._former.clear()
        yield from self._commit("Rename", b"".join(_renaming(old, new) for new, old in names))

    def _next(self, branch: str) -> Iterator[bytes]:
        (what,) = self._draw.choices(list(SHARES), list(SHARES.values()))
        if what == "rename" and self._former:
            path, former = self._former.popitem()
            yield from self._commit("Rename", _renaming(former, path), branch)
            return
        path = self._draw.choice(self._entries)
        change = {"review": _reviewed, "edit": _edited}.get(what, _laid_out)
        text = change(self._files[path].decode(), str(self._day()), self._made)
        self._files[path] = text.encode()
        yield from self._commit(what, self._writing(path), branch)

    def _branch(self) -> Iterator[bytes]:
        yield b"reset refs/heads/side\nfrom refs/heads/main\n\n"
        yield from self._next("refs/heads/side")
        # fast-import begins a merge with the files of its first parent alone
        yield from self._commit("Merge", b"merge refs/heads/side\n" + self._last)

    def _writing(self, *paths: str) -> bytes:
        return b"".join(
            f"M 100644 inline content/{self._former.get(path, path)}\n".encode()
            + _data(self._files[path])
            for path in paths
        )

    def _day(self) -> datetime.date:
        left = (self._commits - self._made) / self._commits
        return TODAY - datetime.timedelta(days=max(0, int(YEARS * 365 * left)))

    def _commit(
        self, message: str, changes: bytes, branch: str = "refs/heads/main"
    ) -> Iterator[bytes]:
        noon = datetime.datetime.combine(self._day(), datetime.time(4), datetime.UTC)
        author = f"Person {self._draw.randrange(AUTHORS)} <{self._made % AUTHORS}@example.com>"
        when = f"{int(noon.timestamp()) + self._made % 3600} +0800"
        self._made += 1
        self._last = changes
        yield f"commit {branch}\nauthor {author} {when}\ncommitter {author} {when}\n".encode()
        yield _data(message.encode()) + changes + b"\n"


def _renaming(former: str, path: str) -> bytes:
    return f"R content/{former} content/{path}\n".encode()


def _data(raw: bytes) -> bytes:
    return f"data {len(raw)}\n".encode() + raw + b"\n"


def _reviewed(text: str, day: str, number: int) -> str:
    return re.sub(r"^reviewed: .*$", f"reviewed: '{day}'", text, count=1, flags=re.MULTILINE)


def _edited(text: str, day: str, number: int) -> str:
    """A note of the editor's, in front matter or in plain YAML, is a field of every kind."""
    note = f"editor_note: Revised on {day}, no. {number}."
    if "\neditor_note: " in text:
        return re.sub(r"^editor_note: .*$", note, text, count=1, flags=re.MULTILINE)
    return re.sub(r"^reviewed: ", f"{note}\nreviewed: ", text, count=1, flags=re.MULTILINE)


def _laid_out(text: str, day: str, number: int) -> str:
    """The same content with other white space."""
    if "\nowner:  " in text:
        return text.replace("\nowner:  ", "\nowner: ", 1)
    return text.replace("\nowner: ", "\nowner:  ", 1)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Gives a playbook a past.")
    parser.add_argument("folder", type=Path, help="the folder that holds content/")
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make_history(arguments.folder, arguments.commits, arguments.seed)


if __name__ == "__main__":
    main()
