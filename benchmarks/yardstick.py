"""The same corpus as a MkDocs or a Zensical project, so that all generators read the same Markdown.

Each entry, and each translation, becomes one Markdown page: its title, its texts in the order of
the file, its body. Takes a content folder, gives a folder with settings and docs/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TITLE = "Benchmark playbook"

SETTINGS = {
    "site_name": TITLE,
    "theme": "mkdocs",
    "plugins": ["search"],
    "markdown_extensions": ["admonition"],
}
"""MkDocs as it comes: its own theme and search. Its navigation lists every page on every page."""

WITHOUT_NAVIGATION = {"nav": [{"Home": "index.md"}], "not_in_nav": "*"}
"""What spares MkDocs that list, which makes the site grow with the square of its pages."""

ZENSICAL = f"""\
[project]
site_name = {json.dumps(TITLE)}
site_url = "https://playbook.example.com/"

[project.markdown_extensions]
admonition = {{}}
"""
"""Zensical as it comes: its own theme and search, and the Markdown that MkDocs gets."""

ZENSICAL_WITHOUT_NAVIGATION = ZENSICAL.replace(
    "[project]\n", '[project]\nnav = [{ "Home" = "index.md" }]\n'
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the other generators."""

    path: str
    """Relative, with its language first if it is a translation."""
    title: str
    text: str
    """What follows the title."""


def pages(content: Path) -> Iterator[Page]:
    """All entries and translations of a content folder."""
    for path in sorted(content.glob("*/*")):
        stem, _, code = path.stem.partition(".")
        folder = Path(code) / path.parent.name
        text = path.read_text(encoding="utf-8")
        front, body = text.split("---\n", 2)[1:] if path.suffix == ".md" else (text, "")
        data = yaml.load(front, yaml.CSafeLoader)
        title = data.pop("title")
        text = "\n\n".join([*_texts(data), body])
        yield Page((folder / f"{stem}.md").as_posix(), title, _linked(text, bool(code)))


def make_mkdocs(content: Path, folder: Path, navigation: bool) -> None:
    """Writes the MkDocs project into `folder`."""
    settings = SETTINGS if navigation else SETTINGS | WITHOUT_NAVIGATION
    _write_docs(content, folder)
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def make_zensical(content: Path, folder: Path, navigation: bool) -> None:
    """Writes the Zensical project into `folder`."""
    settings = ZENSICAL if navigation else ZENSICAL_WITHOUT_NAVIGATION
    _write_docs(content, folder)
    (folder / "zensical.toml").write_text(settings, encoding="utf-8")


def _write_docs(content: Path, folder: Path) -> None:
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text(f"# {TITLE}\n", encoding="utf-8")
    for page in pages(content):
        target = docs / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {page.title}\n\n{page.text}", encoding="utf-8")


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
