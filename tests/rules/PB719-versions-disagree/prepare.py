"""A list with a version that is not there."""

from pathlib import Path

from tests.rules.published import write_tree


def prepare(folder: Path) -> None:
    write_tree(folder / "tree", [{"version": "2026.11", "title": "2026.11", "aliases": []}])
