"""Two files that a disk which ignores letter case could not hold side by side."""

from pathlib import Path


def prepare(folder: Path) -> None:
    files = folder / "content" / "files"
    files.mkdir()
    (files / "prices.csv").write_text("a\n", encoding="utf-8")
    (files / "Prices.csv").write_text("b\n", encoding="utf-8")
