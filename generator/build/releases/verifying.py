"""A published tree or site, verified by all processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from generator.build.loading import Progress, counted
from generator.build.workers import shared_out
from generator.verify import Verified, verify


def verify_tree(
    folder: Path, shown: str, jobs: int = 1, progress: Progress = lambda *_: None
) -> Verified:
    """Goes through what is published in `folder`, which problems name `shown`."""

    def share(work: Callable[[str], Any], names: Sequence[str]) -> list[Any]:
        return shared_out(work, names, jobs, counted("Verifying", len(names), progress))

    return verify(folder, shown, share)
