"""What the benchmarks print: tables as Markdown on standard output, progress beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as Markdown; figures stand to the right."""
    lines = [heads, ["---:"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def say(line: str) -> None:
    """A line of progress."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 — a script
