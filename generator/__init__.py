"""The playbook generator: typed sources in, a validated, bilingual, static site out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__version__ = "0.1.0"


def packaged_templates() -> Path:
    """The templates that come with the package; in a checkout they lie beside it."""
    from pathlib import Path

    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
