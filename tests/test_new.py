"""`playbook new`: starting files that pass, names from titles, and what it asks and refuses."""

from __future__ import annotations

import datetime
import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.author.naming import RESERVED, free_id, name_of
from generator.author.starting import Start, starting_file
from generator.author.words import words_in
from generator.build import Content, load
from generator.cli import main
from generator.model import KINDS, Kind
from generator.model import Content as Fields
from generator.model.fields import Date, Duration, Model, Prose, Quantity, RoleRef, Slug, Texts
from generator.model.shape import shapes_of
from generator.model.told import descriptions_of
from tests.talking import talk

TODAY = "2026-11-23"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def new(*arguments, owner="ann"):
    owned = ("--owner", owner) if owner else ()
    return run("new", *arguments, *owned, "--today", TODAY)


def contents(folder):
    return {path: path.read_bytes() for path in folder.content.rglob("*") if path.is_file()}


# What is written


def test_a_new_entry_of_every_kind_passes_as_a_draft_and_once_it_is_published(here):
    (here.content / "pages/one.zh.md").unlink()
    for name in ("role", "tool", "page", *(kind.name for kind in KINDS)):
        made = new(name, f"About {name}", "--id", f"{name}-{len(contents(here))}")
        assert made.exit_code == 0, made.output
    assert run("check", "--strict", "--today", TODAY).exit_code == 0
    drafts = [path for path in contents(here) if "status: draft" in path.read_text()]
    assert len(drafts) == len(KINDS) + 3
    for path in drafts:
        if "roadmap" not in path.parts:  # two stages would have to join
            path.write_text(path.read_text().replace("status: draft", "status: published"))
    checked = run("check", "--strict", "--today", TODAY)
    assert checked.exit_code == 0, checked.output


def test_a_starting_file_says_what_is_to_be_written(here):
    lacking = new("sop", "First: a visit")
    assert lacking.exit_code == 1
    assert 'make it first: playbook new role "…"' in lacking.stderr
    assert new("role", "Lead seller").exit_code == 0
    made = new("sop", "First: a visit")
    assert made.output.startswith("Made content/sops/first-a-visit.md, a draft")
    text = (here.content / "sops/first-a-visit.md").read_text()
    assert text.startswith(
        "---\n# yaml-language-server: $schema=../../schemas/sop.json\n"
        'title: "First: a visit"  # What the entry is called, in a few words.\n'
    )
    assert "    role: roles/lead-seller  # TODO: who is responsible\n" in text
    assert "    # It may also say: supporting, tools, failure, next\n" in text
    assert "#   related: Ids of entries worth reading next.\n" in text


class Part(Model):
    """One part of a story."""

    id: Slug
    weight: float
    told: Date


class Story(Fields):
    """A kind that the playbook does not have."""

    moral: Prose
    parts: tuple[Part, ...]
    hero: RoleRef | None = None
    lasts: Duration
    worth: Quantity
    why: Texts


@pytest.mark.parametrize("markdown", [True, False])
def test_a_kind_that_nobody_has_thought_of_can_be_begun(folder, markdown):
    kind = Kind("story", "stories", Story, markdown)
    start = Start("en", datetime.date(2026, 11, 23), lambda refers: None,
                  {"title": "Fox", "owner": "ann"})  # fmt: skip
    suffix = "md" if markdown else "yml"
    folder.write(f"stories/fox.{suffix}", starting_file(kind, start))
    checked = load(Content(folder.content, "content", (*KINDS, kind)))
    assert [p for p in checked.problems if p.location.path.startswith("content/stories")] == []
    assert checked.library is not None
    assert checked.library.source.entries["stories/fox"].title == "Fox"


@pytest.fixture
def chinese(here):
    """A playbook whose source language is Chinese."""
    path = here.content / "playbook.yml"
    path.write_text(path.read_text().replace("  - code: en\n", ""))
    (here.content / "pages/one.zh.md").unlink()
    return here


def test_texts_are_chinese_where_the_source_language_is(chinese):
    assert new("page", "六步大客户SOP", "--lang", "zh").exit_code == 0
    text = (chinese.content / "pages/liu-bu-da-ke-hu-sop.md").read_text()
    assert "title: 六步大客户SOP  # 条目的名称，几个字就够。\n" in text
    assert "summary: TODO 待补充：用一两句话说清楚，读者能从中得到什么\n" in text
    assert "\n## 待补充\n\nTODO 待补充：正文，用Markdown书写\n" in text


def test_in_a_chinese_playbook_all_that_a_starting_file_says_is_chinese(chinese):
    for name in ("role", "tool", *(kind.name for kind in KINDS)):
        made = new(name, f"关于{name}", "--id", f"{name}-{len(contents(chinese))}")
        assert made.exit_code == 0, made.output
    checked = run("check", "--strict", "--today", TODAY)
    assert checked.exit_code == 0, checked.output
    drafts = [path for path in contents(chinese) if "status: draft" in path.read_text()]
    assert len(drafts) == len(KINDS) + 2
    for path in drafts:
        for line in path.read_text().splitlines():
            said = re.sub(r"^# yaml-language-server: .*", "", line).partition("# ")[2]
            said += line.partition("TODO")[2]
            assert not said or re.search("[\u4e00-\u9fff]", said), f"{path}: {line}"
            assert not re.search("[a-z]+ [a-z]+ [a-z]+", said), f"{path}: {line}"
            assert line.partition("TODO")[2].count("：") <= 1, f"{path}: {line}"
            assert len(line) <= 100


def sentences(model):
    """What a model and those inside of it say of themselves and their fields."""
    yield " ".join((model.__doc__ or "").partition("\n")[0].split())
    for shape in shapes_of(model):
        yield " ".join(descriptions_of(model).get(shape.attribute, "").split())
        if shape.model is not None:
            yield from sentences(shape.model)


def test_no_chinese_is_kept_for_what_no_model_says_any_more():
    said = {text for kind in KINDS for text in sentences(kind.model)}
    pictures = {"make it smaller", "save it as PNG"}
    assert set(words_in("zh").table["hints"]) - said == pictures


# Names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Visit the customer!", "visit-the-customer"),
        ("二〇二六", "er-ling-er-liu"),
        ("六步大客户SOP", "liu-bu-da-ke-hu-sop"),
        ("重庆银行", "chong-qing-yin-hang"),
        ("绿色", "lv-se"),
        ("Café & Crème – 50 %", "cafe-and-creme-50-percent"),
        ("Don’t ＡＢＣ１２", "dont-abc12"),
        ("北京·上海（2026年）", "bei-jing-shang-hai-2026-nian"),
        ("！！！", ""),
        ("x" * 90, "x" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert name_of(title) == name


@settings(deadline=None)  # the first Chinese title loads a dictionary
@given(
    title=st.text(),
    taken=st.sets(st.sampled_from(["pages/a", "pages/a-2", "pages/index", "pages/con"])),
)
def test_whatever_the_title_the_name_can_stand_in_an_address(title, taken):
    name = name_of(title)
    assert len(name) <= 60
    if name:
        assert SLUG.fullmatch(name)
        free = free_id(f"pages/{name}", taken)
        assert free not in taken
        assert free.removeprefix("pages/") not in RESERVED
        assert SLUG.fullmatch(free.removeprefix("pages/"))


def test_a_name_that_is_taken_is_refused_and_the_next_one_is_proposed(here):
    here.write("pages/three.yml", "title: T\nsummary: S.\nowner: ann\naliases: [pages/old.html]\n")
    here.write("pages/three-2.zh.yml", "title: T\n")
    before = contents(here)
    for title, said, proposed in (
        ("Three", "content/pages/three.yml exists already", "three-3"),
        ("Old", '"pages/old" is a former address of pages/three', "old-2"),
        ("Index", '"pages/index" cannot be the address of an entry', "index-2"),
        ("CON", '"pages/con" cannot be the address of an entry', "con-2"),
    ):
        made = new("page", title)
        assert made.exit_code == 1
        assert made.stderr == f"{said}; for another entry: --id {proposed}\n"
    assert contents(here) == before
    assert new("page", "Three", "--id", "three-3").exit_code == 0


@pytest.mark.parametrize("name", ["../x", "Über", "a b", "north//x", "x.zh"])
def test_an_id_that_can_be_no_address_is_refused(here, name):
    before = contents(here)
    made = new("page", "X", "--id", name)
    assert made.exit_code == 2
    assert "cannot be part of an address" in made.stderr
    assert contents(here) == before


# Translations

TRANSLATED = """\
---
# yaml-language-server: $schema=../../schemas/page.translation.json
translates: {digest}
# 去掉行首的 #，把后面的原文改写成译文。保留 # 的，读者看到的是原文。
# title: Two
# summary: What Two says.
# 正文写在下一行的 --- 之后。
---
"""


@pytest.mark.parametrize(
    "word", ["Two", "two", "pages/two", "pages/two.md", "content/pages/two.md"]
)
def test_a_translation_is_begun_beside_its_source(here, word):
    made = new("page", word, "--lang", "zh", owner=None)
    assert made.exit_code == 0, made.output
    path = here.content / "pages/two.zh.md"
    digest = re.search(r"translates: (\S+)", path.read_text())
    assert digest
    assert path.read_text() == TRANSLATED.format(digest=digest.group(1))
    checked = run("check", "--strict", "content/pages/two.zh.md", "--today", TODAY)
    assert checked.exit_code == 0
    assert "PB506" in checked.output
    assert "PB504" not in checked.output


def test_the_texts_of_a_translation_need_only_lose_their_sign(here):
    here.write(
        "policies/levels.yml",
        "title: Levels\nsummary: Who gets what.\nowner: ann\nrules:\n"
        "  - {id: fast, title: 'Fast: now', text: Answer., why: They wait., check: The clock.}\n"
        "table:\n  columns:\n    - {id: grade, title: Grade}\n"
        "    - {id: answer, title: Answer in, type: duration}\n"
        "  rows:\n    - {id: s, cells: {grade: S, answer: 48 hours}}\n",
    )
    assert new("policy", "levels", "--lang", "zh", owner=None).exit_code == 0
    path = here.content / "policies/levels.zh.yml"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(re.sub(r"^( *)# (?=[a-z]+: )", r"\1", it) for it in lines) + "\n")
    checked = run("check", "--strict", "content/policies", "--today", TODAY)
    assert "PB5" not in checked.output


def test_what_cannot_be_translated_is_said(here):
    before = contents(here)
    for arguments, code, said in (
        (
            ("page", "Tow", "--lang", "zh"),
            1,
            'no page "Tow" to translate into zh. did you mean "Two"',
        ),
        (("page", "Nine", "--lang", "zh"), 1, "written in the source language first"),
        (("page", "Two", "--lang", "zn"), 2, '"zn" is no language of this playbook'),
        (("page", "One", "--lang", "zh"), 1, "content/pages/one.zh.md exists already"),
        (("page", "Two", "--lang", "zh", "--id", "x"), 2, "owner and address from its source"),
    ):
        made = new(*arguments, owner=None)
        assert made.exit_code == code, made.output
        assert said in made.stderr
    assert contents(here) == before


# What is missing or wrong


def test_without_a_terminal_what_is_missing_is_a_wrong_call(here):
    for arguments, said in (
        ((), "say which KIND of entry: sop, role"),
        (("page",), "say what the entry is called"),
        (("page", "X"), "say who keeps it true: --owner, one of ann"),
        (("page", "！", "--owner", "ann"), "give a name of a-z, 0-9 and hyphens with --id"),
        (("pages", " ", "--owner", "ann"), "it is empty"),
        (("pge", "X"), 'there is no kind "pge". did you mean "page"?'),
        (("page", "X", "--owner", "anne"), '"anne" is not in people.yml. did you mean "ann"?'),
    ):
        made = run("new", *arguments)
        assert made.exit_code == 2, made.output
        assert said in made.stderr


def test_on_a_terminal_what_is_missing_is_asked_for(folder):
    folder.page("first")
    answers = [("Kind (", "page"), ("Title", "First"), ("Owner (", "ann"),
               ("for another entry: --id first-2", "")]  # fmt: skip
    code, shown = talk(folder.root, ["new"], answers)
    assert code == 0, shown
    assert (folder.content / "pages/first-2.md").is_file()
