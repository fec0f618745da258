"""Search: an index made of the library, and answers ranked by it."""

from generator.search.searcher import Answer, Result, Searcher

__all__ = ["Answer", "Result", "Searcher"]
