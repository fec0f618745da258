"""A page of free Markdown."""

from __future__ import annotations

from generator.model.entry import Content


class Page(Content):
    """A page of free Markdown."""
