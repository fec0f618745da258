"""What is loaded from elsewhere, and what holds at one address alone."""

from pathlib import Path

from tests.rules.published import page, write_site


def prepare(folder: Path) -> None:
    body = '<script src="https://cdn.example.com/x.js"></script>\n'
    body += '<p><a href="/index.html">Home</a></p>'
    css = b'@import "//cdn.example.com/x.css";\n'
    write_site(folder / "site", {"visit.html": page("Visit", body), "static/site.css": css})
