"""`playbook stale`."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator.build import Question, Surveyed, WaiverFile, baseline, read_waivers
from generator.build.reviews.survey import survey
from generator.cli import terminal
from generator.cli.choosing import Choice, filter_options
from generator.cli.formats import FORMATS, MARKER, OWNER_FORMATS, formatted
from generator.problems import Severity
from generator.report.freshness.sections import Section
from generator.staleness import Freshness, Item, State, Survey, failing

WAIVERS = "waivers.yml"
BASELINE_DAYS = 90
BASELINE_REASON = "Stale when the checks began"


@click.command()
@filter_options
@terminal.content_option
@terminal.today_option
@click.option(
    "--fail-on",
    type=click.Choice(["overdue", "due", "expired", "never"]),
    default="overdue",
    show_default=True,
    help="From which state on an entry makes the command end with 1; with never, none does.",
)
@click.option("--base", default="", metavar="REF", help="Compare with where REF was left.")
@click.option(
    "--format", "forms", multiple=True, type=click.Choice([*FORMATS]), help="By default text."
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where the format at the same place in the call goes; without it, to standard output.",
)
@click.option("--by-owner", is_flag=True, help="A file for each owner, in the folder --output.")
@click.option("--trend", is_flag=True, help="Judge the last 26 weeks too, from the history.")
@click.option("--no-history", is_flag=True, help="Do not ask git what changed after reviews.")
@click.option(
    "--waivers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"Entries that may wait; by default {WAIVERS} beside the content, if it is there.",
)
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a waiver for each entry that fails now to this new file.",
)
@click.option(
    "--until",
    type=terminal.Day(),
    help=f"Last day of these waivers; by default {BASELINE_DAYS} on.",
)
def stale(
    content: Path,
    today: datetime.date | None,
    fail_on: str,
    base: str,
    forms: tuple[str, ...],
    outputs: tuple[Path, ...],
    by_owner: bool,
    trend: bool,
    no_history: bool,
    waivers: Path | None,
    write_baseline: Path | None,
    until: datetime.date | None,
    **filters: Any,
) -> None:
    """Reports how fresh the playbook is; with PATHS, the entries in these files and folders. Ends
    with 0 if no entry fails, 1 if one does, 2 for a wrong call."""
    targets = _targets(forms or ("text",), outputs, by_owner)
    question = Question(
        content=terminal.content_at(content),
        today=terminal.clock(today),
        history=not no_history,
        trend=trend,
        base=base,
        waivers=_waivers(waivers, content),
        jobs=terminal.cores(),
    )
    surveyed = survey(question)
    freshness = _freshness(surveyed)
    choice = Choice(**filters)
    assert surveyed.library is not None
    choice.check(surveyed.library.source)
    made = _survey(surveyed, freshness, choice, fail_on)
    if write_baseline:
        _write_baseline(write_baseline, made, until)
        return
    told = _changes(question, surveyed) if {"markdown", "summary"} & {*forms} else ()
    for form, path in targets:
        _put(made, form, path, by_owner, told)
    _note_errors(surveyed)
    raise SystemExit(1 if made.failing else 0)


def _targets(
    forms: tuple[str, ...], outputs: tuple[Path, ...], by_owner: bool
) -> list[tuple[str, Path | None]]:
    """Each format with the file that it goes to, None for standard output."""
    if len(outputs) > len(forms):
        raise click.UsageError("There are more --output than --format.")
    paths: list[Path | None] = [*outputs, *[None] * (len(forms) - len(outputs))]
    targets = list(zip(forms, paths, strict=True))
    if by_owner and (None in paths or not set(forms) <= set(OWNER_FORMATS)):
        known = ", ".join(OWNER_FORMATS)
        raise click.UsageError(f"--by-owner needs --format ({known}) and a folder as --output.")
    return targets


def _waivers(path: Path | None, content: Path) -> WaiverFile | None:
    found = path or content.absolute().parent / WAIVERS
    if not found.is_file():
        return None
    waivers, problems = read_waivers(found, terminal.shown_path(found))
    if problems:
        terminal.print_problems(problems, err=True)
    if waivers is None:
        raise SystemExit(1)
    return waivers


def _freshness(surveyed: Surveyed) -> Freshness:
    """What was found; without it, the reasons are printed and the command ends."""
    if surveyed.refusal:
        raise click.BadParameter(surveyed.refusal, param_hint="--base")
    if surveyed.freshness is None:
        terminal.print_problems(surveyed.checked.problems, err=True)
        raise SystemExit(1)
    return surveyed.freshness


def _survey(surveyed: Surveyed, freshness: Freshness, choice: Choice, fail_on: str) -> Survey:
    shown = choice.of(freshness.items)
    counted = shown
    if surveyed.comparison:  # a change answers for what it touches, not for the passing of days
        touched = surveyed.comparison.touched
        counted = tuple(item for item in shown if item.id in touched)
    return Survey(
        freshness=freshness,
        shown=shown,
        failing=failing(counted, fail_on),
        threshold=fail_on,
        comparison=surveyed.comparison,
        trend=surveyed.trend,
    )


def _changes(question: Question, surveyed: Surveyed) -> tuple[Section, ...]:
    """What the change does to the content, where there is a base to compare with."""
    if not surveyed.base:
        return ()
    from generator.cli.changing import sections_of_changes  # what most reports do without

    return sections_of_changes(question.content, surveyed)


def _put(
    made: Survey, form: str, path: Path | None, by_owner: bool, told: tuple[Section, ...]
) -> None:
    if by_owner and path:
        _put_by_owner(made, form, path)
    elif path:
        terminal.write_text(path, click.unstyle(formatted(form, made, told)))
    else:
        click.echo(formatted(form, made, told), nl=False)


def _put_by_owner(made: Survey, form: str, folder: Path) -> None:
    """A file for each owner with something to review. Nothing else in the folder is touched, but a
    report of a former run goes when its owner is done."""
    suffix, write = OWNER_FORMATS[form]
    terminal.make_folder(folder)
    shown = frozenset(item.id for item in made.shown)
    for owner, items in made.freshness.by(lambda item: item.owner).items():
        own = tuple(item for item in items if item.id in shown)
        path = folder / f"{owner}{suffix}"
        if owner and any(_pending(item) for item in own):
            terminal.write_text(path, write(replace(made, shown=own), owner))
        elif owner and path.is_file() and MARKER in path.read_text("utf-8", "replace")[:200]:
            path.unlink()


def _pending(item: Item) -> bool:
    return item.state.checked and item.state is not State.FRESH and not item.waiver


def _write_baseline(path: Path, made: Survey, until: datetime.date | None) -> None:
    if path.exists():
        raise click.BadParameter(
            f"{path} is there already; name a new file", param_hint="--write-baseline"
        )
    last = until or made.freshness.today + datetime.timedelta(days=BASELINE_DAYS)
    terminal.write_text(path, baseline(made.failing, last, BASELINE_REASON))
    count = len(made.failing)
    click.echo(f"Wrote {count} waiver{'' if count == 1 else 's'} until {last} to {path}.")


def _note_errors(surveyed: Surveyed) -> None:
    errors = sum(p.severity is Severity.ERROR for p in surveyed.checked.problems)
    if errors:
        words = "1 error" if errors == 1 else f"{errors} errors"
        click.echo(f"The playbook has {words}: see `playbook check`.", err=True)
