"""A text of more than 1 MiB, an attachment of more than 20 MiB."""

from pathlib import Path


def prepare(folder: Path) -> None:
    log = folder / "content" / "knowledge" / "chat-log.md"
    log.write_text("---\ntitle: Chat log\n---\n" + "We said more.\n" * 100_000, encoding="utf-8")
    video = folder / "content" / "videos" / "visit.mp4"
    video.parent.mkdir()
    with video.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
