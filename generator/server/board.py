"""Where the newest build hangs, for everybody who waits for one. Lives in the server's loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from generator.server.rebuilt import Rebuilt


class Board:
    """What is served now."""

    def __init__(self, first: Rebuilt) -> None:
        self.current = first
        self.closed = False
        self._turn = asyncio.Event()

    def put(self, rebuilt: Rebuilt) -> None:
        """Serves `rebuilt` from now on."""
        self.current = rebuilt
        self._wake()

    def close(self) -> None:
        """Ends all that wait, so that the server can end."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        former, self._turn = self._turn, asyncio.Event()
        former.set()

    async def follow(self, idle: float) -> AsyncIterator[Rebuilt | None]:
        """The current build and each one after it; None after `idle` seconds without one."""
        while not self.closed:
            turn = self._turn
            yield self.current
            while not self.closed and not await _comes(turn, idle):
                yield None


async def _comes(turn: asyncio.Event, idle: float) -> bool:
    try:
        await asyncio.wait_for(turn.wait(), idle)
    except TimeoutError:
        return False
    return True
