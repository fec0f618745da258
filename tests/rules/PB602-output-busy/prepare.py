"""Another build that is still writing."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from generator.write import open_output


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    with open_output(folder / "site"):
        yield
