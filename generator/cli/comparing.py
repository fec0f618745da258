"""`playbook diff`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import terminal
from generator.model import KINDS
from generator.problems import Severity

if TYPE_CHECKING:
    from generator.build.news.sides import Side
    from generator.changes import Comparison, Say, Told
    from generator.snapshot import Snapshot

FORMATS = ("text", "json", "markdown", "html")


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@terminal.content_option
@click.option(
    "--tree",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The published tree whose versions OLD and NEW may name.",
)
@click.option("--lang", default="", help="The language of the reader; by default the source's.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text")
@click.option("--output", type=click.Path(path_type=Path), help="A file in place of the terminal.")
@click.option("--exit-code", is_flag=True, help="End with 1 if anything changed.")
def diff(
    old: str,
    new: str | None,
    content: Path,
    tree: Path | None,
    lang: str,
    form: str,
    output: Path | None,
    exit_code: bool,
) -> None:
    """Lists what changed from OLD to NEW, by entry, facts told apart from words. Each is a version
    of a published tree, a playbook.json or a folder that holds one, a folder with a playbook, or a
    git ref; NEW is by default the playbook as it lies here. Ends with 0, and with 2 for a wrong
    call."""
    from generator.changes import compare, told  # what other commands do not need

    before = _side(old, content, tree, "OLD")
    after = _side(new, content, tree, "NEW")
    _note_left_out(before, after)
    language = _language(lang, after.snapshot)
    words = _words(after.snapshot, language, content)
    comparison = compare(before.snapshot, after.snapshot, language)
    made = told(comparison, words, before.name, after.name)
    text = _formatted(form, made, comparison, words, after.snapshot.tag_of(language))
    if output:
        terminal.write_text(output, click.unstyle(text) if form == "text" else text)
    else:
        click.echo(text, nl=False)
    raise SystemExit(1 if exit_code and not comparison.empty else 0)


def _side(wanted: str | None, content: Path, tree: Path | None, hint: str) -> Side:
    from generator.build.news.sides import side_of, work_tree
    from generator.snapshot import Unusable

    place = terminal.content_at(content)
    jobs = terminal.cores()
    found = work_tree(place, jobs=jobs) if wanted is None else side_of(wanted, place, tree, jobs)
    if isinstance(found, Unusable):
        raise click.BadParameter(str(found), param_hint=hint)
    return found


def _note_left_out(*sides: Side) -> None:
    for side in sides:
        if side.left_out:
            entries = "1 entry" if side.left_out == 1 else f"{side.left_out} entries"
            click.echo(f"{side.name}: {entries} with errors left out", err=True)


def _language(wanted: str, snapshot: Snapshot) -> str:
    codes = snapshot.languages
    if wanted and wanted not in codes:
        what = f'the playbook has no language "{wanted}"; it has {", ".join(codes)}'
        raise click.BadParameter(what, param_hint="--lang")
    return wanted or codes[0]


def _words(snapshot: Snapshot, language: str, content: Path) -> Say:
    """The interface words of the language; without them there is nothing to tell it in."""
    from generator.build.strings import strings_for

    tags: Mapping[str, str] = {language: snapshot.tag_of(language)}
    try:
        made, problems = strings_for(tags, KINDS, terminal.template_folders(content))
    except ValueError:  # anything may stand in a file of somebody else's
        raise click.BadParameter(f'"{language}" is no language', param_hint="--lang") from None
    if any(problem.severity is Severity.ERROR for problem in problems):
        terminal.print_problems(problems, err=True)
        raise SystemExit(2)
    return made[language]


def _formatted(form: str, made: Told, comparison: Comparison, words: Say, tag: str) -> str:
    from generator.report.changes import (
        changes_as_html,
        changes_as_json,
        changes_as_markdown,
        changes_as_text,
    )

    match form:
        case "json":
            return changes_as_json(made, comparison)
        case "markdown":
            return changes_as_markdown(made, words)
        case "html":
            return changes_as_html(made, words, tag)
    return changes_as_text(made, words, terminal.style)
