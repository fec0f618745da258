"""`{% kept WHAT %} … {% endkept %}`: a part of a page that is rendered once for all pages alike.

The frame of a page, which is a third of it, is the same for all pages of a folder. WHAT are the
values that the part is made of, with commas between them: texts, figures and the page's `site`;
that it may lie in another folder than the page before, from which its links lead, goes without
saying. A part that shows anything else shows it wrongly on the next page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

if TYPE_CHECKING:
    from generator.render.engine import HtmlEnvironment


class Kept(Extension):
    """The tag."""

    tags = {"kept"}  # noqa: RUF012  # as Jinja2 declares it

    def parse(self, parser: Parser) -> nodes.Node:
        """The part, as a block that is handed to what keeps it."""
        line = next(parser.stream).lineno
        values = parser.parse_tuple(with_condexpr=True)
        if not isinstance(values, nodes.Tuple):
            values = nodes.Tuple([values], "load")
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        # Parts are counted, as several may stand in one line.
        place = nodes.Const(f"{parser.name} {parser.free_identifier().name}")
        call = self.call_method("rendered", [place, values])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def rendered(self, place: str, values: tuple[object, ...], caller: Callable[[], str]) -> str:
        """The part at a `place` in the templates, made of `values`."""
        return cast("HtmlEnvironment", self.environment).kept(place, values, caller)


class Parts:
    """Parts that were rendered."""

    def __init__(self) -> None:
        self._parts: dict[tuple[object, ...], tuple[object, str]] = {}

    def of(
        self, place: tuple[object, ...], values: tuple[object, ...], make: Callable[[], str]
    ) -> str:
        """The part at a place that is made of `values`, made if need be."""
        key = place, *map(_named, values)
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = values, make()
        return found[1]


def _named(value: object) -> object:
    """What tells a value from others: a text says it all, anything else has to be the same one,
    which is held, so that no other can take its place."""
    return value if type(value) is str else id(value)
