"""The file of a Word document, looked at before anybody unpacks it.

Takes bytes, gives an opened archive or why it cannot be read: not what its name says, protected by
a password, broken, far larger than it looks, or with XML that defines entities. No part of it is
ever written under the name that it has in the archive.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from generator.importing.document import Refused

MAIN = "word/document.xml"
MOST_PARTS = 5_000
MOST_BYTES = 256 * 1024 * 1024
"""Of all parts together, unpacked."""
MOST_XML = 48 * 1024 * 1024
"""Of a part that is XML."""
DEEPEST = 200
"""Elements inside one another."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = Refused("the document is broken", "open it in Word, save it again and import that")


class _Unsafe(Exception):
    pass


def open_archive(raw: bytes) -> zipfile.ZipFile | Refused:
    """The archive that `raw` is, if it is sound."""
    if raw.startswith(_OLE):
        return _of_ole(raw)
    if raw[:5] == b"{\\rtf":
        return Refused("this is RTF and no .docx", "save it as .docx and import that")
    if not raw.startswith(b"PK"):
        return Refused("this is no Word document", "export it as .docx and import that")
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        return _checked(archive) or archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError):
        return _BROKEN


def _of_ole(raw: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return Refused("the document is protected by a password", "take the password off")
    return Refused("this is the old format .doc", "save it as .docx and import that")


def _checked(archive: zipfile.ZipFile) -> Refused | None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return Refused("the document is protected by a password", "take the password off")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        return Refused("the document unpacks to more than 256 MiB", "split it up")
    if MAIN not in archive.namelist():
        return Refused("this is no Word document", "export it as .docx and import that")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            if part.file_size > MOST_XML:
                return Refused("the document holds more than 48 MiB of text", "split it up")
            if (fault := _fault_of(archive.read(part))) is not None:
                return fault
    return None


def _fault_of(xml: bytes) -> Refused | None:
    """What is wrong with XML. Expat fetches nothing, and here nothing may be defined inside."""
    depth = 0

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Unsafe(f"its XML is nested more than {DEEPEST} levels deep")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise _Unsafe("its XML defines entities, which no Word document does")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except _Unsafe as unsafe:
        return Refused(f"the document is not safe to read: {unsafe}")
    except (expat.ExpatError, ValueError, LookupError):
        return _BROKEN
    return None
