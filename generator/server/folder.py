"""A finished site that lies in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FolderPages:
    """The files below `root`, which is replaced as a whole or not at all."""

    root: Path

    def read(self, url: str) -> bytes | None:
        """The file at `url`; None for what is no file, or lies outside the folder."""
        if not url or {"", ".", ".."}.intersection(url.split("/")):
            return None
        try:
            path = (self.root / url).resolve(strict=True)
            inside = path.is_relative_to(self.root.resolve(strict=True))
            return path.read_bytes() if inside and path.is_file() else None
        except (OSError, ValueError):  # gone meanwhile, no readable file, or no possible name
            return None
