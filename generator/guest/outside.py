"""Links that lead out of the content folder, into the documents of the host.

Takes paths and what was exported, gives the host's names of files and the problems that are left.
Whether such a file exists is the host's to say; nothing is looked up here.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from generator.build.exporting import Exported
from generator.model import Library
from generator.model.target import resolve
from generator.problems import Problem
from generator.problems.links import LINK_OUTSIDE


def in_docs(path: Path, docs: Path) -> str:
    """A file as the host names it; "" for one that is not among its documents."""
    there = Path(os.path.normpath(path))
    return there.relative_to(docs).as_posix() if there.is_relative_to(docs) else ""


def unanswered(made: Exported, folder: Path, shown: str, docs: Path) -> Iterator[Problem]:
    """The problems but for those of links that the host checks. `shown` is the content folder
    `folder` as problems name it."""
    known = set(_links(made.library, folder, docs)) if made.library else set()
    for problem in made.problems:
        path = problem.location.path.removeprefix(f"{shown}/")
        outside = problem.rule is LINK_OUTSIDE
        if not (outside and any(path == file and link in problem.message for file, link in known)):
            yield problem


def _links(library: Library, folder: Path, docs: Path) -> Iterator[tuple[str, str]]:
    """Files of the playbook with the links in them that lead to documents of the host."""
    for edition in library.editions:
        for entry in edition.entries.values():
            for link in entry.links:
                path = link.target.partition("#")[0]
                there = folder / posixpath.dirname(entry.path) / path
                if resolve(link.target, entry.path).problem == "outside" and in_docs(there, docs):
                    yield entry.text_path, f'"{link.target}"'
