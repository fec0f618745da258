"""The files of a tree that are nobody's but the tree's, and the manifest that names them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

MANIFEST = ".playbook-tree.json"
"""Names the tree's own files, and the manifest of every site in it, with their digests."""
SITE_MANIFEST = ".playbook-manifest.json"
VERSIONS = "versions.json"
VERSIONS_SCRIPT = "versions.js"
"""The same list for pages that were opened from a folder, which may load scripts alone."""
RELEASE = "release.json"
RELEASE_SCRIPT = "release.js"
PREVIEWS = "preview"
CNAME = "CNAME"
FORMAT = 1


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """The content of a manifest."""
    files = {"format": FORMAT, "files": dict(sorted(digests.items()))}
    return (json.dumps(files, indent=0, ensure_ascii=False) + "\n").encode("utf-8")


def names_in(raw: bytes | None) -> dict[str, str] | None:
    """The files that a manifest names, with their digests; None for what is no manifest."""
    try:
        files = json.loads(raw or b"")["files"]
        named = {name: digest for name, digest in files.items() if isinstance(digest, str)}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return named if len(named) == len(files) and all(map(_inside, named)) else None


def _inside(name: object) -> bool:
    return isinstance(name, str) and "\\" not in name and not {"", ".", ".."} & set(name.split("/"))


def previews_in(named: Iterable[str]) -> tuple[str, ...]:
    """The names of the previews, of the files that a tree's manifest names."""
    parts = [name.split("/") for name in named]
    return tuple(
        sorted(p[1] for p in parts if len(p) == 3 and (p[0], p[2]) == (PREVIEWS, SITE_MANIFEST))
    )
