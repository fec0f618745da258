"""`playbook import`: what Word, Shimo and DingTalk documents become, and what is refused."""

from __future__ import annotations

import base64
import datetime
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.author.naming import name_of
from generator.cli import main
from generator.importing import (
    Document,
    Facts,
    Made,
    Surroundings,
    Wish,
    make_entry,
    read_document,
)
from generator.model import KINDS, Kind
from generator.model import Content as Fields
from generator.model.fields import Prose, RoleRef
from tests.talking import talk

HERE = Path(__file__).parent / "importing"
SAMPLES = HERE / "samples"
_SPEC = importlib.util.spec_from_file_location("word", HERE / "word.py")
assert _SPEC
assert _SPEC.loader
word = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(word)


ROLE = """\
title: Seller
summary: Sells.
owner: ann
mission: Win.
responsibilities: {win: Win.}
dimensions: [{id: a, title: A, description: D., rating: 7}]
alarm: {threshold: 6, consequence: Slow.}
"""
TOOL = """\
title: List
summary: A list.
owner: ann
system: combat
purpose: Remember.
when: {always: Always.}
checklist: [{id: a, title: A}]
"""


@pytest.fixture
def run(here):
    """The command, run in this process in the folder of the playbook."""
    return lambda *arguments: CliRunner().invoke(main, arguments, catch_exceptions=False)


def imported(folder, *arguments):
    """What an import printed; it has to succeed, and what it makes has to pass the check."""
    out = folder.run("import", *arguments)
    assert out.returncode == 0, out.stdout + out.stderr
    assert out.stderr == ""
    assert "playbook check: no problems in what was imported." in out.stdout
    return out.stdout


def source(folder, name, content):
    """A document outside of the playbook."""
    path = folder.root / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return str(path)


def agrees(update, name, text):
    """Whether a text is the expected one, which `--update` writes."""
    path = HERE / name
    if update:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture
def documents(folder):
    """A folder of documents that link to each other, as a team exports it."""
    source(folder, "手册/客户拜访手册.docx", word.manual())
    source(folder, "手册/images/chain.png", word.png(90))
    shimo = (SAMPLES / "shimo.md").read_text(encoding="utf-8")
    source(folder, "手册/拜访.md", b"\xef\xbb\xbf" + shimo.replace("\n", "\r\n").encode())
    dingtalk = (SAMPLES / "dingtalk.html").read_text(encoding="utf-8")
    source(folder, "手册/竞品.html", dingtalk.encode("gb18030"))
    return folder


def test_a_folder_becomes_entries_that_are_checked_and_built(documents, update):
    out = imported(documents, "documents", "--kind", "knowledge", "--owner", "ann")
    agrees(update, "printed.txt", out)
    for name in ("ke-hu-bai-fang-shou-ce-2026-ban", "hua-dong-qu-da-ke-hu-bai-fang-sop",
                 "jing-pin-gong-fang-shou-ce"):  # fmt: skip
        path = documents.content / "knowledge/shou-ce" / f"{name}.md"
        text = path.read_text(encoding="utf-8")
        agrees(update, f"{name}.md", text)
        path.write_text(re.sub("status: draft.*\n", "", text), encoding="utf-8")
    assert len(list(documents.content.glob("images/*.png"))) == 4
    built = documents.build()
    assert built.returncode == 0, built.stdout + built.stderr
    page = documents.files()["en/knowledge/shou-ce/jing-pin-gong-fang-shou-ce.html"].decode()
    assert "<td>12 万<br>含实施</td>" in page
    assert page.count("<td>赫利奥</td>") == 2
    assert "hua-dong-qu-da-ke-hu-bai-fang-sop.html" in page
    assert "alert" not in page
    manual = documents.files()["en/knowledge/shou-ce/ke-hu-bai-fang-shou-ce-2026-ban.html"].decode()
    assert re.search(r"<ol>\s*<li>约时间\s*<ul>\s*<li>采购总监</li>", manual)
    assert '<ol start="3">' in manual


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chapters.docx", word.chapters()),
        ("word.html", (SAMPLES / "word.html").read_text(encoding="utf-8").encode("gb18030")),
    ],
)
def test_what_word_means_by_its_styles_and_numbers_is_kept(folder, run, update, name, content):
    out = run("import", source(folder, name, content), "--kind", "page", "--owner", "ann",
               "--id", "pages/made", "--lang", "en")  # fmt: skip
    assert "playbook check: no problems in what was imported." in out.output
    made = (folder.content / "pages/made.md").read_text(encoding="utf-8")
    agrees(update, name.replace(".", "-") + ".md", made)


def test_headings_that_are_said_in_bold_stand_where_their_numbers_say(folder, run):
    lines = ["第一章 总则", "一、目的", "（一）范围", "1. 定义", "（二）职责", "第二章 附则"]
    html = "".join(f"<p><b>{line}</b></p><p>内容。</p>" for line in lines)
    run("import", source(folder, "制度.html", html), "--kind", "page", "--owner", "ann")
    text = (folder.content / "pages/zhi-du.md").read_text(encoding="utf-8")
    made = re.findall("^##+ .*", text, re.MULTILINE)
    assert made == [
        "## 第一章 总则", "### 一、目的", "#### （一）范围", "##### 1. 定义", "#### （二）职责",
        "## 第二章 附则",
    ]  # fmt: skip


def test_points_that_are_numbered_in_chinese_are_no_headings(folder, run):
    html = "<h1>制度</h1><p>要求：</p><p>一、不迟到</p><p>二、不早退</p><p>三、不隐瞒</p>"
    run("import", source(folder, "a.html", html), "--kind", "page", "--owner", "ann")
    text = (folder.content / "pages/zhi-du.md").read_text(encoding="utf-8")
    assert "#" not in text.split("\n---\n")[1]
    assert "二、不早退" in text


def test_every_kind_begins_with_fields_that_pass_the_check(folder, run):
    folder.write("roles/seller.yml", ROLE)
    folder.write("toolkits/list.yml", TOOL)
    name = source(folder, "a.md", "# One thing\n\nIt is so.\n\n- [ ] Bring the contract\n")
    for kind in KINDS:
        out = run("import", name, "--kind", kind.name, "--owner", "ann", "--id",
                   f"{kind.folder}/made")  # fmt: skip
        assert out.exit_code == 0, out.output
        assert "playbook check: no problems in what was imported." in out.output, out.output
        text = (folder.content / kind.folder / "made.md").read_text(encoding="utf-8")
        assert kind.name == "page" or "TODO" in text.split("status: ")[1].split("\n---\n")[0]
    assert "title: Bring the contract" in (folder.content / "toolkits/made.md").read_text()


class Story(Fields):
    """A kind that the playbook does not have."""

    moral: Prose
    hero: RoleRef


def test_a_kind_that_nobody_has_thought_of_can_be_imported():
    kind = Kind("story", "stories", Story)
    facts = Facts({"ann": ()}, {}, "en", datetime.date(2026, 11, 23),
                  lambda refers, owner: None)  # fmt: skip
    document = read_document("fox.md", b"# The fox\n\nIt has many ways.\n\nText.\n")
    assert isinstance(document, Document)
    around = Surroundings({}, {}, lambda name: None)
    made = make_entry(document, "stories/fox.md", around, Wish(facts, kind, "ann"))
    assert isinstance(made, Made)
    assert "\nmoral: TODO – moral\nhero: to-do  # TODO: put in what holds\n" in made.text
    assert [task for _, task in made.tasks] == [
        "tags: choose from the tags in playbook.yml", "moral: write it", "hero: put in what holds",
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["Café & Crème – 50 %", "重庆银行 · 二〇二六", "x" * 90])
def test_a_title_gives_the_name_that_a_new_entry_gets(folder, run, title):
    name = source(folder, "a.md", f"# {title}\n\nText.\n")
    assert run("import", name, "--kind", "page", "--owner", "ann").exit_code == 0
    made = run("new", "page", title, "--owner", "ann")
    assert f"content/pages/{name_of(title)}.md exists already" in made.output


def test_a_former_address_is_not_given_away(folder, run):
    folder.write(
        "pages/three.yml", "title: T\nsummary: S.\nowner: ann\naliases: [pages/old.html]\n"
    )
    out = run("import", source(folder, "a.md", "# Old\n\nText.\n"), "--kind", "page")
    assert out.exit_code == 1
    assert '"pages/old" is a former address of pages/three' in out.output
    assert "--id pages/old-2" in out.output


def test_what_is_not_known_is_left_to_a_person(folder, run):
    name = source(folder, "a.md", "# Prices\n\n![](missing.png)\n")
    out = run("import", name, "--kind", "knowledge")
    assert out.exit_code == 0
    place = "content/knowledge/prices.md:6"
    assert f"to do: {place}: owner: name who keeps it true, such as ann\n" in out.output
    assert f"{place}:8: PB310 nobody is named yet who keeps it true\n" in out.output
    assert "hint: write in its place: ann; or add the person to people.yml\n" in out.output
    assert "TODO: the picture missing.png is missing" in (
        folder.content / "knowledge/prices.md").read_text()  # fmt: skip


def test_on_a_terminal_the_owner_of_what_names_none_is_asked_for_once(folder):
    source(folder, "a.html", '<meta name=author content="Ann"><h1>Prices</h1>X.')
    source(folder, "b.md", "# Offers\n\nText.\n")
    source(folder, "c.md", "# Bills\n\nText.\n")
    folder.write("people.yml", "people: [{id: ann, name: Ann}, {id: bob, name: Bob}]\n")
    asked = ["import", "documents", "--kind", "page"]
    code, shown = talk(folder.root, asked, [("Owner (ann, bob)", "bob")])
    assert code == 0, shown
    assert shown.count("Owner (") == 1
    for name, owner in (("prices", "ann"), ("offers", "bob"), ("bills", "bob")):
        assert f"owner: {owner}  #" in (folder.content / f"pages/{name}.md").read_text()
    assert "PB310" not in shown


def test_the_author_becomes_the_owner_and_words_become_tags(folder, run):
    name = source(folder, "a.html", '<meta name=author content="Ann"><h1>Risk in contracts</h1>X.')
    run("import", name, "--kind", "page")
    text = (folder.content / "pages/risk-in-contracts.md").read_text()
    assert "owner: ann  #" in text
    assert "tags: [risk]\n" in text
    assert "\nreviewed:" not in text


def test_nothing_is_overwritten(folder, run):
    name = source(folder, "Two.md", "Text.\n")
    before = (folder.content / "pages/two.md").read_bytes()
    out = run("import", name, "--kind", "page", "--owner", "ann")
    assert out.exit_code == 1
    assert "content/pages/two.md exists already" in out.output
    assert "--id pages/two-2" in out.output
    again = run("import", name, "--kind", "page", "--owner", "ann", "--id", "pages/two-2")
    assert again.exit_code == 0
    assert (folder.content / "pages/two.md").read_bytes() == before


def test_documents_of_the_same_title_get_names_of_their_own(folder, run):
    for name in ("a.md", "b.md"):
        source(folder, name, "# 报价\n\n内容。\n")
    run("import", "documents", "--kind", "page", "--owner", "ann")
    made = {path.name for path in folder.content.glob("pages/bao-jia*")}
    assert made == {"bao-jia.md", "bao-jia-2.md"}


def test_where_something_cannot_be_written_nothing_is(folder, run):
    folder.write("images", "in the way")
    image = "![a plant](data:image/png;base64," + base64.b64encode(word.png()).decode() + ")"
    name = source(folder, "a.md", f"# New\n\n{image}\n")
    out = run("import", name, "--kind", "page", "--owner", "ann")
    assert out.exit_code == 1
    assert "cannot write" in out.output
    assert not (folder.content / "pages/new.md").exists()


def test_a_dry_run_shows_and_writes_nothing(folder, run):
    before = sorted(folder.root.rglob("*"))
    name = source(folder, "a.docx", word.manual())
    out = run("import", name, "--kind", "page", "--owner", "ann", "--dry-run")
    assert out.exit_code == 0
    assert "  | title: 客户拜访手册（2026 版）" in out.output
    assert "Would import 1 of 1" in out.output
    after = [path for path in sorted(folder.root.rglob("*")) if "documents" not in path.parts]
    assert after == before


def test_a_chinese_document_becomes_the_translation_of_an_entry(folder, run):
    name = source(folder, "二.md", "# 第二页\n\n这是第二页的内容。\n\n## 首先\n\n正文。\n")
    out = run("import", name, "--translates", "pages/two")
    assert out.exit_code == 0, out.output
    text = (folder.content / "pages/two.zh.md").read_text()
    assert "\n# 导入自 二.md。标有 TODO 的地方，请逐项处理。\n" in text
    assert "owner" not in text
    assert run("import", name, "--translates", "pages/two").exit_code == 1


def test_a_chinese_document_in_an_english_playbook_says_that_it_is_to_be_translated(folder, run):
    name = source(folder, "二.md", "# 第二页\n\n这是第二页的内容。\n")
    out = run("import", name, "--kind", "page", "--owner", "ann")
    assert "to do: content/pages/di-er-ye.md:4: translate the text: it is Chinese" in out.output


def test_in_a_chinese_playbook_what_is_left_to_do_is_said_in_chinese(folder, run):
    settings = folder.content / "playbook.yml"
    settings.write_text(settings.read_text().replace("  - code: en\n", ""))
    (folder.content / "pages/one.zh.md").unlink()
    pictures = "![](missing.png) ![](photo.tif) ![](https://example.com/a.png)"
    source(folder, "photo.tif", b"II*\0")
    name = source(folder, "价格.md", f"# 价格\n\n{pictures}\n")
    out = run("import", name, "--kind", "knowledge")
    text = (folder.content / "knowledge/jia-ge.md").read_text()
    for said in (
        "# 导入自 价格.md。标有 TODO 的地方，请逐项处理。",
        "summary: TODO 待补充：用一两句话说清楚，读者能从中得到什么",
        "owner: to-do  # TODO：写明由谁负责，如 ann",
        "tags: []  # TODO：从 playbook.yml 的标签里选",
        "TODO：缺少图片：missing.png",
        "TODO：图片没有导入：photo.tif，请另存为PNG",
        "[TODO：取得这张图片，放到这里](https://example.com/a.png)",
    ):
        assert said in text
    assert "to do: content/knowledge/jia-ge.md:6: owner: 写明由谁负责，如 ann\n" in out.output
    assert "标有" not in out.output


@pytest.mark.parametrize(
    ("beginning", "summary"),
    [
        (
            "[Order form](https://example.com/form)\n\nWe sell in five steps.",
            "We sell in five steps.",
        ),
        ("[a](https://example.com/a) | [b](https://example.com/b)\n\nWe sell.", "We sell."),
        ("https://example.com/form sales@example.com\n\nWe sell.", "We sell."),
        ("`sell --now`\n\nFor whom:\n\nWe sell.", "We sell."),
        ("Sales team\n\nMarch 2026\n\nWe sell. Others buy.", "We sell. Others buy."),
        ("How we sell\n\n## One\n\n## Two\n\nFirst look, then ask.", "How we sell"),
        ("See [the form](https://example.com/form) first.", "See the form first."),
        ("[Order form](https://example.com/form)", "TODO"),
    ],
)
def test_a_summary_is_prose_and_no_link(folder, run, beginning, summary):
    name = source(folder, "a.md", f"# Selling\n\n{beginning}\n")
    assert run("import", name, "--kind", "page", "--owner", "ann").exit_code == 0
    text = (folder.content / "pages/selling.md").read_text()
    assert f"\nsummary: {summary}" in text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "files of type .doc cannot be imported"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "the old format .doc"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        ("a.docx", b"PK\x03\x04 not really", "the document is broken"),
        ("a.docx", word.manual()[:-900], "the document is broken"),
        ("a.docx", b"", "this is no Word document"),
        ("a.docx", word.with_part(word.manual(), "word/document.xml", b"<w:document"), "broken"),
        (
            "a.docx",
            word.with_part(
                word.manual(),
                "word/document.xml",
                b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
            ),
            "defines entities",
        ),
        ("a.docx", word.bomb(), "256 MiB"),
        ("a.md", b"\xff\x00\x80\xff", "this is no text"),
        ("a.md", b"---\ntitle: Nothing\n---\n", "the document is empty"),
        ("a.html", b"<title>Nothing</title>", "the document is empty"),
        ("a.md", b"x" * 1_100_000, "the text is longer than 1 MiB"),
        ("a.xlsx", b"PK", "files of type .xlsx cannot be imported"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_words(folder, run, name, content, said):
    path = source(folder, name, content)
    before = sorted(folder.content.rglob("*"))
    out = run("import", path, "--kind", "page", "--owner", "ann")
    assert out.exit_code == 1
    assert said in out.output
    assert "Traceback" not in out.output
    assert sorted(folder.content.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say with --kind"),
        (("--kind", "page", "--owner", "anne"), 'did you mean "ann"'),
        (("--kind", "page", "--lang", "fr"), "no language of this playbook: en, zh"),
        (("--kind", "page", "--id", "Pages/x"), "cannot be part of an address"),
        (("--translates", "pages/tow"), 'did you mean "pages/two"'),
        (("--translates", "pages/two", "--lang", "en"), "the source language"),
        (("--translates", "pages/two", "--kind", "page"), "with --translates"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(folder, run, arguments, said):
    out = run("import", source(folder, "a.md", "Text."), *arguments)
    assert out.exit_code == 2
    assert said in out.output


def test_links_that_lead_out_are_not_followed(folder, run):
    secret = folder.root / "secret.png"
    secret.write_bytes(word.png())
    source(folder, "a.md", "# A\n\n![x](../secret.png) ![y](link.png) [z](/etc/passwd)\n")
    (folder.root / "documents/link.png").symlink_to(secret)
    (folder.root / "documents/linked.md").symlink_to(folder.content / "pages/one.md")
    (folder.root / "documents/around").symlink_to(folder.root)
    out = run("import", "documents", "--kind", "page", "--owner", "ann")
    assert out.exit_code == 1
    assert out.output.count("this is a symbolic link") == 3
    assert not (folder.content / "images").exists()
    assert (folder.content / "pages/a.md").read_text().count("is missing") == 2


def test_attachments_beside_a_document_come_along(folder, run):
    source(folder, "files/报价.xlsx", b"PK")
    source(folder, "a.md", "# A\n\nSee [the offer](files/报价.xlsx).\n")
    assert run("import", "documents", "--kind", "page", "--owner", "ann").exit_code == 0
    assert [path.name for path in folder.content.glob("files/*")] == ["bao-jia-fcab7fcc.xlsx"]


def test_an_import_costs_other_commands_nothing(folder):
    code = (
        "import sys; from generator.cli import main; loaded = [*main.commands.values()]; "
        "print([m for m in sys.modules if m.startswith(('mammoth', 'generator.importing'))])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"
