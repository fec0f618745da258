"""`playbook stale` as people and pipelines call it: choices, exit codes, files, bases, waivers."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GIT, TODAY, Folder

ENTRY = """\
---
title: {title}
summary: What it says.
owner: {owner}
tags: [{tag}]
tier: {tier}
reviewed: {reviewed}
---
Text of {title}.
"""
DATED = GIT | {
    "GIT_AUTHOR_DATE": "2026-11-20T10:00:00+08:00",
    "GIT_COMMITTER_DATE": "2026-11-20T10:00:00+08:00",
}

Entry = Callable[..., Path]


@pytest.fixture
def stale(folder: Folder) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`playbook stale` on the small playbook, as of `TODAY`."""
    folder.write(
        "people.yml", "people: [{id: ann, name: Ann}, {id: bo, name: Bo}, {id: cy, name: Cy}]\n"
    )
    settings = folder.content / "playbook.yml"
    text = settings.read_text("utf-8").replace("{risk: Risk}", "{risk: Risk, price: Price}")
    settings.write_text(text, "utf-8")
    for name, owner, tier, reviewed, tag in (
        ("fresh", "ann", "tactical", "2026-11-10", "risk"),  # until 31 December
        ("soon", "ann", "tactical", "2026-10-20", "price"),  # until 30 November
        ("due", "bo", "strategic", "2026-05-05", "risk"),  # until 30 September, grace 14 days
        ("over", "bo", "tactical", "2026-09-20", "price"),  # until 30 October
    ):
        entry(folder, name, owner, tier, reviewed, tag)
    entry(folder, "ancient", "bo", "strategic", "2025-01-01", "risk")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return folder.run("stale", "--today", TODAY, *arguments)

    return run


def entry(
    folder: Folder, name: str, owner: str, tier: str, reviewed: str, tag: str = "risk"
) -> Path:
    """Writes a page with a short review."""
    text = ENTRY.format(title=name.title(), owner=owner, tier=tier, reviewed=reviewed, tag=tag)
    return folder.write(f"pages/{name}.md", text)


def git(folder: Folder, *arguments: str) -> str:
    """Runs git in the playbook's folder."""
    ended = subprocess.run(
        ["git", *arguments],  # noqa: S607
        cwd=folder.root,
        env={**os.environ, **DATED},
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


def ids(ended: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The states of the entries that a JSON report lists."""
    return {item["id"]: item["state"] for item in json.loads(ended.stdout)["items"]}


def report(ended: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(ended.stdout)


def test_the_table_lists_the_most_urgent_first(stale) -> None:
    ended = stale()
    assert ended.returncode == 1
    states = [line for line in ended.stdout.splitlines() if line.endswith(")") and "(" in line]
    assert [line.rpartition(" (")[0] for line in states[1:4]] == ["expired", "overdue", "due soon"]
    assert "Reviewed 2026-09-20; monthly: due by 2026-10-30, 24 days ago." in ended.stdout
    assert "coverage" in ended.stdout


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (["--owner", "ann"], {"pages/fresh", "pages/soon", "pages/one", "pages/two"}),
        (["--owner", "bo", "--tier", "tactical"], {"pages/over"}),
        (
            ["--state", "expired", "--state", "overdue"],
            {"pages/ancient", "pages/over", "pages/due"},
        ),
        (["--tag", "price"], {"pages/soon", "pages/over"}),
        (["--kind", "sop"], set()),
        (["content/pages/over.md", "content/pages/soon.md"], {"pages/soon", "pages/over"}),
        (["content/pages", "--tier", "strategic", "--owner", "bo"], {"pages/due", "pages/ancient"}),
    ],
)
def test_entries_are_chosen(stale, choice: list[str], expected: set[str]) -> None:
    assert set(ids(stale("--format", "json", *choice))) == expected


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (["--fail-on", "never"], 0),
        (["--fail-on", "expired"], 1),
        (["--fail-on", "expired", "--tier", "tactical"], 0),
        (["--fail-on", "overdue", "--tier", "tactical"], 1),
        (["--owner", "ann"], 0),
        (["--owner", "ann", "--fail-on", "due"], 0),
        (["--owner", "anne"], 2),
        (["--tag", "prise"], 2),
        (["--tier", "secret"], 2),
        (["--format", "json", "--output", "a", "--output", "b"], 2),
        (["--by-owner"], 2),
        (["content/pages/none.md"], 2),
        (["--base", "main"], 2),
    ],
)
def test_the_exit_code_tells(stale, choice: list[str], code: int) -> None:
    ended = stale(*choice)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    assert (code != 2) == (ended.stderr == "")


def test_an_unknown_owner_is_met_with_the_nearest(stale) -> None:
    assert 'did you mean "ann"?' in stale("--owner", "anne").stderr


def test_several_formats_go_to_their_files(stale, folder: Folder) -> None:
    ended = stale(
        *("--format", "json", "--output", "out/f.json"),
        *("--format", "csv", "--output", "out/f.csv"),
        *("--format", "text"),
    )
    assert ended.stdout.startswith("Test playbook on 2026-11-23")
    assert json.loads((folder.root / "out/f.json").read_text("utf-8"))["version"] == 1
    raw = (folder.root / "out/f.csv").read_bytes()
    assert raw.count(b"\r\n") == 8
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_a_report_that_cannot_be_written_is_said(stale, folder: Folder) -> None:
    (folder.root / "out").write_text("a file")
    ended = stale("--format", "json", "--output", "out/f.json")
    assert ended.returncode == 2
    assert ended.stderr.startswith("out/f.json: cannot write: ")


def test_each_owner_gets_a_file_and_loses_it_when_done(stale, folder: Folder) -> None:
    reports = folder.root / "reports"
    call = ("--by-owner", "--format", "markdown", "--output", "reports")
    stale(*call)
    assert {path.name for path in reports.iterdir()} == {"ann.md", "bo.md"}
    text = (reports / "bo.md").read_text("utf-8")
    assert text.startswith("<!-- playbook:freshness:owner:bo -->\n")
    assert "Ancient" in text
    assert "Soon" not in text
    (reports / "notes.md").write_text("mine")
    (reports / "cy.md").write_text("mine, too")
    for name, tier in (("due", "strategic"), ("over", "tactical"), ("ancient", "strategic")):
        entry(folder, name, "bo", tier, "2026-11-20")
    stale(*call)
    assert {path.name for path in reports.iterdir()} == {"ann.md", "notes.md", "cy.md"}


def test_a_calendar_for_each_owner(stale, folder: Folder) -> None:
    stale("--by-owner", "--format", "ics", "--output", "calendars")
    text = (folder.root / "calendars/ann.ics").read_text("utf-8")
    assert "pages/soon" in text.replace("\r\n ", "")
    assert "pages/over" not in text.replace("\r\n ", "")


def test_what_an_entry_with_errors_says_does_not_count(stale, folder: Folder) -> None:
    path = entry(folder, "broken", "bo", "tactical", "2026-11-20")
    path.write_text(path.read_text("utf-8").replace("summary:", "sumary:"), "utf-8")
    ended = stale("--format", "json", "content/pages/broken.md")
    item = report(ended)["items"][0]
    assert ended.returncode == 1
    assert item["state"] == "never-reviewed"
    assert "PB104" in item["reason"]
    assert ended.stderr == "The playbook has 1 error: see `playbook check`.\n"


def test_a_review_that_is_given_twice_does_not_count(stale, folder: Folder) -> None:
    path = entry(folder, "twice", "bo", "tactical", "2026-11-20")
    path.write_text(path.read_text("utf-8").replace("owner:", "reviewed: 2026-11-19\nowner:"))
    [item] = report(stale("--format", "json", "content/pages/twice.md"))["items"]
    assert item["state"] == "never-reviewed"
    assert "PB005" in item["reason"]


def test_settings_that_cannot_be_used_are_reported(stale, folder: Folder) -> None:
    folder.write("playbook.yml", "title: [\n")
    ended = stale()
    assert ended.returncode == 1
    assert "PB004" in ended.stderr
    assert ended.stdout == ""


def test_a_baseline_excuses_what_fails_now_and_nothing_else(stale, folder: Folder) -> None:
    ended = stale("--write-baseline", "waivers.yml", "--until", "2026-12-31")
    assert ended.stdout == "Wrote 3 waivers until 2026-12-31 to waivers.yml.\n"
    assert stale().returncode == 0
    entry(folder, "new", "cy", "tactical", "2026-01-01")
    ended = stale("--format", "json")
    assert ended.returncode == 1
    made = {item["id"]: item["failing"] for item in report(ended)["items"]}
    assert [name for name, failing in made.items() if failing] == ["pages/new"]


def test_a_baseline_never_overwrites(stale, folder: Folder) -> None:
    (folder.root / "waivers.yml").write_text("waivers: []  # mine\n")
    ended = stale("--write-baseline", "waivers.yml")
    assert ended.returncode == 2
    assert (folder.root / "waivers.yml").read_text() == "waivers: []  # mine\n"


def test_an_expired_waiver_is_a_finding_and_excuses_nothing(stale, folder: Folder) -> None:
    stale("--write-baseline", "waivers.yml", "--until", "2026-11-22")
    ended = stale()
    assert ended.returncode == 1
    assert "waivers.yml:4:12: PB421" in ended.stdout
    assert 'the waiver for "pages/ancient" ran out on 2026-11-22' in ended.stdout


def test_waivers_that_cannot_be_read_excuse_nothing(stale, folder: Folder) -> None:
    (folder.root / "waivers.yml").write_text("waivers:\n  - {entry: pages/over, until: soon}\n")
    ended = stale()
    assert ended.returncode == 1
    assert "waivers.yml:2:32: PB105" in ended.stderr
    assert 'missing field "reason"' in ended.stderr


@pytest.fixture
def branch(stale, folder: Folder) -> Folder:
    """The playbook on `main`, and a branch `change` that is checked out."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The playbook")
    git(folder, "checkout", "-q", "-b", "change")
    return folder


def test_a_change_answers_for_what_it_touches_alone(stale, branch: Folder) -> None:
    entry(branch, "fresh", "ann", "tactical", "2026-11-20")
    git(branch, "commit", "-qam", "Reviewed")
    ended = stale("--base", "main", "--format", "json")
    assert ended.returncode == 0, "three entries are overdue, and this change touches none of them"
    entry(branch, "over", "bo", "tactical", "2026-09-01")
    ended = stale("--base", "main", "--format", "json")
    assert ended.returncode == 1, "uncommitted work counts"


def test_a_change_is_told_as_worse_refreshed_and_left(stale, branch: Folder) -> None:
    entry(branch, "over", "bo", "tactical", "2026-11-20")
    entry(branch, "new", "cy", "tactical", "2026-01-01")
    path = branch.content / "pages/fresh.md"
    path.write_text(path.read_text("utf-8").replace("Text of", "Words of"), "utf-8")
    made = report(stale("--base", "main", "--format", "json"))["comparison"]
    assert [step["id"] for step in made["refreshed"]] == ["pages/over"]
    assert [step["id"] for step in made["worse"]] == ["pages/new", "pages/fresh"]
    assert {step["id"] for step in made["left"]} == {"pages/ancient", "pages/due"}
    assert set(made["touched"]) == {"pages/over", "pages/new", "pages/fresh"}
    text = stale("--base", "main").stdout
    assert "changed since review" in text
    assert "before" in text


def test_a_base_that_moved_on_is_taken_where_the_branch_left_it(stale, branch: Folder) -> None:
    git(branch, "checkout", "-q", "main")
    entry(branch, "over", "bo", "tactical", "2026-11-20")
    git(branch, "commit", "-qam", "Reviewed on main")
    git(branch, "checkout", "-q", "change")
    made = report(stale("--base", "main", "--format", "json"))["comparison"]
    assert made["worse"] == []
    assert made["touched"] == []
    assert stale("--base", "main", "--format", "markdown").stdout == "<!-- playbook:freshness -->\n"


def test_the_work_tree_is_not_touched(stale, branch: Folder) -> None:
    entry(branch, "over", "bo", "tactical", "2026-11-20")
    before = git(branch, "status", "--porcelain=v2", "--branch")
    stale("--base", "main")
    assert git(branch, "status", "--porcelain=v2", "--branch") == before


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "main:content", "", "HEAD~5"])
def test_a_base_that_is_none_is_refused(stale, branch: Folder, ref: str) -> None:
    ended = stale(f"--base={ref}")
    assert ended.returncode == (2 if ref else 1)
    assert "Traceback" not in ended.stderr
    assert not (branch.root / "x").exists()


def test_an_edit_after_a_bare_date_is_asked_for_again(stale, branch: Folder) -> None:
    path = branch.content / "pages/fresh.md"
    path.write_text(path.read_text("utf-8").replace("Text of", "Words of"), "utf-8")
    ended = branch.run("review", "--due", "--owner", "ann", "--by", "ann", "--today", TODAY)
    assert ended.returncode == 2, "there is no terminal to ask on"
    assert "content/pages/fresh.md" in ended.stdout + ended.stderr


def test_the_trend_comes_on_request(stale, branch: Folder) -> None:
    made = report(stale("--trend", "--format", "json"))
    weeks = {week["end"]: (week["complete"], week["checked"]) for week in made["trend"]}
    assert list(weeks) == ["2026-11-22", "2026-11-23"]
    assert weeks["2026-11-23"] == (made["totals"]["complete"], made["totals"]["checked"])
    assert report(stale("--format", "json"))["trend"] == []
