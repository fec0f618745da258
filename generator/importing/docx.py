"""A Word document to HTML and pictures, by mammoth; its title, author and keywords.

Nothing is fetched: links to pictures elsewhere stay links.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.importing import word
from generator.importing.archive import MAIN, open_archive
from generator.importing.document import Refused

HELD = "held:"
"""What the sources of pictures begin with that came with a document."""
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='标题'] => h1.title:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='引用'] => blockquote > p:fresh
p[style-name='明显引用'] => blockquote > p:fresh
p[style-name='Code'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='代码'] => pre:separator('\\n')
p[style-name='代码块'] => pre:separator('\\n')
r[style-name='Source Text'] => code
r[style-name='HTML Code'] => code
r[style-name='Verbatim Char'] => code
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
strike => s
"""
_LOSSES = {
    "m:oMath": "formulas", "m:oMathPara": "formulas", "w:object": "embedded objects",
    "c:chart": "charts", "dgm:relIds": "diagrams",
}  # fmt: skip
"""What a page cannot show, by the elements that hold it."""


@dataclass(slots=True)
class Reading:
    """What a file says, before anybody asks what it means."""

    html: str
    title: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    held: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_docx(raw: bytes) -> Reading | Refused:
    """A Word document as HTML, or why it is none."""
    archive = open_archive(raw)
    if isinstance(archive, Refused):
        return archive
    try:
        return _read(archive)
    except (RecursionError, MemoryError):
        return Refused("the document is nested too deeply", "simplify its tables, and try again")
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:120]
        return Refused(
            f"the document cannot be read ({said})", "save it again in Word, and try that"
        )


def _read(archive: zipfile.ZipFile) -> Reading:
    import mammoth  # slow to load, and few need it

    made = Reading("")
    parts = {name: archive.read(name) for name in archive.namelist() if _is_wanted(name)}
    styles = word.styles_of(parts["word/styles.xml"]) if "word/styles.xml" in parts else {}
    result: Any = mammoth.convert_to_html(
        io.BytesIO(_with_numbers(archive, parts, styles)),
        style_map=_style_map(styles),
        convert_image=mammoth.images.img_element(lambda image: _hold(image, made.held)),
        include_embedded_style_map=False,
        external_file_access=False,
    )
    made.html = result.value
    made.remarks += _remarks(parts[MAIN], {str(each.message) for each in result.messages})
    _properties(parts.get("docProps/core.xml"), made)
    return made


def _is_wanted(name: str) -> bool:
    return name in (MAIN, "word/styles.xml", "word/numbering.xml", "docProps/core.xml")


def _with_numbers(
    archive: zipfile.ZipFile, parts: Mapping[str, bytes], styles: Mapping[str, word.Style]
) -> bytes:
    """The document with the numbers of its paragraphs written into it."""
    numbering = parts.get("word/numbering.xml")
    counters = word.counters_of(numbering) if numbering else {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name in dict.fromkeys(archive.namelist()):
            content = archive.read(name)
            if name == MAIN:
                content = word.numbered(content, counters, styles)
            made.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _style_map(styles: Mapping[str, word.Style]) -> str:
    """Headings by the outline that their styles have, whatever language Word spoke."""
    titles = [name for name, style in styles.items() if style.name.lower() in ("title", "标题")]
    levels = word.heading_levels(styles)
    lines = [
        f"p[style-name='{styles[name].name}'] => h{min(level, 6)}:fresh"
        for name, level in levels.items()
        if name not in titles and re.fullmatch(r"[^'\\\n]+", styles[name].name)
    ]
    return "\n".join([_STYLES, *lines])


def _hold(image: Any, held: dict[str, bytes]) -> dict[str, str]:
    with image.open() as file:
        raw = file.read()
    name = f"{HELD}{hashlib.sha256(raw).hexdigest()}"
    held[name] = raw
    return {"src": name}


def _remarks(document: bytes, messages: set[str]) -> list[str]:
    """What does not come along."""
    lost = {what for name, what in _LOSSES.items() if f"<{name}".encode() in document}
    remarks = [f"{what} cannot be taken over" for what in sorted(lost)]
    if b"<w:commentReference" in document:
        remarks.append("comments are left out")
    if b"<w:del " in document or b"<w:ins " in document:
        remarks.append("tracked changes are taken as accepted")
    if any("external image" in message for message in messages):
        remarks.append("pictures that lie elsewhere are left out")
    return remarks


def _properties(core: bytes | None, made: Reading) -> None:
    if core is None:
        return
    made.title = next(word.texts_of(core, ("title",)), "").strip()
    made.author = next(word.texts_of(core, ("creator", "lastModifiedBy")), "").strip()
    keywords = next(word.texts_of(core, ("keywords",)), "")
    made.keywords = tuple(filter(None, (each.strip() for each in re.split("[,;，；、]", keywords))))
