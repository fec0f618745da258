"""Hears of changes below some folders, which may vanish and come back.

By the system's own events, or by looking every half second: where somebody asks for that, where
the file system is known not to tell, and where the system refuses to.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from generator.server.mounts import tells_of_changes

POLL = 0.5
"""Seconds between two looks where nobody tells."""

_EVENTS: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, FileClosedEvent, FileCreatedEvent,
    FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
"""Not that files are opened and read, which the build does itself."""

Note = Callable[[str], None]
"""Told the path of what has changed."""


class Observation:
    """Watches folders, which need not exist. `why_polling` says why it looks for itself."""

    def __init__(self, folders: Sequence[Path], poll: bool, note: Note) -> None:
        self.why_polling = "" if poll else _why_polling(folders)
        self.polling = poll or bool(self.why_polling)
        self._note = note
        self._known: dict[Path, _Known | None] = dict.fromkeys(folders)
        self._observer = self._start()
        self.look()

    def look(self) -> None:
        """Watches folders that are there and were not, or are others than before."""
        for folder, known in list(self._known.items()):
            identity = _identity(folder)
            if identity == (known.identity if known else None) and not (known and known.lost):
                continue
            if known:
                with contextlib.suppress(KeyError, OSError):  # it may have gone with its folder
                    self._observer.unschedule(known.watched)
            self._known[folder] = self._begin(folder, identity) if identity else None
            self._note(str(folder))

    def stop(self) -> None:
        """Ends it."""
        self._observer.stop()

    def _begin(self, folder: Path, identity: tuple[int, int]) -> _Known | None:
        try:
            return self._watch(folder, identity)
        except OSError as error:
            if not self.polling and folder.is_dir():  # such as too many watches
                self._poll_from_now_on(str(error.strerror or error))
                return self._watch(folder, identity)
            return None  # gone again already

    def _watch(self, folder: Path, identity: tuple[int, int]) -> _Known:
        known = _Known(folder.resolve(), identity, self._note)
        place = str(known.folder)
        known.watched = self._observer.schedule(known, place, recursive=True, event_filter=_EVENTS)
        return known

    def _poll_from_now_on(self, why: str) -> None:
        self.polling, self.why_polling = True, why
        self._observer.stop()
        self._observer = self._start()
        for folder, known in self._known.items():
            if known:
                self._known[folder] = self._watch(folder, known.identity)

    def _start(self) -> BaseObserver:
        observer: BaseObserver = PollingObserver(timeout=POLL) if self.polling else Observer()
        observer.start()
        return observer


class _Known(FileSystemEventHandler):
    """A folder that is watched. Passes on the paths of what may matter."""

    watched: ObservedWatch

    def __init__(self, folder: Path, identity: tuple[int, int], note: Note) -> None:
        self.folder, self.identity = folder, identity
        self.lost = False
        """Whether it was deleted; another may have taken its place, even with its identity."""
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path):
            below = os.path.relpath(path, self.folder)
            self.lost |= below == "." and isinstance(event, DirDeletedEvent)
            if matters(below):
                self._note(path)


def matters(path: str) -> bool:
    """Whether a change at `path`, relative to a watched folder, can change the site: nothing that
    is hidden or made by Python, and nothing that editors leave for a moment."""
    parts = Path(path).parts
    name = parts[-1] if parts else ""
    hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
    passing = name.endswith(("~", "___jb_tmp___", "___jb_old___")) or name == "4913"
    return not (hidden or passing or (name.startswith("#") and name.endswith("#")))


def changed_since(folder: Path, moment: float) -> bool:
    """Whether something in `folder` was changed at `moment`, in seconds since 1970, or later. What
    was deleted shows in the time of the folder that it was in, unless Python writes there, too."""
    for here, folders, files in os.walk(folder):
        places = [Path(here, name) for name in files if matters(name)]
        if "__pycache__" not in folders:
            places.append(Path(here))
        if any(_time_of(place) >= moment for place in places):
            return True
        folders[:] = [name for name in folders if matters(name)]
    return False


def _time_of(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except OSError:  # gone meanwhile
        return 0.0


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _why_polling(folders: Sequence[Path]) -> str:
    silent = [folder for folder in folders if not tells_of_changes(folder)]
    return f"{silent[0]} lies on a file system that does not tell of changes" if silent else ""
