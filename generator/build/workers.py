"""Work shared out to processes.

Processes are forked, so that they see the caller's data without a copy being sent; only results
travel. Where a system cannot fork safely the work is done in turn, with the same result.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Report = Callable[[int], None]
"""Told how many more pieces are done."""

MIN_SHARE = 100
"""Fewer pieces of work than this per process cost more to share out than to do."""

BATCH = 50
_WITHOUT_A_WORD = "a worker process ended without a word"


class Underway(Protocol[R]):
    """Work that was begun on several pieces."""

    def take(self, count: int, report: Report) -> list[R]:
        """The results of the next pieces, in their order, once they are there. What the work raises
        is raised here."""


def shared_out(work: Callable[[T], R], pieces: Sequence[T], jobs: int, report: Report) -> list[R]:
    """`[work(piece) for piece in pieces]`, by up to `jobs` processes. What `work` raises is raised
    here."""
    with begun(work, pieces, jobs) as underway:
        return underway.take(len(pieces), report)


@contextlib.contextmanager
def begun(work: Callable[[T], R], pieces: Sequence[T], jobs: int) -> Iterator[Underway[R]]:
    """The same, begun: the caller may do something else before it takes the results."""
    jobs = shares(len(pieces), jobs)
    if jobs < 2:
        yield _InTurn(work, pieces)
        return
    gc.freeze()  # keeps the children's collector from touching, and so copying, what they share
    team: _Team[R] = _Team(work, pieces, jobs)
    try:
        yield team
    finally:
        gc.unfreeze()
        team.dismiss()


def shares(count: int, jobs: int) -> int:
    """Among how many processes, at most `jobs`, so many pieces of work are shared out."""
    return min(jobs, count // MIN_SHARE) if sys.platform.startswith("linux") else 1


class _InTurn(Generic[T, R]):
    """Work that is done when its results are taken."""

    def __init__(self, work: Callable[[T], R], pieces: Sequence[T]) -> None:
        self._work = work
        self._pieces = iter(pieces)

    def take(self, count: int, report: Report) -> list[R]:
        results = []
        for _ in range(count):
            results.append(self._work(next(self._pieces)))
            report(1)
        return results


class _Team(Generic[R]):
    """Processes at work. Shares interleave, because neighbours in the list tend to cost alike."""

    def __init__(self, work: Callable[[T], R], pieces: Sequence[T], jobs: int) -> None:
        context = multiprocessing.get_context("fork")
        self._taken = 0
        self._results: list[Any] = [None] * len(pieces)
        self._there = [0] * jobs
        """How many pieces of each share are done."""
        self._channels: dict[Connection, int] = {}
        self._processes: list[BaseProcess] = []
        for share in range(jobs):
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_serve, args=(work, pieces[share::jobs], sender))
            process.start()
            sender.close()
            self._channels[receiver] = share
            self._processes.append(process)

    def take(self, count: int, report: Report) -> list[R]:
        first, end = self._taken, self._taken + count
        done = first
        while done < end:
            if not self._channels:
                raise RuntimeError(_WITHOUT_A_WORD)
            for channel in wait(list(self._channels)):
                assert isinstance(channel, Connection)
                self._receive(channel)
            before, done = done, max(first, self._done(end))
            report(done - before)
        self._taken = end
        results = self._results[first:end]
        self._results[first:end] = [None] * count
        return results

    def dismiss(self) -> None:
        """Ends all processes, whatever they are at."""
        for process in self._processes:
            process.terminate()
            process.join()

    def _done(self, end: int) -> int:
        """How many of the pieces before `end` are done."""
        jobs = len(self._there)
        return sum(min(len(range(s, end, jobs)), n) for s, n in enumerate(self._there))

    def _receive(self, channel: Connection) -> None:
        message, share = _received(channel), self._channels[channel]
        if message is None:
            del self._channels[channel]
        elif isinstance(message, BaseException):
            raise message
        else:
            for result in message:
                self._results[share + self._there[share] * len(self._there)] = result
                self._there[share] += 1


def _serve(work: Callable[[T], R], pieces: Sequence[T], sender: Connection) -> None:
    """Works off a share. Results go by a thread of their own, so that the work does not wait for
    a reader who is at something else."""
    outbox: SimpleQueue[Any] = SimpleQueue()
    sending = threading.Thread(target=_send, args=(outbox, sender))
    sending.start()
    try:
        for start in range(0, len(pieces), BATCH):
            outbox.put([work(piece) for piece in pieces[start : start + BATCH]])
    except KeyboardInterrupt:  # the parent is interrupted as well, and reports it
        pass
    except BaseException as error:
        outbox.put(error)
    outbox.put(None)
    sending.join()


def _send(outbox: SimpleQueue[Any], sender: Connection) -> None:
    try:
        while (message := outbox.get()) is not None:
            sender.send(message)
        sender.send(None)
    except BrokenPipeError:  # who wanted to know is gone
        os._exit(1)


def _received(channel: Connection) -> Any:
    try:
        return channel.recv()
    except EOFError:
        return RuntimeError(_WITHOUT_A_WORD)
