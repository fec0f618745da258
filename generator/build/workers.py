"""Work shared out to processes.

Processes are forked, so that they see the caller's data without a copy being sent; only results
travel. Where a system cannot fork safely the work is done in turn, with the same result. None of
them outlives the caller, and a signal that ends one of them ends the caller as well.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

T = TypeVar("T")
R = TypeVar("R")

MIN_SHARE = 100
"""Fewer pieces of work than this per process cost more to share out than to do."""

BATCH = 50


class WorkerLost(Exception):
    """A process that shared the work came to an end from outside; the message says how."""


def shared_out(
    work: Callable[[T], R], pieces: Sequence[T], jobs: int, progress: Callable[[int], None]
) -> list[R]:
    """`[work(piece) for piece in pieces]`, by up to `jobs` processes. `progress` is told how many
    more pieces are done. What `work` raises is raised here; WorkerLost where a process is killed
    from outside, as by a system that is short of memory."""
    jobs = shares(len(pieces), jobs)
    if jobs < 2:
        return list(_in_turn(work, pieces, progress))
    return _in_processes(work, pieces, jobs, progress)


def shares(count: int, jobs: int) -> int:
    """Among how many processes, at most `jobs`, so many pieces of work are shared out."""
    return min(jobs, count // MIN_SHARE) if sys.platform.startswith("linux") else 1


def _in_turn(
    work: Callable[[T], R], pieces: Sequence[T], progress: Callable[[int], None]
) -> Iterator[R]:
    for piece in pieces:
        yield work(piece)
        progress(1)


def _in_processes(
    work: Callable[[T], R], pieces: Sequence[T], jobs: int, progress: Callable[[int], None]
) -> list[R]:
    context = multiprocessing.get_context("fork")
    gc.freeze()  # keeps the children's collector from touching, and so copying, what they share
    channels: dict[Connection, int] = {}
    processes: list[ForkProcess] = []
    try:
        for share in range(jobs):
            receiver, sender = context.Pipe(duplex=False)
            channels[receiver] = share
            # Shares interleave, because neighbours in the list tend to cost alike.
            shared = (work, pieces[share::jobs], sender, list(channels))
            process = context.Process(target=_serve, args=shared)
            with _held():  # no process starts of which nobody knows
                process.start()
                processes.append(process)
            sender.close()
        return _gather(channels, processes, len(pieces), progress)
    finally:
        gc.unfreeze()
        for process in processes:
            process.terminate()
            process.join()


@contextlib.contextmanager
def _held() -> Iterator[None]:
    """Signals that come meanwhile are heard at the end."""
    former = signal.pthread_sigmask(signal.SIG_BLOCK, _ends())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _ends() -> set[signal.Signals]:
    """The signals by which somebody ends a command, where there are processes that are forked."""
    return {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def _serve(
    work: Callable[[T], R], pieces: Sequence[T], sender: Connection, receivers: list[Connection]
) -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ends())
    for receiver in receivers:  # so that nothing can be sent any more when the parent is gone
        receiver.close()
    results: list[R] = []
    try:
        for piece in pieces:
            results.append(work(piece))
            if len(results) == BATCH:
                sender.send(results)
                results = []
        sender.send(results)
        sender.send(None)
    except (KeyboardInterrupt, BrokenPipeError):  # the parent is told as well, or gone already
        pass
    except BaseException as error:
        sender.send(error)


def _gather(
    channels: dict[Connection, int],
    processes: Sequence[ForkProcess],
    count: int,
    progress: Callable[[int], None],
) -> list[Any]:
    results: list[Any] = [None] * count
    jobs = len(processes)
    filled = [0] * jobs
    while channels:
        for channel in wait(list(channels)):
            assert isinstance(channel, Connection)
            share = channels[channel]
            message = _received(channel, processes[share])
            if message is None:
                del channels[channel]
            elif isinstance(message, BaseException):
                raise message
            else:
                for result in message:
                    results[share + filled[share] * jobs] = result
                    filled[share] += 1
                progress(len(message))
    return results


def _received(channel: Connection, process: ForkProcess) -> Any:
    try:
        return channel.recv()
    except (EOFError, OSError):
        process.join()
        number = -(process.exitcode or 0)
        if number in _ends():
            signal.raise_signal(number)  # who ends one of them means the command
        how = f"was killed by signal {number}" if number > 0 else "ended without a word"
        return WorkerLost(f"a process that shared the work {how}")
