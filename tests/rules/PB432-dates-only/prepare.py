"""An entry that is reviewed three times without a word changed, and one that does change."""

from pathlib import Path

from tests.rules.scripted import begin, commit, redate

NEVER, EVER = "content/knowledge/rival-1.md", "content/knowledge/rival-2.md"


def prepare(folder: Path) -> None:
    begin(folder)
    for day in ("2026-10-01", "2026-10-30", "2026-11-20"):
        redate(folder / NEVER, day)
        commit(folder, "Reviewed rival 1", day)
        redate(folder / EVER, day)
        with (folder / EVER).open("a", encoding="utf-8") as file:
            file.write(f"\nSeen on {day}.\n")
        commit(folder, "Reviewed rival 2", day)
