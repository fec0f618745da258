"""All checks, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem
from generator.problems.publishing import INVALID_HTML
from generator.verify.data import data_problems
from generator.verify.inventory import Inventory
from generator.verify.links import Links
from generator.verify.pages import Parsed, parsed
from generator.verify.trees import tree_problems
from generator.versions import MANIFEST, SITE_MANIFEST

Share = Callable[[Callable[[str], Parsed], Sequence[str]], list[Parsed]]
"""Does a piece of work for each name, perhaps in several processes."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong."""

    problems: tuple[Problem, ...]
    files: int
    pages: int
    sites: int


def is_published(folder: Path) -> bool:
    """Whether a folder is a tree of versions, or a site."""
    return any((folder / name).is_file() for name in (MANIFEST, SITE_MANIFEST))


def verify(folder: Path, shown: str, share: Share) -> Verified:
    """Goes through a published tree or site."""
    inventory = Inventory(folder, shown)
    names = [n for n in inventory.named if n.endswith(".html") and n in inventory.present]
    pages = share(lambda name: parsed(name, inventory.read(name) or b""), names)
    links = Links(inventory, {page.name: page.anchors for page in pages})
    problems = [*inventory.problems(), *tree_problems(inventory)]
    for page in pages:
        problems += [
            INVALID_HTML.at(inventory.place(page.name, fault.line, fault.column), fault.message)
            for fault in page.faults
        ]
        problems += links.of_page(page)
    problems += data_problems(inventory, links)
    ordered = sorted(set(problems), key=lambda problem: problem.order)
    return Verified(tuple(ordered), len(inventory.named), len(pages), len(inventory.sites))
