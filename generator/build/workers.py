"""Work shared out to processes, of which the caller is one.

The others are forked, so that they see the caller's data without a copy being sent; only results
travel. What any of them looks at is copied for it all the same, because Python counts references:
so a process costs memory, and none is there to wait only. Where a system cannot fork safely the
work is done in turn, with the same result. None of them outlives the caller, and a signal that ends
one of them ends the caller as well.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

T = TypeVar("T")
R = TypeVar("R")

MIN_SHARE = 25
"""Fewer pieces of work than this per process cost more to share out than to do."""

BATCH = 50
MANY = 2_000
"""Fewer files are looked at, taken over or removed in less time than a process takes to begin."""


class WorkerLost(Exception):
    """A process that shared the work came to an end from outside; the message says how."""


def shared_out(
    work: Callable[[T], R],
    pieces: Sequence[T],
    jobs: int,
    progress: Callable[[int], None],
    least: int = MIN_SHARE,
) -> list[R]:
    """`[work(piece) for piece in pieces]`, by up to `jobs` processes with at least so many pieces
    each, the first of them by this one. `progress` is told how many more pieces are done. What
    `work` raises is raised here; WorkerLost where a process is killed from outside, as by a system
    that is short of memory."""
    jobs = shares(len(pieces), jobs, least)
    if jobs < 2:
        return list(_in_turn(work, pieces, progress))
    return _in_processes(work, pieces, jobs, progress)


def beside(works: Sequence[Callable[[], Any]], jobs: int) -> list[Any]:
    """What each of the `works` gives. With two `jobs` or more this process does the first one, and
    another one meanwhile all the others in turn. Raises as `shared_out` does."""
    if shares(len(works), jobs, 1) < 2:
        return [work() for work in works]
    own, *others = works
    with _frozen(), _Others(len(works), lambda _: None) as found:
        found.start(_called, others, itertools.count(1))
        found.results[0] = own()
        return found.all()


def _called(work: Callable[[], Any]) -> Any:
    return work()


def shares(count: int, jobs: int, least: int = MIN_SHARE) -> int:
    """Among how many processes, at most `jobs`, so many pieces of work are shared out."""
    return min(jobs, count // least) if sys.platform.startswith("linux") else 1


def _in_turn(
    work: Callable[[T], R], pieces: Sequence[T], progress: Callable[[int], None]
) -> Iterator[R]:
    for piece in pieces:
        yield work(piece)
        progress(1)


def _in_processes(
    work: Callable[[T], R], pieces: Sequence[T], jobs: int, progress: Callable[[int], None]
) -> list[R]:
    with _frozen(), _Others(len(pieces), progress) as others:
        for share in range(1, jobs):
            # Shares interleave, because neighbours in the list tend to cost alike.
            others.start(work, pieces[share::jobs], itertools.count(share, jobs))
        for place in range(0, len(pieces), jobs):
            others.results[place] = work(pieces[place])
            progress(1)
            others.gather(0)
        return others.all()


@contextlib.contextmanager
def _frozen() -> Iterator[None]:
    """Keeps the collectors of all processes from touching, and so copying, what they share."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Other(NamedTuple):
    """A process that is at work."""

    process: ForkProcess
    channel: Connection
    """On which it sends its results."""
    places: Iterator[int]
    """Where the next of them belong."""


class _Others:
    """The other processes, and what comes of all of them."""

    def __init__(self, count: int, progress: Callable[[int], None]) -> None:
        self.results: list[Any] = [None] * count
        self._at_work: dict[int, _Other] = {}
        """By the descriptor of the channel on which it sends."""
        self._progress = progress
        self._processes: list[ForkProcess] = []
        self._poll = select.poll()

    def __enter__(self) -> _Others:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends all that are still there."""
        for process in self._processes:
            process.terminate()
            process.join()

    def start(self, work: Callable[[T], R], pieces: Sequence[T], places: Iterator[int]) -> None:
        """Lets one more process work on some pieces; `places` tell where its results belong."""
        import multiprocessing  # which most commands never need

        context = multiprocessing.get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        receivers = [receiver, *(other.channel for other in self._at_work.values())]
        process = context.Process(target=_serve, args=(work, pieces, sender, receivers))
        self._at_work[receiver.fileno()] = _Other(process, receiver, places)
        self._poll.register(receiver, select.POLLIN)
        with _held():  # no process starts of which nobody knows
            process.start()
            self._processes.append(process)
        sender.close()

    def all(self) -> list[Any]:
        """Everything that came of it, once nobody is at work any more."""
        while self._at_work:
            self.gather(None)
        return self.results

    def gather(self, milliseconds: int | None) -> None:
        """Takes what was sent, and waits for it so long; None: until something comes."""
        for descriptor, _ in self._poll.poll(milliseconds):
            other = self._at_work[descriptor]
            message = _received(other)
            if message is None:
                self._poll.unregister(descriptor)
                del self._at_work[descriptor]
            elif isinstance(message, BaseException):
                raise message
            else:
                for result in message:
                    self.results[next(other.places)] = result
                self._progress(len(message))


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


def _received(other: _Other) -> Any:
    try:
        return other.channel.recv()
    except (EOFError, OSError):
        other.process.join()
        number = -(other.process.exitcode or 0)
        if number in _ends():
            signal.raise_signal(number)  # who ends one of them means the command
        how = f"was killed by signal {number}" if number > 0 else "ended without a word"
        return WorkerLost(f"a process that shared the work {how}")
