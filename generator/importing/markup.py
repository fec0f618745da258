"""A line of text as Markdown that says the same and nothing else.

Takes a line, gives Markdown in which every sign that our parser could take for markup is escaped,
and only such. What Markdown's own marks cannot express, because of their neighbours, is written as
HTML that pages keep.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.importing.document import (
    CODE,
    DELETED,
    EMPHASIS,
    LOWERED,
    MARKED,
    RAISED,
    STRONG,
    Break,
    Image,
    Inline,
    Line,
    NoteMark,
    Text,
    Tick,
)
from generator.importing.lines import BOXES, ends_outside

_SIGNS = {STRONG: "**", EMPHASIS: "*", DELETED: "~~"}
_ORDER = (MARKED, RAISED, LOWERED, DELETED, STRONG, EMPHASIS)
"""From the outermost in."""
_ALWAYS = re.compile(r"[\\`*]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TILDE = re.compile(r"~(?=~|$)|(?<=~)~|^~")
_BRACKET = re.compile(r"\[(?=\^)|\](?=[(\[{:]|$)|(?<=\^)\[")
_LAST = re.compile(r"[!^]$|\^(?=\[)")
_STARTS = (
    re.compile(r"(?P<sign>#)#{0,5}(?:\s|$)"),
    re.compile(r"(?P<sign>[-+])(?![^\W_])"),
    re.compile(r"(?P<sign>[>:|{=])"),
    re.compile(r"\d{1,9}(?P<sign>[.)])(?:\s|$)"),
    re.compile(r"(?P<sign>!)!!|(?P<other>\?)\?\?"),
    re.compile(r"(?P<sign>\[)[ xX]\](?:\s|$)"),
    re.compile(r"\[\^\d+\](?P<sign>:)"),
)
"""What begins a block at the start of a line."""
_ADDRESS = re.compile(r"[\x00-\x20\x7f<>()\[\]\\|`\"^{}]")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    pair: int = -1
    """Which pair of marks it is part of; -1 for text."""
    mark: str = ""
    opens: bool = False


def markdown_of(line: Line, numbers: Mapping[str, int], in_table: bool = False) -> str:
    """The line as Markdown; `numbers` are those of footnotes by their anchors. In a table it is on
    one line, elsewhere breaks end lines."""
    written = _spelled(_pieces(ends_outside(line), numbers, in_table))
    if in_table:
        return written.replace("\n", "<br>")
    return "\\\n".join(guarded(each.strip(" ")) for each in written.split("\n"))


def heading_of(line: Line, numbers: Mapping[str, int]) -> str:
    """The line as what stands behind the signs of a heading."""
    words = _spelled(_pieces(ends_outside(line), numbers, False)).replace("\n", " ").strip(" ")
    return re.sub(r"(^|(?<=\s))(#+)$", r"\1\\\2", words)


def guarded(text: str) -> str:
    """A line of Markdown that begins no block."""
    for pattern in _STARTS:
        found = pattern.match(text)
        if found:
            at = found.start("sign") if found.group("sign") else found.start("other")
            return f"{text[:at]}\\{text[at:]}"
    return text


def _pieces(line: Line, numbers: Mapping[str, int], in_table: bool) -> list[_Piece]:
    pairs = itertools.count()

    def nested(part: Sequence[Inline], order: Sequence[str]) -> Iterator[_Piece]:
        if not order:
            yield from (_Piece(_written(each, numbers, in_table)) for each in part)
            return
        mark = order[0]
        for marked, group in itertools.groupby(part, lambda each: _has(each, mark)):
            if marked:
                pair = next(pairs)
                yield _Piece("", pair, mark, True)
                yield from nested(list(group), order[1:])
                yield _Piece("", pair, mark)
            else:
                yield from nested(list(group), order[1:])

    made: list[_Piece] = []
    for href, group in itertools.groupby(line, lambda e: e.href if isinstance(e, Text) else ""):
        part = list(group)
        if href and _is_auto(part, href):
            made.append(_Piece(f"<{href}>"))
            continue
        inner = nested(part, _ORDER)
        made += [_Piece("["), *inner, _Piece(f"]({_address(href)})")] if href else inner
    return [piece for piece in made if piece.text or piece.pair >= 0]


def _has(each: Inline, mark: str) -> bool:
    return isinstance(each, Text) and mark in each.marks


def _is_auto(part: Sequence[Inline], href: str) -> bool:
    """Whether an address is linked under its own name."""
    only = part[0] if len(part) == 1 else None
    plain = isinstance(only, Text) and only.text == href and not only.marks
    return plain and bool(re.fullmatch(r"https?://[^\x00-\x20<>\\|`\"^{}]+", href))


def _written(each: Inline, numbers: Mapping[str, int], in_table: bool) -> str:
    if isinstance(each, Text):
        if CODE in each.marks:
            return _code_span(each.text, in_table)
        text = escaped(each.text, label=bool(each.href))
        return text.replace("|", "\\|") if in_table else text
    if isinstance(each, Image):
        alt = escaped(each.alt, label=True)
        return f"![{alt.replace('|', chr(92) + '|') if in_table else alt}]({_address(each.source)})"
    if isinstance(each, Break):
        return "\n"
    if isinstance(each, Tick):
        return BOXES[each.done]
    if isinstance(each, NoteMark):
        return f"[^{numbers[each.anchor]}]" if each.anchor in numbers else ""
    return ""


def escaped(text: str, label: bool = False) -> str:
    """`text` so that Markdown shows it as it is; as the `label` of a link without any bracket."""
    made = _ALWAYS.sub(r"\\\g<0>", text)
    made = _UNDERSCORE.sub(r"\\_", made)
    made = _TILDE.sub(r"\\~", made)
    made = _TAG.sub(r"\\<", made)
    made = _ENTITY.sub("&amp;", made)
    made = re.sub(r"[\[\]]", r"\\\g<0>", made) if label else _BRACKET.sub(r"\\\g<0>", made)
    made = _LAST.sub(r"\\\g<0>", made)
    return re.sub(r"^\{", r"\\{", made)


def _code_span(text: str, in_table: bool) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padded = f" {text} " if text[:1] == "`" or text[-1:] == "`" else text
    shown = padded.replace("|", "\\|") if in_table else padded
    return f"{fence}{shown}{fence}"


def _address(href: str) -> str:
    """An address as it stands in brackets; with percent signs for what would end it."""
    safe = _ADDRESS.sub(lambda found: f"%{ord(found.group()):02X}", href)
    return _ENTITY.sub("&amp;", safe)


def _spelled(pieces: list[_Piece]) -> str:
    """The pieces with marks; pairs that Markdown would not see become HTML."""
    as_html = {p.pair for p in pieces if p.pair >= 0 and p.mark not in _SIGNS}
    for _ in range(len(_ORDER) * 4):
        found = _unseen(pieces, as_html)
        if not found:
            break
        as_html |= found
    else:
        as_html = {piece.pair for piece in pieces}
    return "".join(_sign(piece, as_html) for piece in pieces)


def _sign(piece: _Piece, as_html: set[int]) -> str:
    if piece.pair < 0:
        return piece.text
    if piece.pair in as_html:
        return f"<{'' if piece.opens else '/'}{piece.mark}>"
    return _SIGNS[piece.mark]


def _unseen(pieces: list[_Piece], as_html: set[int]) -> set[int]:
    """The pairs that would not be read as such, given what stands beside them."""
    found: set[int] = set()
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end].pair >= 0 and pieces[end].pair not in as_html:
            end += 1
        if end > at:
            before = _sign(pieces[at - 1], as_html)[-1:] if at else " "
            after = _sign(pieces[end], as_html)[:1] if end < len(pieces) else " "
            found |= _misread(pieces[at:end], before, after)
        at = max(end, at + 1)
    return found


def _misread(run: list[_Piece], before: str, after: str) -> set[int]:
    """Of marks that follow each other between two characters, those that would be misread."""
    if len({piece.opens for piece in run}) > 1:
        return {piece.pair for piece in run if piece.opens}
    opens = run[0].opens
    inner, outer = (after, before) if opens else (before, after)
    fine = all(_flanks(inner, outer, kind) for kind in (_is_sign, _is_sign_or_symbol))
    if fine and len({piece.mark in (STRONG, EMPHASIS) for piece in run}) > 1:
        fine = not inner.isspace() and (outer.isspace() or _is_sign(outer))
    return set() if fine else {piece.pair for piece in run}


def _flanks(inner: str, outer: str, is_sign: Callable[[str], bool]) -> bool:
    return not inner.isspace() and (not is_sign(inner) or outer.isspace() or is_sign(outer))


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "P" or (sign.isascii() and not sign.isalnum())


def _is_sign_or_symbol(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"
