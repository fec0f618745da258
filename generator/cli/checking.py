"""`playbook check`, `playbook explain`, `playbook rules`."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from generator.build import Checked, assess, faults_of_words, load
from generator.cli import terminal
from generator.cli.formats import PROBLEM_FORMATS
from generator.model import KINDS
from generator.problems import RULES, Problem, rule_by_code
from generator.report import rule_as_text, rules_as_markdown


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@terminal.content_option
@click.option("--format", "form", type=click.Choice(["text", *PROBLEM_FORMATS]), default="text")
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
@terminal.today_option
def check(
    paths: tuple[Path, ...], content: Path, form: str, strict: bool, today: datetime.date | None
) -> None:
    """Checks the whole playbook and reports every problem; with PATHS, those in these files and
    folders. Ends with 0 if there is nothing wrong, 1 if there is, 2 for a wrong call."""
    _refuse_others(paths, content)
    checked = load(terminal.content_at(content), terminal.cores())
    words = faults_of_words(checked.files, KINDS, terminal.template_folders(content))
    found = {*checked.problems, *words, *_of_reviews(checked, today)}
    problems = _inside(sorted(found, key=lambda it: it.order), paths)
    if form in PROBLEM_FORMATS:
        click.echo(PROBLEM_FORMATS[form](problems, strict), nl=False)
    else:
        terminal.print_problems(problems)
        entries = "1 entry" if checked.entries == 1 else f"{checked.entries} entries"
        click.echo(f"{terminal.summary(problems)} in {entries}")
    raise SystemExit(1 if terminal.fails(problems, strict) else 0)


def _refuse_others(paths: Iterable[Path], content: Path) -> None:
    """In a path that does not belong to the playbook nothing is found, which is no good news."""
    root = os.path.abspath(content)
    for path in paths:
        wanted = os.path.abspath(path)
        if not (_lies_in(wanted, root) or _lies_in(root, wanted)):
            shown = f'"{terminal.shown_path(path)}" does not lie in "{content}"'
            raise click.BadParameter(f"{shown}; --content names the folder that is checked")


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _of_reviews(checked: Checked, today: datetime.date | None) -> tuple[Problem, ...]:
    """What is wrong with reviews, as far as files alone tell."""
    library = checked.library
    if library is None:
        return ()
    day = terminal.clock(today)(library.source.settings.time_zone)
    return assess(checked, library, day).problems


def _inside(problems: Sequence[Problem], paths: Iterable[Path]) -> tuple[Problem, ...]:
    wanted = [os.path.abspath(path) for path in paths]
    if not wanted:
        return tuple(problems)
    return tuple(
        problem
        for problem in problems
        if any(_lies_in(os.path.abspath(problem.location.path), path) for path in wanted)
    )


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Says what a rule checks, why, and how to mend it."""
    rule = rule_by_code(code)
    if rule is None:
        raise click.BadParameter(f'there is no rule "{code}"; see `playbook rules`')
    click.echo(rule_as_text(rule), nl=False)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text")
def rules(form: str) -> None:
    """Lists all rules."""
    if form == "markdown":
        click.echo(rules_as_markdown(RULES), nl=False)
        return
    for rule in RULES:
        click.echo(f"{rule.code}  {rule.severity.value:<8} {rule.name:<28} {rule.what}")
