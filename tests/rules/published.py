"""Writes the smallest site that `playbook verify` finds nothing wrong with, for cases to damage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="static/site.css"></head>
<body>
<main><h1 id="top-of-it">{title}</h1>
{body}
</main>
</body></html>
"""


def page(title: str, body: str = "") -> bytes:
    """A valid page."""
    return PAGE.format(title=title, body=body).encode()


SITE: Mapping[str, bytes] = {
    "index.html": page("Home", '<p><a href="visit.html#top-of-it">Visit</a></p>'),
    "visit.html": page("Visit", '<p><a href="index.html">Home</a></p>'),
    "static/site.css": b"main { color: black }\n",
    "freshness.json": b"{}\n",
}


def write_site(folder: Path, changed: Mapping[str, bytes] | None = None) -> None:
    """Writes the site with its manifest; `changed` files have other bytes from the beginning."""
    files = {**SITE, **(changed or {})}
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = json.dumps({"format": 1, "files": digests})
    (folder / ".playbook-manifest.json").write_text(manifest, encoding="utf-8")


def write_tree(folder: Path, versions: list[object]) -> None:
    """Writes a tree with nothing in it but a list of versions."""
    files = {
        "versions.json": json.dumps(versions).encode(),
        "versions.js": f"pbVersions({json.dumps(versions)});\n".encode(),
        "index.html": page("Home").replace(b'href="static/site.css"', b'href="site.css"'),
        "site.css": b"",
    }
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = json.dumps({"format": 1, "files": digests})
    (folder / ".playbook-tree.json").write_text(manifest, encoding="utf-8")
