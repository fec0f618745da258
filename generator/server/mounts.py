"""Whether the system tells of changes in a folder: not where another machine may make them.

Linux only; elsewhere the answer is yes, and `--poll` is there for who knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
SILENT = (
    "9p", "afpfs", "cifs", "davfs", "drvfs", "fakeowner", "fuse.gvfsd-fuse", "fuse.osxfs",
    "fuse.rclone", "fuse.sshfs", "fuse.vmhgfs-fuse", "ncpfs", "nfs", "nfs4", "osxfs", "prl_fs",
    "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
)  # fmt: skip
"""File systems of networks, of virtual machines, and of Windows as Linux in it sees it."""


def tells_of_changes(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether changes in `folder` are told."""
    place = folder.resolve()
    around = [found for found in _mounted(mounts) if place.is_relative_to(found[0])]
    return not around or max(around, key=lambda found: len(found[0].parts))[1] not in SILENT


def _mounted(mounts: Path) -> Iterator[tuple[Path, str]]:
    """Where something is mounted, and what kind of file system; later ones lie over former."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in reversed(lines):
        _, place, kind, *_ = line.split(" ")
        yield Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)), kind
