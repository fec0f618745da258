"""What a site says about itself to the other versions of a tree."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from generator.link import Page
from generator.link.page import language_name
from generator.model import Library
from generator.versions import Built, Language, Release, built_files
from generator.versions.release import pages_below


def release_files(
    release: Release,
    library: Library,
    pages: Sequence[Page],
    today: Callable[[str], datetime.date],
) -> Iterator[tuple[str, bytes]]:
    """Addresses and contents."""
    settings, code = library.source.settings, library.source.code
    built = Built(
        version=release.name,
        date=today(settings.time_zone).isoformat(),
        address=settings.address or "",
        languages=tuple(
            Language(e.code, e.tag, language_name(e.tag), str(e.settings.title))
            for e in library.editions
        ),
        pages=pages_below(code, (page.url for page in pages)),
        moved=pages_below(code, (page.url for page in pages if not page.alternates)),
    )
    yield from built_files(built)
