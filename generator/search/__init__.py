"""Search: an index made of the library, and answers ranked by it."""

from typing import TYPE_CHECKING

from generator import later

if TYPE_CHECKING:
    from generator.search.searcher import Answer, Result, Searcher

__all__ = ["Answer", "Result", "Searcher"]

__getattr__ = later(__name__, {"searcher": "Answer Result Searcher"})
