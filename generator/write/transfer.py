"""A folder to another computer, by rsync.

What rsync can promise: new files are laid beside the published ones and put in their places
together at the end, what is deleted goes after that, and the list of versions changes when all
else is there. A transfer that breaks off before the end has changed nothing that readers see. The
last moment is many renames and no single one: whoever reads just then may see files of both, and a
connection that is lost just then leaves a mixture that the next run mends.

Files on the other side that no manifest there names are somebody's, and stay.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.versions import VERSIONS, VERSIONS_SCRIPT, Difference

_LAST = (VERSIONS, VERSIONS_SCRIPT, "index.html")
_OPTIONS = ("--recursive", "--links", "--times", "--checksum", "--protect-args")
_NOTHING_THERE = 23
"""What rsync ends with where the folder to be read does not exist, among other things."""


class NotTransferred(Exception):
    """rsync is missing, or ended with an error."""


@dataclass(frozen=True, slots=True)
class Target:
    """A folder on another computer, as rsync names it: `host:path`, or `rsync://host/module/path`."""

    address: str

    def manifests(self, pattern: str) -> Mapping[str, bytes]:
        """The files there whose names fit a pattern, in folders of any depth."""
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
            rules = ("--prune-empty-dirs", "--include=*/", f"--include={pattern}", "--exclude=*")
            done = _ended(*_OPTIONS, *rules, "--", f"{self.address}/", f"{scratch}/")
            if done.returncode == _NOTHING_THERE and "No such file or directory" in done.stderr:
                return {}
            _check(done)
            root = Path(scratch)
            files = (path for path in root.rglob("*") if path.is_file())
            return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}

    def compared(self, source: Path, kept: Iterable[str] = ()) -> Difference:
        """What sending `source` would change there. `kept` are files there that stay."""
        with _rules(kept) as rules:
            done = _ended(
                *_OPTIONS, "--dry-run", "--delete", "--out-format=%i %n", *rules,
                "--", f"{source}/", f"{self.address}/",
            )  # fmt: skip
        _check(done)
        return _read(done.stdout.splitlines())

    def send(self, source: Path, kept: Iterable[str]) -> None:
        """Sends all files, and deletes what `source` does not hold."""
        held_back = [f"--exclude=/{name}" for name in _LAST]
        where = ("--", f"{source}/", f"{self.address}/")
        _check(_ended(*_OPTIONS, "--delay-updates", *held_back, *where))
        with _rules(kept) as rules:
            _check(_ended(*_OPTIONS, "--delay-updates", "--delete-delay", *rules, *where))


@contextlib.contextmanager
def _rules(kept: Iterable[str]) -> Iterator[Sequence[str]]:
    """The option for rules that protect files on the other side."""
    with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
        file = Path(scratch) / "rules"
        lines = [f"P /{_literal(name)}\n" for name in kept]
        file.write_text("".join(lines), encoding="utf-8")
        yield (f"--filter=merge {file}",) if lines else ()


def _literal(name: str) -> str:
    """A name in which nothing stands for something else."""
    return re.sub(r"([\\*?\[])", r"\\\1", name)


def _read(lines: Iterable[str]) -> Difference:
    """rsync's list of changes: `>f+++++++++ new`, `>f.st...... changed`, `*deleting   gone`."""
    added, changed, removed = [], [], []
    for line in lines:
        what, _, name = line.partition(" ")
        name = name.strip()
        if not name or name.endswith("/"):
            continue
        if what == "*deleting":
            removed.append(name)
        elif what[1:2] in ("f", "L") and "+" in what:
            added.append(name)
        elif what[:1] in ("<", ">") or what[2:4] == "c":
            changed.append(name)
    return Difference(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(removed)))


def _ended(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 — fixed arguments, no shell
            ["rsync", *arguments],  # noqa: S607
            capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise NotTransferred("rsync is not installed; install it here and on the host") from None
    except OSError as error:
        raise NotTransferred(f"rsync cannot be run: {error}") from None


def _check(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        said = next(iter(lines), f"rsync ended with {done.returncode}")
        raise NotTransferred("".join(c if c.isprintable() else " " for c in said)[:300])
