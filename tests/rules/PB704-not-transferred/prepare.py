"""A computer without rsync."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from tests.rules.published import write_site


def prepare(folder: Path) -> None:
    write_site(folder / "site")


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    with mock.patch.dict(os.environ, {"PATH": str(folder)}):
        yield
