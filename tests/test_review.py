"""`playbook review`: what it writes, what it leaves alone, and what it refuses."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.read import revision_of, source_of

TODAY = "2026-11-23"
PEOPLE = """\
people:
  - {id: ann, name: Ann}
  - {id: bob, name: Bob}
  - {id: eve, name: Eve, left: 2026-10-01}
groups:
  - {id: team, name: Team, members: [ann, bob]}
"""
WEAPON = """\
---
title: Rival
summary: How to meet them.
type: battlecard
tier: weapon
owner: team
tags: [risk]
related: [pages/one]
---
They are cheaper.
"""


@pytest.fixture
def desk(folder):
    """A playbook with people who come and go, and a weapon that nobody has reviewed."""
    folder.write("people.yml", PEOPLE)
    folder.write("knowledge/rival.md", WEAPON)
    return folder


def review(folder, *arguments, by="ann", today=TODAY):
    return folder.run("review", *arguments, "--by", by, "--today", today)


def revision(folder, name):
    """The digest of the content of a file."""
    source, problems = source_of("content", name, (folder.content / name).read_bytes())
    assert source is not None, problems
    return revision_of(source.data, source.body_text)


def contents(folder):
    return {path: path.read_bytes() for path in folder.content.rglob("*") if path.is_file()}


# What is written


def test_a_first_review_is_written_below_the_owner_and_the_tags(desk):
    out = review(desk, "content/knowledge/rival.md", "--note", "Called two customers: price holds.")
    assert out.returncode == 0, out.stderr
    assert out.stdout == (
        "content/knowledge/rival.md: reviewed 2026-11-23 by ann, confirmed; due by 2026-12-04\n"
    )
    assert (desk.content / "knowledge/rival.md").read_text() == WEAPON.replace(
        "related:",
        "reviewed:\n"
        "  on: 2026-11-23\n"
        "  by: ann\n"
        "  outcome: confirmed\n"
        '  note: "Called two customers: price holds."\n'
        f"  digest: {revision(desk, 'knowledge/rival.md')}\n"
        "related:",
    )
    assert "PB4" not in desk.run("check", "--today", TODAY).stdout


def test_the_digests_of_what_an_entry_depends_on_are_recorded(desk):
    desk.write("knowledge/rival.md", WEAPON.replace("related:", "depends_on:"))
    assert review(desk, "knowledge/rival", "--note", "Read it.").returncode == 0
    written = (desk.content / "knowledge/rival.md").read_text()
    assert f"  dependencies:\n    pages/one: {revision(desk, 'pages/one.md')}\n" in written


def test_an_entry_is_fresh_after_its_review_and_changed_after_an_edit(desk):
    out = review(desk, "content/pages", "--outcome", "changed", "--on", "2026-11-20")
    assert out.stdout.splitlines() == [
        "content/pages/one.md: reviewed 2026-11-20 by ann, changed; due by 2027-03-31",
        "content/pages/two.md: reviewed 2026-11-20 by ann, changed; due by 2027-03-31",
    ]
    path = desk.content / "pages/two.md"
    path.write_text(path.read_text().replace("Text.", "Another text."))
    out = review(desk, "--due", "content/pages")
    assert out.stdout == "changed            content/pages/two.md  Two\n"


def test_all_of_an_old_block_stays_but_what_the_review_says(desk):
    path = desk.write(
        "pages/two.md",
        "---\ntitle: Two\nsummary: S.\nowner: ann\n"
        "reviewed:   # ask Bob\n"
        "    # the day\n"
        "    on:   '2026-01-01'   # a holiday\n"
        "    note: >-  # short\n"
        "        Looked at\n"
        "        nothing.\n"
        "\n"
        '    by: "ann"\n'
        "    # the end\n"
        "tags: [risk]\n---\nText.\n",
    )
    assert review(desk, str(path), "--note", "Looked #1").returncode == 0
    digest = revision(desk, "pages/two.md")
    assert path.read_text() == (
        "---\ntitle: Two\nsummary: S.\nowner: ann\n"
        "reviewed:   # ask Bob\n"
        "    # the day\n"
        "    on:   2026-11-23   # a holiday\n"
        '    note: "Looked #1"  # short\n'
        f"    digest: {digest}\n"
        "\n"
        '    by: "ann"\n'
        "    outcome: confirmed\n"
        "    # the end\n"
        "tags: [risk]\n---\nText.\n"
    )


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_a_yaml_file_keeps_its_line_ends_and_the_lack_of_the_last_one(desk, eol):
    lines = ["\ufeff# first", "title: T", "summary: S.", "owner: ann  ", "mission: M."]
    text = eol.join(
        [*lines, "responsibilities: {a: b}",
         "dimensions: [{id: d, title: D, description: E., rating: 8}]",
         "alarm: {threshold: 5, consequence: C.}", "reviewed: 2026-01-01  "]
    )  # fmt: skip
    path = desk.write("roles/seller.yml", text)
    out = review(desk, "roles/seller", "--note", "中文：好 😀")
    assert out.returncode == 0, out.stdout + out.stderr
    digest = revision(desk, "roles/seller.yml")
    written = text.removesuffix(" 2026-01-01  ") + eol.join(
        ["  ", "  on: 2026-11-23", "  by: ann", "  outcome: confirmed", "  note: 中文：好 😀",
         f"  digest: {digest}"]
    )  # fmt: skip
    assert path.read_bytes().decode() == written


def test_a_linked_file_stays_a_link_and_keeps_its_mode(desk):
    path = desk.content / "pages/two.md"
    target = path.rename(desk.content / "pages/.two")
    path.symlink_to(".two")
    target.chmod(0o640)
    assert review(desk, "pages/two").returncode == 0
    assert path.is_symlink()
    assert b"by: ann" in target.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o640


# What is refused: everything at once, and nothing written


def test_every_fault_of_a_call_is_named_and_nothing_is_written(desk):
    desk.write("pages/three.md", "---\ntitle: Three\nstatus: draft\nsummary: S.\nowner: ann\n---\n")
    desk.write("pages/four.md", "---\ntitle: Four\nsummary: S.\nowner: nobody\n---\n")
    before = contents(desk)
    out = review(
        desk, "content/pages/one.md", "content/pages/one.zh.md", "pages/threee", "pages/three",
        "pages/four", "content/people.yml", "knowledge/rival", "..",
        "--on", "2026-11-24", by="anne",
    )  # fmt: skip
    of_source = "this is a translation; a review is of its source"
    assert out.returncode == 1
    assert "content/pages/four.md:4:8: PB3" in out.stdout
    assert out.stderr.splitlines() == [
        '--by anne: there is no such person in people.yml. did you mean "ann"?',
        "--on 2026-11-24: this day lies in the future; today is 2026-11-23",
        f"content/pages/one.zh.md: {of_source}, content/pages/one.md",
        'pages/threee: there is no such file, folder or entry. did you mean "pages/three"?',
        "pages/three: the entry is a draft; only published entries are reviewed",
        "content/people.yml: this is no entry, so there is nothing to review",
        "..: it does not lie in content",
        "content/pages/four.md: it has errors; mend them first",
        "content/knowledge/rival.md: reviews of its tier need a note; add --note",
        "Nothing was recorded.",
    ]
    assert contents(desk) == before


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("team", "--by team: a review is made by a person, not by a group: ann, bob"),
        ("eve", "--by eve: this person left on 2026-10-01"),
    ],
)
def test_a_review_is_made_by_a_person_who_is_there(desk, by, said):
    out = review(desk, "pages/one", by=by)
    assert (out.returncode, out.stderr) == (1, f"{said}\nNothing was recorded.\n")


def test_an_entry_with_errors_is_not_reviewed(desk):
    desk.page("broken", body="[gone](gone.md)")
    desk.write("pages/unread.md", "---\ntitle: [\n---\n")
    out = review(desk, "content")
    assert out.returncode == 1
    assert "PB303" in out.stdout
    assert "content/pages/broken.md: it has errors; mend them first" in out.stderr
    assert "content/pages/unread.md: it has errors; mend them first" in out.stderr


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("{title: T, summary: S., owner: ann}", "its fields stand in { }"),
        ("title: T\nsummary: S.\nowner: ann\nreviewed: &day 2026-11-01", "an anchor (&) or a tag"),
        ("title: T\nsummary: S.\nowner: ann\n? reviewed\n: 2026-11-01", "`reviewed:` at the begin"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused(desk, front, said):
    path = desk.write("pages/odd.md", f"---\n{front}\n---\n")
    out = review(desk, "pages/odd", "pages/two")
    assert out.returncode == 1
    assert out.stderr.startswith("content/pages/odd.md: cannot set `reviewed` in place: ")
    assert said in out.stderr
    assert path.read_text() == f"---\n{front}\n---\n"


def test_a_write_protected_file_is_left_alone(desk):
    path = desk.content / "pages/two.md"
    path.chmod(0o444)
    out = review(desk, "pages/one", "pages/two")
    assert (
        out.stderr == "content/pages/two.md: the file is write-protected\nNothing was recorded.\n"
    )


@pytest.mark.parametrize("sign", ["\x1b", "\u202e", "\u200b", "\ufeff"])
def test_a_note_that_hides_something_is_refused(desk, sign):
    out = review(desk, "pages/one", "--note", f"a{sign}b")
    assert out.returncode == 1
    assert f"a character that cannot be seen, U+{ord(sign):04X}" in out.stderr


def test_a_note_becomes_one_line(desk):
    assert review(desk, "pages/one", "--note", " a\n\n  b:\tc ").returncode == 0
    assert '  note: "a b: c"\n' in (desk.content / "pages/one.md").read_text()


@pytest.mark.parametrize(
    "arguments",
    [(), ("pages/one", "--owner", "ann"), ("--due", "--note", "x"), ("pages/one", "--on", "x")],
)
def test_a_wrong_call_ends_with_2(desk, arguments):
    assert review(desk, *arguments).returncode == 2


def test_broken_settings_are_reported(desk):
    desk.write("people.yml", "people: 1\n")
    out = review(desk, "pages/one")
    assert out.returncode == 1
    assert "content/people.yml:1:9" in out.stdout


# What is due, one by one


def test_without_a_terminal_what_is_due_is_listed_alone(desk):
    before = contents(desk)
    desk.page("late")
    out = review(desk, "--due", "--owner", "bob")
    assert (out.returncode, out.stdout) == (
        2,
        "never-reviewed     content/knowledge/rival.md  Rival\n",
    ), "what belongs to a group of bob's"
    assert "needs a terminal" in out.stderr
    assert review(desk, "--due", "--owner", "bob", "content/pages").stdout == "Nothing is due.\n"
    assert review(desk, "--due", "--owner", "bobb").returncode == 1
    assert {path: raw for path, raw in contents(desk).items() if path in before} == before


def test_soon_adds_what_is_due_soon(desk):
    arguments = ("--due", "--owner", "ann", "content/pages")
    assert review(desk, *arguments, today="2027-03-30").stdout == "Nothing is due.\n"
    out = review(desk, *arguments, "--soon", today="2027-03-30")
    assert out.stdout.splitlines() == [
        "due-soon           content/pages/one.md  One",
        "due-soon           content/pages/two.md  Two",
    ]


@dataclass
class Terminal:
    """The command on a terminal: types what is expected where it is asked for."""

    master: int
    process: subprocess.Popen[bytes]
    shown: str = ""
    read: int = 0
    """How much of what is shown was waited for."""

    def until(self, text: str) -> None:
        deadline = time.monotonic() + 30
        while text not in self.shown[self.read :] and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.shown += os.read(self.master, 4096).decode()
                except OSError:  # the other end is closed
                    break
        assert text in self.shown[self.read :], self.shown
        self.read = self.shown.index(text, self.read) + len(text)

    def answer(self, question: str, text: str) -> None:
        self.until(question)
        os.write(self.master, f"{text}\n".encode())


@contextmanager
def on_terminal(folder, *arguments) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "generator", "review", "--today", TODAY, *arguments]
    with subprocess.Popen(
        command, cwd=folder.root, stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        try:
            yield Terminal(master, process)
            process.wait(30)
        finally:
            process.kill()
            os.close(master)


def test_on_a_terminal_each_entry_is_asked_for_and_written_at_once(desk):
    for name in ("a", "b", "c", "d"):
        page = f"---\ntitle: Page {name}\nsummary: S.\nowner: ann\n---\nText.\n"
        desk.write(f"pages/{name}.md", page.replace("Page d", '"Page d\\e[2J"'))
    pages = [desk.content / f"pages/{name}.md" for name in ("a", "b", "c", "d")]
    question = "[q]uit"
    with on_terminal(desk, "--due", "--owner", "ann", "--by", "bob", "content") as terminal:
        terminal.until("1 of 5")
        terminal.until("never-reviewed: ")
        terminal.answer(question, "confirmed")
        terminal.answer("what was looked at?", "")
        terminal.answer("what was looked at?", "Asked two customers.")
        terminal.answer("2 of 5", "yes")
        terminal.answer(question, "s")
        terminal.answer("3 of 5", "")
        path = pages[1]
        path.write_text(path.read_text().replace("Text.", "Better text."))
        terminal.answer(question, "h")
        terminal.answer("what was looked at? (may be left empty)", "")
        terminal.answer("4 of 5", "r")
        terminal.answer("what was looked at?", "Out of date")
        terminal.until("set `status: retired`")
        terminal.until("5 of 5")
        assert "\x1b[2J" not in terminal.shown
        terminal.answer(question, "q")
        terminal.until("Recorded 3, skipped 1, left 1.")
    assert terminal.process.returncode == 0
    assert "note: Asked two customers." in (desk.content / "knowledge/rival.md").read_text()
    assert ["by: bob" in page.read_text() for page in pages] == [False, True, True, False]
    assert f"digest: {revision(desk, 'pages/b.md')}" in pages[1].read_text(), "as it was edited"


def test_on_a_terminal_a_note_that_is_needed_is_asked_for(desk):
    with on_terminal(desk, "knowledge/rival", "--by", "ann") as terminal:
        terminal.answer("what was looked at?", "The price list.")
        terminal.until("due by 2026-12-04")
    assert "note: The price list." in (desk.content / "knowledge/rival.md").read_text()


# Properties: for whatever a front matter looks like


HAN = "中文：好“也”、"
VISIBLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
NOTES = st.text(st.sampled_from("ab :#\"'\\{}[]&*!|>%@`-?,~😀é" + HAN) | VISIBLE, max_size=40)
WORDS = st.sampled_from(["One", "A b c", "It's", "中文：好", "x#y", "1.10", "no", "é 😀"])


def quoted(text: str) -> st.SearchStrategy[str]:
    """A text in any style that keeps to one line."""
    single = "'" + text.replace("'", "''") + "'"
    return st.sampled_from([text, single, '"' + text.replace("\\", "\\\\") + '"'])


COMMENT = st.sampled_from(["", " ", "  # c", "   # 'x: \"", " # reviewed: 2020-01-01", "\t# 中"])
OWN_LINE = st.sampled_from([[], [""], ["# a comment"], ["  # deeper"], ["", "# - x"], ["#", "   "]])


@st.composite
def fields(draw: Any) -> list[list[str]]:
    """The other fields of a page, each as its lines, in any order."""
    title, summary = draw(WORDS), draw(WORDS)
    long = [f"summary: >-{draw(st.sampled_from(['', '  # folded']))}", f"  {summary}", "  more"]
    block = ["summary: |", f"    {summary}", "    reviewed: 2020-01-01", "", "", "    end"]
    several = ['summary: "a', "reviewed: 2020-01-01", '  b"']
    made = [
        [f"title: {draw(quoted(title))}{draw(COMMENT)}"],
        draw(st.sampled_from([[f"summary: {summary}{draw(COMMENT)}"], long, block, several])),
        [f"owner:   ann{draw(COMMENT)}"],
        draw(st.sampled_from([[], ["tags: [risk]"], ["tags:", "  - risk # r", "  # - x"],
                              ["tags:", "- risk"], ["tags: [", "# in", "  risk ]"]])),
        draw(st.sampled_from([[], ["claims:", "  - id: c", "    statement: S.", "    source: X",
                                   f"    checked: {TODAY}", "    # end"]])),
        draw(st.sampled_from([[], ["editor_note: |+", "  Note", "", ""]])),
        draw(st.sampled_from([[], ["status: published"], ["related: []  # none"]])),
    ]  # fmt: skip
    return [[*draw(OWN_LINE), *lines] for lines in draw(st.permutations(made)) if lines]


@st.composite
def old_review(draw: Any) -> list[str]:
    """A review as it may stand there already, as its lines; none for an entry without one."""
    end = draw(COMMENT)
    day = draw(st.sampled_from(["2026-11-01", "'2026-11-01'", '"2026-11-01"', "2026-02-31"]))
    note = draw(st.sampled_from(
        [["note: Old"], ["note: 'it''s # no'  # n"],
         ["note: |- # n", "  Old", "  # no comment", ""],
         ["note: >", "  Old: #", "", "  note"], ["note: \"two", "", "  lines\" # n"], ["note:"], []]
    ))  # fmt: skip
    inner = [
        [f"on: {day}{draw(COMMENT)}"],
        *draw(st.permutations(
            [note, draw(st.sampled_from([[], ["by: bob"], ["by: 'bob'  # b"]])),
             draw(st.sampled_from([[], ["outcome: retire # o"]])),
             draw(st.sampled_from([[], ["digest: 0123456789abcdef"]])),
             draw(st.sampled_from([[], ["dependencies:", "  pages/x: 0123456789abcdef # d"],
                                   ["dependencies: {pages/x: '1' }"], ["dependencies: {} # e"]]))]
        )),
    ]  # fmt: skip
    indent = draw(st.sampled_from(["  ", "    ", " "]))
    block = [indent + line if line else line
             for field in inner if field
             for line in [*draw(st.sampled_from([[], ["# between"], [""]])), *field]]  # fmt: skip
    forms: list[list[str]] = [
        [],
        [f"reviewed: {day}{end}"],
        [f'"reviewed" :\t{day}{end}'],
        ["reviewed:" + end],
        ["reviewed:" + end, f"    {day}"],
        [f"reviewed: {{on: {day}, by: bob}}{end}"],
        ["reviewed: { # open", f"  on: {day}, # on", "  by: bob # by", "  } # close"],
        ["reviewed:" + end, f"  {{on: {day}}} # flow"],
        ["reviewed:" + end, *block],
    ]
    return draw(st.sampled_from(forms))  # type: ignore[no-any-return]


@st.composite
def files(draw: Any) -> tuple[str, str, str]:
    """What stands before a review, the review, and what stands after it."""
    parts, old = draw(fields()), draw(old_review())
    at = draw(st.integers(0, len(parts)))
    column = " " * draw(st.sampled_from([0, 0, 0, 2]))
    assume(not column or not any("reviewed: 2020" in line for part in parts for line in part))
    before = [line for part in parts[:at] for line in part]
    after = [*draw(OWN_LINE), *(line for part in parts[at:] for line in part)]
    eol = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    chunks = ["".join(column + line + eol for line in lines) for lines in (before, old, after)]
    opening = draw(st.sampled_from(["", "\ufeff"])) + f"---{draw(st.sampled_from(['', '  ']))}{eol}"
    body = draw(
        st.sampled_from(["", f"{eol}Text 中文.  {eol}", f"reviewed: 2020-01-01{eol}---{eol}"])
    )
    return (
        opening + chunks[0],
        chunks[1],
        f"{chunks[2]}---{eol}{body}".removesuffix(draw(st.sampled_from(["", eol]))),
    )


RUNNER = CliRunner()


@contextmanager
def playbook_with(raw: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        content = Path(place)
        (content / "pages").mkdir()
        (content / "people.yml").write_text(PEOPLE)
        (content / "playbook.yml").write_text(
            "title: T\ndescription: D.\nlanguages: [{code: en}]\ntags: {risk: Risk}\n"
            "default_tiers: {page: strategic}\n"
        )
        (content / "pages/x.md").write_bytes(raw)
        yield content


def recorded(content: Path, note: str) -> tuple[str, bytes]:
    """What the command prints, and the file after it."""
    result = RUNNER.invoke(
        main,
        ["review", "pages/x", "--by", "bob", f"--note={note}", "--today", TODAY,
         "--content", str(content)],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return result.output, (content / "pages/x.md").read_bytes()


def parsed(raw: bytes) -> tuple[dict[str, Any], str]:
    source, problems = source_of("content", "pages/x.md", raw)
    assert source is not None, problems
    assert not problems
    return dict(source.data), source.body_text


PLAIN = "title: One\nsummary: One\nowner:   ann\n"


@settings(max_examples=250, deadline=None)
@given(file=files(), note=NOTES)
@example(("---\n", "reviewed:\n  on: 2026-11-01\n  note:\n", f"{PLAIN}---\n"), "New")
@example(("---\n", "reviewed:\n on: 2026-11-01\n note: Old\n", f"  # deeper\n{PLAIN}---\n"), "New")
@example((f"---\n{PLAIN}", "reviewed:\n  on: 2026-11-01\n  by:   # b\n", "---\n"), "")
def test_every_byte_outside_of_the_review_stays(file, note):
    before, old, after = file
    raw = "".join(file).encode()
    data, body = parsed(raw)
    with playbook_with(raw) as content:
        printed, written = recorded(content, note)
        again = recorded(content, note)[1]
    assert "confirmed; due by 2027-03-31" in printed, "and so it is fresh"
    assert again == written, "a second time changes nothing"
    now, now_body = parsed(written)
    kept = re.sub(" +", " ", note).strip()
    expected = {"on": TODAY, "by": "bob", "outcome": "confirmed", "note": kept,
                "digest": revision_of(data, body)}  # fmt: skip
    assert now.pop("reviewed") == {key: value for key, value in expected.items() if value}
    data.pop("reviewed", None)
    assert (list(now.items()), now_body) == (list(data.items()), body)
    if old:
        assert written.startswith(before.encode())
        assert written.endswith(after.encode())
        middle = written[len(before.encode()) : len(written) - len(after.encode())].decode()
        for comment in ("# c", "# between", "# on", "# by", "# close", "# flow", "# b", "# d"):
            assert old.count(comment) <= middle.count(comment)
    else:
        assert inserted(raw, written), "a review is added in one piece"


def inserted(before: bytes, after: bytes) -> bool:
    """Whether `after` is `before` with something put in between."""
    return any(
        after.startswith(before[:at]) and after.endswith(before[at:])
        for at in range(len(before) + 1)
    )
