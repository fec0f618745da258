"""Everything together: the loop of the server, and beside it a thread that waits and rebuilds."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import Callable, Iterator
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
LINGER = 0.2
"""Seconds in which answers may go out at the end. Who does not read them is not waited for."""
_ENDS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, `kill`, a closed terminal: whichever of them the system has."""


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


def serve(serving: Serving, listening: socket, ready: Callable[[], None]) -> int:
    """Serves until the process is interrupted or told to end, and gives the signal that did. Those
    that follow it have no effect any more. A build that is at work is not waited for. `ready` is
    called at the start."""
    return asyncio.run(_serve(serving, listening, ready))


async def _serve(serving: Serving, listening: socket, ready: Callable[[], None]) -> int:
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
        log_level="error",  # who speaks no HTTP is answered, which is enough
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, loop, board)
    server.listen()
    threading.Thread(target=publish, name="rebuild", daemon=True).start()
    ready()
    await server.serve([listening])
    serving.watch.stop()
    return server.ended_by


class _Server(uvicorn.Server):
    """Ends at once when it is told to, together with those who wait for the next build."""

    def __init__(
        self, config: uvicorn.Config, loop: asyncio.AbstractEventLoop, board: Board
    ) -> None:
        super().__init__(config)
        self._loop, self._board = loop, board
        self.ended_by = 0

    def listen(self) -> None:
        """Takes the signals over for good, so that nothing cuts off what comes after the end. One
        that is ignored, as by `nohup`, stays ignored."""
        for name in _ENDS:
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self.handle_exit)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own listens later, stops earlier, and raises the signals again.
        yield

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._loop.call_later(LINGER, self._cut_off)
        await super().shutdown(sockets)
        self._cut_off()

    def _cut_off(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.ended_by = self.ended_by or sig
        self.should_exit = self.force_exit = True
        logging.getLogger("uvicorn.error").disabled = True  # answers that are cut off are no faults
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._board.close)
