"""Everything together: the loop of the server, and beside it a thread that waits and rebuilds."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from socket import socket
from types import FrameType

import uvicorn

from generator.server.app import LiveFile, application
from generator.server.board import Board
from generator.server.guard import Guarded
from generator.server.rebuilt import Rebuilt
from generator.server.watch import Watch

PAUSE = 2.0
"""Seconds without a change after which there is time for what was put off."""
PATIENCE = 0.5
"""Seconds that a running build is given at the end; what it makes is thrown away."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served, and to whom."""

    first: Rebuilt
    rebuild: Callable[[], Rebuilt]
    """Builds anew; called in one thread, never twice at a time. It may not raise."""
    watch: Watch
    live_file: LiveFile
    names: frozenset[str]
    """Host names besides those of this machine alone."""
    open_to_network: bool
    policy: str
    """The Content-Security-Policy."""


def serve(serving: Serving, listening: socket, ready: Callable[[], None]) -> None:
    """Serves until the process is interrupted or told to end. `ready` is called at the start."""
    asyncio.run(_serve(serving, listening, ready))


async def _serve(serving: Serving, listening: socket, ready: Callable[[], None]) -> None:
    board = Board(serving.first)
    loop = asyncio.get_running_loop()

    def publish() -> None:
        while serving.watch.wait():
            rebuilt = serving.rebuild()
            try:
                loop.call_soon_threadsafe(board.put, rebuilt)
                if rebuilt.rest and not serving.watch.comes_within(PAUSE):
                    rest = rebuilt.rest(lambda: serving.watch.comes_within(0))
                    loop.call_soon_threadsafe(board.put, rest)
            except RuntimeError:  # the server has ended meanwhile
                return

    site = application(board, serving.live_file)
    guarded = Guarded(site, serving.names, serving.open_to_network, serving.policy)
    config = uvicorn.Config(
        guarded,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    rebuilding = threading.Thread(target=publish, name="rebuild", daemon=True)
    rebuilding.start()
    ready()
    server = _Server(config, loop, board)
    if hangup := getattr(signal, "SIGHUP", None):  # the terminal is closed
        loop.add_signal_handler(hangup, server.handle_exit, hangup, None)
    await server.serve([listening])
    serving.watch.stop()
    rebuilding.join(PATIENCE)


class _Server(uvicorn.Server):
    """Ends at once when it is told to, together with those who wait for the next build."""

    def __init__(
        self, config: uvicorn.Config, loop: asyncio.AbstractEventLoop, board: Board
    ) -> None:
        super().__init__(config)
        self._loop, self._board = loop, board

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Not by way of uvicorn's own, which raises the signal again when all is done.
        self.force_exit = self.should_exit
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._board.close)
