"""A file that somebody left."""

from pathlib import Path

from tests.rules.published import write_site


def prepare(folder: Path) -> None:
    write_site(folder / "site")
    (folder / "site" / "backup.zip").write_bytes(b"")
