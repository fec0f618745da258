"""The playbook generator: typed sources in, a validated, bilingual, static site out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__version__ = "0.1.0"


def packaged_templates() -> Path:
    """The templates that come with the package; in a checkout they lie beside it."""
    from pathlib import Path

    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def later(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package: what it names is loaded when it is asked for. Most commands
    need little of it, and to load all takes longer than many of them run. `homes` has the names
    that each of its modules gives, in a row."""
    found = {name: f"{package}.{home}" for home, names in homes.items() for name in names.split()}

    def get(name: str) -> Any:
        if name not in found:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(found[name]), name)

    return get
