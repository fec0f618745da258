"""Where the links of a block stand in its lines: tokens know no more than the lines of the block.

Takes the spans of a block one after the other, as the parser found them, and goes along in the
text; gives lines and columns from 0. Knows nothing of what links mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

Place = tuple[int, int]
"""Line and column, both from 0."""
_DEFINED = re.compile(r"[ >*+-]*\[(?:[^\]\\]|\\.)+\]:\s*(?:<([^<>]*)>|(\S+))")
"""`[name]: address`."""
_ENDS = ")> \t"
"""What may stand behind the address of a link."""
_FAR = 20
"""Lines over which the text of a link may go, for its address to be found behind it."""


@dataclass(slots=True)
class Finder:
    """Goes along the lines of a text, span by span."""

    lines: list[str]
    line: int = 0
    column: int = 0
    last: int = 0
    """The line behind the block."""
    _behind: Place | None = None
    """The end of the link whose text is being passed."""
    _defined: dict[str, Place] = field(default_factory=dict)
    """Where the addresses of references stand."""

    def enter(self, block: Token) -> None:
        """Begins a block. Cells of a table share a line."""
        first, last = block.map or (0, len(self.lines))
        if first != self.line:
            self.line, self.column = first, 0
        self.last = max(last, first + 1)

    def pass_by(self, span: Token) -> None:
        """Goes behind a span, if its text can be found as it stands."""
        if span.type in ("softbreak", "hardbreak"):
            self.line, self.column = self.line + 1, 0
        elif span.type == "link_close":
            self.line, self.column = max((self.line, self.column), self._behind or (0, 0))
            self._behind = None
        elif self._behind is None and span.content and span.type != "image":
            found = self._text(self.line).find(span.content, self.column)
            self.column = found + len(span.content) if found >= 0 else self.column

    def text(self, text: str) -> Place:
        r"""Where a text stands as it is in the line, further on; with column -1 where it does not,
        because parts of it are written as `\[` or `&amp;`."""
        line = self._text(self.line)
        column = line.find(text, self.column)
        return self.line, -1 if line[max(column - 1, 0) : column] == "\\" else column

    def address(self, target: str, address: str, image: bool) -> Place:
        """Where the address of a link stands, or else the link; `target` is the address decoded."""
        for written in dict.fromkeys((target, address)) if address else ():
            for line in range(self.line, min(self.last, self.line + _FAR)):
                column = self._ahead(written, line)
                if column >= 0:
                    self._leave(line, column + len(written), image)
                    return line, column
        return self._by_name(target, address, image)

    def _ahead(self, written: str, line: int) -> int:
        """Where an address begins in a line, as the address of a link; -1 for nowhere."""
        text = self._text(line)
        column = text.find(written, self.column if line == self.line else 0)
        while column >= 0:
            end = column + len(written)
            before = text[max(column - 8, 0) : column].rstrip()
            if before.endswith(("](", "<")) and text[end : end + 1] in _ENDS:
                break
            column = text.find(written, column + 1)
        return column

    def _by_name(self, target: str, address: str, image: bool) -> Place:
        """The address of a link by reference, in its definition; or else where the link begins."""
        begin = self._text(self.line).find("[", self.column)
        if begin >= 0:
            self._leave(self.line, begin + 1, image)
        if not self._defined:
            self._defined = dict(self._definitions())
        place = self._defined.get(target) or self._defined.get(address)
        return place or (self.line, max(begin, 0))

    def _definitions(self) -> Iterator[tuple[str, Place]]:
        for number, text in enumerate(self.lines):
            if found := _DEFINED.match(text):
                group = 1 if found.group(1) is not None else 2
                yield found.group(group), (number, found.start(group))

    def _leave(self, line: int, column: int, image: bool) -> None:
        if image:
            self.line, self.column = line, column
        else:
            self._behind = (line, column)

    def _text(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""
