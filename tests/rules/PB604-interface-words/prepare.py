"""The same playbook, with files of words that cannot be read."""

import shutil
from pathlib import Path


def prepare(folder: Path) -> None:
    for other in ("broken", "gbk"):
        shutil.copytree(folder / "content", folder / other / "content")
