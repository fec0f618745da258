"""Two languages: what a translation may carry, what a reader gets where it is missing."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.edit import set_field

ROOT = Path(__file__).parent.parent
POLICY = """\
title: Levels
summary: Who gets what.
owner: ann
rules:
  - {id: fast, title: Fast, text: Answer in time., why: They wait., check: The clock.}
  - {id: fair, title: Fair, text: Same for all., why: They talk., check: The list.}
table:
  columns:
    - {id: grade, title: Grade}
    - {id: answer, title: Answer in, type: duration}
  rows:
    - {id: s, cells: {grade: S, answer: 48 hours}}
"""


def test_items_are_matched_by_id_and_not_by_place(folder):
    folder.write("policies/levels.yml", POLICY)
    folder.write(
        "policies/levels.zh.yml",
        """\
title: 分级
summary: 谁得到什么。
rules:
  - {id: fair, title: 公平, text: 一视同仁。, why: 他们会交流。, check: 名单。}
  - {id: fast, title: 快, text: 按时回复。, why: 他们在等。, check: 时钟。}
table:
  columns: [{id: answer, title: 回复时限}, {id: grade, title: 等级}]
""",
    )
    assert folder.build().returncode == 0
    page = folder.files()["zh/policies/levels.html"].decode()
    assert page.index("按时回复") < page.index("一视同仁"), "in the order of the source"
    assert "48小时" in page.replace(" ", ""), (
        "numbers come from the source, words from the language"
    )
    assert re.search(r'<span lang="en">S</span>', page), "what is not translated is marked"
    assert "PB506 note: 1 text is not translated" in folder.run("check").stdout


def test_a_translation_with_numbers_or_unknown_items_is_refused(folder):
    folder.write("policies/levels.yml", POLICY)
    folder.write(
        "policies/levels.zh.yml",
        """\
title: 分级
status: draft
rules:
  - {id: slow, title: 慢}
table:
  rows:
    - {id: s, cells: {answer: 72小时}}
""",
    )
    out = folder.run("check").stdout
    assert 'levels.zh.yml:2:1: PB501 "status" is not text' in out
    assert 'levels.zh.yml:4:10: PB502 the source has no item "slow" here' in out
    assert 'levels.zh.yml:7:23: PB501 the column "answer" is not of type text' in out


def test_the_reason_of_a_cadence_is_translated_and_its_short_form_needs_nothing(folder):
    claims = """claims:
  - {id: price, statement: It costs., source: Ann, checked: 2026-11-20, cadence: monthly}
  - id: law
    statement: It holds.
    source: Ann
    checked: 2026-11-20
    cadence: {every: yearly, reason: The law changes in January.}
"""
    folder.write("policies/levels.yml", POLICY + claims)
    folder.write(
        "policies/levels.zh.yml",
        """\
title: 分级
claims:
  - {id: price, cadence: {reason: 天天变价。}}
  - {id: law, cadence: {reason: 法规每年一月调整。}}
""",
    )
    out = folder.run("check").stdout
    assert 'levels.zh.yml:3:27: PB502 the source has no "reason"' in out
    folder.write(
        "policies/levels.zh.yml",
        "title: 分级\nclaims:\n  - {id: law, cadence: {reason: 法规每年一月调整。}}\n",
    )
    assert folder.build().returncode == 0
    page = folder.files()["zh/policies/levels.html"].decode()
    assert "每年 · 法规每年一月调整。" in page
    assert "The law changes" not in page


def test_an_untranslated_entry_falls_back_and_says_so(folder):
    assert folder.build().returncode == 0
    page = folder.files()["zh/pages/two.html"].decode()
    assert '<html lang="zh-Hans"' in page
    assert re.search(r'<h1[^>]*><span lang="en">Two</span></h1>', page)
    assert "What Two says." in page
    assert "下面显示的是英语原文" in page, "the language is called what readers of the page call it"
    assert 'data-kind="language"' in page


def test_a_recorded_translation_goes_out_of_date_when_the_source_changes(folder):
    assert "PB507 warning" in folder.run("check").stdout
    assert folder.run("translated", "content").stdout == "Recorded 1 translation.\n"
    assert "PB507" not in folder.run("check").stdout
    source = folder.content / "pages" / "one.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("reviewed: 2026-11-20", "reviewed: 2026-11-21"), encoding="utf-8"
    )
    assert "PB504" not in folder.run("check").stdout, "a review is no change of the text"
    source.write_text(text.replace("title: One", "title: First"), encoding="utf-8")
    out = folder.run("check").stdout
    assert "content/pages/one.zh.md:2:13: PB504 warning: the source text changed" in out
    assert folder.run("check", "--strict").returncode == 1
    assert folder.run("translated", "content/pages/one.zh.md").returncode == 0
    assert "PB504" not in folder.run("check").stdout


def test_recording_changes_nothing_else(folder):
    lines = ["\ufeff---", "# a comment", "title:   一  ", "summary: 'x'", "---", "", "正文。  ", ""]
    raw = "\r\n".join(lines).encode()
    path = folder.write("pages/one.zh.md", raw)
    assert folder.run("translated", str(path)).returncode == 0
    after = path.read_bytes()
    line = re.search(rb"translates: [0-9a-f]{16}\r\n", after)
    assert line
    assert after.replace(line.group(), b"") == raw
    assert folder.run("translated", str(path)).returncode == 0
    assert path.read_bytes() == after


LINE_END = st.sampled_from(["\n", "\r\n"])
LINE = st.text(alphabet="ab: #'\"中 -", max_size=12).filter(lambda s: not s.startswith("---"))


@given(lines=st.lists(LINE, max_size=6), end=LINE_END, body=st.lists(LINE, max_size=4))
def test_setting_a_field_touches_one_line(lines, end, body):
    text = end.join(["---", *lines, "---", *body])
    once = set_field(text.encode(), "translates", "abc", markdown=True).decode()
    assert once.replace(f"translates: abc{end}", "", 1) == text
    assert set_field(once.encode(), "translates", "abc", markdown=True).decode() == once
    again = set_field(once.encode(), "translates", "def", markdown=True).decode()
    assert again == once.replace("translates: abc", "translates: def", 1)


def test_a_third_language_needs_words_and_no_code(folder):
    settings = (folder.content / "playbook.yml").read_text(encoding="utf-8")
    folder.write("playbook.yml", settings.replace("  - code: en\n", "  - code: en\n  - code: de\n"))
    folder.write("pages/one.de.md", "---\ntitle: Eins\nsummary: Die erste Seite.\n---\nText.\n")
    out = folder.build().stdout
    assert "PB604" in out
    assert "strings/de.yml" in out
    strings = folder.root / "templates" / "strings"
    strings.mkdir(parents=True)
    english = (ROOT / "templates" / "strings" / "en.yml").read_text(encoding="utf-8")
    (strings / "de.yml").write_text(english.replace("d MMM y", "d. MMMM y"), encoding="utf-8")
    assert folder.build().returncode == 0
    page = folder.files()["de/pages/one.html"].decode()
    assert '<html lang="de"' in page
    assert "Eins" in page
    assert "20. November 2026" in page
    assert 'hreflang="de"' in folder.files()["zh/pages/one.html"].decode()


def test_the_page_for_addresses_that_lead_nowhere_speaks_all_languages(folder):
    assert folder.build().returncode == 0
    page = folder.files()["404.html"].decode()
    assert 'Page not found <span lang="zh-Hans">找不到这个页面</span></h1>' in page
    assert '<p class="lead" lang="zh-Hans">这个地址没有页面' in page
    there = page.partition('<section class="part" lang="zh-Hans">')[2].partition("</section>")[0]
    ways = ["zh/index.html", "zh/find.html", "zh/pages/index.html"]
    assert re.findall('href="(.*?)"', there) == ways


def test_words_of_any_language_make_that_page_anew(folder):
    assert folder.build().returncode == 0
    own = folder.root / "templates" / "strings" / "zh.yml"
    own.parent.mkdir(parents=True)
    words = (ROOT / "templates" / "strings" / "zh.yml").read_text(encoding="utf-8")
    own.write_text(words.replace("找不到这个页面", "没有这个页面"), encoding="utf-8")
    assert folder.build().returncode == 0
    assert "没有这个页面" in folder.files()["404.html"].decode()
