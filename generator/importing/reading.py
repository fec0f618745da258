"""The bytes of a file to a document: read, outlined, with a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from generator.importing.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Refused,
    Rule,
    Text,
    inlines,
    words_of,
)
from generator.importing.docx import read_docx
from generator.importing.flow import blocks_in
from generator.importing.footnotes import take_notes
from generator.importing.lines import shown, visible
from generator.importing.outline import is_numbered, levelled, outlined, without_contents
from generator.importing.texts import read_html, read_markdown
from generator.importing.tree import tree_of
from generator.markdown.foreign import TooDeep, well_formed

MOST_BYTES = 64 * 1024 * 1024
READERS = {
    ".docx": read_docx, ".md": read_markdown, ".markdown": read_markdown, ".html": read_html,
    ".htm": read_html,
}  # fmt: skip
"""What can be imported, by the end of its name."""
_LOWEST_MARKED = 6
"""The rank of headings of the lowest level; what stands lower was guessed from bold text."""
_NO_TITLE = re.compile(
    r"(microsoft word - .*|document\s?\d*|untitled.*|word document|文档\s?\d*|未命名.*|无标题.*"
    r"|新建.*文档.*|powerpoint.*|幻灯片\s?\d*)",
    re.IGNORECASE,
)


def read_document(name: str, raw: bytes) -> Document | Refused:
    """The document in a file called `name`, or why there is none to be had."""
    suffix = PurePosixPath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        hint = "save it as .docx" if suffix in (".doc", ".wps", ".rtf", ".odt", ".pages") else (
            "import .docx, .md or .html")  # fmt: skip
        return Refused(f"files of type {suffix or '(none)'} cannot be imported", hint)
    if len(raw) > MOST_BYTES:
        return Refused("the file is larger than 64 MiB", "split it up")
    try:
        reading = reader(raw)
        if isinstance(reading, Refused):
            return reading
        root = tree_of(well_formed(reading.html) if suffix == ".docx" else reading.html)
    except TooDeep:
        return Refused("its elements are nested by the thousand", "export it in another format")
    notes = take_notes(root)
    blocks, contents = without_contents(outlined(blocks_in(root.children)))
    title, blocks = _titled(blocks, visible(reading.title).strip(), name)
    while blocks and (isinstance(blocks[-1], Rule) or not _shown(blocks[-1])):
        blocks = blocks[:-1]
    if not any(map(_shown, blocks)):
        return Refused("the document is empty")
    remarks = [*reading.remarks, *(["the table of contents is left out: pages make their own"]
                                   if contents else [])]  # fmt: skip
    return Document(
        name=name,
        title=title,
        blocks=levelled(blocks),
        author=visible(reading.author).strip(),
        keywords=reading.keywords,
        notes={anchor: tuple(map(_unranked, text)) for anchor, text in notes.items()},
        held=reading.held,
        remarks=tuple(remarks),
    )


def _unranked(block: Block) -> Block:
    return Paragraph(block.line) if isinstance(block, Heading) else block


def _titled(
    blocks: Sequence[Block], property_title: str, name: str
) -> tuple[str, tuple[Block, ...]]:
    """The title, and the blocks without it: the first heading of level one where it names the whole
    document, else what the document's properties say, else the name of the file."""
    at = _title_at(blocks)
    if at is not None:
        heading = blocks[at]
        assert isinstance(heading, Heading)
        rest = [*blocks[:at], *_pictures(heading), *blocks[at + 1 :]]
        return " ".join(words_of(heading.line).split()), tuple(rest)
    if property_title and not _NO_TITLE.fullmatch(property_title):
        return property_title, tuple(blocks)
    return title_of_file(name), tuple(blocks)


def _pictures(heading: Heading) -> tuple[Block, ...]:
    """What a heading holds besides its words: places that links lead to."""
    line = tuple(each for each in heading.line if not isinstance(each, Text))
    return (Paragraph(line),) if line else ()


def _title_at(blocks: Sequence[Block]) -> int | None:
    """Where the heading stands that names the whole document."""
    headings = {at: block for at, block in enumerate(blocks) if isinstance(block, Heading)}
    if not headings:
        return None
    at, first = next(iter(headings.items()))
    ranks = [heading.rank for heading in headings.values()]
    begins = not any(_shown(block) for block in blocks[:at])
    if begins and not is_numbered(words_of(first.line)):
        alone = ranks.count(first.rank) == 1 and len(blocks) > 1
        if first.rank == 1 or (first.rank > _LOWEST_MARKED and alone):
            return at
    if ranks.count(1) == 1:
        return next(at for at, heading in headings.items() if heading.rank == 1)
    return None


def _shown(block: Block) -> bool:
    return not isinstance(block, Paragraph) or shown(block.line)


def title_of_file(name: str) -> str:
    """A title from the name of a file: without its ending, and without what exports add to it."""
    stem = unicodedata.normalize("NFC", PurePosixPath(name).stem)
    plain = re.sub(r"[\s_]+", " ", visible(stem)).strip()
    return re.sub(r"\s*[（(]\d+[)）]$|\s*(?:- )?(?:副本|copy)$", "", plain) or plain or "Untitled"


def words_in(document: Document) -> str:
    """The words of a document, title first."""
    texts = (each.text for each in inlines(document.blocks) if isinstance(each, Text))
    return f"{document.title} {' '.join(texts)}"


def is_chinese(text: str) -> bool:
    """Whether a text is rather Chinese: by its share of Han characters."""
    han = sum("\u3400" <= sign <= "\u9fff" for sign in text)
    latin = len(re.findall(r"[A-Za-z]+", text))
    return han > latin
