"""Where a tree or a site is published: a folder, or a branch of a repository.

Both are opened, looked at and changed in the same way; what can go wrong on the way becomes
problems.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.build.refusals import listed, not_written
from generator.history import GitFailed
from generator.history.branch import Branch, Diverged
from generator.problems import Location, Problem
from generator.problems.output import OUTPUT_BUSY, TEMPLATE
from generator.problems.publishing import BRANCH, NO_TREE, VERSION
from generator.render import RenderError
from generator.versions import MANIFEST, SITE_MANIFEST, Change, Difference, Refused, Stand
from generator.write import ForeignFiles, OutputBusy
from generator.write.tree import Tree, open_tree

Plan = Callable[[Stand], Change]


class Opened(Protocol):
    """A place that is ours for a while."""

    @property
    def scratch(self) -> Path:
        """A folder for what is going to come; it goes by itself."""

    def look(self) -> Stand:
        """What is published now."""

    def commit(self, plan: Plan) -> Difference:
        """Makes the change that `plan` gives for what is published at that moment."""


class Place(Protocol):
    """Where something is published."""

    @property
    def shown(self) -> str:
        """How problems name it."""

    def open(self) -> contextlib.AbstractContextManager[Opened]:
        """Opens it for a change."""

    def seen(self) -> contextlib.AbstractContextManager[Stand]:
        """What is published, for somebody who changes nothing."""


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder."""

    folder: Path
    shown: str

    @contextlib.contextmanager
    def open(self) -> Iterator[Opened]:
        """Holds the lock of the folder."""
        with open_tree(self.folder) as tree:
            yield _OpenFolder(tree)

    @contextlib.contextmanager
    def seen(self) -> Iterator[Stand]:
        """What is in the folder."""
        yield Tree(self.folder)


@dataclass(frozen=True, slots=True)
class _OpenFolder:
    tree: Tree

    @property
    def scratch(self) -> Path:
        return self.tree.scratch

    def look(self) -> Stand:
        return self.tree

    def commit(self, plan: Plan) -> Difference:
        return self.tree.commit(plan)


@dataclass(frozen=True, slots=True)
class BranchPlace:
    """A branch of the repository around a folder."""

    branch: Branch

    @property
    def shown(self) -> str:
        return f"branch {self.branch.name}"

    @contextlib.contextmanager
    def open(self) -> Iterator[Opened]:
        """What comes is made in a folder of the system's."""
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch, self.seen() as stand:
            yield _OpenBranch(self.branch, Path(scratch), stand)

    @contextlib.contextmanager
    def seen(self) -> Iterator[Stand]:
        """What the branch holds, here or on the remote."""
        with self.branch.seen() as snapshot:
            yield snapshot


@dataclass(frozen=True, slots=True)
class _OpenBranch:
    branch: Branch
    scratch: Path
    stand: Stand

    def look(self) -> Stand:
        return self.stand

    def commit(self, plan: Plan) -> Difference:
        return self.branch.commit(plan)


def check_known(stand: Stand, *manifests: str) -> None:
    """Raises ForeignFiles for a place that holds something, but none of these manifests."""
    if any(stand.read(name) is not None for name in manifests or (MANIFEST,)):
        return
    visible = (name for name in stand.names() if not name.startswith("."))
    first = dict.fromkeys(name.partition("/")[0] for name in itertools.islice(visible, 50))
    if first:
        raise ForeignFiles(tuple(first))


def troubles_at(place: Place, work: Callable[[], Iterable[Problem]]) -> tuple[Problem, ...]:
    """What `work` tells, or what went wrong with the place meanwhile."""
    here = Location(place.shown)
    try:
        return tuple(work())
    except Refused as error:
        problem = VERSION.at(here, error.message, error.hint)
    except OutputBusy:
        problem = OUTPUT_BUSY.at(here, "another command is writing here", "wait for it to end")
    except ForeignFiles as error:
        hint = "choose another place, or clear this one yourself"
        problem = NO_TREE.at(here, f"this is none of ours: it holds {listed(error.names)}", hint)
    except GitFailed as error:
        problem = BRANCH.at(here, error.message, _git_hint(error))
    except RenderError as error:
        problem = TEMPLATE.at(Location(error.template, error.line), error.message)
    except OSError as error:
        problem = not_written(Path(place.shown), "cannot write", error)
    return (problem,)


def _git_hint(error: GitFailed) -> str:
    said = error.message.casefold()
    if isinstance(error, Diverged):
        return "push or drop the commits of the branch here, then try again"
    if "tell me who you are" in said or "ident" in said:
        return "say who commits: `git config user.name NAME`, `git config user.email ADDRESS`"
    if "not a git repository" in said:
        return "run this inside the repository, or publish to a folder with --to"
    if "checked out" in said:
        return "choose another branch, or check something else out"
    return ""


KNOWN_SITES = (MANIFEST, SITE_MANIFEST)
"""What a tree or a single site is known by."""
