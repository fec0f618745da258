"""The navigation for hosts that run no plugins: as YAML for mkdocs.yml, and as a list of links."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator

from generator.export.manuscript import Chapter
from generator.markdown.dialect import escape


def nav_as_yaml(chapters: Iterable[Chapter], under: str = "") -> str:
    """The `nav` of MkDocs and its kin, for pages that lie in the folder `under` of the host. The
    page of a section comes first in it, without a title."""
    return "\n".join(("nav:", *_yaml(chapters, under, "  "))) + "\n"


def _yaml(chapters: Iterable[Chapter], under: str, margin: str) -> Iterator[str]:
    for chapter in chapters:
        title = json.dumps(chapter.title, ensure_ascii=False)
        path = json.dumps(posixpath.join(under, chapter.path), ensure_ascii=False)
        if chapter.below:
            yield f"{margin}- {title}:"
            yield f"{margin}    - {path}"
            yield from _yaml(chapter.below, under, margin + "    ")
        else:
            yield f"{margin}- {title}: {path}"


def nav_as_list(chapters: Iterable[Chapter]) -> str:
    """SUMMARY.md: nested links, as books and wikis read them."""
    return "\n".join(("# Summary", "", *_links(chapters, ""))) + "\n"


def _links(chapters: Iterable[Chapter], margin: str) -> Iterator[str]:
    for chapter in chapters:
        yield f"{margin}-   [{escape(chapter.title)}]({chapter.path})"
        yield from _links(chapter.below, margin + "    ")
