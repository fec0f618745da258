"""`playbook check`, `playbook explain`, `playbook rules`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from generator.build import load
from generator.cli import terminal
from generator.problems import RULES, Problem, rule_by_code
from generator.report import problems_as_json, rule_as_text, rules_as_markdown


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@terminal.content_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
def check(paths: tuple[Path, ...], content: Path, form: str, strict: bool) -> None:
    """Checks the whole playbook and reports every problem; with PATHS, those in these files and
    folders. Ends with 0 if there is nothing wrong, 1 if there is, 2 for a wrong call."""
    checked = load(terminal.content_at(content), terminal.cores())
    problems = _inside(checked.problems, paths)
    if form == "json":
        click.echo(problems_as_json(problems), nl=False)
    else:
        terminal.print_problems(problems)
        entries = len(checked.library.source.entries) if checked.library else 0
        click.echo(f"{terminal.summary(problems)} in {entries} entries")
    raise SystemExit(1 if terminal.fails(problems, strict) else 0)


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
