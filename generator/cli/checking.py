"""`playbook check`, `playbook explain`, `playbook rules`."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from generator.build import Checked, assess, load
from generator.cli import terminal
from generator.cli.formats import PROBLEM_FORMATS
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
    checked = load(terminal.content_at(content), terminal.cores())
    found = sorted((*checked.problems, *_of_reviews(checked, today)), key=lambda it: it.order)
    problems = _inside(found, paths)
    if form in PROBLEM_FORMATS:
        click.echo(PROBLEM_FORMATS[form](problems, strict), nl=False)
    else:
        terminal.print_problems(problems)
        click.echo(f"{terminal.summary(problems)} in {checked.entries} entries")
    raise SystemExit(1 if terminal.fails(problems, strict) else 0)


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
        if any(
            place == path or place.startswith(path + os.sep)
            for path in wanted
            for place in [os.path.abspath(problem.location.path)]
        )
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
