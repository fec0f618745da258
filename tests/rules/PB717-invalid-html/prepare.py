"""Pages that browsers have to guess at."""

from pathlib import Path

from tests.rules.published import page, write_site


def prepare(folder: Path) -> None:
    body = '<p><div id="a">1</div></p>\n<p id="a">2 <a href="index.html"><button>3</button></a></p>'
    more = '<ul><p>4</p></ul>\n<p aria-describedby="none"><img src="static/site.css"></p>'
    write_site(folder / "site", {"visit.html": page("Visit", body + more)})
