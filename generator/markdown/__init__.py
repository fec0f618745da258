"""Markdown text to a `Body`: safe HTML with slots where links go, and what was found on the way.

Takes text, gives values; knows nothing of files, entries or addresses. CommonMark with tables,
strikethrough, footnotes, definition lists, task lists, admonitions and attributes, by
markdown-it-py and mdit-py-plugins; raw HTML is sanitised by nh3.
"""

from generator.markdown.body import Body, Flaw, Heading, Link
from generator.markdown.dialect import Dialect
from generator.markdown.parse import parse_document, parse_field

__all__ = ["Body", "Dialect", "Flaw", "Heading", "Link", "parse_document", "parse_field"]
