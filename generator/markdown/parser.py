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


@functools.cache
def document_parser() -> MarkdownIt:
    """For the body of an entry."""
    parser = _parser()
    footnote_plugin(parser)
    attrs_block_plugin(parser, allowed=_ATTRIBUTES)
    return parser


@functools.cache
def field_parser() -> MarkdownIt:
    """For a text field. Without footnotes: their anchors would clash with those of the body."""
    return _parser()


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
