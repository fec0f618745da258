"""Builds in a row, in one process: what one knows, the next one need not find out again.

For who writes, and waits for the page after every saved file. The site lies in a private folder
and can be read at any time; what takes long and no page needs, such as the search, can come later.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.build.building import Build, Scene
from generator.build.loading import Progress
from generator.build.memory.live import LiveMemory
from generator.build.memory.whole import Taken
from generator.build.retouching import retouched
from generator.build.site import Outcome, Request
from generator.cache import Store
from generator.write import Inplace


class _Stopped(Exception):
    pass


class Session:
    """The builds of one request. One at a time may run; pages may be read meanwhile."""

    def __init__(self, request: Request) -> None:
        """`request.output` is a folder of which nobody else knows."""
        self._memory = LiveMemory(Store(None), "")
        self._place = Inplace(request.output)
        self._scene: Scene | None = None
        """What the last build saw and made, if it worked."""

    def build(
        self, request: Request, progress: Progress = lambda *_: None, hurry: bool = False
    ) -> Outcome:
        """Builds. In a `hurry` what takes long and no page needs may stay as it was."""
        taken = request.taken("", self._memory.look)
        scene, self._scene = self._scene, None
        if hurry and scene and (made := retouched(scene, request, taken, self._place)):
            outcome, self._scene = made
            return outcome
        return self._build(request, taken, progress, hurry=hurry).outcome()

    def settle(self, request: Request, stop: Callable[[], bool]) -> Outcome | None:
        """Makes what was put off, unless somebody says `stop`: then the site stays as it is, and
        None is given."""

        def step(_more: int) -> None:
            if stop():
                raise _Stopped

        taken = request.taken("", self._memory.look)
        quiet: Progress = lambda *_: None  # noqa: E731
        build = self._build(request, taken, quiet, step=step)
        try:
            return build.outcome()
        except _Stopped:
            return None

    def _build(
        self,
        request: Request,
        taken: Taken,
        progress: Progress,
        hurry: bool = False,
        step: Callable[[int], None] = lambda _: None,
    ) -> Build:
        return Build(request, self._memory, taken, progress, self._place, hurry, step, self._see)

    def _see(self, scene: Scene) -> None:
        self._scene = scene

    def close(self) -> None:
        """Removes the site, also while a build is at work, of which nothing comes any more."""
        self._place.close()

    def read(self, url: str) -> bytes | None:
        """A file of the last site that was built."""
        return self._place.read(url)
