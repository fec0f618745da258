"""The output, filled: what is the same is taken over, everything else is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.build.loading import Progress, counted
from generator.build.making import Making
from generator.build.marks import Ingredients, is_same, reason
from generator.build.memory import Former, Mark
from generator.build.workers import shared_out
from generator.cache import Digester
from generator.link import Page
from generator.link.addresses import asset_url
from generator.read.assets import Asset
from generator.write import Inplace, Output, Staging, digest_of

Part = tuple[str, tuple[str, ...]]
"""The digest of what it is made of, and the addresses of its files."""
Files = Iterable[tuple[str, bytes]]
"""Addresses and contents."""


@dataclass(frozen=True)
class Site:
    """A site before it is written."""

    pages: Sequence[Page]
    of: Ingredients
    freshness: Callable[[], bytes]
    """Makes freshness.json."""
    making: Making
    """Makes the pieces of entries that these two are put together from."""
    search: Callable[[], Files]
    """Makes the files of the search."""
    data: Callable[[], Files]
    """Makes playbook.json, and what tells of changes."""
    compared: bool
    """Whether it is compared with another playbook, which may have changed since."""
    assets: Mapping[str, Asset | None]
    """Images and attachments of the content folder, by path."""
    step: Callable[[int], None]
    """Called between pieces of work that no page waits for; may raise to put an end to it."""
    told: Sequence[tuple[str, bytes]] = ()
    """What the site says about itself to the other versions of a tree."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    files: Mapping[str, str]
    """The digest of each file, by address."""
    marks: Mapping[str, Mark]
    parts: Mapping[str, tuple[str, tuple[str, ...]]]
    rendered: tuple[tuple[str, str], ...]
    """Pages that were rendered, and why."""
    changed: int
    """How many files are other than before, new or gone."""
    behind: bool
    """Whether something stayed as it was, for want of time."""


@dataclass
class Filling:
    """Fills an output."""

    output: Output | Inplace
    site: Site
    former: Former
    intact: Mapping[str, str]
    """The digests of files of the output that are as they were written, by address."""
    content: Path
    jobs: int
    hurry: bool = False
    """Whether what takes long and no page needs may stay as it was."""
    _files: dict[str, str] = field(default_factory=dict)
    _kept: list[str] = field(default_factory=list)
    _behind: list[str] = field(default_factory=list)

    def fill(self, progress: Progress) -> Filled:
        """Writes the site, unless it is there already, file by file. Raises ForeignFiles,
        RenderError and OSError."""
        staging = self.output.stage()
        marks, rendered = self._pages(staging, progress)
        parts = dict(self._parts(staging, progress))
        self._statics(staging)
        list(self._put(staging, self.site.told))
        self._assets(staging)
        before = self.output.digests
        changed = sum(before.get(name) != digest for name, digest in self._files.items())
        changed += len(before.keys() - self._files.keys())
        if changed or before.keys() - self.intact.keys():
            for name in self._kept:
                staging.keep(name)
            self.output.commit(self._files)
        return Filled(self._files, marks, parts, tuple(rendered), changed, bool(self._behind))

    def _pages(
        self, staging: Staging | Inplace, progress: Progress
    ) -> tuple[dict[str, Mark], list[tuple[str, str]]]:
        of, former = self.site.of, self.former.marks
        marks: dict[str, Mark] = {}
        todo: list[Page] = []
        for page in self.site.pages:
            mark = former.get(page.url)
            if mark and self._is_there(page.url, mark.content) and is_same(page, mark, of):
                marks[page.url] = mark
                self._keep(page.url, mark.content)
            else:
                todo.append(page)

        def work(page: Page) -> tuple[Mark, str]:
            return self._page(page, staging)

        report = counted("Rendering", len(todo), progress)
        rendered = []
        for page, (mark, why) in zip(todo, shared_out(work, todo, self.jobs, report), strict=True):
            marks[page.url] = mark
            if why:
                rendered.append((page.url, why))
                self._files[page.url] = mark.content
            else:
                self._keep(page.url, mark.content)
        return marks, rendered

    def _page(self, page: Page, staging: Staging | Inplace) -> tuple[Mark, str]:
        """The mark of a page, and why it was rendered; "" where it was not."""
        of, former = self.site.of, self.former.marks.get(page.url)
        base, world, fields = of.base(page), of.world(page), of.fields(page)
        same = former and (former.base, former.fields) == (base, fields)
        if former and same and self._is_there(page.url, former.content):
            return Mark(world, base, fields, former.content), ""
        why = reason(page, former, fields, of)
        _, content = staging.put(page.url, of.renderer.render(page))
        return Mark(world, base, fields, content), why

    def _parts(self, staging: Staging | Inplace, progress: Progress) -> Iterator[tuple[str, Part]]:
        """What is made in one piece of the whole playbook."""
        site, plan = self.site, self._plan()
        todo = {name for name, (_, known) in plan.items() if known is None}
        self._make_pieces(todo - {"data"} if site.compared else todo, progress)
        makers: Mapping[str, Callable[[], Files]] = {
            "freshness": lambda: (("freshness.json", site.freshness()),),
            "search": site.search,
            "data": site.data,
        }
        for name, (made, known) in plan.items():
            if known is None:
                yield name, (made, tuple(self._put(staging, makers[name]())))
                continue
            if known[0] != made:
                self._behind.append(name)
            for address in known[1]:
                self._keep(address, self.intact[address])
            yield name, known

    def _plan(self) -> dict[str, tuple[str, Part | None]]:
        """What is made in one piece of the whole playbook, by name: the digest of what it is made
        of, "" if that cannot be told, and the former one, if it may stay."""
        of = self.site.of
        digests = [(each.id, each.digest) for each in of.library.outlines.values()]
        words = [of.words[edition.code] for edition in of.library.editions]
        seen = Digester().of([of.generator, of.seen, self.content.name])
        all_of_it = Digester().of([seen, digests, words])
        data = "" if self.site.compared else all_of_it
        made = {"freshness": seen, "search": all_of_it, "data": data}
        return {name: (digest, self._known(name, digest)) for name, digest in made.items()}

    def _known(self, name: str, made: str) -> Part | None:
        known = self.former.parts.get(name)
        if known is None or not self.intact.keys() >= set(known[1]):
            return None
        return known if self.hurry or (made and known[0] == made) else None

    def _make_pieces(self, parts: Iterable[str], progress: Progress) -> None:
        """Makes what the parts are put together from."""
        making = self.site.making
        missing = making.missing(parts)
        count = counted("Analysing", len(missing), progress)

        def report(more: int) -> None:
            count(more)
            self.site.step(more)

        made = shared_out(making.make, missing, self.jobs, report)
        for identity, pieces in zip(missing, made, strict=True):
            making.take(identity, pieces)

    def _statics(self, staging: Staging | Inplace) -> None:
        files = self.site.of.renderer.static_files
        list(self._put(staging, ((file.url, file.content) for file in files)))

    def _assets(self, staging: Staging | Inplace) -> None:
        for path in self.site.of.library.assets:
            asset, address = self.site.assets[path], asset_url(path)
            if asset and self._is_there(address, asset.digest):
                self._keep(address, asset.digest)
            else:
                list(self._put(staging, [(address, (self.content / path).read_bytes())]))

    def _put(self, staging: Staging | Inplace, files: Files) -> Iterator[str]:
        """Adds files that are made anyway; gives their addresses."""
        for address, content in files:
            digest = digest_of(content)
            if self._is_there(address, digest):
                self._keep(address, digest)
            else:
                staging.put(address, content)
                self._files[address] = digest
            yield address

    def _is_there(self, address: str, content: str) -> bool:
        return self.intact.get(address) == content

    def _keep(self, address: str, content: str) -> None:
        self._kept.append(address)
        self._files[address] = content
