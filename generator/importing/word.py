"""The numbers that Word works out, put where they can be read; and which styles are headings.

A Word document says of a paragraph which counter it belongs to, and a reader counts. HTML made from
it starts every list that was interrupted anew. Here each numbered paragraph is given its number:
items of lists as an anchor, headings and Chinese numbers as text, as they are seen in Word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.importing.flow import NUMBER

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting",
    "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional",
}  # fmt: skip
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a counter: its form, its pattern such as `第%1章`, and its first number."""

    form: str
    pattern: str
    start: int


Counters = Mapping[str, tuple[str, Mapping[int, Level]]]
"""For each number in paragraphs, the counter that it stands for and the levels of that."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of paragraphs says."""

    name: str
    based_on: str
    outline: int | None
    number: str | None
    level: int


def styles_of(xml: bytes) -> Mapping[str, Style]:
    """The styles of paragraphs by their ids."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - `archive` refuses definitions of entities
    return {
        style.get(f"{_W}styleId", ""): Style(
            name=_value(style.find(f"{_W}name")) or "",
            based_on=_value(style.find(f"{_W}basedOn")) or "",
            outline=_number(style.find(f"{_W}pPr/{_W}outlineLvl")),
            number=_value(style.find(f"{_W}pPr/{_W}numPr/{_W}numId")),
            level=_number(style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")) or 0,
        )
        for style in root.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }


def heading_levels(styles: Mapping[str, Style]) -> Mapping[str, int]:
    """The levels of headings by the ids of their styles, 1 for the highest."""
    found = {name: _outline(name, styles) for name in styles}
    return {name: level + 1 for name, level in found.items() if level is not None and level < 9}


def _outline(name: str, styles: Mapping[str, Style]) -> int | None:
    for _ in range(_DEEPEST):
        style = styles.get(name)
        if style is None:
            return None
        if style.outline is not None:
            return style.outline
        name = style.based_on
    return None


def counters_of(xml: bytes) -> Counters:
    """The counters of `numbering.xml`."""
    root = ElementTree.fromstring(xml)  # noqa: S314
    kinds = {
        each.get(f"{_W}abstractNumId", ""): {
            int(level.get(f"{_W}ilvl", "0")): _level(level) for level in each.iter(f"{_W}lvl")
        }
        for each in root.iter(f"{_W}abstractNum")
    }
    counters = {}
    for each in root.iter(f"{_W}num"):
        kind = _value(each.find(f"{_W}abstractNumId")) or ""
        number = each.get(f"{_W}numId", "")
        restarts = {
            int(override.get(f"{_W}ilvl", "0")): start
            for override in each.iter(f"{_W}lvlOverride")
            if (start := _number(override.find(f"{_W}startOverride"))) is not None
        }
        levels = {
            at: Level(level.form, level.pattern, restarts.get(at, level.start))
            for at, level in kinds.get(kind, {}).items()
        }
        counters[number] = (f"num {number}" if restarts else f"kind {kind}", levels)
    return counters


def _level(level: Element) -> Level:
    return Level(
        form=_value(level.find(f"{_W}numFmt")) or "decimal",
        pattern=_value(level.find(f"{_W}lvlText")) or "",
        start=_number(level.find(f"{_W}start")) if level.find(f"{_W}start") is not None else 1,  # type: ignore[arg-type]
    )


def numbered(document: bytes, counters: Counters, styles: Mapping[str, Style]) -> bytes:
    """`document.xml` with the numbers of its paragraphs in it."""
    root = ElementTree.fromstring(document)  # noqa: S314
    headings = heading_levels(styles)
    counts: dict[str, Counter[int]] = {}
    for at, paragraph in enumerate(root.iter(f"{_W}p")):
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or ""
        direct = _number(paragraph.find(f"{_W}pPr/{_W}outlineLvl"))
        number, level = _counter(paragraph, style, styles)
        key, levels = counters.get(number or "", ("", {}))
        if level not in levels or levels[level].form in ("bullet", "none"):
            continue
        count = counts.setdefault(key, Counter())
        _advance(count, level, levels)
        if style in headings or direct is not None or levels[level].form in _CHINESE:
            _drop_number(paragraph)
            _insert_text(paragraph, _label(levels, count, level))
        else:
            _insert_anchor(paragraph, f"{NUMBER}{count[level]}", at)
    return bytes(ElementTree.tostring(root, encoding="utf-8"))


def _counter(paragraph: Element, style: str, styles: Mapping[str, Style]) -> tuple[str | None, int]:
    own = paragraph.find(f"{_W}pPr/{_W}numPr")
    if own is not None:
        return _value(own.find(f"{_W}numId")), _number(own.find(f"{_W}ilvl")) or 0
    for _ in range(_DEEPEST):
        found = styles.get(style)
        if found is None:
            break
        if found.number is not None:
            return found.number, found.level
        style = found.based_on
    return None, 0


def _advance(count: Counter[int], level: int, levels: Mapping[int, Level]) -> None:
    for above in range(level):
        if above not in count and above in levels:
            count[above] = levels[above].start
    count[level] = count[level] + 1 if level in count else levels[level].start
    for below in [deeper for deeper in count if deeper > level]:
        del count[below]


def _label(levels: Mapping[int, Level], count: Counter[int], level: int) -> str:
    text = levels[level].pattern
    for at in range(level + 1):
        form = levels[at].form if at in levels else "decimal"
        text = text.replace(f"%{at + 1}", _in_form(count[at], form))
    return text if text[-1:] in "、）)章节 " else f"{text} "


def _in_form(number: int, form: str) -> str:
    if form in _CHINESE:
        return chinese_number(number)
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    return str(number)


def chinese_number(number: int) -> str:
    """A number up to 99 in Chinese, a larger one in digits."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    start = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return start + (_DIGITS[ones] if ones or not tens else "")


def _drop_number(paragraph: Element) -> None:
    """Takes the paragraph out of its list: 0 says so, whatever its style says."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    for old in properties.findall(f"{_W}numPr"):
        properties.remove(old)
    made = ElementTree.SubElement(properties, f"{_W}numPr")
    ElementTree.SubElement(made, f"{_W}ilvl", {f"{_W}val": "0"})
    ElementTree.SubElement(made, f"{_W}numId", {f"{_W}val": "0"})


def _insert_text(paragraph: Element, text: str) -> None:
    run = Element(f"{_W}r")
    first = next(paragraph.iter(f"{_W}r"), None)
    form = first.find(f"{_W}rPr") if first is not None else None
    if form is not None:
        run.append(form)
    ElementTree.SubElement(run, f"{_W}t").text = text
    _insert(paragraph, run)


def _insert_anchor(paragraph: Element, name: str, at: int) -> None:
    mark = {f"{_W}name": name, f"{_W}id": str(900_000 + at)}
    _insert(paragraph, Element(f"{_W}bookmarkStart", mark))


def _insert(paragraph: Element, made: Element) -> None:
    has_properties = len(paragraph) and paragraph[0].tag == f"{_W}pPr"
    paragraph.insert(1 if has_properties else 0, made)


def _value(element: Element | None) -> str | None:
    return element.get(f"{_W}val") if element is not None else None


def _number(element: Element | None) -> int | None:
    value = _value(element)
    return int(value) if value and value.isascii() and value.isdigit() else None


def texts_of(xml: bytes, names: tuple[str, ...]) -> Iterator[str]:
    """The texts of the elements of a part that have one of `names`, without their namespace."""
    for element in ElementTree.fromstring(xml).iter():  # noqa: S314
        if element.tag.rpartition("}")[2] in names and element.text:
            yield element.text
