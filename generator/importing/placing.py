"""A document in its place: links that lead somewhere, pictures under names of their own.

Takes documents and the paths that they are to have, gives the same documents with addresses that
hold from there, and the files that they need.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from generator.author.naming import name_of
from generator.author.words import Words
from generator.importing.document import (
    Anchor,
    Block,
    Document,
    Heading,
    Image,
    Inline,
    Refused,
    Text,
    changed,
    inlines,
    words_of,
)
from generator.importing.docx import HELD
from generator.importing.lines import tidy, visible
from generator.importing.pictures import (
    ATTACHED,
    PICTURES,
    file_name,
    from_data,
    picture_type,
)
from generator.importing.writer import written
from generator.markdown import parse_document
from generator.markdown.headings import slugify
from generator.read.assets import ATTACHMENTS, IMAGES

_OUTWARD = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
_NO_WORDS = re.compile(
    r"(image|img|picture|screenshot|pic|graphic|图片|图像|图|截图|屏幕截图|粘贴图片|画板)?[\s_\d.:-]*"
    r"(\.(png|jpe?g|gif|webp|svg|bmp|emf))?|[0-9a-f-]{16,}(\.\w+)?",
    re.IGNORECASE,
)
"""Alternative texts that programs make up."""
_MADE_UP = re.compile(r"\s*(描述已自动生成|Description automatically generated).*$", re.IGNORECASE)


@dataclass(frozen=True)
class Surroundings:
    """What lies around the documents of one import."""

    targets: Mapping[str, str]
    """The paths below the content folder, by the names of the documents."""
    anchors: Mapping[str, Mapping[str, str]]
    """The anchors of each document's headings by the names that it has for places."""
    neighbour: Callable[[str], bytes | None]
    """The bytes of a file beside the documents; None where there is none to be read."""


@dataclass(slots=True)
class Placed:
    """A document whose addresses hold where it is going to lie."""

    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Block, ...]]
    files: dict[str, bytes] = field(default_factory=dict)
    """Pictures and attachments by their paths below the content folder."""
    remarks: list[str] = field(default_factory=list)


def anchors_in(document: Document) -> Mapping[str, str]:
    """The anchors of headings by the names of the places that they are, or that follow them."""
    headings = tuple(block for block in document.blocks if isinstance(block, Heading))
    given = iter(parse_document(written(headings, {})).headings)
    found: dict[str, str] = {}
    here = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            here = next(given).anchor
            found.setdefault(here, here)
            for name in _names(words_of(block.line)):
                found.setdefault(name, here)
        for each in inlines((block,)):
            if isinstance(each, Anchor):
                found.setdefault(each.name, here)
    return found


def _names(heading: str) -> tuple[str, ...]:
    """What links in other programs' Markdown call a heading: its words, or these as GitHub does."""
    bare = re.sub(r"[^\w\- ]", "", heading.casefold()).strip()
    return heading, bare.replace(" ", "-")


def placed(document: Document, path: str, around: Surroundings, words: Words) -> Placed:
    """The document at `path`, which is relative to the content folder. `words` are for what is
    left to do in the text."""
    placing = _Placing(document, path, around, words, Placed((), {}))
    made = placing.made
    made.blocks = _tidied(changed(document.blocks, placing.place))
    made.notes = {name: changed(note, placing.place) for name, note in document.notes.items()}
    made.remarks[:] = dict.fromkeys(made.remarks)
    return made


def _tidied(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(
        replace(block, line=tidy(block.line)) if isinstance(block, Heading) else block
        for block in blocks
    )


@dataclass(frozen=True, slots=True)
class _Placing:
    document: Document
    path: str
    around: Surroundings
    words: Words
    made: Placed

    def place(self, each: Inline) -> Iterator[Inline]:
        """What stands in the place of `each`."""
        if isinstance(each, Image):
            yield self._picture(each)
        elif isinstance(each, Text) and each.href:
            yield replace(each, href=self._link(each.href))
        elif not isinstance(each, Anchor):
            yield each

    def _picture(self, image: Image) -> Inline:
        alt = _words(image.alt)
        if re.match(r"https?://|//", image.source, re.IGNORECASE):
            address = re.sub("^//", "https://", image.source)
            self.made.remarks.append(f"a picture elsewhere is linked, not fetched: {address[:120]}")
            return Text(alt or self._asked("import.fetch"), href=address)
        shown = _shown_source(image.source)
        called = shown or self.words.say("import.inside")
        shown = shown or "inside the document"
        raw = self._bytes_of(image.source)
        if raw is None:
            self.made.remarks.append(f"a picture is missing: {shown}")
            return Text(self._asked("import.missing", picture=called))
        suffix = picture_type(raw)
        if isinstance(suffix, Refused):
            self.made.remarks.append(f"a picture is left out ({shown}): {suffix.message}")
            hint = self.words.hint(suffix.hint)
            left_out = {"picture": alt or called, "reason": suffix.message, "hint": hint}
            return Text(self._asked("import.left_out", **left_out))
        return Image(self._file(raw, suffix, ""), alt or self._asked("import.picture"))

    def _asked(self, key: str, **values: str) -> str:
        return self.words.note(self.words.say(key, **values))

    def _bytes_of(self, source: str) -> bytes | None:
        if source.startswith(HELD):
            return self.document.held.get(source)
        if source.lower().startswith("data:"):
            return from_data(source)
        if not source or _SCHEME.match(source):
            return None
        return self.around.neighbour(self._beside(source))

    def _file(self, raw: bytes, suffix: str, name: str) -> str:
        """The address of a file that goes with the document."""
        slug = name_of(name) or posixpath.basename(self.path).split(".")[0]
        path = file_name(ATTACHED if name else PICTURES, slug, raw, suffix)
        self.made.files[path] = raw
        return self._to(path)

    def _to(self, path: str) -> str:
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")

    def _beside(self, address: str) -> str:
        """What a relative address in the document names, below the folder of the import."""
        path = unicodedata.normalize("NFC", unquote(re.split("[?#]", address)[0]))
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.document.name), path))

    def _link(self, href: str) -> str:
        """Where a link leads from now on; "" where it can lead nowhere."""
        if _OUTWARD.match(href):
            return href
        if re.match(r"www\.[\w-]+\.", href):
            return f"https://{href}"
        if href.startswith("#"):
            anchor = self._anchor(self.document.name, unquote(href[1:]))
            if not anchor and href != "#":
                self.made.remarks.append(f"a link leads to no heading: {href[:80]}")
            return f"#{anchor}" if anchor else ""
        found = "" if _SCHEME.match(href) else self._local(href)
        if not found:
            self.made.remarks.append(f"a link leads nowhere and is plain text now: {href[:80]}")
        return found

    def _local(self, href: str) -> str:
        name = self._beside(href)
        if name in self.around.targets:
            anchor = self._anchor(name, unquote(href.partition("#")[2]))
            return self._to(self.around.targets[name]) + (f"#{anchor}" if anchor else "")
        stem, _, suffix = posixpath.basename(name).rpartition(".")
        if suffix.lower() in ATTACHMENTS | IMAGES - {"svg"} and (
            raw := self.around.neighbour(name)
        ):
            return self._file(raw, suffix.lower(), stem)
        return ""

    def _anchor(self, name: str, place: str) -> str:
        anchors = self.around.anchors.get(name, {})
        return anchors.get(place) or anchors.get(slugify(place), "") if place else ""


def _words(alt: str) -> str:
    """An alternative text, where somebody wrote it."""
    text = " ".join(_MADE_UP.sub("", visible(alt)).split())
    return "" if _NO_WORDS.fullmatch(text) else text


def _shown_source(source: str) -> str:
    """How a picture is called in messages; "" for one inside of the document."""
    if source.startswith(HELD) or source.lower().startswith("data:") or not source:
        return ""
    return visible(unquote(source))[:80]
