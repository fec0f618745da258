"""Changes as one HTML document, without script, style or anything from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generator.changes import Line, Say, Told, ToldEntry
from generator.report.changes.text import headline
from generator.report.characters import one_line, well_formed

_ELEMENTS = {"-": "<del>{}</del>", "+": "<ins>{}</ins>"}


def changes_as_html(told: Told, words: Say, tag: str) -> str:
    """The document; `tag` is the tag of its language."""
    title = escape(headline(told, words))
    parts = [_section(kind.name, [_entry(each, words) for each in kind.entries])
             for kind in told.kinds]  # fmt: skip
    for key, found in (("settings", told.settings), ("people", told.people)):
        if found:
            parts.append(_section(words.say(f"changes.report.{key}"), [_items(found)]))
    return well_formed(
        f'<!doctype html>\n<html lang="{escape(tag)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        + "".join(parts)
        + "</main>\n</body>\n</html>\n"
    )


def _section(title: str, parts: Sequence[str]) -> str:
    return f"<section>\n<h2>{escape(one_line(title))}</h2>\n{''.join(parts)}</section>\n"


def _entry(entry: ToldEntry, words: Say) -> str:
    change = entry.change
    head = f"<h3>{escape(one_line(change.title))}</h3>\n<p><code>{escape(change.id)}</code></p>\n"
    loud = _items(entry.loud) if entry.loud else ""
    if not entry.quiet:
        return head + loud
    summary = escape(words.say("changes.report.quiet", count=len(entry.quiet)))
    folded = f"<details>\n<summary>{summary}</summary>\n{_items(entry.quiet)}</details>\n"
    return head + loud + folded


def _items(lines: Sequence[Line]) -> str:
    return "<ul>\n" + "".join(f"<li>{_line(line)}</li>\n" for line in lines) + "</ul>\n"


def _line(line: Line) -> str:
    return "".join(
        _ELEMENTS[mark].format(escape(text)) if mark and line.woven else escape(text)
        for mark, text in line.pieces
    )
