"""What a site tells of its changes: the library compared with a former playbook, with the times
that git knows. Never the clock's: the same input gives the same news.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.build.loading import Content
from generator.build.news.sides import Side, side_of
from generator.changes import Act, Line, compare, told
from generator.changes.news import (
    NAME,
    Item,
    News,
    Round,
    as_json,
    items_of,
    news_of,
    read_rounds,
)
from generator.history import GitFailed, Repository, Version, history_of, open_repository
from generator.link.addresses import entry_url, news_url
from generator.model import Library
from generator.problems import Location, Problem
from generator.problems.output import PREVIOUS
from generator.render import Strings
from generator.snapshot import Snapshot, Unusable

MOST_SCRIPT_LINES = 8
LARGEST = 16 * 1024 * 1024
"""Bytes of a changes.json that are read."""


@dataclass(frozen=True, slots=True)
class Present:
    """The playbook as it is built."""

    library: Library
    snapshot: Snapshot
    strings: Mapping[str, Strings]
    history: bool
    """Whether git may be asked when things were changed."""
    previous_title: str = ""
    """What readers know the former playbook by; "" for the name of its folder, file or ref."""


def read_news(previous: str, content: Content, present: Present, jobs: int = 1) -> News | Problem:
    """The news since the playbook that `previous` names, or why there is none."""
    side = side_of(previous, content, jobs=jobs)
    if isinstance(side, Unusable):
        reason = side.reason.removeprefix(f"{previous}: ")
        return PREVIOUS.at(Location(previous), reason, side.fix)
    comparisons = {
        code: compare(side.snapshot, present.snapshot, code, present.library.kinds)
        for code in present.snapshot.languages
    }
    changed = {entry.id for each in comparisons.values() for entry in each.entries}
    moments = dict(_moments(content, present, side.snapshot, changed))
    entries = present.snapshot.entries
    digests = {i: entries[i].digest if i in entries else "gone" for i in changed}
    since = present.previous_title or side.name
    items = {
        code: items_of(told(each, present.strings[code], since, ""), digests, moments)
        for code, each in comparisons.items()
    }
    return news_of(Round(since, items), _former(side))


def _former(side: Side) -> tuple[Round, ...]:
    """The rounds that the former site told."""
    if side.folder is None:
        return ()
    try:
        with (side.folder / NAME).open("rb") as file:
            return read_rounds(file.read(LARGEST))
    except OSError:
        return ()


def _moments(
    content: Content, present: Present, former: Snapshot, changed: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """When each of the `changed` was committed last, by id; nothing without a history."""
    repository = open_repository(content.folder) if present.history and changed else None
    if not isinstance(repository, Repository) or history_of(repository):
        return
    try:
        times = _Times.of(repository)
    except GitFailed:
        return
    for identity in sorted(changed):
        seconds = max(map(times.of_path, _paths(present.library, former, identity)), default=0)
        moment = datetime.datetime.fromtimestamp(seconds or times.newest, datetime.UTC)
        yield identity, moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _paths(library: Library, former: Snapshot, identity: str) -> Iterator[str]:
    """The files of an entry, or the one that it had."""
    if identity not in library.source.entries:
        yield former.entries[identity].path
        return
    found = [edition.entries[identity] for edition in library.editions]
    yield from dict.fromkeys(path for entry in found for path in (entry.path, entry.text_path))


@dataclass(frozen=True, slots=True)
class _Times:
    """When files were committed, in seconds since 1970."""

    repository: Repository
    tree: Mapping[str, str]
    gone: Mapping[str, int]
    newest: int

    @classmethod
    def of(cls, repository: Repository) -> _Times:
        """Raises GitFailed."""
        commits = repository.log.commits
        gone: dict[str, int] = {}
        for commit in commits:
            for edit in commit.edits:
                if edit.blob is None:
                    gone.setdefault(edit.path, commit.committed)
        newest = commits[0].committed if commits else 0
        return cls(repository, repository.tree(repository.head), gone, newest)

    def of_path(self, path: str) -> int:
        """0 for a file that no commit knows."""
        place = self.repository.prefix + path
        if path not in self.tree:
            return self.gone.get(place, 0)
        step = self.repository.log.maker(Version(place, self.tree[path]))
        return step.commit.committed if step else 0


def news_files(news: News, present: Present) -> Iterator[tuple[str, bytes]]:
    """Addresses and contents of the files that tell programs and scripts of the changes."""
    yield NAME, as_json(news)
    key = str(present.library.source.settings.title)
    for edition in present.library.editions:
        words = present.strings[edition.code]
        document = {
            "key": key,
            "code": edition.code,
            "words": words.words["changes"]["ui"],
            "items": _script_items(news, edition.code, present.library, words),
        }
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        yield news_url(edition.code), f"window.pbChanges={text};\n".encode("utf-8", "replace")


def _script_items(news: News, code: str, library: Library, words: Strings) -> list[Any]:
    """By entry: its address and title, and its rounds, the newest first."""
    entries = library.source.entries
    found: dict[str, dict[str, Any]] = {}
    for each, item in news.of(code):
        shown = item.id in entries and entries[item.id].data.status != "draft"
        if not shown:
            continue
        made = found.setdefault(
            item.id, {"id": item.id, "url": entry_url(code, item.id), "title": item.title}
        )
        made.setdefault("rounds", []).append(
            {
                "digest": item.digest,
                "since": each.since,
                "new": item.act is Act.ADDED,
                "lines": _script_lines(item, words),
            }
        )
    return [*found.values()]


def _script_lines(item: Item, words: Strings) -> list[list[list[str]]]:
    """Facts line by line, and how many changes of words there are besides."""
    lines = [_pieces(line) for line in item.loud[:MOST_SCRIPT_LINES]]
    more = len(item.loud) - len(lines)
    if more:
        lines.append([["", words.say("changes.more", count=more)]])
    if len(item.quiet) == 1 and not lines:
        return [_pieces(item.quiet[0])]
    if item.quiet:
        lines.append([["", words.say("changes.rewordings", count=len(item.quiet))]])
    return lines


def _pieces(line: Line) -> list[list[str]]:
    return [[mark if line.woven else "", text] for mark, text in line.pieces]
