"""Somebody who confirms three weapons of their own, on three days, and nobody else's."""

from pathlib import Path

from tests.rules.scripted import begin, commit, redate


def prepare(folder: Path) -> None:
    begin(folder)
    for number in (1, 2, 3):
        day = f"2026-11-{16 + number}"
        redate(folder / f"content/knowledge/rival-{number}.md", day)
        commit(folder, f"Reviewed rival {number}", day)
