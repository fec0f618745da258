"""Waits until something below some folders has changed, and is at rest.

One change is often many events: editors write a copy and rename it, `git checkout` touches
hundreds of files. So a change counts when nothing has followed it for a while, which is longer
where many files change.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.server.observing import Observation, changed_since

REST = 0.03
"""Seconds without an event after which a saved file is taken for complete."""
REST_OF_MANY = 0.25
"""The same where more than `MANY` paths have changed."""
MANY = 4
LONGEST = 10.0
"""Who never rests is not waited for longer than this."""
LOOK = 0.5
"""Seconds between two looks whether a folder has been replaced."""


class Watch:
    """Watches folders, which need not exist and may come and go."""

    def __init__(
        self,
        folders: Sequence[Path],
        since: float,
        poll: bool = False,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """What was changed at the moment `since`, in seconds since 1970, or later counts already.
        `busy` says that more is to come, such as the rest of a checkout."""
        self._busy = busy
        self._stopped = False
        self._lock = threading.Lock()
        self._changed: set[str] = set()
        self._event = threading.Event()
        self._observation = Observation(folders, poll, self._note)
        self._take()
        if any(changed_since(folder, since) for folder in folders):
            self._note("")

    @property
    def why_polling(self) -> str:
        """Why it looks for changes itself although nobody asked for that; "" if it does not."""
        return self._observation.why_polling

    def comes_within(self, seconds: float) -> bool:
        """Whether something has changed since the last time, or does so soon."""
        return self._event.wait(seconds)

    def wait(self) -> bool:
        """Returns when something has changed since the last time, and rests; False at the end."""
        while not self._event.wait(LOOK):
            self._observation.look()
        began = time.monotonic()
        changed = self._take()
        while not self._stopped and time.monotonic() - began < LONGEST:
            rest = REST_OF_MANY if len(changed) > MANY or self._busy() else REST
            if not self._event.wait(rest) and not self._busy():
                break
            changed |= self._take()
        return not self._stopped

    def stop(self) -> None:
        """Ends the watching, and the waiting."""
        self._stopped = True
        self._event.set()
        self._observation.stop()

    def _note(self, path: str) -> None:
        with self._lock:
            self._changed.add(path)
            self._event.set()

    def _take(self) -> set[str]:
        """What has changed since the last time."""
        with self._lock:
            self._event.clear()
            changed, self._changed = self._changed, set()
            return changed
