"""A file replaced as a whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_file(path: Path, raw: bytes) -> None:
    """Writes `raw` to `path` in one step; the file is the former one or the new one, never half.

    A symbolic link stays one: what it points to is replaced. Raises OSError.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
    except BaseException:
        draft.unlink()
        raise


def write_protected(path: Path) -> bool:
    """Whether somebody took the permission to write off the file, which replacing it would pass
    over."""
    return not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK)


def create_file(path: Path, raw: bytes) -> None:
    """Writes `raw` to a file that must not be there yet. Raises FileExistsError and OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        try:
            file.write(raw)
        except BaseException:
            path.unlink()
            raise
