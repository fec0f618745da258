"""Work shared out to processes.

Processes are forked, so that they see the caller's data without a copy being sent; only results
travel. Where a system cannot fork safely the work is done in turn, with the same result.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MIN_SHARE = 100
"""Fewer pieces of work than this per process cost more to share out than to do."""

BATCH = 50


def shared_out(
    work: Callable[[T], R], pieces: Sequence[T], jobs: int, progress: Callable[[int], None]
) -> list[R]:
    """`[work(piece) for piece in pieces]`, by up to `jobs` processes. `progress` is told how many
    more pieces are done. What `work` raises is raised here."""
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
    processes = []
    for share in range(jobs):
        receiver, sender = context.Pipe(duplex=False)
        # Shares interleave, because neighbours in the list tend to cost alike.
        process = context.Process(target=_serve, args=(work, pieces[share::jobs], sender))
        process.start()
        sender.close()
        channels[receiver] = share
        processes.append(process)
    try:
        return _gather(channels, len(pieces), jobs, progress)
    finally:
        gc.unfreeze()
        for process in processes:
            process.terminate()
            process.join()


def _serve(work: Callable[[T], R], pieces: Sequence[T], sender: Connection) -> None:
    results: list[R] = []
    try:
        for piece in pieces:
            results.append(work(piece))
            if len(results) == BATCH:
                sender.send(results)
                results = []
        sender.send(results)
        sender.send(None)
    except KeyboardInterrupt:  # the parent is interrupted as well, and reports it
        pass
    except BaseException as error:
        sender.send(error)


def _gather(
    channels: dict[Connection, int], count: int, jobs: int, progress: Callable[[int], None]
) -> list[Any]:
    results: list[Any] = [None] * count
    filled = [0] * jobs
    while channels:
        for channel in wait(list(channels)):
            assert isinstance(channel, Connection)
            message = _received(channel)
            share = channels[channel]
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


def _received(channel: Connection) -> Any:
    try:
        return channel.recv()
    except EOFError:
        return RuntimeError("a worker process ended without a word")
