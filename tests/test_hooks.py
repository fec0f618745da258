"""The hooks that other repositories use with pre-commit: each is run as pre-commit would run it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def hook(name: str) -> dict[str, Any]:
    return next(hook for hook in HOOKS if hook["id"] == name)


def run(folder, name, *files):
    """Runs a hook on those of `files` that it asks for."""
    called = hook(name)
    program, *arguments = shlex.split(called["entry"])
    assert program == "playbook"
    chosen = [file for file in files if re.search(called["files"], file)]
    passed = chosen if called.get("pass_filenames", True) else []
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments, *passed],
        cwd=folder.root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_hooks_are_those_that_the_documentation_names():
    assert [hook["id"] for hook in HOOKS] == ["playbook-check", "playbook-stale", "playbook-fmt"]
    told = (ROOT / "docs/writing.md").read_text()
    for each in HOOKS:
        assert each["language"] == "python"
        assert f"id: {each['id']}" in told


@pytest.mark.parametrize("name", [hook["id"] for hook in HOOKS])
def test_a_hook_looks_at_what_can_change_its_result(name):
    pattern = hook(name)["files"]
    assert all(re.search(pattern, f"content/{it}") for it in ("playbook.yml", "sops/a.md"))
    assert not re.search(pattern, "docs/content/a.md")
    assert bool(re.search(pattern, "content/files/a.png")) == (name != "playbook-fmt")


def test_check_fails_on_errors_wherever_they_are(folder):
    assert run(folder, "playbook-check", "content/pages/one.md").returncode == 0
    folder.page("three", body="[gone](gone.md)")
    ended = run(folder, "playbook-check", "content/pages/one.md")
    assert ended.returncode == 1
    assert "PB303" in ended.stdout


def test_stale_fails_once_a_review_has_expired(folder):
    for path in (folder.content / "pages").glob("*.md"):
        path.write_text(path.read_text().replace("2026-11-20", "2020-01-02"))
    ended = run(folder, "playbook-stale")
    assert ended.returncode == 1
    assert "2 entries fail" in ended.stdout


def test_fmt_puts_the_files_in_order_that_are_committed(folder):
    untidy = "title: T\nowner: ann\nsummary: S\n"
    for name in ("a", "b"):
        folder.write(f"pages/{name}.yml", untidy)
    ended = run(folder, "playbook-fmt", "content/pages/a.yml", "content/files/a.png", "README.md")
    assert ended.returncode == 0
    assert (folder.content / "pages/a.yml").read_text() == "title: T\nsummary: S\nowner: ann\n"
    assert (folder.content / "pages/b.yml").read_text() == untidy
