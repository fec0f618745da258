"""A link to a place that a page does not have."""

from pathlib import Path

from tests.rules.published import page, write_site


def prepare(folder: Path) -> None:
    body = '<p><a href="index.html#step-nine">Step</a> <a href="#here">Here</a></p>'
    write_site(folder / "site", {"visit.html": page("Visit", body)})
