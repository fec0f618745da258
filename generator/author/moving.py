"""An entry that moves: every file that has to change for it, with its new bytes.

Takes a playbook and a move, gives files or what stands in the way. References are found by the
model, links by the parser, and both are changed where they stand. Each result is read again: if it
says anything but the same with other addresses, the move is refused. Writes nothing.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.author.linking import found_in, led_to, marked, places_in, targets_of
from generator.author.models import model_of
from generator.author.places import node_at, pair_at
from generator.author.values import values_of
from generator.edit import (
    Edit,
    NotEditable,
    applied,
    item_added,
    item_removed,
    scalar_replaced,
    yaml_range,
)
from generator.model import Kind
from generator.model.fields import Model
from generator.model.shape import shapes_of
from generator.problems.core import Path
from generator.read import Source, source_of
from generator.read.layout import Node, layout_of

ALIASES = "aliases"
DEPENDENCIES = ("reviewed", "dependencies")
_CODED = re.compile(r"%[0-9A-Fa-f]{2}|&[#\w]+;|\\")
"""Characters that may stand for others."""
_SCHEMA = re.compile(r"(#[ \t]*yaml-language-server:[ \t]*\$schema=)([^\s:]+)")


@dataclass(frozen=True)
class Move:
    """An entry that gets another id."""

    old: str
    new: str
    paths: Mapping[str, str]
    """The new paths of its files, translations included, by the former ones."""
    kinds: tuple[Kind, ...]
    alias: bool = True
    """Whether the former address is to lead to the new one."""

    def moved(self, path: str) -> str:
        """The path of a file from now on."""
        return self.paths.get(path, path)

    def named(self, identity: str) -> str:
        """The id of an entry from now on."""
        return self.new if identity == self.old else identity


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file with other addresses in it."""

    path: str
    """Where it is to stand."""
    raw: bytes
    source: Source
    """The file, read again."""
    references: int = 0
    links: int = 0
    digests: int = 0
    """How many of them changed."""


def rewritten(source: Source, raw: Callable[[], bytes], move: Move) -> Rewritten | None:
    """The file of `source`, whose bytes `raw` gives, with other addresses for what moves; None
    where none of them changes. Raises NotEditable, and what `raw` raises."""
    model = model_of(source.path, move.kinds)
    if model is None:
        return None
    if source.path not in move.paths and not _may_change(source, move):
        return None
    file = _File(source, model, raw().decode("utf-8"), move)
    references, links = list(file.references()), list(file.links())
    edits = [*references, *links, *file.schema(), *file.aliases()]
    if not edits and source.path not in move.paths and _says_the_same(source, source, model, move):
        return None
    made = applied(file.text, edits).encode("utf-8")
    path = move.moved(source.path)
    after, problems = source_of(source.root, path, made)
    if after is None or problems or not _says_the_same(source, after, model, move):
        raise NotEditable("it cannot be changed in place; change its references and links by hand")
    return Rewritten(path, made, after, len(references), len(links))


def _may_change(source: Source, move: Move) -> bool:
    """Whether the moved entry may be named in a file; only then it is looked at closely."""
    names = (move.old, f"{move.old.rpartition('/')[2]}.")
    texts = (source.yaml, source.body_text)
    return any(name in text for text in texts for name in names) or any(map(_CODED.search, texts))


@dataclass(frozen=True)
class _File:
    source: Source
    model: type[Model]
    text: str
    move: Move

    @property
    def markdown(self) -> bool:
        return self.source.path.endswith(".md")

    @functools.cached_property
    def start(self) -> int:
        """Where the YAML begins."""
        return yaml_range(self.text, self.markdown)[0]

    @functools.cached_property
    def yaml(self) -> str:
        start, end = yaml_range(self.text, self.markdown)
        return self.text[start:end]

    @functools.cached_property
    def top(self) -> Node | None:
        return layout_of(self.yaml)

    def node(self, path: Path) -> Node | None:
        """The value at `path`, unless it stands elsewhere."""
        node = node_at(self.top, path) if self.top else None
        return node if node and node.form != "alias" else None

    def references(self) -> Iterator[Edit]:
        """Ids in fields, and in what reviews say of dependencies."""
        move = self.move
        for value in values_of(self.model, self.source.data):
            if value.is_reference and value.text == move.old and (node := self.node(value.path)):
                yield self._placed(scalar_replaced(self.yaml, node, move.old, move.new))
        recorded = _at(self.source.data, DEPENDENCIES)
        named = isinstance(recorded, dict) and move.old in recorded
        pair = pair_at(self.top, (*DEPENDENCIES, move.old)) if named and self.top else None
        if pair is not None:
            yield self._placed(scalar_replaced(self.yaml, pair.key, move.old, move.new))

    def links(self) -> Iterator[Edit]:
        """Addresses in texts that lead to a file which moves, or stand in one."""
        moved, path = self.move.moved, self.source.path
        places = list(places_in(self.text, self._texts(), path, moved))
        if not places:
            return
        trial, mark = marked(self.text, places)
        read, _ = source_of(self.source.root, path, trial.encode("utf-8"))
        if read is None:
            raise NotEditable("its links cannot be changed in place; change them by hand")
        for index in sorted(found_in(targets_of(read, self.model), mark)):
            yield places[index].start, places[index].end, places[index].put

    def _texts(self) -> Iterator[tuple[int, int]]:
        for value in values_of(self.model, self.source.data):
            if value.shape.markdown and (node := self.node(value.path)):
                yield self.start + node.start, self.start + node.end
        if self.source.body is not None:
            yield self.start + len(self.yaml), len(self.text)

    def schema(self) -> Iterator[Edit]:
        """Where editors find the schema, seen from the new place."""
        found = _SCHEMA.search(self.yaml)
        path, target = self.source.path, self.move.moved(self.source.path)
        if path == target or found is None or found.group(2).startswith("/"):
            return
        place = posixpath.normpath(posixpath.join("c", posixpath.dirname(path), found.group(2)))
        folder, name = posixpath.split(place)
        schema = posixpath.join(folder, _schema_name(name, path, target, self.move.kinds))
        put = posixpath.relpath(schema, posixpath.join("c", posixpath.dirname(target)))
        if not place.startswith("../") and put != found.group(2):
            yield self._placed((found.start(2), found.end(2), put))

    def aliases(self) -> Iterator[Edit]:
        """The former address, among the others; the new one is none any more."""
        move = self.move
        if self.source.path not in move.paths or _is_translation(self.source) or self.top is None:
            return
        held = self.source.data.get(ALIASES)
        held = held if isinstance(held, list) else []
        names = [str(name).removesuffix(".html").casefold() for name in held]
        again = [at for at, name in enumerate(names) if name == move.new.casefold()]
        missing = move.alias and move.old not in names
        for at in again:
            if missing and at == again[0] and (node := self.node((ALIASES, at))):
                yield self._placed(scalar_replaced(self.yaml, node, held[at], move.old))
            else:
                yield self._placed(item_removed(self.yaml, self.top, ALIASES, at))
        if missing and not again:
            before = _fields_before(self.model, ALIASES)
            yield self._placed(item_added(self.yaml, self.top, ALIASES, move.old, before))

    def _placed(self, edit: Edit) -> Edit:
        start, end, put = edit
        return self.start + start, self.start + end, put


def _schema_name(name: str, path: str, target: str, kinds: tuple[Kind, ...]) -> str:
    """The schema of the kind that an entry has in its new folder."""
    names = {kind.folder: kind.name for kind in kinds}
    was, now = (names.get(place.partition("/")[0], "") for place in (path, target))
    first, dot, rest = name.partition(".")
    return f"{now}{dot}{rest}" if first == was else name


def _is_translation(source: Source) -> bool:
    return source.path.rpartition("/")[2].count(".") > 1


def _fields_before(model: type[Model], name: str) -> frozenset[str]:
    names = [shape.name for shape in shapes_of(model)]
    return frozenset(names[: names.index(name)] if name in names else names)


def _at(data: Any, path: Iterable[str]) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _says_the_same(before: Source, after: Source, model: type[Model], move: Move) -> bool:
    """Whether a file that was read again differs in addresses alone, and in all of them."""
    was = _told(before, model, move.named)
    now = _told(after, model, lambda identity: identity)
    led = led_to(targets_of(before, model), before.path, move.moved)
    leads = led_to(targets_of(after, model), after.path, lambda path: path)
    return was == now and led == leads


def _told(source: Source, model: type[Model], named: Any) -> Any:
    """What a source says, with the words of its texts in place of their Markdown, and with the
    names that `named` gives to entries."""
    texts = {v.path: v for v in values_of(model, source.data)}

    def plain(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            keys = named if path == DEPENDENCIES else str
            return {keys(key): plain(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner, (*path, at)) for at, inner in enumerate(value)]
        if path in texts and texts[path].is_reference:
            return named(value)
        parsed = source.prose.get(value.strip()) if path in texts else None
        return parsed.plain if parsed and texts[path].shape.markdown else value

    data = {name: value for name, value in source.data.items() if name != ALIASES}
    return plain(data, ()), source.body.plain if source.body else ""
