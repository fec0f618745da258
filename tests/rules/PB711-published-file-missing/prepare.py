"""A copy that broke off."""

from pathlib import Path

from tests.rules.published import write_site


def prepare(folder: Path) -> None:
    write_site(folder / "site")
    (folder / "site" / "freshness.json").unlink()
