"""The files by which a site can be compared: playbook.json, and the news since a former one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator.build.loading import Content
from generator.build.memory.pieces import Pieces
from generator.model import Library
from generator.problems import Problem
from generator.render import Strings

if TYPE_CHECKING:
    from generator.changes.news import News


@dataclass(frozen=True, slots=True)
class Telling:
    """What a site tells of itself and of its changes."""

    files: Sequence[tuple[str, bytes]]
    """Addresses and contents."""
    news: News | None = None
    problems: tuple[Problem, ...] = ()


def line_of(library: Library, identity: str) -> bytes:
    """The line of an entry in playbook.json."""
    from generator.snapshot import record_line

    return record_line([edition.entries[identity] for edition in library.editions])


def plain_data(library: Library, lines: Pieces[bytes]) -> tuple[str, bytes]:
    """Address and content of playbook.json. Only entries whose line is not known are opened."""
    from generator.snapshot import NAME, as_json, shown_in, snapshot_of

    outlines = library.outlines
    shown = [lines.of(outlines[i].digest, partial(line_of, library, i)) for i in shown_in(library)]
    return NAME, as_json(snapshot_of(library, entries=False), shown)


def lines_shown(library: Library) -> Iterator[str]:
    """The digests of the entries that playbook.json has a line of, in their order."""
    from generator.snapshot import shown_in

    return (library.outlines[identity].digest for identity in shown_in(library))


def tell(
    previous: str,
    content: Content,
    library: Library,
    strings: Mapping[str, Strings],
    history: bool = True,
    jobs: int = 1,
    previous_title: str = "",
) -> Telling:
    """The library as data and, where there is something to compare it with, its news; `history`:
    whether git may be asked when things were changed; `previous_title`: what readers know
    `previous` by, if not by its name."""
    from generator.snapshot import NAME, as_json, snapshot_of  # no other command needs them

    snapshot = snapshot_of(library)
    files = [(NAME, as_json(snapshot))]
    if not previous:
        return Telling(files)
    from generator.build.news.gathering import Present, news_files, read_news

    present = Present(library, snapshot, strings, history, previous_title)
    news = read_news(previous, content, present, jobs)
    if isinstance(news, Problem):
        return Telling(files, problems=(news,))
    return Telling([*files, *news_files(news, present)], news)
