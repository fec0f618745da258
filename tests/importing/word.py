"""Word documents for tests, made by python-docx; what it cannot make is put in as XML."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_NAMES = nsdecls("w")
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def png(red: int = 200, width: int = 4) -> bytes:
    """A small picture in one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + bytes((red, 40, 40)) * width for _ in range(3))
    head = struct.pack(">IIBBBBB", width, 3, 8, 2, 0, 0, 0)
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)),
         chunk(b"IEND", b""))
    )  # fmt: skip


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    """A document with a part replaced, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A document with a part that says that it is far larger than it is packed."""
    out = io.BytesIO(manual())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/x", b"x")
        archive.filelist[-1].file_size = 300_000_000
    return out.getvalue()


def part(raw: bytes, name: str) -> bytes:
    """A part of a document."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def bold(document: Document, text: str) -> None:
    """A paragraph in bold."""
    document.add_paragraph().add_run(text).bold = True


def checkbox(document: Document, text: str, checked: bool) -> None:
    """A paragraph that begins with a content control to tick."""
    paragraph = document.add_paragraph()
    sign = "☒" if checked else "☐"
    paragraph._p.append(
        parse_xml(
            f'<w:sdt {_NAMES} {_W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(checked)}"/>'
            f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{sign}</w:t></w:r>"
            "</w:sdtContent></w:sdt>"
        )
    )
    paragraph.add_run(f" {text}")


def footnote_reference(document: Document, text: str) -> None:
    """A paragraph with a reference to the footnote 2."""
    paragraph = document.add_paragraph(text)
    paragraph._p.append(parse_xml(f'<w:r {_NAMES}><w:footnoteReference w:id="2"/></w:r>'))


def with_footnotes(raw: bytes, text: str) -> bytes:
    """A document with the footnote 2."""
    notes = (
        f'<w:footnotes {_NAMES}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    links = part(raw, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        link.encode(),
    )
    raw = with_part(raw, "word/footnotes.xml", notes.encode())
    return with_part(raw, "word/_rels/document.xml.rels", links)


def numbered_in_chinese(document: Document, *texts: str) -> None:
    """Paragraphs that Word numbers 一、 二、 by itself."""
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {_NAMES} w:abstractNumId="900"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {_NAMES} w:numId="900"><w:abstractNumId w:val="900"/></w:num>')
    )
    for text in texts:
        paragraph = document.add_paragraph()
        paragraph.add_run(text).bold = True
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {_NAMES}><w:ilvl w:val="0"/><w:numId w:val="900"/></w:numPr>')
        )
        document.add_paragraph(f"{text}的内容。")


@functools.cache
def manual() -> bytes:
    """A manual as a sales team has it: everything that a document can hold."""
    document = docx.Document()
    document.core_properties.author = "Ann"
    document.core_properties.title = "Word Document"
    document.core_properties.keywords = "risk；拜访"
    document.add_heading("客户拜访手册（2026 版）", 0)
    _texts(document)
    _lists(document)
    _tables(document)
    document.add_heading("附图", 1)
    document.add_picture(io.BytesIO(png()))
    document.add_picture(io.BytesIO(png(10)))
    shape = document.inline_shapes[1]._inline.docPr
    shape.set("descr", "决策链图谱：采购、技术、财务")
    footnote_reference(document, "报价以系统为准")
    return with_footnotes(saved(document), "系统指 CRM。")


def _texts(document: Document) -> None:
    paragraph = document.add_paragraph("　　每次拜访前先准备。价格 3*4_5，<b>标签</b> 与 a|b，")
    paragraph.add_run("重点：").bold = True
    paragraph.add_run("下文 [客户名](待填)。")
    document.add_heading("准备", 1)
    numbered_in_chinese(document, "目的", "人员")
    bold(document, "（一）客户背景")
    document.add_paragraph("先查年报。\n再查招标。")


def _lists(document: Document) -> None:
    document.add_heading("步骤", 1)
    for text, style in (
        ("约时间", "List Number"),
        ("采购总监", "List Bullet 2"),
        ("发议程", "List Number"),
    ):
        document.add_paragraph(text, style=style)
    document.add_paragraph("议程模板见附件。")
    document.add_paragraph("写纪要", style="List Number")
    document.add_paragraph("☐ 名片")
    document.add_paragraph("☑ 样机")
    checkbox(document, "报价单", checked=True)
    checkbox(document, "合同", checked=False)
    document.add_paragraph("是否上报：□ 是 □ 否")


def _tables(document: Document) -> None:
    document.add_heading("对照表", 1)
    table = document.add_table(4, 3)
    for row in range(4):
        for column in range(3):
            table.cell(row, column).text = f"{row}|{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "价格"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "旗舰版"
    table.cell(1, 2).text = "第一行\n第二行"
    box = document.add_table(1, 1)
    box.cell(0, 0).text = "提醒：底价不外传。"


def chapters() -> bytes:
    """A manual with a title in bold, contents, styles in Chinese, numbers that Word works out,
    tracked changes, and a table with names in its first column."""
    document = docx.Document()
    document.core_properties.author = ""
    bold(document, "大客户攻防手册")
    document.add_paragraph("目　录")
    _contents(document, "1 背景", "first")
    _contents(document, "2 打法", "second")
    style = document.styles.add_style("一级标题", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_NAMES} w:val="0"/>'))
    _decimal_counter(document)
    _chapter(document, "背景", 0, "first", "一级标题")
    document.add_paragraph("这一章讲背景。")
    _chapter(document, "客户", 1, "inner", "Heading 2")
    paragraph = document.add_paragraph("见")
    paragraph._p.append(_link("打法", "second"))
    paragraph._p.append(
        parse_xml(f'<w:ins {_NAMES} w:id="1" w:author="x"><w:r><w:t>一章。</w:t></w:r></w:ins>')
    )
    paragraph._p.append(
        parse_xml(
            f'<w:del {_NAMES} w:id="2" w:author="x"><w:r><w:delText>旧文</w:delText></w:r></w:del>'
        )
    )
    _chapter(document, "打法", 0, "second", "一级标题")
    table = document.add_table(2, 2)
    for row, (name, value) in enumerate((("客户", "某厂"), ("金额", "100 万"))):
        table.cell(row, 0).paragraphs[0].add_run(name).bold = True
        table.cell(row, 1).text = value
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "首付", "30%"
    return saved(document)


def _link(text: str, anchor: str) -> object:
    return parse_xml(
        f'<w:hyperlink {_NAMES} w:anchor="{anchor}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'
    )


def _contents(document: Document, text: str, anchor: str) -> None:
    paragraph = document.add_paragraph()
    paragraph._p.append(_link(text, anchor))
    paragraph.add_run("\t3")


def _decimal_counter(document: Document) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for level, pattern in enumerate(("%1", "%1.%2"))
    )
    numbering = document.part.numbering_part.element
    counter = f'<w:abstractNum {_NAMES} w:abstractNumId="901">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(counter))
    numbering.append(
        parse_xml(f'<w:num {_NAMES} w:numId="901"><w:abstractNumId w:val="901"/></w:num>')
    )


def _chapter(document: Document, text: str, level: int, anchor: str, style: str) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {_NAMES}><w:ilvl w:val="{level}"/><w:numId w:val="901"/></w:numPr>')
    )
    paragraph._p.append(parse_xml(f'<w:bookmarkStart {_NAMES} w:id="5" w:name="{anchor}"/>'))
    paragraph.add_run(text)
