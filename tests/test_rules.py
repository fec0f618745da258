"""Every rule: its fault and exactly what is printed, its texts, its place in the documentation.

A folder `rules/<code>-<name>/` holds the files by which its playbook differs from `rules/base/`,
and

- `expected.txt`: what each command prints, and the code that it ends with;
- `command.txt`, where it is not `check`: the arguments, a line for each command;
- `remove.txt`: patterns of the files of the base that go;
- `prepare.py`, for faults that cannot lie in a repository: `prepare(folder)` makes them, and
  `hold(folder)` is a context in which the commands run.
"""

from __future__ import annotations

import contextlib
import runpy
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.problems import RULES, Rule

FOLDER = Path(__file__).parent / "rules"
BASE = FOLDER / "base"
CASES = sorted(
    path
    for path in FOLDER.iterdir()
    if path.is_dir() and path.name not in (BASE.name, "__pycache__")
)
NOTES = ("expected.txt", "command.txt", "remove.txt", "prepare.py", "__pycache__")
"""What in a case's folder is about the case, and no part of the playbook."""

rules = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def run(*arguments: str) -> str:
    """What the command prints on standard output, and a line with the code that it ends with; with
    `2>&1` as the last argument, what it prints on standard error as well."""
    both = arguments[-1:] == ("2>&1",)
    result = CliRunner().invoke(main, arguments[:-1] if both else arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"{result.output if both else result.stdout}exit {result.exit_code}\n"


def lay_out(case: Path, folder: Path) -> dict[str, Any]:
    """Makes the playbook of `case` in `folder`; gives what its prepare.py defines."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    remove = case / "remove.txt"
    for pattern in remove.read_text(encoding="utf-8").splitlines() if remove.exists() else ():
        for path in folder.glob(pattern):
            path.unlink()
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOTES))
    prepare = case / "prepare.py"
    made = runpy.run_path(str(prepare)) if prepare.exists() else {}
    made.get("prepare", lambda _: None)(folder)
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_fault_prints_exactly_this(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    made = lay_out(case, tmp_path)
    command = case / "command.txt"
    lines = command.read_text(encoding="utf-8").splitlines() if command.exists() else ["check"]
    monkeypatch.chdir(tmp_path)
    with made.get("hold", contextlib.nullcontext)(tmp_path):
        printed = "".join(run(*shlex.split(line)) for line in lines)
    expected = case / "expected.txt"
    if update:
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")
    assert f": {case.name.partition('-')[0]} " in printed


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert [case.name for case in CASES] == [f"{rule.code}-{rule.name}" for rule in RULES]


def test_the_base_has_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BASE)
    assert run("check") == "no problems in 5 entries\nexit 0\n"


def test_a_process_prints_the_same(playbook: Any, tmp_path: Path) -> None:
    case = FOLDER / "PB104-unknown-field"
    lay_out(case, tmp_path)
    ended = playbook("check", cwd=tmp_path)
    expected = (case / "expected.txt").read_text(encoding="utf-8")
    assert f"{ended.stdout}exit {ended.returncode}\n" == expected


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


@rules
def test_explain_says_what_why_and_how_to_fix(rule: Rule) -> None:
    printed = run("explain", rule.code.lower())
    words = " ".join(printed.split())
    for text in (rule.what, rule.why, rule.fix, rule.example):
        assert text
        assert " ".join(text.split()) in words
    assert printed.startswith(f"{rule.code} {rule.name} ({rule.severity.value})\n")
    assert printed.endswith("exit 0\n")
    assert run("explain", rule.name) == printed


def test_explain_refuses_an_unknown_code() -> None:
    result = CliRunner().invoke(main, ["explain", "PB999"])
    assert result.exit_code == 2
    assert 'there is no rule "PB999"; see `playbook rules`' in result.stderr


@rules
def test_the_list_of_rules_has_a_line_for_each(rule: Rule) -> None:
    line = next(line for line in run("rules").splitlines() if line.startswith(rule.code))
    assert rule.name in line
    assert line.endswith(rule.what)


def test_the_documentation_has_the_rules_as_they_are(update: bool) -> None:
    page = FOLDER.parent.parent / "docs" / "rules.md"
    text = CliRunner().invoke(main, ["rules", "--format", "markdown"]).stdout
    if update:
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text
