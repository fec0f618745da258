"""A file where the site would go."""

from pathlib import Path


def prepare(folder: Path) -> None:
    (folder / "site").write_text("No folder.\n", encoding="utf-8")
