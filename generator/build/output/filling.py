"""The output, filled: what is the same is taken over, everything else is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Any

from generator.build.loading import Progress, counted
from generator.build.memory.former import Former, Mark
from generator.build.output.marks import Ingredients, reason
from generator.build.output.parts import Parts
from generator.build.output.recipes import Fill, Put, Recipe, given
from generator.build.workers import MANY, beside, shared_out
from generator.cache import Digester
from generator.link import Page
from generator.link.addresses import asset_url
from generator.read.assets import Asset
from generator.write import Inplace, Output, Staging, digest_of

Part = tuple[str, tuple[str, ...]]
"""The digest of what it is made of, and the addresses of its files."""


@dataclass(frozen=True)
class Site:
    """A site before it is written."""

    pages: Sequence[Page]
    of: Ingredients
    parts: Parts
    """What is made in one piece of the whole playbook."""
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
    recipes: Mapping[str, str]
    """The marks of files that are made by a recipe, by address."""
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
    _recipes: dict[str, str] = field(default_factory=dict)
    _behind: list[str] = field(default_factory=list)

    def fill(self, progress: Progress) -> Filled:
        """Writes the site, unless it is there already, file by file. Raises ForeignFiles,
        RenderError and OSError."""
        staging = self.output.stage()
        before = self.output.digests
        marks, rendered = self._pages(staging, progress)
        early = self._surely_kept(staging, before)
        parts = dict(self._parts(staging, progress, early))
        self._statics(staging)
        self._put(staging, starmap(given, self.site.told))
        self._assets(staging)
        changed = sum(before.get(name) != digest for name, digest in self._files.items())
        changed += len(before.keys() - self._files.keys())
        if changed or before.keys() - self.intact.keys():
            _keep_all(staging, self._kept[len(early) :])
            self.output.commit(self._files)
        made = marks, parts, self._recipes, tuple(rendered)
        return Filled(self._files, *made, changed, bool(self._behind))

    def _surely_kept(self, staging: Staging | Inplace, before: Mapping[str, str]) -> Sequence[str]:
        """The files that are going to be taken over, whatever else comes of it, because a page is
        another one; none if they are few, or it takes nothing."""
        if not isinstance(staging, Staging) or len(self._kept) <= MANY:
            return ()
        made = self._files.keys() - set(self._kept)
        other = any(before.get(name) != self._files[name] for name in made)
        return tuple(self._kept) if other else ()

    def _pages(
        self, staging: Staging | Inplace, progress: Progress
    ) -> tuple[dict[str, Mark], list[tuple[str, str]]]:
        marks: dict[str, Mark] = {}
        todo: list[Page] = []
        is_same = self._certainly_same()
        for page in self.site.pages:
            mark = self.former.marks.get(page.url)
            if mark and is_same(page, mark):
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

    def _certainly_same(self) -> Callable[[Page, Mark], bool]:
        """Tells whether a page is the one with a mark, and lies there, as far as can be told
        without making its context."""
        of = self.site.of
        shows_the_same = of.same_since(self.former)

        def is_same(page: Page, mark: Mark) -> bool:
            there = self._is_there(page.url, mark.content)
            return there and shows_the_same(page) and mark.base == of.base(page)

        return is_same

    def _page(self, page: Page, staging: Staging | Inplace) -> tuple[Mark, str]:
        """The mark of a page, and why it was rendered; "" where it was not."""
        try:
            return self._rendered(page, staging)
        finally:
            page.forget()

    def _rendered(self, page: Page, staging: Staging | Inplace) -> tuple[Mark, str]:
        of, former = self.site.of, self.former.marks.get(page.url)
        base, fields = of.base(page), of.fields(page)
        same = former and (former.base, former.fields) == (base, fields)
        if former and same and self._is_there(page.url, former.content):
            return Mark(base, fields, former.content), ""
        why = reason(page, former, fields, of)
        _, content = staging.put(page.url, of.renderer.render(page))
        return Mark(base, fields, content), why

    def _parts(
        self, staging: Staging | Inplace, progress: Progress, kept: Sequence[str]
    ) -> Iterator[tuple[str, Part]]:
        """What is made in one piece of the whole playbook; `kept` files are taken over beside."""
        parts, plan = self.site.parts, self._plan()
        todo = [name for name, (_, known) in plan.items() if known is None]
        self._make_pieces({*todo} - {"data"} if parts.telling else todo, progress)

        works: list[Callable[[], Any]] = [
            partial(self._part, staging, parts.makers[name]) for name in todo
        ]
        works += [partial(_keep_all, staging, kept)] if kept else []
        # The longest is the first: this process makes it, and keeps what it finds out.
        puts = dict(zip(todo, beside(works, self.jobs), strict=False))
        for name, (digest, known) in plan.items():
            if known is None:
                yield name, (digest, tuple(self._note(puts[name])))
                continue
            if known[0] != digest:
                self._behind.append(name)
            self._note(Put(it, self.intact[it], self.former.recipes.get(it, "")) for it in known[1])
            yield name, known

    def _part(self, staging: Staging | Inplace, maker: Callable[[Fill], object]) -> list[Put]:
        """Has a part made."""
        puts: list[Put] = []

        def fill(recipes: Iterable[Recipe]) -> Mapping[str, str]:
            made = self._made(staging, recipes)
            puts.extend(made)
            return {each.address: each.digest for each in made}

        maker(fill)
        return puts

    def _plan(self) -> dict[str, tuple[str, Part | None]]:
        """What is made in one piece of the whole playbook, by name: the digest of what it is made
        of, "" if that cannot be told, and the former one, if it may stay."""
        of = self.site.of
        digests = [(each.id, each.digest) for each in of.library.outlines.values()]
        words = [of.words[edition.code] for edition in of.library.editions]
        seen = Digester().of([of.generator, of.seen, self.content.name])
        all_of_it = Digester().of([seen, digests, words])
        data = "" if self.site.parts.telling else all_of_it
        made = {"search": all_of_it, "data": data, "freshness": seen}
        return {name: (digest, self._known(name, digest)) for name, digest in made.items()}

    def _known(self, name: str, made: str) -> Part | None:
        known = self.former.parts.get(name)
        if known is None or not self.intact.keys() >= set(known[1]):
            return None
        return known if self.hurry or (made and known[0] == made) else None

    def _make_pieces(self, parts: Iterable[str], progress: Progress) -> None:
        """Makes what the parts are put together from."""
        making = self.site.parts.making
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
        self._put(staging, (given(file.url, file.content) for file in files))

    def _assets(self, staging: Staging | Inplace) -> None:
        for path in self.site.of.library.assets:
            asset, address = self.site.assets[path], asset_url(path)
            if asset and self._is_there(address, asset.digest):
                self._keep(address, asset.digest)
            else:
                self._put(staging, [given(address, (self.content / path).read_bytes())])

    def _put(self, staging: Staging | Inplace, recipes: Iterable[Recipe]) -> None:
        self._note(self._made(staging, recipes))

    def _made(self, staging: Staging | Inplace, recipes: Iterable[Recipe]) -> list[Put]:
        """Makes the files that are not there."""
        recipes = list(recipes)
        todo = [each for each in recipes if not self._is_known(each)]

        def work(recipe: Recipe) -> str:
            content = recipe.make()
            digest = digest_of(content)
            if not self._is_there(recipe.address, digest):
                staging.put(recipe.address, content, digest)
            return digest

        made = shared_out(work, todo, self.jobs, self.site.step)
        digests = {each.address: digest for each, digest in zip(todo, made, strict=True)}
        return [
            Put(each.address, digests.get(each.address) or self.intact[each.address], each.mark)
            for each in recipes
        ]

    def _is_known(self, recipe: Recipe) -> bool:
        """Whether the file lies there as it would be made."""
        there = bool(recipe.mark) and recipe.address in self.intact
        return there and self.former.recipes.get(recipe.address) == recipe.mark

    def _note(self, puts: Iterable[Put]) -> list[str]:
        """Notes files that are as they should be; gives their addresses."""
        addresses = []
        for each in puts:
            addresses.append(each.address)
            if each.mark:
                self._recipes[each.address] = each.mark
            if self._is_there(each.address, each.digest):
                self._keep(each.address, each.digest)
            else:
                self._files[each.address] = each.digest
        return addresses

    def _is_there(self, address: str, content: str) -> bool:
        return self.intact.get(address) == content

    def _keep(self, address: str, content: str) -> None:
        self._kept.append(address)
        self._files[address] = content


def _keep_all(staging: Staging | Inplace, names: Iterable[str]) -> None:
    """Takes files over as they are."""
    for name in names:
        staging.keep(name)
