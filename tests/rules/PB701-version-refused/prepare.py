"""A tree in which the version is released already."""

from pathlib import Path

from tests.rules.published import write_tree


def prepare(folder: Path) -> None:
    names = ["2026.11", "2026.10"]
    write_tree(folder / "tree", [{"version": name, "title": name, "aliases": []} for name in names])
