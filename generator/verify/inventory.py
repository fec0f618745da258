"""What the manifests name, against what is there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.problems import Location, Problem
from generator.problems.publishing import ALTERED_FILE, INVALID_DATA, MISSING_FILE, STRAY_FILE
from generator.versions import CNAME, MANIFEST, RELEASE, SITE_MANIFEST, Built, names_in, read_built

MENDED_BY = "publish it again, or take it from a backup"


@dataclass(frozen=True)
class Inventory:
    """The files of a published tree, or of one site, by their addresses."""

    folder: Path
    shown: str
    """How problems name the folder."""

    def place(self, name: str, line: int = 1, column: int = 1) -> Location:
        """A place in a file, as problems name it."""
        return Location(f"{self.shown}/{name}" if name else self.shown, line, column)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    @cached_property
    def is_tree(self) -> bool:
        """Whether it holds versions; otherwise it is one site."""
        return (self.folder / MANIFEST).is_file()

    @cached_property
    def sites(self) -> tuple[str, ...]:
        """The folders of the sites, each with a slash at its end; "" for one that stands alone."""
        if not self.is_tree:
            return ("",)
        root = names_in(self.read(MANIFEST)) or {}
        return tuple(n.removesuffix(SITE_MANIFEST) for n in root if n.endswith(f"/{SITE_MANIFEST}"))

    @cached_property
    def named(self) -> Mapping[str, str]:
        """Every file that a manifest names, with its digest."""
        found: dict[str, str] = {}
        if self.is_tree:
            found |= names_in(self.read(MANIFEST)) or {}
        for site in self.sites:
            named = names_in(self.read(site + SITE_MANIFEST)) or {}
            found |= {site + name: digest for name, digest in named.items()}
        return dict(sorted(found.items()))

    @cached_property
    def present(self) -> frozenset[str]:
        """Every file that is there."""
        return frozenset(
            Path(here, name).relative_to(self.folder).as_posix()
            for here, _, files in os.walk(self.folder)
            for name in files
        )

    @cached_property
    def built(self) -> Mapping[str, Built]:
        """What the sites say about themselves, by their folders."""
        found = ((site, read_built(self.read(site + RELEASE))) for site in self.sites)
        return {site: built for site, built in found if built}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Where the tree is published, as far as its sites tell."""
        return frozenset(built.address for built in self.built.values() if built.address)

    def site_of(self, name: str) -> str | None:
        """The folder of the site that a file belongs to; None for the tree's own."""
        return next((site for site in self.sites if name.startswith(site)), None)

    def problems(self) -> Iterator[Problem]:
        """Manifests that cannot be read, files that are missing, altered, or nobody's."""
        manifests = [site + SITE_MANIFEST for site in self.sites]
        if self.is_tree:
            manifests.append(MANIFEST)
        for name in manifests:
            if name in self.present and names_in(self.read(name)) is None:
                yield INVALID_DATA.at(self.place(name), "this is no manifest", MENDED_BY)
        for name, digest in self.named.items():
            if name not in self.present:
                what = "the file is missing; a manifest names it"
                yield MISSING_FILE.at(self.place(name), what, MENDED_BY)
            elif hashlib.sha256(self.read(name) or b"").hexdigest() != digest:
                yield ALTERED_FILE.at(
                    self.place(name), "its manifest gives another digest", MENDED_BY
                )
        for name in sorted(self.present - self.named.keys() - set(manifests)):
            if not (name.startswith(".") or name == CNAME):
                yield STRAY_FILE.at(self.place(name), "no manifest names this file", "delete it")
