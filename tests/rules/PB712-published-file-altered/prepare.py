"""A page that somebody edited where it is published."""

from pathlib import Path

from tests.rules.published import write_site


def prepare(folder: Path) -> None:
    write_site(folder / "site")
    page = folder / "site" / "visit.html"
    page.write_bytes(page.read_bytes().replace(b"Visit</h1>", b"Call</h1>"))
