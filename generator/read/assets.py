"""Images and attachments: allowed types, sizes, and SVG without anything active in it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from generator.problems import Location, Problem
from generator.problems.read import ACTIVE_SVG, FILE_TYPE, TOO_LARGE, UNREADABLE
from generator.read.source import digest_of

MAX_BYTES = 20 * 1024 * 1024
IMAGES = {"png", "jpg", "jpeg", "gif", "webp", "avif", "svg"}
ATTACHMENTS = {
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "tsv", "txt", "zip",
    "mp3", "m4a", "ogg", "wav", "mp4", "webm",
}  # fmt: skip
_SVG_ELEMENTS = {
    "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "path", "rect",
    "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textpath", "marker",
    "lineargradient", "radialgradient", "stop", "clippath", "mask", "pattern", "filter", "image",
    "switch",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages show or offer for download."""

    path: str
    """Relative to the content folder."""
    digest: str
    width: int = 0
    height: int = 0
    """Size in pixels; 0 where it is unknown or no image."""


def read_asset(root: Path, shown_root: str, path: str) -> tuple[Asset | None, list[Problem]]:
    """Reads the file `path` below `root`, and refuses what could run in a reader's browser."""
    place = Location(f"{shown_root}/{path}")
    suffix = PurePosixPath(path).suffix.lower().removeprefix(".")
    if suffix not in IMAGES | ATTACHMENTS:
        hint = "use one of: " + ", ".join(sorted(IMAGES | ATTACHMENTS))
        what = f"of type .{suffix}" if suffix else "without a type in their name"
        return None, [FILE_TYPE.at(place, f"files {what} are not published", hint)]
    try:
        if (root / path).stat().st_size > MAX_BYTES:
            return None, [TOO_LARGE.at(place, "the attachment is larger than 20 MiB",
                                       "link to where the file lives instead")]  # fmt: skip
        raw = (root / path).read_bytes()
    except OSError as error:
        return None, [UNREADABLE.at(place, f"cannot read the file: {error.strerror}")]
    if suffix == "svg" and (active := active_part(raw)):
        return None, [
            ACTIVE_SVG.at(place, f"the image contains {active}", "export it as plain SVG")
        ]
    width, height = _size(raw) if suffix in IMAGES else (0, 0)
    return Asset(path, digest_of(raw), width, height), []


def _size(raw: bytes) -> tuple[int, int]:
    import imagesize  # type: ignore[import-untyped]  # brings half of `urllib` along

    try:
        width, height = imagesize.get(io.BytesIO(raw))
    except Exception:  # a broken picture has no size; the parser raises whatever it stumbles over
        return 0, 0
    return max(int(width), 0), max(int(height), 0)


class _Active(Exception):
    """Carries the name of the first thing in an SVG that could act."""


def active_part(raw: bytes) -> str:
    """The first thing in an SVG that could act; "" where there is none."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = _check_element
    parser.EntityDeclHandler = _refuse_entity
    parser.ProcessingInstructionHandler = _refuse_instruction
    parser.CharacterDataHandler = _check_text
    try:
        parser.Parse(raw, True)
    except _Active as found:
        return str(found)
    except expat.ExpatError as error:
        return f"broken XML ({error})"
    return ""


def _check_element(name: str, attributes: dict[str, str]) -> None:
    local = name.rpartition(":")[2].lower()
    if local not in _SVG_ELEMENTS and not local.startswith("fe") and ":" not in name:
        raise _Active(f"the element <{name}>")
    if local in ("script", "foreignobject", "iframe", "handler", "listener"):
        raise _Active(f"the element <{name}>")
    for key, value in attributes.items():
        key = key.lower()
        if key.startswith("on"):
            raise _Active(f"the attribute {key}")
        if key.endswith("href") and not value.startswith(
            ("#", "data:image/png", "data:image/jpeg")
        ):
            raise _Active(f"a reference to {value[:40]}")
        _check_text(value)


def _check_text(text: str) -> None:
    if re.search(
        r"javascript:|@import|url\(\s*['\"]?(?!#|['\"]?#|data:image/(png|jpeg))",
        text,
        re.IGNORECASE,
    ):
        raise _Active("an outside reference in a style")


def _refuse_entity(*arguments: object) -> None:
    raise _Active("an entity declaration")


def _refuse_instruction(target: str, data: str) -> None:
    raise _Active(f"the processing instruction {target}")
