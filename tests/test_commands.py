"""The subcommands, each loaded when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from generator.cli import main


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
