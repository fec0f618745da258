"""Reports on freshness in every format: their exact words, their limits, and hostile titles.

`reports/` holds what each format gives for one playbook, written by `pytest --update`; published
schemas stand in `schemas/`. Where a format has readers of its own, what they read is compared.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import category

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator import report
from generator.build import Content, assess, load
from generator.problems import Location, Problem
from generator.problems.staleness import BULK_REVIEW, REVIEW_DATE
from generator.report import Finding, Level
from generator.staleness import (
    Change,
    Comparison,
    Freshness,
    Past,
    State,
    Survey,
    Waiver,
    Week,
    failing,
)

TODAY = datetime.date(2026, 11, 23)
EXPECTED = Path(__file__).parent / "reports"
SCHEMAS = Path(__file__).parent / "schemas"
SCHEMA = Path(__file__).parent.parent / "docs" / "freshness.schema.json"
MARKER = "<!-- playbook:freshness -->"
HOSTILE = "A|B <img src=x> @ann #12 [x](http://e.example) `c` ##[error]y %0A::error::"

SETTINGS = """\
title: 测试 playbook
description: For tests.
languages:
  - code: en
tiers:
  weapon: {cadence: weekly, evidence: []}
  tactical: {cadence: 10 days}
  strategic: {cadence: quarterly}
"""
PEOPLE = """\
people:
  - {id: ann, name: Ann}
  - {id: li, name: 李雷}
"""
ENTRIES: dict[str, tuple[str, str, str]] = {
    "hostile": (HOSTILE, "ann", "tier: weapon\nreviewed: 2026-09-01"),
    "rival": ("竞争对手对战卡", "li", "tier: weapon\nreviewed: 2026-11-09"),
    "never": ("Never looked at", "ann", "tier: strategic"),
    "bad-date": ("Bad date", "li", "tier: strategic\nreviewed: 2026-02-30"),
    "edited": ("Edited", "ann", "tier: strategic\nreviewed: 2026-11-02"),
    "due": ("Due", "li", "tier: tactical\nreviewed: 2026-11-12"),
    "soon": ("Soon", "li", "tier: tactical\nreviewed: 2026-11-14"),
    "fresh": ("Fresh", "ann", "tier: strategic\nreviewed: 2026-11-20"),
    "waived": ("Waived", "ann", "tier: weapon\nreviewed: 2026-10-01"),
    "history": ("How it began", "ann", "evergreen: It is history."),
    "loose": ("Nobody asks", "ann", "reviewed: 2026-11-20"),
    "gone": ("Gone", "ann", "status: retired\nreviewed: 2026-01-01"),
}
PAGE = "---\n{fields}\ntitle: {title}\nsummary: S.\nowner: {owner}\n---\nText.\n"
CHANGE = Change("0123456789abcdef0123456789abcdef01234567", datetime.date(2026, 11, 9), "李雷")


def write(folder: Path, entries: Mapping[str, tuple[str, str, str]]) -> None:
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "playbook.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "people.yml").write_text(PEOPLE, encoding="utf-8")
    for name, (title, owner, fields) in entries.items():
        quoted = json.dumps(title, ensure_ascii=False)
        page = PAGE.format(title=quoted, owner=owner, fields=fields)
        (folder / "pages" / f"{name}.md").write_text(page, encoding="utf-8")


def judged(folder: Path, history: str = "") -> Freshness:
    """The freshness of the playbook, with what its history would say."""
    checked = load(Content(folder, "content"))
    assert checked.library is not None
    entries = checked.library.source.entries
    pasts = {identity: Past(entry.revision) for identity, entry in entries.items()}
    pasts["pages/edited"] = Past("0" * 16)
    changes = {"pages/edited": CHANGE}
    return assess(checked, checked.library, TODAY, None if history else pasts, changes, history)


def with_waiver(freshness: Freshness) -> Freshness:
    waiver = Waiver("pages/waived", datetime.date(2026, 12, 31), "The rival | was bought.")
    items = (
        replace(item, waiver=waiver) if item.id == waiver.entry else item
        for item in freshness.items
    )
    return replace(freshness, items=tuple(items))


def asked(freshness: Freshness, threshold: str = "overdue") -> Survey:
    return Survey(freshness, freshness.items, failing(freshness.items, threshold), threshold)


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """A playbook with an entry in almost every state."""
    folder = tmp_path_factory.mktemp("head")
    write(folder, ENTRIES)
    return replace(
        asked(with_waiver(judged(folder))), trend=(Week(datetime.date(2026, 11, 22), 3, 8),)
    )


@pytest.fixture(scope="module")
def compared(survey: Survey, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """The same, compared with a base in which `rival` was older and `due` newer."""
    folder = tmp_path_factory.mktemp("base")
    entries = dict(ENTRIES)
    del entries["never"]
    entries["rival"] = ("竞争对手对战卡", "li", "tier: weapon\nreviewed: 2026-10-01")
    entries["due"] = ("Due", "li", "tier: tactical\nreviewed: 2026-11-20")
    write(folder, entries)
    touched = frozenset({"pages/never", "pages/rival", "pages/due", "pages/bad-date"})
    comparison = Comparison(with_waiver(judged(folder)), survey.freshness, "main", touched)
    counted = failing((item for item in survey.shown if item.id in touched), "overdue")
    return replace(survey, comparison=comparison, failing=counted)


def plain(text: str, style: str) -> str:
    return text


def findings(survey: Survey) -> tuple[Finding, ...]:
    return report.findings_of_survey(survey)


FORMATS: dict[str, Callable[[Survey], str]] = {
    "freshness.txt": lambda survey: report.freshness_as_text(survey, plain),
    "freshness.json": report.freshness_as_json,
    "freshness.md": lambda survey: report.freshness_as_markdown(survey, MARKER),
    "summary.md": report.freshness_as_summary,
    "github.txt": report.freshness_as_github,
    "gitlab.json": report.freshness_as_gitlab,
    "freshness.sarif": lambda survey: report.freshness_as_sarif(survey, "0.0"),
    "junit.xml": report.freshness_as_junit,
    "freshness.csv": report.freshness_as_csv,
    "freshness.ics": report.freshness_as_ics,
}
FILES = ("freshness.csv", "freshness.ics")
"""They cannot be printed: what they hold is not theirs to change."""
COMPARED = ("freshness.txt", "freshness.json", "freshness.md")
formats = pytest.mark.parametrize("name", FORMATS)


@formats
def test_a_format_gives_exactly_this(survey: Survey, name: str, update: bool):
    hold(EXPECTED / name, FORMATS[name](survey), update)


@pytest.mark.parametrize("name", COMPARED)
def test_a_comparison_gives_exactly_this(compared: Survey, name: str, update: bool):
    hold(EXPECTED / f"compared-{name}", FORMATS[name](compared), update)


def hold(path: Path, text: str, update: bool) -> None:
    """Compares with what is expected; line ends are the repository's there."""
    written = text.replace("\r\n", "\n")
    if update:
        path.write_text(written, encoding="utf-8", newline="\n")
    assert written == path.read_text(encoding="utf-8")


@formats
def test_the_same_survey_gives_the_same_bytes(survey: Survey, name: str):
    assert FORMATS[name](survey) == FORMATS[name](replace(survey))


@formats
def test_an_empty_playbook_has_a_report(survey: Survey, name: str):
    nothing = Survey(replace(survey.freshness, items=(), problems=()), (), (), "overdue")
    text = FORMATS[name](nothing)
    if name.endswith((".json", ".sarif")):
        json.loads(text)
    if name == "freshness.txt":
        assert "no entries yet" in text


def test_text_says_what_comes_next_when_nothing_needs_a_review(survey: Survey):
    calm = tuple(item for item in survey.freshness.items if item.state is State.FRESH)
    text = report.freshness_as_text(asked(replace(survey.freshness, items=calm)), plain)
    assert "Nothing needs a review. The next is due in 128 days: Fresh (pages/fresh)." in text
    listed = report.freshness_as_text(asked(replace(survey.freshness, items=calm)), plain, True)
    assert "2027-04-01" not in text
    assert "Reviewed 2026-11-20; quarterly" in listed


def test_an_unknown_history_says_why_and_how_to_mend_it(tmp_path: Path):
    write(tmp_path, ENTRIES)
    survey = asked(judged(tmp_path, "the clone is shallow"))
    for text in (report.freshness_as_text(survey, plain), report.freshness_as_summary(survey)):
        assert "History unknown: the clone is shallow" in text
        assert "fetch-depth: 0" in text
    document = json.loads(report.freshness_as_json(survey))
    assert document["history"] == {"known": False, "reason": "the clone is shallow"}
    assert not any(item["changes_known"] for item in document["items"] if item["due"])


def test_every_percentage_has_its_coverage_beside_it(survey: Survey, compared: Survey):
    for one in (survey, compared):
        for text in (report.freshness_as_text(one, plain), report.freshness_as_summary(one)):
            for line in text.splitlines():
                shares = re.findall(r"\d+\.\d%", line)
                assert len(shares) != 1 or "–" in line, line


def test_a_percentage_is_never_rounded_up_to_all(survey: Survey):
    fresh = next(item for item in survey.shown if item.state is State.FRESH)
    stale = next(item for item in survey.shown if item.state is State.OVERDUE)
    items = (stale, *(replace(fresh, id=f"pages/{n}") for n in range(9999)))
    text = report.freshness_as_text(asked(replace(survey.freshness, items=items)), plain)
    assert "9999/10000  99.9%" in text
    assert "100.0%" in text  # the coverage


def test_a_part_of_the_entries_has_its_own_counts_and_findings(survey: Survey):
    own = replace(survey, shown=tuple(item for item in survey.shown if item.owner == "li"))
    text, digest = report.freshness_as_text(own, plain), FORMATS["freshness.md"](own)
    for written in (text, digest):
        assert "2 entries fail" in written
        assert "PB401" in written
        assert "PB406" not in written
        assert "hostile" not in written
    assert re.search("of this choice +1/4  25.0% +4/4 100.0%", text)
    assert "Of this choice: 1/4 complete (25.0%), coverage 4/4 (100.0%)." in digest


def test_an_empty_choice_says_so(survey: Survey):
    text = report.freshness_as_text(replace(survey, shown=(), failing=()), plain)
    assert "None of the 12 entries is of this choice." in text


def test_columns_line_up_with_wide_characters(survey: Survey):
    lines = report.freshness_as_text(survey, plain).splitlines()
    dated = [line for line in lines if re.search(r"20\d\d-\d\d-\d\d  .* (ago|days?)  ", line)]
    assert any("李雷" in line for line in dated)
    assert any("Ann" in line for line in dated)
    starts = {report_width(re.split(r"20\d\d-", line)[0]) for line in dated}
    assert len(starts) == 1


def report_width(text: str) -> int:
    """Columns, by the plainest rule: Chinese characters fill two."""
    return sum(2 if "\u4e00" <= character <= "\u9fff" else 1 for character in text)


# GitHub


@dataclass(frozen=True)
class Command:
    """A workflow command as a runner reads it."""

    name: str
    properties: Mapping[str, str]
    data: str


def commands(text: str) -> list[Command]:
    """Reads a log as the documentation of workflow commands says."""
    return [command(line) for line in re.split(r"\r\n|\r|\n", text.removesuffix("\n")) if line]


def command(line: str) -> Command:
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert found, line
    pairs = (pair.split("=", 1) for pair in found[2].split(","))
    properties = dict(pairs)
    return Command(
        found[1],
        {name: decoded(value, "%3A", "%2C") for name, value in properties.items()},
        decoded(found[3]),
    )


def decoded(text: str, *codes: str) -> str:
    for code in ("%0D", "%0A", *codes, "%25"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


TEXTS = st.text(
    st.one_of(
        st.sampled_from(
            "|`<>&@#![](){}*_~%:,=+-\\\"'/$;\n\r\t\0\x1b\u2028\u202e\ufeff\ud800\ufffe\uffff测试"
        ),
        st.characters(),
    ),
    max_size=60,
)
hostile = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def storable(text: str) -> str:
    """The text as a file can hold it."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def titled(survey: Survey, text: str) -> Survey:
    """The survey with `text` wherever somebody can write something."""
    items = tuple(
        replace(
            item,
            title=text,
            owner_name=text,
            location=Location(f"content/{text}", 3),
            changed=Change("c" * 40, TODAY, text),
            waiver=replace(item.waiver, reason=text) if item.waiver else None,
        )
        for item in survey.freshness.items
    )
    problems = (BULK_REVIEW.at(Location(text, 2), text, f"so {text}"),)
    freshness = replace(
        survey.freshness, title=text, items=items, problems=problems, history=f"no {text}"
    )
    return replace(asked(freshness), trend=survey.trend)


@hostile
@given(text=TEXTS)
def test_github_reads_the_texts_that_were_written(survey: Survey, text: str):
    found = findings(titled(survey, text))
    read = commands(report.findings_as_github(found))
    assert {one.name for one in read} <= {level.value for level in Level}
    assert len(read) == len(found)
    for one, finding in zip(read, found, strict=True):
        assert one.properties["file"] == storable(finding.path)
        assert one.properties["line"] == str(finding.line)
        assert one.data == finding.message


def many(survey: Survey, count: int, start: State = State.OVERDUE) -> Survey:
    item = next(item for item in survey.shown if item.state is start)
    items = tuple(replace(item, id=f"pages/p{n:06}") for n in range(count))
    return asked(replace(survey.freshness, items=items, problems=()))


@pytest.mark.parametrize(("count", "shown", "rest"), [(10, 10, 0), (11, 10, 2), (5000, 10, 4991)])
def test_a_step_gets_ten_annotations_and_the_last_counts_the_rest(
    survey: Survey, count: int, shown: int, rest: int
):
    read = commands(report.findings_as_github(findings(many(survey, count))))
    assert [one.name for one in read] == ["error"] * shown
    last = read[-1].properties
    assert last["title"] == (f"And {rest} more" if rest else "竞争对手对战卡: overdue")
    assert ("file" in last) == (not rest)


def test_annotations_stand_on_the_reviewed_line_and_spare_what_is_waived(survey: Survey):
    found = findings(survey)
    places = {finding.path: finding for finding in found}
    assert places["content/pages/hostile.md"].line == 3
    assert places["content/pages/hostile.md"].level is Level.ERROR
    assert places["content/pages/edited.md"].level is Level.WARNING
    assert "content/pages/waived.md" not in places
    assert "content/pages/soon.md" not in places
    ranks = [finding.level.rank for finding in found]
    assert ranks == sorted(ranks)


def test_what_the_verdict_says_is_not_said_twice(survey: Survey):
    about = [finding for finding in findings(survey) if finding.path == "content/pages/bad-date.md"]
    assert [finding.rule.code for finding in about] == ["stale-never-reviewed"]
    assert any(problem.rule is REVIEW_DATE for problem in survey.freshness.problems)


def test_only_what_a_change_touches_or_makes_worse_concerns_it(compared: Survey):
    shown = commands(report.freshness_as_github(compared))
    names = {Path(one.properties["file"]).stem for one in shown}
    assert names == {"never", "rival", "due", "bad-date"}


# Fingerprints


def fingerprints(survey: Survey) -> dict[str, str]:
    return {finding.path: finding.fingerprint for finding in findings(survey)}


def test_fingerprints_survive_moved_lines_and_the_passing_of_days(survey: Survey, tmp_path: Path):
    moved = {
        name: (title, owner, f"# a comment\n{fields}")
        for name, (title, owner, fields) in ENTRIES.items()
    }
    write(tmp_path, moved)
    checked = load(Content(tmp_path, "content"))
    assert checked.library is not None
    later = TODAY + datetime.timedelta(days=40)
    aged = fingerprints(asked(assess(checked, checked.library, later)))
    for path, fingerprint in fingerprints(survey).items():
        if not path.endswith("/edited.md"):  # without history nobody knows that it was edited
            assert aged[path] == fingerprint, path


def test_fingerprints_of_problems_ignore_numbers_and_tell_repetitions_apart():
    def of(line: int, days: str) -> list[str]:
        problems = [REVIEW_DATE.at(Location("a.md", line + n), f"{days} days") for n in range(2)]
        return [found.fingerprint for found in report.findings_of_problems(problems)]

    assert of(3, "5") == of(90, "17")
    assert len(set(of(3, "5"))) == 2


@given(text=TEXTS)
@hostile
def test_gitlab_and_sarif_take_any_text(survey: Survey, text: str):
    found = findings(titled(survey, text))
    quality = json.loads(report.findings_as_gitlab(found).encode())
    assert len({one["fingerprint"] for one in quality}) == len(found)
    for one in quality:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert one["location"]["lines"]["begin"] >= 1
    SARIF.validate(json.loads(report.findings_as_sarif(found, "1.0").encode()))


# SARIF

SARIF = jsonschema.Draft7Validator(
    json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
)


def sarif(found: tuple[Finding, ...]) -> Any:
    document = json.loads(report.findings_as_sarif(found, "1.0"))
    SARIF.validate(document)
    return document["runs"][0]


def test_sarif_is_valid_and_names_its_rules(survey: Survey):
    run = sarif(findings(survey))
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert "](" not in json.dumps(run["results"])


def test_sarif_writes_paths_as_addresses():
    problems = [
        BULK_REVIEW.at(Location("content/知识/a b#1%.md", 4), "m"),
        BULK_REVIEW.at(Location("/abs/x.md"), "m"),
    ]
    run = sarif(report.findings_of_problems(problems))
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert places[0]["artifactLocation"] == {
        "uri": "content/%E7%9F%A5%E8%AF%86/a%20b%231%25.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert places[1]["artifactLocation"] == {"uri": "file:///abs/x.md"}


def test_sarif_stays_inside_the_limit_and_keeps_the_gravest(survey: Survey):
    grave = findings(many(survey, 3))
    mild = findings(asked(many(survey, 26_000, State.DUE).freshness))
    run = json.loads(report.findings_as_sarif((*grave, *mild), "1.0"))["runs"][0]
    assert len(run["results"]) == 25_000
    assert [result["level"] for result in run["results"][:4]] == ["error"] * 3 + ["warning"]
    said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert said.startswith("1003 more results")


# JUnit

JUNIT = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


def junit(text: str) -> Any:
    root = etree.fromstring(text.encode("utf-8"))
    JUNIT.assertValid(root)
    return root


def test_junit_is_valid_and_counts_its_cases(survey: Survey):
    root = junit(report.freshness_as_junit(survey))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert cases["pages/rival"].find("failure").get("type") == "overdue"
    assert cases["pages/waived"].find("skipped") is not None
    assert cases["pages/history"].find("skipped") is not None
    assert cases["pages/due"].find("failure") is None
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert sum(int(suite.get("skipped")) for suite in root) == len(root.findall(".//skipped"))


@hostile
@given(text=TEXTS)
@example(text='\ufffe\0\ud800<]]>&"')
def test_junit_is_well_formed_whatever_the_titles(survey: Survey, text: str):
    junit(report.freshness_as_junit(titled(survey, text)))


# Problems of `playbook check`

PROBLEMS: tuple[Problem, ...] = (
    BULK_REVIEW.at(Location("content/a.md", 1), "40 reviews"),
    REVIEW_DATE.at(Location("content/a.md", 3, 5), "no date", "write one"),
    REVIEW_DATE.at(Location("content/a.md", 9, 5), "no date", "write one"),
)


def test_problems_have_the_same_four_formats():
    found = report.findings_of_problems(PROBLEMS)
    read = commands(report.findings_as_github(found))
    assert [one.name for one in read] == ["error", "error", "notice"]
    assert read[0].properties == {
        "file": "content/a.md", "line": "3", "col": "5", "title": "PB401 review-date",
    }  # fmt: skip
    assert read[0].data == "no date (write one)"
    assert len(json.loads(report.findings_as_gitlab(found))) == 3
    assert [result["level"] for result in sarif(found)["results"]] == ["error", "error", "note"]
    root = junit(report.findings_as_junit(found))
    assert root.get("tests") == "2"
    assert root.get("failures") == "1"
    assert "content/a.md:9:5" in root.find(".//failure").text


def test_nothing_wrong_is_reported_as_such():
    assert report.findings_as_github(()) == ""
    assert json.loads(report.findings_as_gitlab(())) == []
    assert sarif(())["results"] == []
    assert junit(report.findings_as_junit(())).get("tests") == "1"


def test_warnings_that_fail_are_errors(survey: Survey):
    problem = replace(PROBLEMS[1], rule=replace(REVIEW_DATE, severity=BULK_REVIEW.severity))
    assert report.findings_of_problems([problem], strict=True)[0].level is Level.NOTICE
    warning = [p for p in survey.freshness.problems if p.severity.value == "warning"]
    assert all(f.level is Level.ERROR for f in report.findings_of_problems(warning, strict=True))


# Markdown


def tokens(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def inline(markdown: str) -> list[Token]:
    return [child for token in tokens(markdown) for child in token.children or ()]


OURS = re.compile(r"<(br|/?code|/?details|/?summary)>")


@hostile
@given(text=TEXTS)
def test_markdown_shows_titles_and_nothing_else(survey: Survey, text: str):
    calm, wild = titled(survey, "A"), titled(survey, text)
    for write in (report.freshness_as_summary, FORMATS["freshness.md"]):
        found = tokens(write(wild))
        shape = [(token.type, token.tag) for token in tokens(write(calm))]
        assert [(token.type, token.tag) for token in found] == shape
        for child in inline(write(wild)):
            known = ("text", "softbreak", "code_inline", "em_open", "em_close",
                     "strong_open", "strong_close", "html_inline")  # fmt: skip
            assert child.type in known
            assert child.type != "html_inline" or OURS.fullmatch(child.content)


@pytest.mark.parametrize(
    "text",
    ["@ann", "x@ann", "@org/team", "#12", "a/b#12", "GH-12", "!12", "%3", '~"bug"', "&4", "$5",
     "https://e.example", "www.e.example", "a@e.example", "deadbeef01", ":tada:", "mailto:a"],
)  # fmt: skip
def test_nothing_in_a_title_becomes_a_link_or_calls_anybody(survey: Survey, text: str):
    shown = "\n".join(
        child.content for child in inline(report.freshness_as_summary(titled(survey, text)))
    )
    assert text not in shown
    assert text in shown.replace("\N{ZERO WIDTH SPACE}", "")


@pytest.mark.parametrize("title", ["竞争对手" * 30, "|" * 300, "😀" * 200, "plain"])
def test_a_comment_stays_inside_its_limit(survey: Survey, title: str):
    big = many(survey, 3000)
    items = tuple(replace(item, title=title, owner=f"o{n}") for n, item in enumerate(big.shown))
    comment = report.freshness_as_markdown(
        asked(replace(big.freshness, items=items)), MARKER, "[the run](https://ci.example/1)"
    )
    assert len(comment.encode("utf-16-le")) // 2 <= 60_000
    assert comment.startswith(f"{MARKER}\n### ")
    assert "in [the run](https://ci.example/1)" in comment
    assert comment.count("<details>") == comment.count("</details>")


def test_what_does_not_fit_is_cut_between_sections_and_named(survey: Survey):
    items = tuple(
        replace(item, title="|" * 300, owner_name="|" * 300, owner=f"o{n}")
        for n, item in enumerate(many(survey, 60).shown)
    )
    comment = report.freshness_as_markdown(asked(replace(survey.freshness, items=items)), MARKER)
    last = comment.splitlines()[-1]
    assert last.startswith("*Not shown here: ")
    assert "By owner" in last
    assert last.endswith("The rest is in the report of the run.*")
    assert "… and " in comment


def test_a_summary_stays_below_a_mebibyte(survey: Survey):
    items = tuple(
        replace(item, title="|测" * 100, owner_name="|" * 90, owner=f"o{n}")
        for n, item in enumerate(many(survey, 3000).shown)
    )
    summary = report.freshness_as_summary(asked(replace(survey.freshness, items=items)))
    assert 500_000 < len(summary.encode()) < 1024 * 1024


# CSV


@hostile
@given(text=TEXTS)
def test_a_table_gives_back_the_texts_and_runs_no_formula(survey: Survey, text: str):
    wild = titled(survey, text)
    written = report.freshness_as_csv(wild)
    assert written.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(written[1:], newline="")))
    assert len(rows) == len(wild.shown)
    for row, item in zip(rows, wild.shown, strict=True):
        assert not any(value.lstrip(" ").startswith(("=", "+", "@")) for value in row.values())
        assert not any(value.startswith(("\t", "\r", "\n")) for value in row.values())
        assert unguarded(row["title"]) == storable(item.title)


def unguarded(cell: str) -> str:
    return (
        cell[1:]
        if re.match(r"'+\s*[\t\r\n'=+\-@＝＋－＠]|'+[\t\r\n]|'['\s]*[=+\-@＝＋－＠]", cell)
        else cell
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "'=1"]
)
def test_formulas_get_an_apostrophe(survey: Survey, text: str):
    rows = list(
        csv.DictReader(io.StringIO(report.freshness_as_csv(titled(survey, text))[1:], newline=""))
    )
    assert {row["title"] for row in rows} == {"'" + text}


def test_numbers_and_dates_stay_numbers_and_dates(survey: Survey):
    text = report.freshness_as_csv(survey)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text[1:], newline=""))}
    assert rows["pages/rival"]["days_left"] == "-3"
    assert rows["pages/rival"]["due"] == "2026-11-20"
    assert text.count("\r\n") == text.count("\n") == len(survey.shown) + 1


# Calendars


def events(text: str) -> dict[str, Any]:
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
    return {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_a_calendar_holds_the_due_date_of_every_checked_entry(survey: Survey):
    found = events(report.freshness_as_ics(survey))
    assert len(found) == sum(item.state.checked for item in survey.shown)
    rival = found["pages/rival@playbook"]
    assert rival["DTSTART"].dt == datetime.date(2026, 11, 20)
    assert rival["DTEND"].dt == datetime.date(2026, 11, 21)
    assert rival["SUMMARY"] == "竞争对手对战卡 (overdue)"
    assert "Owner: 李雷" in rival["DESCRIPTION"]
    assert rival["DTSTAMP"].dt == datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)


def test_an_owner_can_have_a_calendar_of_their_own(survey: Survey):
    found = events(report.freshness_as_ics(survey, "li"))
    assert sorted(found) == [
        f"pages/{name}@playbook" for name in ("bad-date", "due", "rival", "soon")
    ]


def test_an_event_moves_and_keeps_its_name_when_its_entry_is_reviewed(tmp_path: Path):
    write(tmp_path, ENTRIES)
    before = events(report.freshness_as_ics(asked(judged(tmp_path))))["pages/rival@playbook"]
    write(tmp_path, {"rival": ("Rival", "li", "tier: weapon\nreviewed: 2026-11-23")})
    later = replace(judged(tmp_path), today=TODAY + datetime.timedelta(days=1))
    after = events(report.freshness_as_ics(asked(later)))["pages/rival@playbook"]
    assert after["DTSTART"].dt == datetime.date(2026, 12, 4)
    assert after["SEQUENCE"] > before["SEQUENCE"]


@hostile
@given(text=TEXTS)
def test_a_calendar_reads_back_as_it_was_written(survey: Survey, text: str):
    wild = titled(survey, text)
    written = report.freshness_as_ics(wild)
    assert len(events(written)) == sum(item.state.checked for item in wild.shown)
    assert Calendar.from_ical(written).to_ical().decode() == written


@hostile
@given(text=st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=200))
def test_a_calendar_shows_titles_as_they_are(survey: Survey, text: str):
    found = events(report.freshness_as_ics(titled(survey, text)))
    assert found["pages/rival@playbook"]["SUMMARY"] == f"{text.replace('##[', '## [')} (overdue)"


# JSON

FRESHNESS = jsonschema.Draft202012Validator(
    json.loads(SCHEMA.read_text(encoding="utf-8")),
    format_checker=jsonschema.FormatChecker(),
)


def test_json_keeps_to_its_schema(survey: Survey, compared: Survey):
    FRESHNESS.check_schema(FRESHNESS.schema)
    for one in (survey, compared, asked(survey.freshness, "never")):
        FRESHNESS.validate(json.loads(report.freshness_as_json(one)))


def test_the_schema_names_every_field_that_is_written(compared: Survey):
    document = json.loads(report.freshness_as_json(compared))
    schema = FRESHNESS.schema
    assert set(document) == set(schema["properties"]) == set(schema["required"])
    for name, value in (("item", document["items"][0]), ("comparison", document["comparison"])):
        assert set(value) == set(schema["$defs"][name]["properties"])
        assert set(value) == set(schema["$defs"][name]["required"])


@hostile
@given(text=TEXTS)
def test_json_holds_any_text(survey: Survey, text: str):
    written = report.freshness_as_json(titled(survey, text))
    document = json.loads(written.encode("utf-8"))
    FRESHNESS.validate(document)
    assert document["title"] == storable(text)


@formats
@pytest.mark.parametrize("text", ["##[stop-commands]x", "\n::stop-commands::x", "\r##[add-mask]a"])
def test_no_title_is_a_command_to_the_log_that_it_is_printed_to(
    survey: Survey, name: str, text: str
):
    printed = FORMATS[name](titled(survey, text))
    for line in re.split(r"\r\n|\r|\n", printed):
        if name == "github.txt":
            assert not line or command(line).name in ("error", "warning", "notice")
        elif name not in FILES:
            assert "##[" not in line
            assert not line.lstrip().startswith("::stop")


@hostile
@given(text=TEXTS)
def test_text_has_no_line_and_no_control_that_a_title_brought(survey: Survey, text: str):
    calm = report.freshness_as_text(titled(survey, "A"), plain)
    wild = report.freshness_as_text(titled(survey, text), plain)
    assert len(wild.splitlines()) == len(calm.splitlines())
    kinds = {category(character) for character in wild.replace("\n", "")}
    assert kinds.isdisjoint(("Cc", "Cf", "Cs", "Zl", "Zp"))
