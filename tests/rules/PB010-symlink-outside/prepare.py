"""A file and a folder from outside, linked into the content."""

from pathlib import Path


def prepare(folder: Path) -> None:
    outside = folder / "private"
    outside.mkdir()
    (outside / "notes.txt").write_text("Private.\n", encoding="utf-8")
    (folder / "content" / "files").mkdir()
    (folder / "content" / "files" / "notes.txt").symlink_to(outside / "notes.txt")
    (folder / "content" / "lessons").symlink_to(outside)
    (folder / "content" / "pages").mkdir(exist_ok=True)
    (folder / "content" / "pages" / "notes.md").symlink_to(outside / "notes.txt")
    (folder / "content" / "pages" / "Other Notes.md").symlink_to(outside / "notes.txt")
