"""Whatever is in the files: problems with places, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import Content, load
from generator.cli.terminal import source_lines
from generator.markdown import parse, parse_document, parse_field
from generator.markdown.parse import _PLAIN, _parse
from generator.markdown.parser import _document_parser, _field_parser
from generator.problems import Location
from generator.read.yaml import load as load_yaml
from generator.read.yaml import marks_of

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

FIELDS = ["title", "summary", "owner", "tags", "status", "tier", "reviewed", "aliases", "steps",
          "related", "editor_note", "unknown", "translates"]  # fmt: skip
NAMES = ["pages/x.md", "sops/x.yml", "people.yml", "playbook.yml", "pages/one.zh.md"]
SCALARS = st.one_of(
    st.text(max_size=20),
    st.integers().map(str),
    st.sampled_from(["", "~", "null", "no", "2026-13-45", "2026-11-23", "*x", "&x y", "!!int z",
                     "1e999999", "99999999999999999999", "pages/one", "ann", "a: b", "- - -"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def as_yaml(value: object) -> str:
    """Values in flow style; scalars as they come, so that many are broken on purpose."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {as_yaml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    return str(value)


def check(folder) -> None:
    """Checks the folder; every problem has to point at a real place."""
    checked = load(Content(folder.content, "content"))
    for problem in checked.problems:
        path = folder.root / problem.location.path
        assert problem.message
        assert problem.location.line >= 1
        assert problem.location.column >= 1
        if path.is_file():
            lines = path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 2
            assert problem.location.line <= lines


@QUICK
@given(raw=st.binary(max_size=300), name=st.sampled_from(NAMES))
def test_random_bytes(folder, raw, name):
    folder.write(name, raw)
    check(folder)


@QUICK
@given(
    fields=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6),
    kind=st.sampled_from(
        ["pages", "sops", "roles", "toolkits", "roadmap", "cases", "assessments", "policies",
         "plans", "knowledge", "lessons", "metrics"]
    ),
    language=st.sampled_from(["", ".zh"]),
)  # fmt: skip
def test_random_fields(folder, fields, kind, language):
    text = "".join(f"{key}: {as_yaml(value)}\n" for key, value in fields.items())
    folder.write(f"{kind}/x.yml", "title: X\nsummary: Y\nowner: ann\n" if language else text)
    folder.write(f"{kind}/x{language}.yml", text)
    check(folder)


@QUICK
@given(body=st.text(alphabet="ab #*_-`[]()<>!:|{}\\\n\"'&^~=+1.中，/", max_size=200))
def test_random_markdown(folder, body):
    folder.page("one", "One", body)
    check(folder)
    parse_document(body)
    parse_field(body)


@settings(max_examples=400, deadline=None)
@given(text=st.from_regex(_PLAIN, fullmatch=True).map(str.strip).filter(_PLAIN.fullmatch))
def test_plain_fields_take_a_short_way_to_the_same_html(text):
    assert parse_field(text) == _parse(text, _field_parser(()), field=True)


_PIECES = st.sampled_from([
    "a", "b", " ", "  ", "    ", "\t", "\n", "\n\n", "- ", "1. ", "2)", "> ", "# ", "===",
    "---", "* ", "*", "**", "_", "~~", "~ ", ": ", "`", "```\n", "~~~", "| ", "|-|-|\n", "<b>",
    "<!--", "-->", "</b>", "&amp;", "\\", "[x](y)", "![p](q)", "[r]: s", "[r]", "[ ] ", "^[n]",
    "[^f]", "[^f]: g", "!!! note\n    ", "??? ", "{.c}", "{#i}\n", "http://h.i", "中", "\xa0",
    "<http://h.i>", "!", "+ ",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(text=st.lists(_PIECES, max_size=14).map("".join).map(str.strip).filter(bool))
def test_rules_that_are_left_out_would_find_nothing(text):
    assert parse_document(text) == _parse(text, _document_parser(()))
    with mock.patch.object(parse, "_LINE", re.compile("(?!)")):
        whole = _parse(text, _field_parser(()), field=True)
    assert parse_field(text) == whole


@QUICK
@given(text=st.text(alphabet="ab: -[]{}&*x!|>\n\"'#", max_size=120))
def test_random_yaml_gives_data_or_faults(text):
    data, faults = load_yaml(text)
    assert data is not None or faults
    marks_of(text)


@pytest.mark.parametrize("text", ["[" * 400_000, "- " * 400_000, "{a: " * 100_000, "a:\n" * 5])
def test_deep_yaml_is_refused_at_once(folder, text):
    folder.write("pages/deep.yml", text)
    check(folder)


def test_exploding_aliases_are_refused(folder):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    folder.write("pages/bomb.yml", "\n".join(lines))
    result = folder.run("check", "content/pages/bomb.yml")
    assert result.returncode == 1
    assert "PB006" in result.stdout


def test_every_fault_is_reported_in_one_run(folder):
    folder.write("pages/bad.md", "---\ntitel: X\nsummary: ''\naliases: [/x]\n---\n")
    folder.write("sops/latin.md", "---\ntitle: caf\xe9\n".encode("latin-1"))
    folder.page("one", "One", "[a](b.md) ![](c.png)\n\n#### Deep")
    out = folder.run("check").stdout
    for code in ("PB104", "PB103", "PB112", "PB101", "PB002", "PB303", "PB305", "PB230", "PB232"):
        assert code in out
    assert 'content/pages/bad.md:2:1: PB104 unknown field "titel"' in out
    assert 'hint: did you mean "title"?' in out


def test_a_picture_of_an_entry_that_cannot_be_read_is_not_called_unused(folder):
    folder.write("images/map.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    folder.page("two", "Two", "![Map](../images/map.svg)")
    assert "PB307" not in folder.run("check").stdout
    folder.write("pages/two.md", "---\ntitel: Two\n---\n![Map](../images/map.svg)\n")
    out = folder.run("check").stdout
    assert "PB104" in out
    assert "PB307" not in out


def test_exit_codes(folder, tmp_path: Path):
    assert folder.start("check").returncode == 0
    assert folder.start("check", "--strict").returncode == 1  # the translation is not recorded
    assert folder.start("check", "--nonsense").returncode == 2
    assert folder.start("check", "no/such/path").returncode == 2
    assert folder.start("explain", "PB999").returncode == 2
    (tmp_path / "empty").mkdir()
    outside = folder.start("check", "empty")
    assert outside.returncode == 2
    assert '"empty" does not lie in "content"' in outside.stderr
    result = folder.start("check", "--content", "empty")
    assert result.returncode == 1
    assert "PB013" in result.stdout


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="every file can be read here")
def test_of_a_file_that_cannot_be_read_no_line_is_shown(tmp_path):
    file = tmp_path / "x.md"
    file.symlink_to("/proc/self/mem")  # tests may run as root, who is refused nothing else
    assert source_lines()(Location(str(file))) == ""


def test_a_language_without_words_is_told_whatever_else_is_wrong(folder) -> None:
    """By `check` as by `build`: where the settings name it, and once."""
    settings = folder.content / "playbook.yml"
    settings.write_text(settings.read_text().replace("languages:", "languages:\n  - code: de"))
    folder.write("people.yml", "people: none\n")
    for command in ("check", "build"):
        told = folder.run(command).stdout
        assert told.count("PB604") == 1, told
        assert 'content/playbook.yml:4:11: PB604 there are no interface words for "de"' in told
        assert "write templates/strings/de.yml" in told
        assert "content/people.yml:1:9: PB102" in told
