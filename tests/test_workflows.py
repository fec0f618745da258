"""The pipelines are safe and call commands that exist: GitHub's workflows and GitLab's file."""

from __future__ import annotations

import datetime
import re
import shlex
import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from generator.cli import main

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"

MAY_WRITE = {
    ("pull-request.yml", "playbook"): {"pull-requests"},
    ("freshness.yml", "issues"): {"issues"},
    ("publish.yml", "publish"): {"contents"},
    ("release.yml", "release"): {"contents"},
}
"""What a job may change at all; everything else reads."""


def loaded(path: Path) -> dict[str, Any]:
    """A file of YAML with every scalar as it is written."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    assert isinstance(data, dict)
    return data


def jobs(path: Path) -> dict[str, Any]:
    """The jobs of a workflow."""
    found = loaded(path)["jobs"]
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    for job in jobs(path).values():
        yield from job["steps"]


def gitlab_jobs() -> dict[str, Any]:
    """The jobs of GitLab's file."""
    return {name: job for name, job in loaded(GITLAB).items() if "script" in job}


def commands(script: str) -> Iterator[list[str]]:
    """The calls of `playbook` in a script, word by word."""
    for line in script.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words and words[0] == "playbook":
            yield words[1:]


def all_commands() -> list[tuple[str, list[str]]]:
    """The calls of `playbook` in all pipelines, with the file that they stand in."""
    found = [
        (path.name, words)
        for path in WORKFLOWS
        for step in steps(path)
        for words in commands(step.get("run", ""))
    ]
    scripts = [line for job in gitlab_jobs().values() for line in job["script"]]
    return found + [(GITLAB.name, words) for line in scripts for words in commands(line)]


each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def test_the_workflows_are_there() -> None:
    expected = {"pull-request", "freshness", "test", "publish", "release"}
    assert {path.stem for path in WORKFLOWS} >= expected


@each_workflow
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert len(lines) == len([step for step in steps(path) if "uses" in step])
    for line in lines:
        assert re.fullmatch(r" +- uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_commit_everywhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: (\S+)@(\S+ # \S+)", text))
    assert len({action for action, _ in pins}) == len(pins)


@each_workflow
def test_no_code_of_a_fork_runs_with_rights(path: Path) -> None:
    on = loaded(path)["on"]
    events = set(on) if isinstance(on, (dict, list)) else {on}
    assert events <= {"pull_request", "push", "schedule", "workflow_dispatch"}


@each_workflow
def test_no_expression_gets_into_a_script(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step["name"]


@each_workflow
def test_jobs_have_the_least_permissions_and_an_end(path: Path) -> None:
    assert loaded(path)["permissions"] == {}
    assert loaded(path)["concurrency"]["group"]
    for name, job in jobs(path).items():
        writes = {scope for scope, right in job["permissions"].items() if right == "write"}
        assert writes == MAY_WRITE.get((path.name, name), set())
        assert set(job["permissions"].values()) <= {"read", "write"}
        assert int(job["timeout-minutes"]) <= 60


@each_workflow
def test_the_token_is_given_to_what_posts_and_to_nothing_else(path: Path) -> None:
    workflow = loaded(path)
    assert "env" not in workflow
    for job in workflow["jobs"].values():
        assert "env" not in job
    for step in steps(path):
        secret = [value for value in step.get("env", {}).values() if "token" in value.lower()]
        sends = step.get("run", "").startswith(("playbook post ", "playbook release "))
        assert bool(secret) == sends, step
        assert "secrets." not in str(step)


@each_workflow
def test_check_outs_leave_no_credentials_and_bring_the_history(path: Path) -> None:
    for job in jobs(path).values():
        text = str(job)
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"
                assert ("playbook stale" in text) <= (step["with"].get("fetch-depth") == "0")


def test_the_weekly_report_comes_on_monday_morning() -> None:
    [entry] = loaded(ROOT / ".github/workflows/freshness.yml")["on"]["schedule"]
    minute, hour, day, month, weekday = entry["cron"].split()
    assert (day, month, weekday) == ("*", "*", "1")
    monday = datetime.datetime(2026, 11, 23, int(hour), int(minute), tzinfo=datetime.UTC)
    there = monday.astimezone(zoneinfo.ZoneInfo("Asia/Shanghai"))
    assert there.weekday() == 0
    assert 6 <= there.hour <= 9


def test_what_is_published_is_checked_before_and_verified_after() -> None:
    for name in ("publish", "release"):
        workflow = ROOT / ".github" / "workflows" / f"{name}.yml"
        [job] = jobs(workflow).values()
        called = [words[0] for step in job["steps"] for words in commands(step.get("run", ""))]
        assert called == ["check", "stale", "release", "publish", "verify"]
        assert loaded(workflow)["concurrency"]["cancel-in-progress"] == "false"
    pages = [words[0] for line in gitlab_jobs()["pages"]["script"] for words in commands(line)]
    assert pages == ["publish", "verify"]
    for name in ("next", "release", "pages"):
        assert gitlab_jobs()[name]["resource_group"] == "publish"
        assert gitlab_jobs()[name]["interruptible"] == "false"


def test_no_release_is_dropped_for_one_that_comes_later() -> None:
    """Of the runs of a group that wait, GitHub keeps the last."""
    workflow = loaded(ROOT / ".github" / "workflows" / "release.yml")
    assert "github.ref" in workflow["concurrency"]["group"]


def test_a_release_is_built_without_a_cache() -> None:
    assert "cache" not in str(jobs(ROOT / ".github" / "workflows" / "release.yml"))
    assert "cache" not in gitlab_jobs()["release"]


def test_gitlab_fetches_the_history_for_verdicts() -> None:
    assert loaded(GITLAB)["variables"]["GIT_DEPTH"] == "0"


def test_gitlab_posts_only_where_there_is_a_token() -> None:
    for name, job in gitlab_jobs().items():
        posts = any("playbook post" in line for line in job["script"])
        rules = str(job.get("rules", ""))
        assert ("$GITLAB_TOKEN" in rules) == posts, name
        assert "TOKEN" not in str(job["script"])


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_variables_in_scripts_are_quoted(path: Path) -> None:
    """What a branch is called must not become words or commands of a shell."""
    if path == GITLAB:
        scripts = [line for job in gitlab_jobs().values() for line in job["script"]]
    else:
        scripts = [step.get("run", "") for step in steps(path)]
    for script in scripts:
        assert "$" not in re.sub(r'"\$[A-Z_]+(/[\w.-]+)?"', "", script)


def test_there_are_commands_to_check() -> None:
    files = {file for file, _ in all_commands()}
    assert files == {path.name for path in WORKFLOWS} - {"test.yml"} | {".gitlab-ci.yml"}
    called = {" ".join(words[:2]) for _, words in all_commands()}
    assert {"check --strict", "post comment", "post issues", "stale --base"} <= called


@pytest.mark.parametrize(
    "words",
    [pytest.param(words, id=f"{file}: {' '.join(words)}") for file, words in all_commands()],
)
def test_what_is_called_exists(words: list[str]) -> None:
    command, rest = found_command(words)
    context = click.Context(command, info_name=words[0])
    given, left, _ = command.make_parser(context).parse_args(rest)
    assert left == []
    for parameter in command.params:
        values = given.get(parameter.name or "")
        if parameter.required:
            assert values, parameter.name
        if isinstance(parameter.type, click.Choice):
            for value in [values] if isinstance(values, str) else values or ():
                parameter.type.convert(value, parameter, context)
    assert len(given.get("outputs") or ()) <= len(given.get("forms") or ())


def found_command(words: list[str]) -> tuple[click.Command, list[str]]:
    """The subcommand that these words call, and its arguments."""
    command: click.Command = main
    while isinstance(command, click.Group):
        found = command.commands.get(words[0])
        assert found is not None, f"there is no command {words[0]}"
        command, words = found, words[1:]
    return command, words


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    assert zizmor.exists(), "zizmor is missing: install requirements/test.txt"
    ended = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--color=never", "--persona=pedantic",
         "--no-config", ".github"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout == "No findings to report. Good job!\n"
