"""Two folders change places in one step, where the system can do that.

Linux: renameat2(2) with RENAME_EXCHANGE, since 3.15. macOS: renamex_np(2) with RENAME_SWAP.
Elsewhere two renames have to do; `restore` mends what a kill between them leaves.
"""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Swapped:
    """A folder that is swapped as a whole: what is to take its place is made beside it."""

    folder: Path

    @property
    def new(self) -> Path:
        """Where its successor is made."""
        return self.folder.parent / f".{self.folder.name}.new"

    @property
    def aside(self) -> Path:
        """Where it goes if two renames have to do."""
        return self.folder.parent / f".{self.folder.name}.old"


def exchange(new: Path, current: Path, aside: Path) -> None:
    """Puts `new` in the place of `current`, whose former content ends up in `new` or `aside`."""
    if not current.exists():
        new.rename(current)
    elif not _exchange_at_once(new, current):
        current.rename(aside)
        new.rename(current)


def restore(current: Path, aside: Path) -> None:
    """Undoes an exchange by two renames that was cut off between them."""
    if aside.exists() and not current.exists():
        aside.rename(current)


def _exchange_at_once(new: Path, current: Path) -> bool:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            done = library.renamex_np(os.fsencode(new), os.fsencode(current), _EXCHANGE)
        else:
            done = library.renameat2(
                _AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(current), _EXCHANGE
            )
    except (AttributeError, OSError, TypeError):  # no such call on this system
        return False
    return bool(done == 0)
