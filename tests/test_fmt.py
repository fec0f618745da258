"""`playbook fmt`: the order of fields and the writing of dates change, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from generator.author.tidying import iso_day, tidied
from generator.cli import main
from generator.edit import NotEditable
from generator.model.knowledge import Knowledge
from generator.model.page import Page
from generator.read import revision_of, source_of

ROOT = Path(__file__).parent.parent
UNTIDY = """\
---
# yaml-language-server: $schema=../../schemas/page.json
# Ask Bob before you change this.

# a comment on the owner
owner: 'ann'   # not Bob
aliases:
- pages/old   # the address of 2024
  # and no other
unheard-of: {kept: "as it is"}

summary: >-
  What it says,

  at length.
title: "Two"
related: [pages/one]
reviewed:
  on: '2026/11/3'   # a Tuesday
  by: ann
# what comes last
---
## First

reviewed: 2026/11/3
"""
TIDY = """\
---
# yaml-language-server: $schema=../../schemas/page.json
# Ask Bob before you change this.

title: "Two"

summary: >-
  What it says,

  at length.
# a comment on the owner
owner: 'ann'   # not Bob
reviewed:
  on: 2026-11-03   # a Tuesday
  by: ann
aliases:
- pages/old   # the address of 2024
  # and no other
related: [pages/one]
unheard-of: {kept: "as it is"}
# what comes last
---
## First

reviewed: 2026/11/3
"""


def fmt(*arguments):
    return CliRunner().invoke(main, ("fmt", *arguments))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_fields_move_with_their_comments_and_dates_are_written_in_full(here, eol, mark):
    path = here.write("pages/two.md", (mark + UNTIDY.replace("\n", eol)).encode())
    made = fmt()
    assert made.exit_code == 0, made.output
    assert made.stdout == "content/pages/two.md\n1 file put in order, 4 in order already.\n"
    assert path.read_bytes().decode() == mark + TIDY.replace("\n", eol)
    assert fmt("--check").exit_code == 0


def test_check_names_what_would_change_and_changes_nothing(here):
    path = here.write("pages/two.md", UNTIDY)
    here.write("people.yml", "groups:\n  - {id: all, name: All, members: [ann]}\npeople:\n"
                             "  - {id: ann, name: Ann, left: 2027/1/5}\n")  # fmt: skip
    made = fmt("--check")
    assert made.exit_code == 1
    assert made.stdout.splitlines() == [
        "content/pages/two.md", "content/people.yml",
        "2 files would be put in order, 3 in order already.",
    ]  # fmt: skip
    assert path.read_text() == UNTIDY
    assert fmt("content/people.yml").exit_code == 0
    assert (here.content / "people.yml").read_text() == (
        "people:\n  - {id: ann, name: Ann, left: 2027-01-05}\n"
        "groups:\n  - {id: all, name: All, members: [ann]}\n"
    )
    assert path.read_text() == UNTIDY, "it was not asked for"


def test_what_cannot_be_read_or_put_in_order_is_left_alone_and_said(here):
    broken = here.write("pages/broken.md", "---\nowner: ann\ntitle: a: b\n---\n")
    twice = here.write("pages/twice.md", "---\nowner: ann\ntitle: a\ntitle: b\n---\n")
    flow = here.write("pages/flow.yml", "{owner: ann, title: a, summary: s}\n")
    named = here.write("pages/named.yml", "owner: &a ann\ntitle: *a\nsummary: s\n")
    locked = here.write("pages/locked.md", UNTIDY)
    locked.chmod(0o444)
    other = here.write("pages/two.md", UNTIDY)
    alone = (broken, twice, flow, named, locked)
    before = [path.read_bytes() for path in alone]
    made = fmt()
    assert made.exit_code == 1
    assert "content/pages/broken.md:3:9: PB004" in made.stderr
    assert "content/pages/twice.md:4:1: PB005" in made.stderr
    assert "content/pages/flow.yml: its fields stand in { }" in made.stderr
    assert "content/pages/named.yml: a value refers to another one (*)" in made.stderr
    assert "content/pages/locked.md: the file is write-protected" in made.stderr
    assert made.stderr.endswith("Left alone: 5.\n")
    assert [path.read_bytes() for path in alone] == before
    assert other.read_text() == TIDY


def test_only_content_is_put_in_order(here):
    outside = here.root / "README.md"
    outside.write_text(UNTIDY)
    readme = here.write("README.md", UNTIDY)
    assert fmt("content/README.md").stdout == "0 files put in order, 0 in order already.\n"
    assert readme.read_text() == UNTIDY
    wrong = fmt("README.md")
    assert wrong.exit_code == 2
    assert "README.md does not lie in content" in wrong.stderr
    assert fmt("--content", "nowhere").exit_code == 2


def test_a_translation_begins_with_what_it_records(here):
    path = here.write(
        "pages/two.zh.md",
        "---\nsummary: 二。\ntitle: 第二\ntranslates: 0123456789abcdef\n---\n正文。\n",
    )
    assert fmt().exit_code == 0
    assert path.read_text() == (
        "---\ntranslates: 0123456789abcdef\ntitle: 第二\nsummary: 二。\n---\n正文。\n"
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-3", "2026-11-03"),
        ("2026/1/13", "2026-01-13"),
        ("2026.1.3", "2026-01-03"),
        ("2026年11月3日", "2026-11-03"),
        ("2026-11-03", "2026-11-03"),
        ("2026-13-01", ""),
        ("2026-02-30", ""),
        ("3.11.2026", ""),
        ("11/3/2026", ""),
        ("26-11-3", ""),
        ("2026-11/3", ""),
        ("2026-11", ""),
        ("2026-11-03T08:00", ""),
        ("last week", ""),
    ],
)
def test_only_days_that_can_mean_one_thing_are_written_anew(written, day):
    assert iso_day(written) == day
    raw = f"title: T\nclaims:\n  - {{checked: {written}}}\nreviewed: '{written}'\n".encode()
    made, _ = tidied(Page, "content", "pages/x.yml", raw)
    assert made is not None
    source, _ = source_of("content", "pages/x.yml", made)
    assert source is not None
    assert source.data["reviewed"] == (day or written)
    assert (f"reviewed: {day}\n" if day else f"reviewed: '{written}'\n") in made.decode()


FORMS = {
    "title": ["title: T", "'title': \"T\"  # c", "title: >-\n  T\n", "title:\n  T"],
    "summary": ["summary: |\n  Two\n   lines\n\n\n", "summary: |+\n  kept\n\n", "summary: a\n  b"],
    "owner": ["owner: ann", "owner:   # who?\n  ann", "owner: \"a\\\n  nn\""],
    "tags": ["tags: [a, b]", "tags:\n- a\n# inside\n- b", "tags:\n    -   a\n    # deep\n"],
    "reviewed": ["reviewed: 2026-1-2", "reviewed: {on: '2026/1/2', note: 2026/1/2}",
                 "reviewed:\n  on: 2026年1月2日  # c\n  note: x"],
    "claims": ["claims:\n  - id: c\n    statement: s\n    checked: '2026.3.4'\n    # end"],
    "type": ["type: battlecard"],
    "editor_note": ["editor_note: 2026-1-2", "editor_note:"],
    "own": ["own: {a: 1}", "own:\n  b: |\n    x\n  # y\n"],
}  # fmt: skip
BETWEEN = ["", "\n", "# one\n", "\n# two\n# three\n\n", "  # four\n"]


@st.composite
def files(draw):
    """Front matter whose fields stand anyhow, with comments anywhere; in any bytes."""
    names = draw(st.permutations(sorted(FORMS)))
    names = names[: draw(st.integers(1, len(names)))]
    yaml = draw(st.sampled_from(BETWEEN))
    for name in names:
        yaml += draw(st.sampled_from(FORMS[name])).rstrip(" ")
        yaml += "" if yaml.endswith("\n") else "\n"
        yaml += draw(st.sampled_from(BETWEEN))
    markdown = draw(st.booleans())
    text = f"---\n{yaml}---\n## Body\n\n2026/1/2\n" if markdown else yaml
    if not markdown and draw(st.booleans()):
        text = text.rstrip("\n")
    text = draw(st.sampled_from(["", "\ufeff"])) + text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode(), markdown


def plain(data):
    """Data with its days written alike, except in texts."""
    reviewed = data.get("reviewed")
    if isinstance(reviewed, dict):
        reviewed = {**reviewed, "on": iso_day(reviewed["on"])}
    elif reviewed:
        reviewed = iso_day(reviewed)
    claims = [{**claim, "checked": iso_day(claim["checked"])} for claim in data.get("claims", [])]
    return {**data, "reviewed": reviewed, "claims": claims}


@settings(max_examples=150, deadline=None)
@given(file=files())
def test_whatever_stands_in_a_file_it_says_the_same_afterwards(file):
    raw, markdown = file
    path = "knowledge/x.md" if markdown else "knowledge/x.yml"
    before, problems = source_of("content", path, raw)
    assert before is not None, problems
    try:
        made, _ = tidied(Knowledge, "content", path, raw)
    except NotEditable:
        reject()  # what would end with an empty line of a text, say
    assert made is not None
    after, problems = source_of("content", path, made)
    assert after is not None, problems
    assert plain(after.data) == plain(before.data)
    assert after.body_text == before.body_text
    assert revision_of(after.data, after.body_text) == revision_of(before.data, before.body_text)
    assert sorted(re.findall(rb"#[^\r\n]*", made)) == sorted(re.findall(rb"#[^\r\n]*", raw))
    assert made.count(b"\n") == raw.count(b"\n")
    assert made.count(b"\r") == raw.count(b"\r")
    assert made.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    order = [name for name in after.data if name in Knowledge.model_fields]
    known = [name for name in Knowledge.model_fields if name != "editor_note"] + ["editor_note"]
    assert order == [name for name in known if name in order]
    again, _ = tidied(Knowledge, "content", path, made)
    assert again == made


def test_the_shipped_content_and_the_starter_are_in_order():
    for folder in ("content", "generator/starter/content"):
        made = fmt("--check", "--content", str(ROOT / folder))
        assert made.exit_code == 0, made.output
