"""The same playbook with other faults in its templates."""

import shutil
from pathlib import Path


def prepare(folder: Path) -> None:
    for other in ("undefined", "missing", "fault", "itself"):
        shutil.copytree(folder / "content", folder / other / "content")
