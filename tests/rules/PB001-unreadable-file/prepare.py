"""Files that cannot be read, and not for want of permission: tests may run as root."""

import os
from pathlib import Path


def prepare(folder: Path) -> None:
    knowledge = folder / "content" / "knowledge"
    os.mkfifo(knowledge / "pipe.md")
    (knowledge / "gone.md").symlink_to("former.md")
    (knowledge / "self.md").symlink_to("self.md")
    (folder / "content" / "images").mkdir()
    (folder / "content" / "images" / "gone.png").symlink_to("former.png")
