"""One commit that gives three reviews a new date; a fourth one is dated on another day."""

from pathlib import Path

from tests.rules.scripted import begin, commit, redate


def prepare(folder: Path) -> None:
    begin(folder)
    for number in (1, 2, 3):
        redate(folder / f"content/knowledge/rival-{number}.md", "2026-11-19")
    commit(folder, "Reviewed everything", "2026-11-19", "Wang Jun")
    redate(folder / "content/knowledge/rival-4.md", "2026-11-20")
    commit(folder, "Reviewed rival 4", "2026-11-20", "Wang Jun")
