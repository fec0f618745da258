"""The list of versions, against what stands in the tree."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.problems import Problem
from generator.problems.publishing import INVALID_DATA, TREE_DISAGREES
from generator.verify.inventory import MENDED_BY, Inventory
from generator.versions import (
    PREVIEWS,
    VERSIONS,
    VERSIONS_SCRIPT,
    Refused,
    Version,
    Versions,
    read_versions,
)

ANEW = "write the root of the tree anew: `playbook version set-default`"


def tree_problems(inventory: Inventory) -> Iterator[Problem]:
    """Versions that are not there, sites that are in no list, aliases that do not lead on."""
    if not inventory.is_tree:
        return
    raw = inventory.read(VERSIONS)
    place = inventory.place(VERSIONS)
    try:
        versions = read_versions(raw)
    except Refused as error:
        yield INVALID_DATA.at(place, error.message, MENDED_BY)
        return
    if _in_script(inventory.read(VERSIONS_SCRIPT)) != json.loads(raw or b"[]"):
        other = inventory.place(VERSIONS_SCRIPT)
        yield TREE_DISAGREES.at(other, f"it says something else than {VERSIONS}", ANEW)
    names = {f"{version.name}/" for version in versions.listed}
    for site in inventory.sites:
        if site not in names and not site.startswith(f"{PREVIEWS}/"):
            yield TREE_DISAGREES.at(place, f"{site} stands in the tree and not in the list", ANEW)
    for version in versions.listed:
        yield from _version(inventory, version)
    yield from _root(inventory, versions)


def _in_script(raw: bytes | None) -> object:
    text = (raw or b"").decode("utf-8", "replace").strip()
    try:
        return json.loads(text.removeprefix("pbVersions(").removesuffix(");"))
    except (ValueError, RecursionError):
        return None


def _version(inventory: Inventory, version: Version) -> Iterator[Problem]:
    place, site = inventory.place(VERSIONS), f"{version.name}/"
    if site not in inventory.sites:
        yield TREE_DISAGREES.at(place, f"version {version.name} is not in the tree", MENDED_BY)
        return
    built = inventory.built.get(site)
    if built is None or built.version != version.name:
        here = inventory.place(f"{site}release.json")
        yield TREE_DISAGREES.at(here, f"it does not say that it is {version.name}", MENDED_BY)
        return
    pages = [name for name in inventory.named if name.startswith(site) and name.endswith(".html")]
    for alias in version.aliases:
        for page in pages:
            led = f"{alias}/{page.removeprefix(site)}"
            if led not in inventory.named and page != f"{site}404.html":
                yield TREE_DISAGREES.at(place, f"{led} is missing, which leads to {page}", ANEW)


def _root(inventory: Inventory, versions: Versions) -> Iterator[Problem]:
    if versions.current is None:
        return
    text = (inventory.read("index.html") or b"").decode("utf-8", "replace")
    if f'href="{versions.current.name}/' not in text:
        what = f"it does not lead to the default version {versions.current.name}"
        yield TREE_DISAGREES.at(inventory.place("index.html"), what, ANEW)
