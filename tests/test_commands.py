"""The subcommands, each loaded when it is asked for."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.conftest import TODAY, run_playbook


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_subcommand_is_there_under_its_name(name):
    assert main.commands[name].name == name
    told = CliRunner().invoke(main, [name, "--help"])
    assert told.exit_code == 0
    assert told.output.startswith(f"Usage: main {name} ")


def test_help_lists_all_subcommands_in_order():
    told = CliRunner().invoke(main, ["--help"]).output.partition("Commands:\n")[2]
    assert [line.split()[0] for line in told.splitlines()] == sorted(main.commands)


def test_an_unknown_subcommand_is_said_to_be_none():
    told = CliRunner().invoke(main, ["bulid"])
    assert told.exit_code == 2
    assert "No such command 'bulid'" in told.output


@pytest.mark.parametrize(
    "arguments",
    ["explain PB104", "fmt --check", "rename pages/one pages/once", "schema --output out",
     "search two", "stale --fail-on never", "translated content/pages/one.zh.md"],
)  # fmt: skip
def test_a_subcommand_loads_what_it_needs(folder, arguments):
    """Most tests run the command in their own process, in which others have loaded much."""
    ended = folder.start(*arguments.split())
    assert ended.returncode == 0, ended.stderr


def test_a_subcommand_loads_no_other():
    code = (
        "import sys; from generator.cli import main; "
        "main(['check', '--help'], standalone_mode=False); print(*sorted(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = told.stdout.splitlines()[-1].split()
    assert "generator.cli.checking" in loaded
    others = {"generator.cli.building", "generator.cli.posting", "generator.forge", "http.client"}
    assert others.isdisjoint(loaded)


@pytest.mark.skipif(os.name != "posix", reason="the output is turned by a shell")
@pytest.mark.parametrize(
    ("turned", "code", "said"),
    [
        (">/dev/full", 1, "Not all of it was written: there is no space left.\n"),
        (">&-", 0, ""),
        (">/dev/null 2>&-", 0, ""),
        ("| head -n 1 >/dev/null", 0, ""),
    ],
)
def test_output_may_lead_anywhere(turned: str, code: int, said: str) -> None:
    if "full" in turned and not Path("/dev/full").exists():
        pytest.skip("no such device")
    command = f"{shlex.quote(sys.executable)} -m generator rules {turned}"
    told = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, text=True)
    assert (told.returncode, told.stderr) == (code, said)


@pytest.mark.parametrize("inside", ["content", "content/pages", "notes/of/mine"])
def test_a_command_finds_the_playbook_above(folder, inside):
    """As from the folder of the playbook: the site lies there, too."""
    working = folder.root / inside
    working.mkdir(parents=True, exist_ok=True)
    page = folder.page("one", body="See [three](three.md).")
    checked = run_playbook("check", os.path.relpath(page, working), cwd=working)
    shown = "./pages/one.md" if inside == "content" else page
    assert checked.stdout.startswith(f"{shown}:10:13: PB303 ")
    folder.page("one")
    built = run_playbook("build", "--today", TODAY, cwd=working)
    assert built.returncode == 0, built.stdout
    assert (folder.site / "en" / "pages" / "one.html").is_file()
    assert not list(working.rglob("site"))


def test_without_a_playbook_above_it_is_looked_for_here(tmp_path):
    checked = run_playbook("check", cwd=tmp_path)
    assert checked.stdout.startswith("content:1:1: PB001 there is no such folder\n")
