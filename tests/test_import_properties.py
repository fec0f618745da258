"""What holds for every document: no words are lost, nothing turns into markup, nothing breaks."""

from __future__ import annotations

import html
import io
import itertools
import re

import docx
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.author.words import words_in
from generator.importing import Document, Refused, Surroundings, anchors_in, read_document
from generator.importing.document import (
    CODE,
    DELETED,
    EMPHASIS,
    RAISED,
    STRONG,
    Break,
    Cell,
    Heading,
    Item,
    Items,
    Paragraph,
    Quote,
    Table,
    Text,
    words_of,
)
from generator.importing.grid import grid_of
from generator.importing.lines import tidy
from generator.importing.placing import placed
from generator.importing.writer import written
from generator.markdown import parse_document

SIGNS = "ab一二。，：（）“”*_`[]()<>&!#-+=|~^\\{}:.\"'12 ?/@$%　;x"
WORDS = st.text(SIGNS, min_size=1, max_size=12)
MARKS = st.frozensets(st.sampled_from([STRONG, EMPHASIS, DELETED, RAISED, CODE]), max_size=2)
TEXT = st.builds(Text, WORDS, MARKS, st.sampled_from(["", "", "", "https://e.com/a_(b)*c"]))
LINE = (
    st.lists(TEXT | st.just(Break()), min_size=1, max_size=6)
    .map(tidy)
    .filter(lambda line: words_of(line).strip())
)


def plain(text):
    """Without spaces, which may be set in another way around marks."""
    return re.sub(r"\s+", "", text)


def body_of(*blocks):
    """The blocks as Markdown, parsed as the playbook parses it."""
    body = parse_document(written(blocks, {}))
    assert not body.flaws
    return body


@settings(max_examples=150, deadline=None)
@given(LINE)
@example((Text("重点：", frozenset({STRONG})), Text("下文")))
@example((Text("a"), Text("b", frozenset({STRONG})), Text("c", frozenset({EMPHASIS})), Text("d")))
@example((Text("[x]", frozenset()), Text("y", href="https://e.com")))
@example((Text("wow!"), Text("y", href="https://e.com")))
def test_a_line_says_the_same_wherever_it_stands(line):
    words = plain(words_of(line))
    one = tidy(each for each in line if each != Break())
    blocks = (
        Heading(2, one),
        Paragraph(line),
        Items((Item((Paragraph(line), Items((Item((Paragraph(line),), True),)))),), 7),
        Quote((Paragraph(line),)),
    )
    body = body_of(*blocks)
    assert plain(body.headings[0].text) == words
    assert plain("".join(body.sections)) == words * 4
    assert [heading.level for heading in body.headings] == [2]


@settings(max_examples=80, deadline=None)
@given(st.lists(LINE, min_size=4, max_size=4))
def test_a_table_keeps_its_cells(lines):
    cells = [Cell((Paragraph(line),)) for line in lines]
    table = Table((tuple(cells[:2]), tuple(cells[2:])))
    grid = grid_of(table)
    body = body_of(table)
    made = "".join(body.parts)
    assert (made.count("<th>"), made.count("<td>")) == (2, 2 * len(grid.rows))
    expected = "".join(map(words_of, itertools.chain(grid.head, *grid.rows)))
    assert plain("".join(body.sections)) == plain(expected)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(SIGNS + "é好", min_size=1, max_size=20), min_size=1, max_size=4))
def test_code_stays_as_it_is(lines):
    text = "\n".join(lines)
    made = read_document("a.html", f"<h1>T</h1><pre>{html.escape(text)}</pre>".encode())
    if plain(text):
        assert isinstance(made, Document)
        body = parse_document(written(made.blocks, {}))
        assert body.sections[0].strip() == text.strip()


TAGS = st.sampled_from(
    ["p", "div", "b", "i", "a", "h1", "h3", "ul", "ol", "li", "table", "tr", "td", "th", "thead",
     "blockquote", "pre", "code", "br", "hr", "img", "input", "sup", "span", "font", "dl", "dt",
     "dd", "script", "style", "svg", "section"]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["", ' id="x"', ' href="#x"', ' href="b.md"', ' colspan="3"', ' rowspan="9"', ' class="c"',
     ' src="data:image/png;base64,AA"', ' checked', ' style="font-weight:bold"', ' start="99"']
)  # fmt: skip
PIECES = st.lists(
    st.builds("<{}{}>".format, TAGS, ATTRIBUTES)
    | st.builds("</{}>".format, TAGS)
    | st.text(SIGNS + "☐☑•\n", max_size=10)
    | st.sampled_from(["一、背景", "（一）目标", "1. 目的", "**重点：**", "- [ ] "])
    | st.just("| a | b |\n|---|---|\n")
)


def checked(made):
    """A document or a refusal; a document can be placed and written without flaw."""
    assert isinstance(made, Document | Refused)
    if isinstance(made, Document):
        anchors = {made.name: anchors_in(made)}
        around = Surroundings({made.name: "pages/a.md"}, anchors, lambda _: None)
        there = placed(made, "pages/a.md", around, words_in("zh"))
        body = parse_document(written(there.blocks, there.notes))
        assert not body.flaws
        assert not {link.target for link in body.links if link.target[1:] not in body.anchors}


@settings(max_examples=100, deadline=None)
@given(PIECES)
def test_any_html_can_be_read(pieces):
    checked(read_document("a.html", "".join(pieces).encode()))


@settings(max_examples=80, deadline=None)
@given(PIECES)
def test_any_markdown_can_be_read(pieces):
    checked(read_document("a.md", "".join(pieces).encode()))


def packed():
    """A Word document as programs save it, compressed."""
    file = io.BytesIO()
    made = docx.Document()
    made.add_heading("Prices", 1)
    made.add_paragraph("Hold them.", style="List Number")
    made.save(file)
    return file.getvalue()


PACKED = packed()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(PACKED) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_word_document_can_be_read_or_is_refused(at, raw):
    checked(read_document("a.docx", PACKED[:at] + raw + PACKED[at + len(raw) :]))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([".docx", ".md", ".html"]))
@example(b"PK\x03\x04" + bytes(40), ".docx")
@example(b"\xff\xfea", ".md")
def test_any_bytes_can_be_read(raw, suffix):
    checked(read_document(f"a{suffix}", raw))
