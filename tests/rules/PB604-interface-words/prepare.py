"""The same playbook, with a file of words that cannot be read."""

import shutil
from pathlib import Path


def prepare(folder: Path) -> None:
    for other in ("broken",):
        shutil.copytree(folder / "content", folder / other / "content")
