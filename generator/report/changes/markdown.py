"""Changes as Markdown: a document, or the part of a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from generator.changes import Line, Say, Told, ToldEntry
from generator.report.changes.text import headline
from generator.report.characters import well_formed
from generator.report.freshness.escaping import code, escaped
from generator.report.freshness.sections import Section

_MOST_LINES = 12
_LONGEST = 600
_TAGS = {"-": "<del>{}</del>", "+": "<ins>{}</ins>"}


def changes_as_markdown(told: Told, words: Say) -> str:
    """The whole comparison, a heading for each kind."""
    parts = [f"### {escaped(headline(told, words), 400)}\n"]
    for kind in told.kinds:
        parts.append(f"\n#### {escaped(kind.name)}\n\n")
        parts += [_entry(entry, words) for entry in kind.entries]
    for key, found in (("settings", told.settings), ("people", told.people)):
        if found:
            parts.append(f"\n#### {escaped(words.say(f'changes.report.{key}'))}\n\n")
            parts += [f"- {_line(line)}\n" for line in found]
    return well_formed("".join(parts))


def section_of_changes(told: Told, words: Say, most: int, only: bool = False) -> Section:
    """The part of a comment, facts of all kinds first; `only`: what one translation alone says."""
    title = "What this changes in the playbook"
    title += f", in {told.language} alone" if only else ""
    entries = sorted(told.entries, key=lambda entry: entry.change.nature.rank)
    rows = [_entry(entry, words) for entry in entries[:most]]
    others = [("Settings", told.settings), ("People", told.people)]
    rows += [f"- **{name}**\n{_nested(found)}" for name, found in others if found]
    count = len(entries) + sum(1 for _, found in others if found)
    return Section(title, f"\n#### {title} ({count})\n\n", tuple(rows), count=count)


def _entry(entry: ToldEntry, words: Say) -> str:
    change = entry.change
    head = f"- **{escaped(change.title, 120)}** {code(change.id, 120)}\n"
    quiet = entry.quiet
    if not quiet:
        return head + _nested(entry.loud)
    summary = escaped(words.say("changes.report.quiet", count=len(quiet)))
    if not entry.loud:
        return f"{head}{_folded(summary, quiet)}"
    return f"{head}{_nested(entry.loud)}{_folded(summary, quiet)}"


def _folded(summary: str, lines: tuple[Line, ...]) -> str:
    items = "".join(f"<li>{_line(line)}</li>" for line in lines[:_MOST_LINES])
    more = "<li>…</li>" if len(lines) > _MOST_LINES else ""
    return f"  <details><summary>{summary}</summary><ul>{items}{more}</ul></details>\n"


def _nested(lines: tuple[Line, ...]) -> str:
    return "".join(_rows(lines))


def _rows(lines: tuple[Line, ...]) -> Iterator[str]:
    yield from (f"  - {_line(line)}\n" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  - … {len(lines) - _MOST_LINES}\n"


def _line(line: Line) -> str:
    return "".join(_piece(mark if line.woven else "", text) for mark, text in line.pieces)


def _piece(mark: str, text: str) -> str:
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    plain = escaped(text, _LONGEST)
    return f"{head}{_TAGS[mark].format(plain) if mark and plain else plain}{tail}"
