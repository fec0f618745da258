"""A built tree or site to where readers find it: a folder, a branch, another computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build.releases.places import (
    KNOWN_SITES,
    BranchPlace,
    Place,
    check_known,
    troubles_at,
)
from generator.problems import Location, Problem
from generator.problems.publishing import NO_TREE, STRAY_FILE, TRANSFER
from generator.verify import Inventory
from generator.versions import (
    MANIFEST,
    NOTHING,
    SITE_MANIFEST,
    Change,
    Difference,
    Refused,
    Stand,
    difference,
    names_in,
)
from generator.write.transfer import NotTransferred, Target
from generator.write.tree import Tree, copy_tree

_NO_JEKYLL = ".nojekyll"
_SHARED = ("CNAME", _NO_JEKYLL)
_MANIFESTS = ".playbook-*.json"


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it."""

    problems: tuple[Problem, ...]
    made: Difference = NOTHING
    """What was written, or would be."""


def publish(source: Path, shown: str, place: Place, dry: bool = False) -> Published:
    """Makes a place hold what `source` holds. With any problem it stays as it was."""
    if problems := _faults(source, shown):
        return Published(problems)
    made: list[Difference] = []

    def plan(scratch: Path) -> Callable[[Stand], Change]:
        return lambda stand: _change(stand, source, scratch, isinstance(place, BranchPlace))

    def work() -> Iterator[Problem]:
        if dry:
            with place.seen() as stand:
                made.append(_difference(stand, plan(source)(stand), source))
        else:
            with place.open() as opened:
                site = opened.scratch / "site"
                stand = opened.look()
                copy_tree(source, site, stand if isinstance(stand, Tree) else None)
                made.append(opened.commit(plan(site)))
        return iter(())

    problems = troubles_at(place, work)
    return Published(problems, made[0] if made else NOTHING)


def send(source: Path, shown: str, address: str, dry: bool = False) -> Published:
    """The same for a folder on another computer; what that can promise says `write.transfer`."""
    if problems := _faults(source, shown):
        return Published(problems)
    here, target = Location(address), Target(address)
    try:
        manifests = target.manifests(_MANIFESTS)
        first = target.compared(source)
        ours = _ours(manifests.get)
        foreign = [name for name in first.removed if name not in ours]
        if foreign and not any(name in manifests for name in KNOWN_SITES):
            names = ", ".join(foreign[:5])
            hint = "choose another folder, or clear this one yourself"
            return Published((NO_TREE.at(here, f"this is none of ours: it holds {names}", hint),))
        made = target.compared(source, foreign) if foreign else first
        if made and not dry:
            target.send(source, foreign)
    except NotTransferred as error:
        return Published((TRANSFER.at(here, str(error)),))
    return Published((), made)


def _faults(source: Path, shown: str) -> tuple[Problem, ...]:
    """Why `source` must not be published: it is not whole. Files of somebody may lie in it."""
    problems = Inventory(source, shown).problems()
    return tuple(problem for problem in problems if problem.rule is not STRAY_FILE)


def _change(stand: Stand, source: Path, scratch: Path, on_branch: bool) -> Change:
    check_known(stand, *KNOWN_SITES)
    ours = _ours(stand.read)
    coming = {path.relative_to(scratch).as_posix() for path in scratch.rglob("*") if path.is_file()}
    for name in stand.names():
        if name in coming and name not in ours and name not in _SHARED:
            raise Refused(f"{name} is in the way, and we did not write it", "move it away")
    return Change(
        f"Publish {source.name}",
        removed=tuple(sorted({*ours, *(coming & set(_SHARED))})),
        folders={"": scratch},
        files={_NO_JEKYLL: b""} if on_branch and _NO_JEKYLL not in coming else {},
    )


def _ours(read: Callable[[str], bytes | None]) -> frozenset[str]:
    """All files that manifests name, and these."""
    found: set[str] = set()
    root = names_in(read(MANIFEST)) or {}
    sites = [n.removesuffix(SITE_MANIFEST) for n in root if n.endswith(f"/{SITE_MANIFEST}")]
    for site in ("", *sites):
        named = names_in(read(site + SITE_MANIFEST))
        if named is not None:
            found |= {site + SITE_MANIFEST, *(site + name for name in named)}
    return frozenset(found | root.keys() | ({MANIFEST} if root else set()))


def _difference(stand: Stand, change: Change, source: Path) -> Difference:
    before = stand.digests()
    after: Mapping[str, str] = {
        **{name: digest for name, digest in before.items() if not change.takes(name)},
        **dict(_digests(stand, source)),
        **{name: stand.digest(content) for name, content in change.files.items()},
    }
    return difference(before, after)


def _digests(stand: Stand, source: Path) -> Iterator[tuple[str, str]]:
    for path in source.rglob("*"):
        if path.is_file():
            yield path.relative_to(source).as_posix(), stand.digest(path.read_bytes())
