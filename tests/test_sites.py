"""Whole small playbooks and what becomes of them: the `<main>` of every page, held to the letter.

`pytest --update` writes what is built as what is expected; then read the difference.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

SITES = Path(__file__).parent / "sites"
NAMES = sorted(path.name for path in SITES.iterdir())


def main_of(name: str, raw: bytes) -> str:
    """What of a file is held to the letter: the main part of a page, the whole of a sheet."""
    text = raw.decode("utf-8")
    if not name.endswith(".html"):
        return text
    found = re.search(r"<main\b.*?</main>", text, re.DOTALL)
    main = found.group() if found else text
    return re.sub(r"(static/[\w-]+)\.[0-9a-f]{10}\.", r"\1.", main) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_site_is_what_it_was(folder, name, update):
    shutil.rmtree(folder.content)
    shutil.copytree(SITES / name / "content", folder.content)
    result = folder.build()
    assert result.returncode == 0, result.stdout
    built = {
        path: main_of(path, raw)
        for path, raw in folder.files().items()
        if path.endswith((".html", ".csv", ".xml"))
    }
    expected = SITES / name / "expected"
    if update:
        shutil.rmtree(expected, ignore_errors=True)
        for path, text in built.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_text(text, encoding="utf-8", newline="")
    kept = {p.relative_to(expected).as_posix(): p for p in expected.rglob("*.*") if p.is_file()}
    assert set(kept) == set(built), "pages that are new or gone; `pytest --update` takes them over"
    for path, text in built.items():
        assert text == kept[path].read_bytes().decode("utf-8"), path


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_site_names_every_fault_and_writes_nothing(folder, name):
    """Each source file in turn loses its owner; all of them are named in one run."""
    shutil.rmtree(folder.content)
    shutil.copytree(SITES / name / "content", folder.content)
    broken = []
    for path in sorted(folder.content.rglob("*.*")):
        if (
            path.suffix in (".md", ".yml")
            and path.name.count(".") == 1
            and path.parent != folder.content
        ):
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"(?m)^owner: .*\n", "", text), encoding="utf-8")
            broken.append(path.relative_to(folder.root).as_posix())
    result = folder.build()
    assert result.returncode == 1
    found = r"^(\S+?):\d+:\d+: PB101 missing field \"owner\""
    reported = re.findall(found, result.stdout, re.MULTILINE)
    assert reported == broken
    assert not folder.site.exists()
