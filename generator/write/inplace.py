"""A private folder whose files are replaced one by one, for who serves it while it is rebuilt.

A new tree for every saved file would cost as much as the playbook is large. Here a build puts what
is new aside, and moves it over while nobody reads: whoever asks through `read` gets the site before
or after, never a mixture.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

from generator.write.output import digest_of


class Inplace:
    """A folder that only this process knows. It is an output and its own staging."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests: Mapping[str, str] = {}
        """The digest of each file, by address."""
        self._new = folder.with_name(f"{folder.name}.new")
        self._lock = threading.Lock()
        self._closed = False

    def stage(self) -> Inplace:
        """Begins anew; what was put aside and not committed is gone."""
        shutil.rmtree(self._new, ignore_errors=True)
        return self

    def put(self, name: str, content: bytes, digest: str = "") -> tuple[str, str]:
        """Puts a file aside; gives its name and digest, which may be known. May be called in
        several processes."""
        digest = digest or digest_of(content)
        if self.digests.get(name) != digest:
            with self._lock:
                self._put_aside(name, content)
        return name, digest

    def _put_aside(self, name: str, content: bytes) -> None:
        if not self._closed:
            target = self._new / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def keep(self, name: str) -> None:
        """A file that stays needs nothing to be done."""

    def commit(self, digests: Mapping[str, str]) -> None:
        """Moves over what was put aside, and removes what is not in `digests`."""
        changed = [name for name, digest in digests.items() if self.digests.get(name) != digest]
        folders = {os.path.dirname(name) for name in changed}  # noqa: PTH120  # addresses
        with self._lock:
            if self._closed:
                return
            # First what goes: where letters may be large or small, the new name is the old one.
            for name in self.digests.keys() - digests.keys():
                (self.folder / name).unlink(missing_ok=True)
            for folder in folders:
                (self.folder / folder).mkdir(parents=True, exist_ok=True)
            for name in changed:
                (self._new / name).replace(self.folder / name)
            self.digests = dict(digests)

    def close(self) -> None:
        """Removes the folder for good; what a build still makes is thrown away."""
        with self._lock:
            self._closed = True
            for folder in (self.folder, self._new):
                shutil.rmtree(folder, ignore_errors=True)

    def read(self, name: str) -> bytes | None:
        """A file of the site; None for an address that it does not have."""
        with self._lock:
            return (self.folder / name).read_bytes() if name in self.digests else None
