"""A cache that somebody else wrote."""

from pathlib import Path


def prepare(folder: Path) -> None:
    (folder / ".cache").mkdir()
    (folder / ".cache/playbook.sqlite").write_bytes(b"This is no database.")
