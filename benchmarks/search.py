"""How well the search answers the judged queries on the shipped playbook, by group.

Recall@5 is how many of the wanted entries are among the first five; the reciprocal rank is one
divided by the place of the first of them. `held` are the queries that no tuning may look at.

    python benchmarks/search.py
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.build import Content, load
from generator.build.output.searching import searcher_of
from generator.build.strings import load_strings
from generator.search import Searcher

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Prints a table."""
    library = load(Content(ROOT / "content", "content")).library
    assert library is not None
    strings, _ = load_strings(library, (ROOT / "templates",))
    start = time.perf_counter()
    searcher = searcher_of(library, strings)
    made = time.perf_counter() - start
    judged = yaml.safe_load((ROOT / "tests/search/judged.yml").read_text(encoding="utf-8"))
    scores: dict[str, list[tuple[float, float]]] = {}
    start = time.perf_counter()
    for group, query in _queries(judged["groups"]):
        score = _score(searcher, query)
        held = "held" if query.get("held") else "not held"
        for name in (group, held, "all"):
            scores.setdefault(name, []).append(score)
    asked = time.perf_counter() - start
    rows = (f"| {name} | {_row(found)} |" for name, found in scores.items())
    table = "\n".join(
        ("| queries | count | recall@5 | reciprocal rank |", "| --- | --- | --- | --- |", *rows)
    )
    each = asked / len(scores["all"]) * 1000
    sys.stdout.write(f"{table}\n\nindex {made:.2f} s, a query {each:.1f} ms\n")


def _queries(groups: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((group, query) for group, queries in groups.items() for query in queries)


def _score(searcher: Searcher, query: dict[str, Any]) -> tuple[float, float]:
    answer = searcher.ask(str(query["ask"]), query["page"])
    found = [result.document.entry.id for result in answer.results]
    places = [place for place, entry in enumerate(found, 1) if entry in query["want"]]
    recall = sum(place <= 5 for place in places) / len(query["want"])
    return recall, 1 / places[0] if places else 0.0


def _row(found: list[tuple[float, float]]) -> str:
    recall, rank = (statistics.fmean(column) for column in zip(*found, strict=True))
    return f"{len(found)} | {recall:.3f} | {rank:.3f}"


if __name__ == "__main__":
    main()
