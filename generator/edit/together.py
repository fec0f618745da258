"""Several files changed together: all of them, or none.

Everything is written beside its place first; only then do the files change places. What was there
is kept until all is done, and put back if anything fails.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """A file that gets another content, another place, or both."""

    path: Path
    """Where it stands now."""
    raw: bytes
    target: Path
    """Where it is to stand; nothing may be there yet, unless it is the same file."""


@dataclass(slots=True)
class _Work:
    """What has been done so far, and can be taken back."""

    folders: list[Path] = field(default_factory=list)
    drafts: dict[Path, Path] = field(default_factory=dict)
    """What is written beside each target."""
    kept: list[tuple[Path, Path]] = field(default_factory=list)
    """Former files: where they were, and where they are kept."""
    made: list[Path] = field(default_factory=list)


def change_together(changes: Sequence[Change]) -> None:
    """Makes all `changes`. Raises OSError, after which all is as it was."""
    moved = [change for change in changes if change.path != change.target]
    work = _Work()
    try:
        for change in changes:
            _write_draft(change, work)
        for change in moved:
            _refuse_overwriting(change)
        for change in changes:
            _keep(change, work)
        for change in changes:
            work.drafts[change.target].replace(_real(change.target))
            if change.path != change.target:
                work.made.append(change.target)
    except BaseException:
        _take_back(work)
        raise
    for _, kept in work.kept:
        kept.unlink()


def _real(path: Path) -> Path:
    """What a symbolic link leads to, so that the link stays one."""
    return path.resolve() if path.is_symlink() else path


def _write_draft(change: Change, work: _Work) -> None:
    target = _real(change.target)
    missing = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    work.folders += reversed(missing)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    work.drafts[change.target] = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(change.raw)
    Path(name).chmod(change.path.stat().st_mode & 0o7777)


def _refuse_overwriting(change: Change) -> None:
    """A disk that does not tell letters by case shows the file itself under its new name."""
    there = os.path.lexists(change.target)
    if there and not change.target.samefile(change.path):
        raise FileExistsError(17, os.strerror(17), str(change.target))


def _keep(change: Change, work: _Work) -> None:
    former = _real(change.path)
    handle, name = tempfile.mkstemp(dir=former.parent, prefix=f".{former.name}.")
    os.close(handle)
    kept = Path(name)
    try:
        if change.path == change.target:  # the file stays in its place all the time
            shutil.copy2(former, kept)
        else:
            former.replace(kept)
    except OSError:
        kept.unlink()
        raise
    work.kept.append((former, kept))


def _take_back(work: _Work) -> None:
    """Puts back what was there; what fails in that keeps nothing else from being put back."""
    for target in work.made:
        with contextlib.suppress(OSError):
            target.unlink()
    for former, kept in work.kept:
        with contextlib.suppress(OSError):
            kept.replace(former)
    for draft in work.drafts.values():
        with contextlib.suppress(OSError):
            draft.unlink()
    for folder in reversed(work.folders):
        with contextlib.suppress(OSError):
            folder.rmdir()
