"""Links to what is not there."""

from pathlib import Path

from tests.rules.published import page, write_site


def prepare(folder: Path) -> None:
    body = '<p><a href="gone.html">1</a>\n'
    body += '<a href="../outside.html">2</a></p><p><img src="a.png" alt=""></p>'
    css = b'main { background: url("gone.png") }\n'
    write_site(folder / "site", {"visit.html": page("Visit", body), "static/site.css": css})
