"""`playbook rename`: everything that leads to an entry goes with it, or nothing happens."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.edit import Change, change_together
from tests.conftest import PEOPLE, SETTINGS, Folder

TODAY = "2026-11-23"


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def contents(folder):
    files = (path for path in folder.root.rglob("*") if path.is_file())
    return {path.relative_to(folder.root).as_posix(): path.read_bytes() for path in files}


def codes(folder):
    """The codes that `check` reports, each as often as it does."""
    found = run("check", "--content", str(folder.content), "--today", TODAY)
    return sorted(re.findall(r"PB\d{3}", found.output))


LINKING = """\
---
title: See ../policies/two.md
summary: >-
  See [two](../policies/two.md), `[two](../policies/two.md)`,
  <a href="../policies/two.md#first">two</a>.
owner: ann
related: ["policies/two", 'pages/one', policies/two]
claims:
  - id: c
    statement: "\\u4e8c: [two](<../policies/two.md>) and <img src=\\"one.png\\" alt=\\"2\\">"
    source: "[two](../policies/two.md)"
    checked: 2026-11-20
---
[two](../policies/two.md#first "../policies/two.md"), [two](<../policies/two.md>),
[two](../policies/%74wo.md), its
[translation](../policies/two.zh.md), [far](../pages/../policies/two.md), [two][ref].
![two.md](one.png)

<p><img src="one.png" alt="two.md"> <a href='../policies/two.md'>two</a></p>

```
[two](../policies/two.md)
```

> [two](
>   ../policies/two.md) A note.[^n]

[^n]: [two](../policies/two.md) and more

[ref]: ../policies/two.md#first
[unused]: ../policies/two.md
"""
LINKED = """\
---
title: See ../policies/two.md
summary: >-
  See [two](../policies/new/2.md), `[two](../policies/two.md)`,
  <a href="../policies/new/2.md#first">two</a>.
owner: ann
related: ["policies/new/2", 'pages/one', policies/new/2]
claims:
  - id: c
    statement: "\\u4e8c: [two](<../policies/new/2.md>) and <img src=\\"one.png\\" alt=\\"2\\">"
    source: "[two](../policies/two.md)"
    checked: 2026-11-20
---
[two](../policies/new/2.md#first "../policies/two.md"), [two](<../policies/new/2.md>),
[two](../policies/new/2.md), its
[translation](../policies/new/2.zh.md), [far](../policies/new/2.md), [two][ref].
![two.md](one.png)

<p><img src="one.png" alt="two.md"> <a href='../policies/new/2.md'>two</a></p>

```
[two](../policies/two.md)
```

> [two](
>   ../policies/new/2.md) A note.[^n]

[^n]: [two](../policies/new/2.md) and more

[ref]: ../policies/new/2.md#first
[unused]: ../policies/two.md
"""
TWO = """\
---
# yaml-language-server: $schema=../../schemas/policy.json
title: Two
summary: "![a](../files/图%201.png) ![b](<../files/图 1.png>)"
owner: ann
tags: [risk]
rules:
  - {id: fast, title: Fast, text: "[me](./two.md#first) [one](../pages/one.md)", why: W, check: C}
---
## First

[One](../pages/one.md "../pages/one.md") and [here](#first), [out](https://example.com/two.md).
"""
MOVED = """\
---
# yaml-language-server: $schema=../../../schemas/policy.json
title: Two
summary: "![a](../../files/%E5%9B%BE%201.png) ![b](<../../files/图 1.png>)"
owner: ann
tags: [risk]
aliases: [policies/two]
rules:
  - {id: fast, title: Fast, text: "[me](./2.md#first) [one](../../pages/one.md)", why: W, check: C}
---
## First

[One](../../pages/one.md "../pages/one.md") and [here](#first), [out](https://example.com/two.md).
"""
HOME = """\
home:
  needs:
    - {id: n, title: N, text: '[t](policies/two.md)', links: [policies/two, policies/two]}
"""
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_whatever_way_a_link_is_written_it_leads_to_the_new_place(here, eol):
    for name in ("pages/one.png", "files/图 1.png"):
        here.write(name, PICTURE)
    for name in ("pages/two.md", "pages/one.zh.md"):
        (here.content / name).unlink()
    here.page("one", "One")
    path = here.write("pages/links.md", LINKING.replace("\n", eol))
    here.write("policies/two.md", TWO.replace("\n", eol))
    here.write("policies/two.zh.md", "---\ntitle: 二\n---\n[二](two.zh.md)\n")
    here.write("playbook.yml", SETTINGS + HOME)
    before = codes(here)
    made = run("rename", "policies/two", "policies/new/2")
    assert made.exit_code == 0, made.output
    assert codes(here) == before
    assert path.read_bytes().decode() == LINKED.replace("\n", eol)
    assert (here.content / "policies/new/2.md").read_bytes().decode() == MOVED.replace("\n", eol)
    assert (here.content / "policies/new/2.zh.md").read_text().endswith("\n[二](2.zh.md)\n")
    home = HOME.replace("policies/two", "policies/new/2")
    assert (here.content / "playbook.yml").read_text() == SETTINGS + home
    assert not (here.content / "policies/two.md").exists()


@pytest.mark.parametrize(
    ("held", "there", "back"),
    [
        ("", "aliases: [pages/two]\n", "aliases: [pages/2]\n"),
        ("aliases: [a/b]\n", "aliases: [a/b, pages/two]\n", "aliases: [a/b, pages/2]\n"),
        ("aliases: []  # none\n", "aliases: [pages/two]  # none\n", "aliases: [pages/2]  # none\n"),
        ("aliases:  # some\n- a/b  # one\n", "aliases:  # some\n- a/b  # one\n- pages/two\n",
         "aliases:  # some\n- a/b  # one\n- pages/2\n"),
        ("aliases:\n", "aliases: [pages/two]\n", "aliases: [pages/2]\n"),
        ("aliases: [pages/2, a/b]\n", "aliases: [pages/two, a/b]\n", "aliases: [pages/2, a/b]\n"),
    ],
)  # fmt: skip
def test_the_former_address_becomes_an_alias_and_the_new_one_is_none_any_more(
    here, held, there, back
):
    text = "---\ntitle: Two\nsummary: S.\nowner: ann\n{}editor_note: N.\n---\n## First\n"
    path = here.write("pages/two.md", text.format(held))
    assert run("rename", "pages/two", "pages/2").exit_code == 0
    moved = here.content / "pages/2.md"
    assert moved.read_text() == text.format(there)
    assert run("rename", "content/pages/2.md", "content/pages/two.md").exit_code == 0
    assert path.read_text() == text.format(back)
    if "pages/2" not in held:
        assert run("rename", "pages/two", "pages/2", "--no-alias").exit_code == 0
        gone = back.replace(", pages/2", "").replace("- pages/2\n", "")
        comment = "# none\n" if "# none" in held else ""
        assert moved.read_text() == text.format(comment if gone == back else gone)


def test_a_dry_run_says_what_would_change(here):
    before = contents(here)
    made = run("rename", "pages/two", "pages/deep/2", "--dry-run")
    assert made.exit_code == 0
    assert made.stdout.splitlines() == [
        "Nothing is changed; without --dry-run this would be:",
        "content/pages/one.md: 1 link",
        "content/pages/two.md -> content/pages/deep/2.md",
        "Readers of pages/two are sent on to pages/deep/2.",
    ]
    assert contents(here) == before


# What was recorded


def recorded(folder):
    """A playbook with a recorded translation and review, and one of each that is out of date."""
    folder.write(
        "pages/old.md", "---\ntitle: Old\nsummary: See [two](two.md).\nowner: ann\n---\nText.\n"
    )
    folder.write("pages/old.zh.md", "---\ntitle: 旧\nsummary: 见[二](two.md)。\n---\n正文。\n")
    folder.write("pages/user.md", "---\ntitle: U\nsummary: S.\nowner: ann\n"
                                  "depends_on: [pages/two, pages/old]\n---\nText.\n")  # fmt: skip
    run("translated", "content")
    review = ("review", "pages", "--by", "ann", "--today", TODAY, "--note", "Read.")
    assert run(*review).exit_code == 0
    path = folder.content / "pages/old.md"
    path.write_text(path.read_text().replace("Text.", "Another text, of [two](two.md)."))


def stale(folder):
    made = run("stale", "--today", TODAY, "--no-history", "--fail-on", "never", "--format", "json")
    return sorted(re.findall(r'"state": "([a-z-]+)"', made.stdout))


def test_what_was_up_to_date_stays_so_and_what_was_not_does_not_become_so(here):
    recorded(here)
    before, fresh = codes(here), stale(here)
    assert before.count("PB504") == 1
    made = run("rename", "pages/two", "pages/2")
    assert made.exit_code == 0, made.output
    assert "content/pages/one.md: 1 link, 1 digest\n" in made.stdout
    assert "content/pages/one.zh.md: 1 digest\n" in made.stdout
    assert "content/pages/old.md: 2 links\n" in made.stdout
    assert "content/pages/user.md: 2 references, 2 digests\n" in made.stdout
    assert codes(here) == before
    assert stale(here) == fresh
    assert "    pages/2: " in (here.content / "pages/user.md").read_text()


def test_waivers_follow(here):
    path = here.root / "waivers.yml"
    path.write_text("waivers:\n  - {entry: pages/two, until: 2026-12-31, reason: Later}\n")
    made = run("rename", "pages/two", "pages/2")
    assert "waivers.yml: 1 reference\n" in made.stdout
    assert path.read_text() == "waivers:\n  - {entry: pages/2, until: 2026-12-31, reason: Later}\n"


def test_waivers_elsewhere_follow_or_are_named(here):
    line = "waivers:\n  - {entry: pages/two, until: 2026-12-31, reason: Later}\n"
    given, left, other = (here.root / name for name in ("a.yml", "ci/b.yml", "ci/c.yml"))
    left.parent.mkdir()
    given.write_text(line)
    left.write_text("waivers:\n  - entry: 'pages/two'\n    until: 2026-12-31\n    reason: Later\n")
    other.write_text(line.replace("two", "two-b"))
    before = left.read_text(), other.read_text()
    made = run("rename", "pages/two", "pages/2", "--waivers", "a.yml")
    assert made.exit_code == 0, made.output
    assert "\na.yml: 1 reference\n" in f"\n{made.stdout}"
    assert given.read_text() == line.replace("two", "2")
    assert "it names pages/two; give it with --waivers: ci/b.yml\n" in made.stdout
    assert "c.yml" not in made.stdout
    assert (left.read_text(), other.read_text()) == before


def test_waivers_that_cannot_follow_keep_the_entry_where_it_is(here):
    (here.root / "broken.yml").write_text("waivers: [")
    made = run("rename", "pages/two", "pages/2", "--waivers", "broken.yml")
    assert made.exit_code == 1
    assert "broken.yml: the waivers cannot be read; mend the file first" in made.stderr
    inside = run("rename", "pages/two", "pages/2", "--waivers", "content/people.yml")
    assert inside.exit_code == 2
    assert (here.content / "pages/two.md").is_file()


def git(folder, *arguments):
    name = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false")
    made = subprocess.run(
        ["git", *name, *arguments],  # noqa: S607
        cwd=folder.root,
        check=True,
        capture_output=True,
        text=True,
    )
    return made.stdout.strip()


def test_the_history_goes_on_when_the_commit_is_passed_over(here):
    git(here, "init", "-q")
    git(here, "add", "-A")
    git(here, "commit", "-qm", "All", "--date", "2026-11-20T12:00:00Z")
    made = run("rename", "pages/two", "pages/deep/2")
    assert made.stdout.endswith(
        "Reviews without a digest, in 2 of these files, are held against the history. Commit this "
        "by itself, and name the commit in .git-blame-ignore-revs.\n"
    )
    git(here, "add", "-A")
    git(here, "commit", "-qm", "Rename")
    state = ("stale", "--today", TODAY, "--state", "changed", "--format", "csv")
    assert len(run(*state).stdout.splitlines()) == 1 + 2
    (here.root / ".git-blame-ignore-revs").write_text(git(here, "rev-parse", "HEAD") + "\n")
    assert len(run(*state).stdout.splitlines()) == 1


# What is in the way


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pages/tow", "pages/2", 'there is no entry "pages/tow". did you mean "pages/two"?'),
        ("pages/two", "pages/one", "content/pages/one.md exists already; nothing is overwritten"),
        ("pages/two", "pages/lost", "content/pages/lost.zh.md exists already"),
        ("pages/two", "pages/case", "content/pages/CASE.md exists already"),
        ("pages/two", "pages/Two", '"Two" cannot be part of an address; rename it to two'),
        ("pages/two", "pages/con", 'Windows has no files called "con"; choose another name'),
        ("pages/two", "pages/index", '"index" is the address of the section itself'),
        ("pages/two", "pages/x.zh", '"x.zh" cannot be part of an address'),
        ("pages/two", "../two", 'the folder ".." is no kind of content'),
        ("pages/two", "page/two", 'the folder "page" is no kind of content'),
        ("pages/two", "2", '"2" lies in no folder of content'),
        ("pages/two", "pages/2.yml", "content/pages/two.md keeps its form"),
        ("pages/two", "pages/two", "content/pages/two.md is called so already"),
        ("pages/former", "pages/x", 'no entry "pages/former" any more; it is pages/one now'),
        ("pages/two", "pages/former", '"pages/former" is a former address of pages/one'),
        ("pages/one.zh.md", "pages/x", "content/pages/one.zh.md is a translation"),
        ("playbook", "pages/playbook", "content/playbook.yml: its name is fixed"),
        ("pages/two", "policies/two", 'PB101 missing field "rules"'),
        ("pages/odd", "pages/even", "it cannot be read; mend it first"),
        ("pages/link", "pages/x", "it is a symbolic link"),
        ("pages/three", "pages/3", "content/pages/quoting.yml: it cannot be changed in place"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_changes(here, old, new, said):
    path = here.content / "pages/one.md"
    path.write_text(path.read_text().replace("tags:", "aliases: [pages/former.html]\ntags:"))
    here.write("pages/lost.zh.md", "---\ntitle: 失\n---\n")
    here.write("pages/odd.md", "no front matter")
    here.page("three")
    here.page("CASE")
    quoted = 'title: Q\nsummary: "[three](\\u0074hree.md)"\nowner: ann\n'
    here.write("pages/quoting.yml", quoted)
    (here.content / "pages/link.md").symlink_to("two.md")
    before = contents(here)
    made = run("rename", old, new)
    assert made.exit_code == 1
    assert said in made.stderr
    assert made.stderr.endswith("Nothing was renamed.\n")
    assert contents(here) == before


def test_a_file_with_a_name_that_cannot_be_is_given_one_that_can(here):
    (here.content / "pages/two.md").rename(here.content / "pages/Two.md")
    path = here.content / "pages/one.md"
    path.write_text(path.read_text().replace("two.md", "Two.md"))
    assert "PB008" in codes(here)
    made = run("rename", "content/pages/Two.md", "pages/two")
    assert made.exit_code == 0, made.output
    assert "(two.md#first)" in path.read_text()
    assert "aliases" not in (here.content / "pages/two.md").read_text(), "it never was an address"
    assert not {"PB008", "PB303"} & set(codes(here))


def test_a_kind_may_change_where_the_fields_fit(here):
    for kind in ("policies", "pages"):
        assert run("rename", "pages/two", f"{kind}/2").exit_code == (kind == "policies")
    text = (
        "title: W\nsummary: S.\nowner: ann\nindustry: I\nbefore: B.\nactions: {a: A.}\n"
        "metrics: [{id: m, name: M, change: +1 %}]\npattern: P.\n"
    )
    here.write("pages/case.yml", text)
    made = run("rename", "pages/case", "cases/")
    assert made.exit_code == 0, made.output
    assert (here.content / "cases/case.yml").read_text() == text.replace(
        "owner: ann\n", "owner: ann\naliases: [pages/case]\n"
    )


# All or nothing


def test_files_change_together_or_not_at_all(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")

    def tree():
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = tree()
    good = [
        Change(tmp_path / "a", b"1", tmp_path / "a"),
        Change(tmp_path / "b", b"2", tmp_path / "new" / "deep" / "b"),
    ]
    for bad in (
        Change(tmp_path / "gone", b"3", tmp_path / "gone"),
        Change(tmp_path / "c", b"3", tmp_path / "a" / "c"),  # below a file
        Change(tmp_path / "c", b"3", tmp_path / "full" / "x"),  # something is there
        Change(tmp_path / "full", b"3", tmp_path / "full"),  # a folder cannot be replaced
    ):
        for changes in ([*good, bad], [bad, *good]):
            with pytest.raises(OSError, match=r"."):
                change_together(changes)
            assert tree() == before
            assert not (tmp_path / "new").exists()
    (tmp_path / "b").chmod(0o640)
    change_together(good)
    assert (tmp_path / "a").read_text() == "1"
    assert (tmp_path / "new/deep/b").read_text() == "2"
    assert (tmp_path / "new/deep/b").stat().st_mode & 0o777 == 0o640
    assert {path.name for path in tree()} == {"a", "b", "c", "x"}


# Whatever the playbook

NAMES = ("pages/a", "pages/b", "pages/deep/a", "policies/a", "policies/c")
NEW = ("pages/n", "pages/deep/n", "policies/n", "policies/far/off/a", "pages/a-b")


@st.composite
def playbooks(draw) -> dict[str, str]:
    """Files of a small playbook in which entries refer to each other in many ways."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, unique=True))
    files = {"playbook.yml": SETTINGS, "people.yml": PEOPLE}
    suffix = {name: draw(st.sampled_from(["md", "yml"])) for name in names}
    for name in names:
        files[f"{name}.{suffix[name]}"] = draw(_entry(name, names, suffix))
        if draw(st.booleans()):
            text = draw(_links(name, names, suffix))
            yaml = f"title: 题\nsummary: 摘要 {text}\n"
            files[f"{name}.zh.{suffix[name]}"] = yaml if suffix[name] == "yml" else (
                f"---\n{yaml}---\n## 一\n\n{draw(_links(name, names, suffix))}\n")  # fmt: skip
    links = draw(st.lists(st.sampled_from(names), min_size=1))
    files["playbook.yml"] += (
        f"home:\n  needs:\n    - {{id: n, title: N, links: [{', '.join(links)}]}}\n"
    )
    return files


@st.composite
def _entry(draw, name, names, suffix) -> str:
    others = [other for other in names if other != name]
    related = draw(st.lists(st.sampled_from(others), unique=True))
    lines = ["title: T", f"summary: S {draw(_links(name, names, suffix))}", "owner: ann"]
    if draw(st.booleans()):
        lines.append("reviewed: 2026-11-20")
    if related:
        item = draw(st.sampled_from(["- {}", "  - '{}'"]))
        block = ["related:", *(item.format(one) for one in related)]
        lines += draw(st.sampled_from([[f"related: [{', '.join(related)}]"], block]))
    if name.startswith("policies"):
        text = draw(_links(name, names, suffix))
        lines += ["rules:", "- id: r", "  title: R", f"  text: |\n    Text\n    {text}",
                  "  why: W", "  check: C"]  # fmt: skip
    yaml = "\n".join(lines) + "\n"
    if suffix[name] == "yml":
        return yaml
    body, code = draw(_links(name, names, suffix)), draw(_links(name, names, suffix))
    return f"---\n{yaml}---\n## First\n\n{body}\n\n```\n{code}\n```\n"


@st.composite
def _links(draw, name, names, suffix) -> str:
    made = []
    for other in draw(st.lists(st.sampled_from(names), max_size=2)):
        place = os.path.relpath(f"{other}.{suffix[other]}", PurePosixPath(name).parent)
        anchor = draw(st.sampled_from(["", "#first"])) if suffix[other] == "md" else ""
        form = draw(st.sampled_from(["[x]({})", "[x](<{}>)", '<a href="{}">x</a>', "`[x]({})`"]))
        made.append(form.format(place + anchor))
    return " and ".join(made)


def laid_out(root: Path, files: dict[str, str]) -> Folder:
    made = Folder(root)
    for path, text in files.items():
        made.write(path, text)
    return made


def entries_of(folder: Folder) -> Iterator[str]:
    for path in sorted(folder.content.glob("*/**/*")):
        if path.is_file() and ".zh." not in path.name:
            yield path.relative_to(folder.content).with_suffix("").as_posix()


@settings(max_examples=6, deadline=None)
@given(
    files=playbooks(),
    moves=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(NEW)), min_size=1, max_size=2),
    recorded=st.booleans(),
)
def test_afterwards_the_playbook_is_as_sound_and_every_old_address_redirects(
    files, moves, recorded
):
    with tempfile.TemporaryDirectory() as root:
        folder = laid_out(Path(root), files)
        at = ("--content", str(folder.content))
        if recorded:
            run("translated", str(folder.content), *at)
            run("review", "pages", "--by", "ann", "--today", TODAY, "--note", "Read.", *at)
        before = codes(folder)
        former: dict[str, str] = {}
        for position, new in moves:
            old = [*entries_of(folder)][position % len([*entries_of(folder)])]
            if old.partition("/")[0] != new.partition("/")[0] or new in entries_of(folder):
                continue
            made = run("rename", old, new, *at)
            if new in former:  # another entry has been there; its readers are not sent here
                assert made.exit_code == 1
                continue
            assert made.exit_code == 0, made.output
            former = {o: new if n == old else n for o, n in former.items()} | {old: new}
        assert codes(folder) == before
        if not any(code < "PB4" for code in before):
            built = run("build", *at, "--output", str(folder.site), "--today", TODAY)
            assert built.exit_code == 0, built.output
            for old, new in former.items():
                page = (folder.site / f"en/{old}.html").read_text()
                target = os.path.relpath(new, PurePosixPath(old).parent) + ".html"
                assert f'url={target}"' in page


@settings(max_examples=15, deadline=None)
@given(files=playbooks(), position=st.integers(0, 4), new=st.sampled_from(NEW))
def test_there_and_back_every_byte_is_what_it_was(files, position, new):
    with tempfile.TemporaryDirectory() as root:
        folder = laid_out(Path(root), files)
        old = [*entries_of(folder)][position % len([*entries_of(folder)])]
        before = contents(folder)
        at = ("--content", str(folder.content), "--no-alias")
        there = run("rename", old, new, *at)
        if there.exit_code:
            assert contents(folder) == before
            return
        back = run("rename", new, old, *at)
        assert back.exit_code == 0, back.output
        assert contents(folder) == before
