"""The links of a file to addresses of other files, rewritten where they stand.

A parser does not tell where a link's address stands in the text. So whatever looks like an address
is found first; each then gets a name that nothing else has, and what the parser takes for links
tells which of them are links. Code that shows how a link is written stays as it is.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, unquote

from generator.author.values import values_of
from generator.edit import Edit, applied
from generator.model.fields import Model
from generator.model.target import resolve
from generator.read import Source

_BARE = r"(?:\\.|[^\s()\\<>]|\((?:\\.|[^\s()\\])*\))+"
_ADDRESS = re.compile(
    rf"\]\([\s>]*(?:<(?P<angled>[^<>\r\n]*)>|(?P<bare>{_BARE}))"
    r"|\]:\s*(?:<(?P<defined_angled>[^<>\r\n]*)>|(?P<defined>[^\s<>\[\]()]+))"
    r"""|\b(?:href|src)\s*=\s*(?:\\"|''|["'])?(?P<raw>[^"'\\<>\s]+)"""
)
"""What looks like the address of a link, in Markdown and in HTML; also inside of quoted YAML."""
_PLAIN = re.compile(r"[A-Za-z0-9._~/-]*")

Moved = Callable[[str], str]
"""The new path of a file, from its former one; the same where it stays."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address that may have to change."""

    start: int
    end: int
    """Of its path; an anchor behind it stays."""
    put: str


def places_in(
    text: str, stretches: Iterable[tuple[int, int]], path: str, moved: Moved
) -> Iterator[Place]:
    """The addresses in stretches of `text`, the file `path`, that have to be written otherwise."""
    for start, end in stretches:
        for found in _ADDRESS.finditer(text, start, end):
            name = found.lastgroup
            assert name is not None
            written = found.group(name)
            file = written.partition("#")[0]
            put = _rewritten(file, path, moved)
            if file and put != file:
                yield Place(found.start(name), found.start(name) + len(file), put)


def _rewritten(written: str, path: str, moved: Moved) -> str:
    """How the address `written` in the file `path` has to be written from now on."""
    decoded = unquote(unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", written)))
    target = resolve(decoded, path)
    if target.problem or not target.path:
        return written
    here = posixpath.dirname(moved(path)) or "."
    if moved(target.path) == target.path and here == (posixpath.dirname(path) or "."):
        return written
    address = posixpath.relpath(moved(target.path), here)
    if decoded.startswith("./") and not address.startswith("../"):
        address = f"./{address}"
    as_is = decoded == written and set(address) <= set(written) | set("./")
    return address if as_is or _PLAIN.fullmatch(address) else quote(address)


def marked(text: str, places: Sequence[Place]) -> tuple[str, str]:
    """`text` with a name of its own at each of `places`, and how these names begin."""
    mark = f"x{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}-"
    edits: list[Edit] = [(p.start, p.end, f"{mark}{i}.md") for i, p in enumerate(places)]
    return applied(text, edits), mark


def found_in(targets: Iterable[str], mark: str) -> set[int]:
    """Which of the marked places the parser takes for links."""
    names = re.compile(rf"{mark}(\d+)\.md(?:#.*)?", re.DOTALL)
    matches = (names.fullmatch(target) for target in targets)
    return {int(match.group(1)) for match in matches if match}


def targets_of(source: Source, model: type[Model]) -> list[str]:
    """The addresses of the links in the body and the fields of a source, in order."""
    texts = (v.text.strip() for v in values_of(model, source.data) if v.shape.markdown)
    fields = (body for text in texts if (body := source.prose.get(text)))
    bodies = (*([source.body] if source.body else []), *fields)
    return [link.target for body in bodies for link in body.links]


def led_to(targets: Iterable[str], path: str, moved: Moved) -> list[tuple[str, str, str]]:
    """Where links in the file `path` lead, once files have moved."""
    found = [resolve(target, path) for target in targets]
    return [(moved(it.path) if it.path else "", it.anchor, it.problem) for it in found]
