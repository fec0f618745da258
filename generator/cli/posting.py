"""`playbook post`: reports as a comment on a change, and as issues of owners."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.cli import pipelines
from generator.forge import (
    Outcome,
    Posting,
    Report,
    body_of,
    cleaned,
    owner_of,
    put_comment,
    put_issues,
    report_of,
)

LABEL = "playbook-freshness"
LARGEST = 2 * 1024 * 1024
"""Bytes of a report; forges take far fewer."""

_REFUSED = (Outcome.FAILED, Outcome.FORBIDDEN, Outcome.UNSURE)

_WORDS: Mapping[Outcome, str] = {
    Outcome.CREATED: "The comment is new.",
    Outcome.UPDATED: "The comment was updated.",
    Outcome.UNCHANGED: "The comment stays: it says the same.",
    Outcome.NOTHING: "There is nothing to report, and no comment.",
}

_HINTS = {
    "401": " Is the token right, and still valid?",
    "404": " Either it does not exist, or the token may not see it.",
}

_forge_option = click.option(
    "--forge",
    type=click.Choice(["github", "gitlab"]),
    help="By default the one in whose pipeline the command runs.",
)


@click.group()
def post() -> None:
    """Posts reports to GitHub or GitLab, from a pipeline. The environment says where: GITHUB_TOKEN
    and what GitHub sets, or GITLAB_TOKEN and what GitLab sets."""


@post.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--pull", type=click.IntRange(1), help="The number of the pull or merge request.")
@_forge_option
def comment(file: Path, pull: int | None, forge: str | None) -> None:
    """Keeps one comment on a pull or merge request up to date with the report in FILE (Markdown).

    An empty report posts nothing, and an earlier comment then says that there is nothing any more.
    On GitHub the report goes to the job summary as well, and only there if the token may not
    write, as in a fork's pull request. Ends with 0 if that is so, 1 if the forge refused, 2 for a
    wrong call."""
    body = body_of(_text(file))
    _add_to_summary(body)
    posting = put_comment(pipelines.change(pipelines.forge_of(forge), pull), body)
    if posting.outcome in _WORDS:
        _say(f"{_WORDS[posting.outcome]} {posting.url}")
    elif posting.outcome is Outcome.FORBIDDEN:
        _say(f"No comment: the token may not write here, like that of a fork ({posting.why}).")
        _say(f"The report is in {'the job summary' if pipelines.summary() else file}.")
    else:
        _say(f"No comment: {_refusal(posting)}", err=True)
    raise SystemExit(1 if posting.outcome is Outcome.FAILED else 0)


@post.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--label", default=LABEL, show_default=True, help="By which the issues are found.")
@_forge_option
def issues(folder: Path, label: str, forge: str | None) -> None:
    """Keeps an issue for each owner up to date with the reports in FOLDER.

    They are what `playbook stale --format markdown --by-owner --output FOLDER` writes. Owners
    without a report have nothing to review: their issue is closed, and opened again another time.
    Ends with 0 if all is up to date, 1 if the forge refused, 2 for a wrong call."""
    if not re.fullmatch(r"[\w.:/-][\w .:/-]{0,49}", label):
        raise click.BadParameter(f'"{label}" is no name for a label', param_hint="--label")
    reports = [_report(path) for path in sorted(folder.glob("*.md"))]
    postings = put_issues(pipelines.project(pipelines.forge_of(forge), label), reports)
    _say_issues(postings)
    raise SystemExit(1 if any(posting.outcome in _REFUSED for posting in postings) else 0)


def _text(path: Path) -> str:
    """The text of a report; ends the command where it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise click.UsageError(f"{path}: cannot read: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise click.UsageError(f"{path} is larger than any report; is it the right file?")
    return raw.decode("utf-8-sig", "replace")


def _report(path: Path) -> Report:
    text = _text(path)
    owner = owner_of(text)
    if not owner or owner != path.stem:
        raise click.UsageError(
            f"{path} is no report of an owner: it does not begin with the hidden line of "
            "`playbook stale --by-owner`. Give the folder that this command wrote."
        )
    title, body = report_of(text, f"Knowledge to review: {owner}")
    return Report(owner, title, body)


def _add_to_summary(text: str) -> None:
    """Adds a report to the summary of a job on GitHub."""
    path = pipelines.summary()
    if path is None or not text:
        return
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        click.echo(f"The job summary cannot be written: {error.strerror}", err=True)


def _say_issues(postings: Iterable[Posting]) -> None:
    listed = tuple(postings)
    for posting in listed:
        bad = posting.outcome in _REFUSED
        rest = f", {_refusal(posting)}" if bad else f" {posting.url}"
        _say(f"{posting.owner or 'issues'}: {posting.outcome}{rest}", err=bad)
    if not listed:
        _say("Nothing waits for a review, and no issue is open.")


def _refusal(posting: Posting) -> str:
    if posting.outcome is Outcome.FORBIDDEN:
        return f"the token may not write here ({posting.why})."
    return f"the forge did not take it: {posting.why}.{_HINTS.get(posting.why[:3], '')}"


def _say(text: str, err: bool = False) -> None:
    """Prints one line; a server's words may be in it."""
    click.echo(cleaned(pipelines.without_token(text), 600), err=err)
