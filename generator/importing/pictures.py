"""Pictures and attachments: what they are, by their bytes and not by their names."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from urllib.parse import unquote_to_bytes

from generator.importing.document import Refused
from generator.read.assets import MAX_BYTES, active_part

PICTURES, ATTACHED = "images", "files"
"""Below the content folder, where pictures and attachments of imported documents are put."""
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "avif"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<.{0,1000}?svg[\s>]", re.DOTALL), "svg"),
)
_OTHERS = (
    (re.compile(rb"\x01\x00\x00\x00.{36} EMF", re.DOTALL), "EMF"),
    (re.compile(rb"\xd7\xcd\xc6\x9a"), "WMF"),
    (re.compile(rb"BM"), "BMP"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "TIFF"),
    (re.compile(rb".{4}ftyphei[cfx]", re.DOTALL), "HEIC"),
)
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[^;,]*)*),(.*)", re.DOTALL)


def picture_type(raw: bytes) -> str | Refused:
    """The ending for a picture of these bytes, or why it cannot be shown."""
    for beginning, suffix in _BEGINNINGS:
        if beginning.match(raw):
            if len(raw) > MAX_BYTES:
                return Refused("it is larger than 20 MiB", "make it smaller")
            if suffix == "svg" and (active := active_part(raw)):
                return Refused(f"it holds {active}", "save it as PNG")
            return suffix
    named = next((name for beginning, name in _OTHERS if beginning.match(raw)), "")
    return Refused(f"browsers do not show {named or 'what it is'}", "save it as PNG")


def from_data(address: str) -> bytes | None:
    """The bytes in a `data:` address."""
    found = _DATA.match(address)
    if not found:
        return None
    if ";base64" not in found.group(2).lower():
        return unquote_to_bytes(found.group(3))
    try:
        return base64.b64decode(re.sub(r"\s", "", found.group(3)), validate=True)
    except (binascii.Error, ValueError):
        return None


def file_name(folder: str, slug: str, raw: bytes, suffix: str) -> str:
    """A path below the content folder that nothing else has: it ends with a digest of the bytes."""
    return f"{folder}/{slug}-{hashlib.sha256(raw).hexdigest()[:8]}.{suffix}"
