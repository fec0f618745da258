"""What the environment of a pipeline says: the forge, the project, the change, the token.

The only place that reads these variables; docs/ci.md lists them. A call that misses one ends with
a sentence for people.
"""

from __future__ import annotations

import json
import os
import re
import time
import urllib.request
from pathlib import Path

import click

from generator.forge import (
    GitHub,
    GitLab,
    Patience,
    address_fault,
    cleaned,
    github_calls,
    gitlab_calls,
    token_fault,
)


def forge_of(name: str | None) -> str:
    """The forge that was named, or the one in whose pipeline the command runs."""
    if name:
        return name
    if os.environ.get("GITHUB_REPOSITORY"):
        return "github"
    if os.environ.get("CI_PROJECT_ID"):
        return "gitlab"
    raise click.UsageError(
        "This runs in no pipeline of GitHub or GitLab: neither GITHUB_REPOSITORY nor "
        "CI_PROJECT_ID is set. Outside, name the --forge and set what docs/ci.md lists."
    )


def change(forge: str, number: int | None) -> GitHub | GitLab:
    """The pull or merge request with this number, or the one that the pipeline runs for."""
    if forge == "github":
        return _github(pull=number or _pull_of_event())
    # in a fork's pipeline the merge request belongs to another project than the pipeline
    forked = os.environ.get("CI_MERGE_REQUEST_PROJECT_ID")
    variable = "CI_MERGE_REQUEST_PROJECT_ID" if forked else "CI_PROJECT_ID"
    return _gitlab(variable, merge=number or _merge_request())


def project(forge: str, label: str) -> GitHub | GitLab:
    """The project that the pipeline runs in, with the label of our issues."""
    if forge == "github":
        return _github(label=label)
    return _gitlab("CI_PROJECT_ID", label=label)


def without_token(text: str) -> str:
    """A text without any token of this environment, should a server have sent one back."""
    for variable in ("GITHUB_TOKEN", "GITLAB_TOKEN"):
        token = os.environ.get(variable, "").strip()
        text = text.replace(token, "***") if token else text
    return text


def summary() -> Path | None:
    """The file for the summary of a job on GitHub."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(path) if path else None


def _github(pull: int = 0, label: str = "") -> GitHub:
    address = _address("GITHUB_API_URL", "https://api.github.com")
    repository = _needed("GITHUB_REPOSITORY", r"[\w.-]+/[\w.-]+")
    token = _token("GITHUB_TOKEN")
    calls = github_calls(address, token, _patience(), urllib.request.getproxies())
    return GitHub(calls, repository, pull, label)


def _gitlab(variable: str, merge: int = 0, label: str = "") -> GitLab:
    address = _address("CI_API_V4_URL", "https://gitlab.com/api/v4")
    number = _needed(variable, r"[\w.-]+(?:/[\w.-]+)*")
    token = _token("GITLAB_TOKEN")
    calls = gitlab_calls(address, token, _patience(), urllib.request.getproxies())
    return GitLab(calls, number, merge, label)


def _patience() -> Patience:
    return Patience(sleep=time.sleep, clock=time.time)


def _address(variable: str, otherwise: str) -> str:
    address = os.environ.get(variable) or otherwise
    fault = address_fault(address)
    if fault:
        raise click.UsageError(f"{variable} {fault}: {cleaned(address)}")
    return address


def _needed(variable: str, pattern: str) -> str:
    value = os.environ.get(variable, "")
    if not value:
        raise click.UsageError(f"{variable} is not set.")
    if not re.fullmatch(pattern, value):
        raise click.UsageError(f"{variable} is not what it should be: {cleaned(value)}")
    return value


def _token(variable: str) -> str:
    token = os.environ.get(variable, "").strip()
    if not token:
        raise click.UsageError(f"{variable} is not set: without a token nothing can be posted.")
    fault = token_fault(token)
    if fault:
        raise click.UsageError(f"{variable} {fault}.")
    return token


def _pull_of_event() -> int:
    """The number of the pull request that the workflow runs for."""
    path = os.environ.get("GITHUB_EVENT_PATH", "")
    try:
        event = json.loads(Path(path).read_bytes()) if path else None
    except (OSError, ValueError):
        event = None
    pull = event.get("pull_request") if isinstance(event, dict) else None
    number = pull.get("number") if isinstance(pull, dict) else None
    if isinstance(number, int) and number > 0:
        return number
    raise click.UsageError("This workflow runs for no pull request; give its number with --pull.")


def _merge_request() -> int:
    number = os.environ.get("CI_MERGE_REQUEST_IID", "")
    if re.fullmatch(r"[1-9][0-9]{0,9}", number):
        return int(number)
    raise click.UsageError("This pipeline runs for no merge request; give its number with --pull.")
