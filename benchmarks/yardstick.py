"""The same corpus as a MkDocs project, so that both generators read the same Markdown.

Each entry, and each translation, becomes one Markdown page: its title, its texts in the order of
the file, its body. Takes a content folder, gives a folder with mkdocs.yml and docs/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SETTINGS = {
    "site_name": "Benchmark playbook",
    "theme": "mkdocs",
    "plugins": ["search"],
    "markdown_extensions": ["admonition"],
}
"""MkDocs as it comes: its own theme and search. Its navigation lists every page on every page."""

WITHOUT_NAVIGATION = {"nav": [{"Home": "index.md"}], "not_in_nav": "*"}
"""What spares MkDocs that list, which makes the site grow with the square of its pages."""


def make_mkdocs(content: Path, folder: Path, navigation: bool) -> int:
    """Writes the MkDocs project into `folder`; the number of its pages."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    settings = SETTINGS if navigation else SETTINGS | WITHOUT_NAVIGATION
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (docs / "index.md").write_text("# Benchmark playbook\n", encoding="utf-8")
    count = 1
    for path in sorted(content.glob("*/*")):
        stem, _, code = path.stem.partition(".")
        target = docs / code / path.parent.name / f"{stem}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_linked(_page(path), bool(code)), encoding="utf-8")
        count += 1
    return count


def _page(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    front, body = text.split("---\n", 2)[1:] if path.suffix == ".md" else (text, "")
    data = yaml.load(front, yaml.CSafeLoader)
    return "\n\n".join([f"# {data.pop('title')}", *_texts(data), body])


def _texts(value: Any) -> Iterator[str]:
    """The texts inside; a title of an item becomes a heading. Ids, names and figures are left."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "title":
                yield f"## {item}"
            elif key not in ("id", "translates"):
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str) and (" " in value or not value.isascii()):
        yield value


def _linked(text: str, translated: bool) -> str:
    """With links to Markdown pages; those of translations lead to the English pages."""
    text = text.replace(".yml)", ".md)")
    return text.replace("](../", "](../../") if translated else text
