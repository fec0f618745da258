"""`{% kept WHAT %} … {% endkept %}`: a part of a page that is rendered once for all pages alike.

The frame of a page, which is a third of it, is the same for all pages of a folder. WHAT are the
values that the part is made of, with commas between them: texts, figures and the page's `site`;
that it may lie in another folder than the page before, from which its links lead, goes without
saying. A part that shows anything else would show it wrongly on the next page, so it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
        if strange := next(_strange(values, body), ""):
            parser.fail(f"{strange} is not among the values of the kept part that shows it", line)
        if block := nodes.Output(body).find(nodes.Block):
            parser.fail("a block cannot stand in a kept part: it differs by page", block.lineno)
        # Parts are counted, as several may stand in one line.
        place = nodes.Const(f"{parser.name} {parser.free_identifier().name}")
        call = self.call_method("rendered", [place, values])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def rendered(self, place: str, values: tuple[object, ...], caller: Callable[[], str]) -> str:
        """The part at a `place` in the templates, made of `values`."""
        return cast("HtmlEnvironment", self.environment).kept(place, values, caller)


def _strange(values: nodes.Tuple, body: list[nodes.Node]) -> Iterator[str]:
    """What a part shows that it does not say to be made of."""
    whole = nodes.Output(body)
    own = {name.name for name in whole.find_all(nodes.Name) if name.ctx != "load"}
    made_of = {*_shown(values), *own, "loop"}
    for shown in _shown(whole):
        names = shown.split(".")
        if made_of.isdisjoint(".".join(names[:n]) for n in range(1, len(names) + 1)):
            yield shown


def _shown(node: nodes.Node) -> Iterator[str]:
    """The values that something is made of, such as `frame.site`; what is called is none."""
    if found := _value(node):
        yield found
        return
    called = node.node if isinstance(node, nodes.Call) and _value(node.node) else None
    for child in node.iter_child_nodes():
        if child is not called:
            yield from _shown(child)


def _value(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (of := _value(node.node)):
        return f"{of}.{node.attr}"
    return ""


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
