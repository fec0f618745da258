"""Makes a playbook of any number of entries of all kinds, 40 % of them with a Chinese translation.

The same seed gives the same entries, and the corpus of 200 is the beginning of the corpus of 5,000:
an entry only names entries that were written shortly before it. So a page can be compared between
corpora of different sizes, and no entry is named by ever more others.

    python benchmarks/corpus.py FOLDER --entries 1000 --seed 1
"""

from __future__ import annotations

import argparse
import os
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from entries import MAX_STAGES, TAGS, WITH_BODY, Author, Data, entry
from wording import Pair, Wording

from generator.build import Content, load
from generator.model import KINDS
from generator.problems import Severity

SHARES = {
    "page": 3, "role": 3, "policy": 8, "assessment": 2, "tool": 16, "metric": 3,
    "sop": 10, "stage": 1, "knowledge": 36, "case": 12, "lesson": 5, "plan": 1,
}  # fmt: skip
"""How many of 100 entries are of each kind. In this order: a kind names only kinds above it."""

NEIGHBOURHOOD = sum(SHARES.values())
"""How many entries back an entry may name another."""

TRANSLATED = 40
"""How many of 100 entries have a translation."""

PER_PERSON = 20
"""Entries that one person owns."""

FOLDERS = {kind.name: kind.folder for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Written:
    """One entry, or the settings or people, in both languages."""

    path: str
    """Relative to the content folder, without the extension."""
    data: Data
    body: Pair | None
    translated: bool

    @property
    def suffix(self) -> str:
        return ".md" if self.body else ".yml"


def make_corpus(folder: Path, entries: int, seed: int) -> None:
    """Writes a valid playbook of `entries` entries into `folder`, which must be empty or missing.

    Raises ValueError for fewer entries than there are kinds.
    """
    if entries < len(SHARES):
        raise ValueError(f"a corpus has at least {len(SHARES)} entries, one of each kind")
    written = list(_entries(entries, seed))
    written += [_settings(written), _people(entries)]
    for each in written:
        _write(folder / (each.path + each.suffix), _source(each.data), each.body and each.body.en)
    digests = _digests(folder)
    for each in written:
        if each.translated:
            record = {"translates": digests[each.path + each.suffix]}
            path = folder / f"{each.path}.zh{each.suffix}"
            _write(path, record | _texts(each.data), each.body and each.body.zh)


def _entries(count: int, seed: int) -> Iterator[Written]:
    shelf = _Shelf()
    for number, (kind, translated) in zip(range(count), _kinds(seed), strict=False):
        rank = shelf.ranks.get(kind, 0)
        if kind == "stage" and rank == MAX_STAGES:
            kind, rank = "knowledge", shelf.ranks["knowledge"]
        identity = f"{FOLDERS[kind]}/{kind}-{number:05}"
        yield _entry(identity, kind, number, rank, seed, shelf, translated)
        shelf.add(kind, identity)


def _kinds(seed: int) -> Iterator[tuple[str, bool]]:
    """Without end: the kind of the next entry, and whether it is translated. The first twelve are
    one of each kind; every hundred has the shares of `SHARES` and `TRANSLATED`."""
    firsts = list(SHARES)
    others = [kind for kind, share in SHARES.items() for _ in range(share - 1)]
    block = 0
    while True:
        draw = _random(seed, f"block {block}")
        kinds = firsts + draw.sample(others, len(others))
        chosen = set(draw.sample(range(len(kinds)), TRANSLATED))
        yield from ((kind, position in chosen) for position, kind in enumerate(kinds))
        block += 1


def _random(seed: int, purpose: str) -> random.Random:
    return random.Random(f"{seed} {purpose}")  # noqa: S311 — made-up text, no secrets


class _Shelf:
    """The entries written so far, as far as the next ones may name them: the last hundred, which
    hold every kind, because each hundred begins with one of each."""

    def __init__(self) -> None:
        self.ranks: dict[str, int] = {}
        self.latest = deque[tuple[str, str]](maxlen=NEIGHBOURHOOD)

    def add(self, kind: str, identity: str) -> None:
        self.ranks[kind] = self.ranks.get(kind, 0) + 1
        self.latest.append((kind, identity))

    def pick(self, draw: random.Random, kinds: tuple[str, ...]) -> str:
        """An entry of one of `kinds`, or of any."""
        return draw.choice([i for kind, i in self.latest if not kinds or kind in kinds])


def _entry(
    identity: str, kind: str, number: int, rank: int, seed: int, shelf: _Shelf, translated: bool
) -> Written:
    draw = _random(seed, identity)

    def neighbour(*kinds: str) -> str:
        return shelf.pick(draw, kinds)

    def link() -> Pair:
        if not number:
            return Pair("the first page", "首页")
        target = neighbour()
        name = target.rpartition("-")[2].lstrip("0") or "0"
        suffix = ".md" if target.rpartition("/")[2].rpartition("-")[0] in WITH_BODY else ".yml"
        return Pair(f"[no. {name}](../{target}{suffix})", f"[{name}号](../{target}{suffix})")

    owner = f"person-{number // PER_PERSON}"
    author = Author(number, rank, owner, draw, Wording(draw, link), neighbour)
    data, body = entry(kind, author)
    return Written(identity, data, body, translated)


def _settings(written: list[Written]) -> Written:
    data: Data = {
        "title": Pair("Benchmark playbook", "基准测试手册"),
        "description": Pair("Made by a program to measure builds.", "由程序生成，用于测量构建。"),
        "languages": [{"code": "en"}, {"code": "zh", "tag": "zh-Hans"}],
        "default_tiers": {kind: "strategic" for kind in SHARES if kind != "knowledge"},
        "tags": TAGS,
        "address": "https://playbook.example.com",
        "home": {
            "sop": next(each.path for each in written if each.path.startswith("sops/")),
            "needs": [
                {
                    "id": "visit",
                    "title": Pair("Before a visit", "拜访之前"),
                    "links": [each.path for each in written[:4]],
                }
            ],
        },
    }
    return Written("playbook", data, None, True)


def _people(entries: int) -> Written:
    people = [
        {
            "id": f"person-{n}",
            "name": Pair(f"Person {n}", f"员工{n}"),
            "title": Pair("Seller", "销售"),
        }
        for n in range((entries - 1) // PER_PERSON + 1)
    ]
    return Written("people", {"people": people}, None, True)


def _source(value: Any) -> Any:
    """The data in English."""
    if isinstance(value, Pair):
        return value.en
    if isinstance(value, dict):
        return {key: _source(item) for key, item in value.items()}
    return [_source(item) for item in value] if isinstance(value, list) else value


def _texts(value: dict[str, Any]) -> dict[str, Any]:
    """The texts alone, in Chinese; items of lists keep the id by which they are matched."""
    found: dict[str, Any] = {}
    for key, item in value.items():
        if isinstance(item, Pair):
            found[key] = item.zh
        elif isinstance(item, dict) and (inner := _texts(item)):
            found[key] = inner
        elif isinstance(item, list) and isinstance(item[0], dict):
            items = [{"id": each["id"]} | texts for each in item if (texts := _texts(each))]
            found |= {key: items} if items else {}
    return found


def _digests(folder: Path) -> dict[str, str]:
    """What translations record, by the path of their source. Raises ValueError with the first
    problem if the corpus is not valid."""
    checked = load(Content(folder, folder.name), len(os.sched_getaffinity(0)))
    wrong = [problem for problem in checked.problems if problem.severity is not Severity.NOTE]
    if wrong:
        raise ValueError(f"the corpus has {len(wrong)} problems, first: {wrong[0]}")
    return dict(checked.digests)


def _write(path: Path, data: Data, body: str | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(f"---\n{text}---\n\n{body}\n" if body else text, encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Makes a playbook for measuring builds.")
    parser.add_argument("folder", type=Path, help="the content folder to write; empty or missing")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.folder.is_dir() and any(arguments.folder.iterdir()):
        parser.error(f"{arguments.folder} is not empty")
    make_corpus(arguments.folder, arguments.entries, arguments.seed)


if __name__ == "__main__":
    main()
