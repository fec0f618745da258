"""Changes for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.changes import Line, Say, Told, ToldEntry
from generator.report.characters import one_line, well_formed
from generator.report.text import Style

_STYLES = {"-": "error", "+": "hint"}


def changes_as_text(told: Told, words: Say, style: Style) -> str:
    """By kind and entry, facts first. What went and came has its marks also without colours."""
    lines = [headline(told, words)]
    for kind in told.kinds:
        lines += ["", style(one_line(kind.name), "title")]
        for entry in kind.entries:
            lines += _entry(entry, style)
    for key, found in (("settings", told.settings), ("people", told.people)):
        if found:
            lines += ["", style(words.say(f"changes.report.{key}"), "title")]
            lines += [f"    {_line(line, style)}" for line in found]
    return well_formed("\n".join(lines) + "\n")


def headline(told: Told, words: Say) -> str:
    """What is compared, and how much changed."""
    sides = words.say("changes.report.sides", old=one_line(told.old), new=one_line(told.new))
    if told.empty:
        return words.say(
            "changes.report.line", sides=sides, counts=words.say("changes.report.none")
        )
    counts = [
        words.say(f"changes.report.{name}", count=count)
        for name, count in told.counts.items()
        if count
    ]
    between = words.say("list.between")
    found = between.join(counts) or words.say("changes.report.beside")
    return words.say("changes.report.line", sides=sides, counts=found)


def _entry(entry: ToldEntry, style: Style) -> Iterator[str]:
    place = style(f"({one_line(entry.change.id)})", "place")
    yield f"  {one_line(entry.change.title)} {place}"
    yield from (f"    {_line(line, style)}" for line in _in_order(entry))


def _in_order(entry: ToldEntry) -> Sequence[Line]:
    return [*entry.loud, *entry.quiet]


def _line(line: Line, style: Style) -> str:
    pieces = [(mark, line.marked(mark, _spaced(text))) for mark, text in line.pieces]
    return "".join(style(text, _STYLES[mark]) if mark else text for mark, text in pieces)


def _spaced(text: str) -> str:
    """On one line, with the spaces at its ends, which part it from its neighbours."""
    plain = one_line(text)
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() else ""
    return f"{head}{plain}{tail}" if plain else head
