"""The Markdown dialect: one configured parser for bodies, one for fields."""

from __future__ import annotations

import functools

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from generator.markdown.highlight import highlight

_ATTRIBUTES = ("id", "class", "width", "height")


_SIGNS = {
    "table": ("|",),
    "fence": ("```", "~~~"),
    "blockquote": (">",),
    "heading": ("#",),
    "reference": ("]:",),
    "html_block": ("<",),
    "html_inline": ("<",),
    "autolink": ("<",),
    "entity": ("&",),
    "escape": ("\\",),
    "backticks": ("`",),
    "emphasis": ("*", "_"),
    "strikethrough": ("~~",),
    "link": ("[",),
    "image": ("![",),
    "deflist": (": ", ":\t", "~ ", "~\t"),
    "admonition": ("!!!", "???"),
    "attr": ("{",),
    "footnote_def": ("[^",),
    "footnote_ref": ("[^",),
    "footnote_inline": ("^[",),
}
"""For a rule of the parser, what a text has at least one of if the rule is to find anything."""


def document_parser(text: str) -> MarkdownIt:
    """For the body of an entry: able to find whatever may be in `text`."""
    return _document_parser(_rules_without_sign(text))


def field_parser(text: str) -> MarkdownIt:
    """For a text field. Without footnotes: their anchors would clash with those of the body."""
    return _field_parser(_rules_without_sign(text))


def _rules_without_sign(text: str) -> tuple[str, ...]:
    """Rules that cannot apply, and that the parser would try in vain on every line or character."""
    return tuple(rule for rule, signs in _SIGNS.items() if not any(s in text for s in signs))


@functools.lru_cache(maxsize=256)
def _document_parser(spared: tuple[str, ...]) -> MarkdownIt:
    parser = _parser()
    footnote_plugin(parser)
    attrs_block_plugin(parser, allowed=_ATTRIBUTES)
    return parser.disable(spared)


@functools.lru_cache(maxsize=256)
def _field_parser(spared: tuple[str, ...]) -> MarkdownIt:
    return _parser().disable(spared, ignoreInvalid=True)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "highlight": highlight})
    parser.enable(["table", "strikethrough"])
    deflist_plugin(parser)
    admon_plugin(parser)
    tasklists_plugin(parser, enabled=True, label=True)
    attrs_plugin(parser, allowed=_ATTRIBUTES)
    # Every address becomes a link here, so that `links` can report the unsafe ones;
    # markdown-it would leave them standing as text without a word.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _table_open(self: object, tokens: object, index: int, options: object, env: object) -> str:
    return '<div class="table-frame" tabindex="0"><table>\n'


def _table_close(self: object, tokens: object, index: int, options: object, env: object) -> str:
    return "</table></div>\n"
