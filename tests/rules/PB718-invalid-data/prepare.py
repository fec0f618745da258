"""Data that nobody can read."""

from pathlib import Path

from tests.rules.published import write_site


def prepare(folder: Path) -> None:
    broken = {
        "freshness.json": b"{",
        "feed.xml": b"<feed>",
        "search/en.js": b"pbSearch.put(1)",
    }
    write_site(folder / "site", broken)
