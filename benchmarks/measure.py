"""Runs one command in a fresh process and measures time and memory. Linux only.

Memory is given twice, because worker processes share pages with the one that they were forked from:

- `largest`: the resident memory of the largest single process at its peak, from `wait4`. Exact, but
  never less than the peak of the process that calls `run`.
- `together`: the proportional memory (PSS) of all processes at once, sampled; a page that n
  processes share counts once. A short peak between two samples is missed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.2
_WITHOUT_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took. Times in seconds, memory in bytes."""

    wall: float
    cpu: float
    """User and system time of the process and all its children."""
    largest: int
    together: int
    lines: tuple[tuple[float, str], ...]
    """What it wrote to standard error, each line with the time since the start."""

    def then(self, other: Run) -> Run:
        """Both, one after the other."""
        lines = (*self.lines, *((self.wall + at, line) for at, line in other.lines))
        return Run(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.largest, other.largest),
            max(self.together, other.together),
            lines,
        )


def environment() -> dict[str, str]:
    """What a measured command finds in its environment."""
    return {name: value for name, value in os.environ.items() if name != _WITHOUT_BYTECODE}


def run(command: Sequence[str], folder: Path) -> Run:
    """Runs `command` in `folder`; raises RuntimeError with its output if it fails."""
    with tempfile.TemporaryFile("w+") as output:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 — the commands are ours
            command, cwd=folder, env=environment(), stdout=output, stderr=subprocess.PIPE, text=True
        )
        sampler = _Sampler(process.pid)
        sampler.start()
        assert process.stderr is not None
        lines = [(time.perf_counter() - began, line.rstrip()) for line in process.stderr]
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        sampler.stop()
        if process.returncode:
            output.seek(0)
            tail = output.read()[-2000:] + "\n".join(line for _, line in lines[-20:])
            raise RuntimeError(f"{command[0]} failed with {process.returncode}: {tail}")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(wall, cpu, usage.ru_maxrss * 1024, sampler.peak, tuple(lines))


def make_apart(content: Path, entries: int, seed: int = 1) -> None:
    """Makes a corpus in a process of its own: the peak memory of a process counts towards that of
    those it starts, so a script that measures has to stay small."""
    content.parent.mkdir(parents=True)
    script = Path(__file__).with_name("corpus.py")
    options = ["--entries", str(entries), "--seed", str(seed)]
    run([sys.executable, str(script), content.name, *options], content.parent)


class _Sampler(threading.Thread):
    """Keeps the highest sum of memory seen over a process and its descendants."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._root = root
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(_memory(pid) for pid in _family(self._root)))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _family(root: int) -> list[int]:
    """The process and its descendants."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            parents[int(entry.name)] = _parent(entry)
    family = [root]
    for member in family:
        family += [pid for pid, parent in parents.items() if parent == member]
    return family


def _parent(entry: Path) -> int:
    try:
        # The name, in brackets, may itself hold brackets and spaces.
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it has ended
        return 0


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
