"""Lines of text made tidy: without what nobody can see, spaces single and outside of marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.importing.document import (
    CODE,
    EMPHASIS,
    MARKED,
    STRONG,
    Anchor,
    Break,
    Inline,
    Line,
    Text,
    Tick,
)

BOXES = {False: "☐", True: "☑"}
_SPACE = re.compile("[ \t\n\r\f\v\x85\xa0\u1680\u2000-\u2009\u2028\u2029\u202f\u205f]+")
_INVISIBLE = re.compile("[\xad\u200a\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Joiners, U+200C and U+200D, are left: they are part of Persian words and of emoji."""
_EAST = "[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_EAST})[ \t]*\n[ \t]*(?={_EAST})")
_SYMBOLS = str.maketrans(
    "\uf0b7\uf06c\uf06e\uf0a7\uf075\uf0d8\uf0e0\uf0fc\uf0fe\uf052\uf06f\uf0a8\uf0a3\uf0fd",
    "•●■▪◆➢→✓☑☑☐☐☐☒",
)
"""Signs of Word's symbol fonts, which have no meaning elsewhere."""
_OPEN_END = re.compile(r"[:：,，、;；.。!！?？]+$")


def visible(text: str) -> str:
    """`text` without characters that cannot be seen, on one line, with single spaces."""
    known = _INVISIBLE.sub("", _WRAPPED.sub("", text)).translate(_SYMBOLS)
    single = _SPACE.sub(" ", known)
    return "".join(sign for sign in single if _is_seen(sign))


def _is_seen(sign: str) -> bool:
    if sign.isascii():
        return sign >= " " and sign != "\x7f"
    return unicodedata.category(sign) not in ("Cc", "Cs") and ord(sign) & 0xFFFE != 0xFFFE


def tidy(line: Iterable[Inline]) -> Line:
    """The same words with the fewest pieces: no space at either end, none inside of marks."""
    cleaned = _seen(line)
    moved = [part for each in cleaned for part in _spaces_outside(each)]
    return _trimmed(_joined(_single_spaces(moved)))


def _seen(line: Iterable[Inline]) -> list[Inline]:
    made: list[Inline] = []
    for each in line:
        if isinstance(each, Text):
            if text := visible(each.text):
                made.append(replace(each, text=text))
        else:
            made.append(each)
    return made


def _spaces_outside(each: Inline) -> Iterator[Inline]:
    if not isinstance(each, Text) or not (each.marks or each.href):
        yield each
        return
    words = each.text.strip()
    start = each.text[: len(each.text) - len(each.text.lstrip())]
    end = each.text[len(start) + len(words) :]
    if start:
        yield Text(start)
    if words:
        yield replace(each, text=words)
    if end:
        yield Text(end)


def _single_spaces(line: Iterable[Inline]) -> Iterator[Inline]:
    spaced = True
    for each in line:
        if isinstance(each, Text):
            text = each.text.lstrip(" ") if spaced else each.text
            if text:
                spaced = text.endswith(" ")
                yield replace(each, text=text)
        else:
            spaced = isinstance(each, Break) or (spaced and isinstance(each, Anchor))
            yield each


def _joined(line: Iterable[Inline]) -> list[Inline]:
    made: list[Inline] = []
    for each in line:
        last = made[-1] if made else None
        if (
            isinstance(each, Text)
            and isinstance(last, Text)
            and (each.marks, each.href) == (last.marks, last.href)
        ):
            made[-1] = replace(last, text=last.text + each.text)
        else:
            made.append(each)
    return _bridged(made)


def _bridged(line: list[Inline]) -> list[Inline]:
    """Bold words with a plain space between them are bold words."""
    made: list[Inline] = []
    for each in line:
        if len(made) > 1 and made[-1] == Text(" ") and _same_form(made[-2], each):
            made.pop()
            former = made.pop()
            assert isinstance(former, Text)
            assert isinstance(each, Text)
            each = replace(former, text=f"{former.text} {each.text}")
        made.append(each)
    return made


def _same_form(one: Inline, other: Inline) -> bool:
    return (
        isinstance(one, Text)
        and isinstance(other, Text)
        and (one.marks, one.href) == (other.marks, other.href)
        and bool(one.marks or one.href)
        and CODE not in one.marks
    )


def _trimmed(line: list[Inline]) -> Line:
    """Without breaks and spaces at the ends, and without spaces before and behind breaks."""
    made: list[Inline] = []
    begun = fresh = False
    for each in line:
        if isinstance(each, Break):
            _strip_end(made)
            fresh = True
            if begun:
                made.append(each)
            continue
        if isinstance(each, Text) and (fresh or not begun):
            each = replace(each, text=each.text.lstrip())
            if not each.text:
                continue
        if not isinstance(each, Anchor):
            begun, fresh = True, False
        made.append(each)
    while made and isinstance(_strip_end(made), Break):
        made.pop()
    return tuple(made)


def _strip_end(made: list[Inline]) -> Inline | None:
    """Takes spaces off the end; gives what stands there then."""
    while made and isinstance(last := made[-1], Text):
        text = last.text.rstrip()
        if text:
            made[-1] = replace(last, text=text)
            break
        made.pop()
    return made[-1] if made else None


def shown(line: Line) -> bool:
    """Whether there is anything to see in a line."""
    return any(not isinstance(each, Anchor) for each in line)


def is_bold(line: Line) -> bool:
    """Whether all words of a line are bold; there has to be one."""
    texts = [each for each in line if isinstance(each, Text) and each.text.strip()]
    plain = all(isinstance(each, Text | Anchor) for each in line)
    return plain and bool(texts) and all(STRONG in each.marks for each in texts)


def without_bold(line: Line) -> Line:
    """The line as a heading or a head of a table has it, where everything is bold."""
    return tuple(
        replace(each, marks=each.marks - {STRONG, EMPHASIS, MARKED})
        if isinstance(each, Text)
        else each
        for each in line
    )


def without_start(line: Line, length: int) -> Line:
    """The line without its first characters, which are text, and the space behind them."""
    made = list(line)
    for at, each in enumerate(made):
        if isinstance(each, Text):
            gone = min(length, len(each.text))
            made[at] = replace(each, text=each.text[gone:])
            length -= gone
            if not length:
                break
    return tidy(made)


def boxes_as_text(line: Line) -> Line:
    """Boxes to tick that begin no item stay in the text as signs."""
    return tuple(Text(BOXES[each.done]) if isinstance(each, Tick) else each for each in line)


def ends_outside(line: Line) -> Line:
    """Punctuation at the end of bold words is put behind them where a letter follows: Markdown
    does not see bold text end in `**Risk:**text`."""
    made = list(line)
    for at in range(len(made) - 1):
        one, other = made[at], made[at + 1]
        if not (isinstance(one, Text) and isinstance(other, Text)) or CODE in one.marks:
            continue
        found = _OPEN_END.search(one.text)
        closes = one.marks - other.marks and one.href == other.href
        if found and found.start() and closes and other.text[:1].isalnum():
            made[at] = replace(one, text=one.text[: found.start()])
            made[at + 1] = (
                replace(other, text=found.group() + other.text)
                if CODE not in other.marks
                else other
            )
            if CODE in other.marks:
                made[at] = one
    return tuple(made)
