"""`playbook search`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.build import load
from generator.cli import terminal
from generator.model import Library

if TYPE_CHECKING:
    from generator.search import Answer, Result


@click.command()
@click.argument("words", nargs=-1, required=True)
@terminal.content_option
@click.option(
    "--language",
    default="",
    help="Answers in this language come first; without it, in the source language.",
)
@click.option("--limit", type=click.IntRange(min=1), default=8, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def search(words: tuple[str, ...], content: Path, language: str, limit: int, form: str) -> None:
    """Finds what the playbook says of WORDS: words or a whole question in any of its languages, or
    Chinese names in pinyin. Ends with 0 if something was found, 1 if nothing was, 2 for a wrong
    call."""
    # Stems and words of the interface are learnt when they are needed.
    from generator.build.output.searching import searcher_of
    from generator.build.strings import load_strings

    checked = load(terminal.content_at(content), terminal.cores())
    if checked.library is None:
        terminal.print_problems(checked.problems, err=True)
        raise SystemExit(1)
    strings, _ = load_strings(checked.library, terminal.template_folders(content))
    code = _code(language, checked.library)
    answer = searcher_of(checked.library, strings).ask(" ".join(words), code)
    shown = answer.results[:limit]
    made = _as_json(answer, shown) if form == "json" else _as_text(answer, shown, content)
    click.echo(made, nl=False)
    raise SystemExit(0 if answer.results else 1)


def _code(language: str, library: Library) -> str:
    codes = [edition.code for edition in library.editions]
    if language and language not in codes:
        what = f'the playbook has no language "{language}"; it has {", ".join(codes)}'
        raise click.BadParameter(what, param_hint="--language")
    return language or codes[0]


def _as_text(answer: Answer, shown: Sequence[Result], content: Path) -> str:
    lines = []
    if answer.spelled:
        lines.append(f'Nobody writes that word; this is for "{answer.spelled}".')
    if answer.heard:
        lines.append(f"By its sound: {answer.heard}")
    for result in shown:
        lines += _lines(result, content)
    if not shown:
        lines.append("Nothing found. Try fewer or other words.")
        if answer.suggested:
            lines.append(f'Did you mean "{answer.suggested}"?')
    elif more := len(answer.results) - len(shown):
        lines.append(f"and {more} more; --limit shows them")
    return "\n".join(lines) + "\n"


def _lines(result: Result, content: Path) -> list[str]:
    document, section = result.document, result.section
    heading = f" › {section.heading}" if section.heading else ""
    path = terminal.shown_path(content / document.entry.text_path)
    place = f"{path} ({document.language})"
    lines = [terminal.style(document.title, "title") + heading, f"  {place}"]
    return lines + ([f"  {result.excerpt}"] if result.excerpt else [])


def _as_json(answer: Answer, shown: Sequence[Result]) -> str:
    data = {
        "found": len(answer.results),
        "spelled": answer.spelled,
        "heard": answer.heard,
        "suggested": answer.suggested,
        "results": [
            {
                "id": result.document.entry.id,
                "language": result.document.language,
                "kind": result.document.entry.kind,
                "title": result.document.title,
                "path": result.document.entry.text_path,
                "anchor": result.section.anchor,
                "heading": result.section.heading,
                "excerpt": result.excerpt,
                "score": round(result.score, 4),
            }
            for result in shown
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
