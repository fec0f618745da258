"""The same corpus as a Hugo site with a plain theme of our own, to be searched by Pagefind.

The theme has what a reader of a playbook needs at least: pages with a title, their section, a table
of contents, the pages before and after; lists of sections; links between Markdown files that lead
to pages; a language that the search can see. Takes a content folder, gives a folder for `hugo`.
"""

from __future__ import annotations

import json
from pathlib import Path

from yardstick import TITLE, pages

SETTINGS = f"""\
title = {json.dumps(TITLE)}
baseURL = "/"
disableKinds = ["taxonomy", "term", "rss"]

[markup.goldmark.renderer]
unsafe = true

[markup.goldmark.renderHooks.link]
useEmbedded = "always"
"""

_PAGE = """\
<!doctype html>
<html lang="{{ if hasPrefix .File.Path "zh/" }}zh{{ else }}en{{ end }}">
<head><meta charset="utf-8"><title>{{ .Title }} – {{ .Site.Title }}</title></head>
<body>
<header><a href="/">{{ .Site.Title }}</a>
{{ with .CurrentSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</header>
<main data-pagefind-body><h1>{{ .Title }}</h1>
%s</main>
</body>
</html>
"""

LAYOUTS = {
    "single": _PAGE
    % """\
<nav data-pagefind-ignore>{{ .TableOfContents }}</nav>
{{ .Content }}
<nav data-pagefind-ignore>
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</nav>
""",
    "list": _PAGE
    % """\
{{ .Content }}
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
""",
}


def make_hugo(content: Path, folder: Path) -> None:
    """Writes the Hugo site into `folder`."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(SETTINGS, encoding="utf-8")
    for name, layout in LAYOUTS.items():
        (layouts / f"{name}.html").write_text(layout, encoding="utf-8")
    target = folder / "content"
    sections = {target: TITLE}
    for page in pages(content):
        path = target / page.path
        sections |= {each: each.name for each in path.parents if target in each.parents}
        _write(path, page.title, page.text)
    for section, title in sections.items():
        _write(section / "_index.md", title, "")  # index.md would make one page of the folder


def _write(path: Path, title: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    front = json.dumps({"title": title}, ensure_ascii=False)
    path.write_text(f"{front}\n\n{text}", encoding="utf-8")
