"""An incremental build gives what a clean one gives, byte for byte, and does no more."""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import pickle
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import packaged_templates
from generator.build import Content, Outcome, Request, Session, build
from generator.write import Inplace

SETTINGS = """\
title: {title}
description: For tests.
languages: {languages}
time_zone: Asia/Shanghai
default_tiers: {{page: strategic, lesson: tactical}}
tags: {{risk: Risk, team: Team}}
{more}"""
PEOPLE = """\
people:
  - {{id: ann, name: {name}, email: ann@example.com}}
  - {{id: bo, name: Bo}}
groups:
  - {{id: crew, name: Crew, members: [ann, bo]}}
"""
ENTRY = """\
---
title: {title}
summary: What {title} says about *{word}*.
owner: {owner}
tags: [{tags}]
status: {status}
reviewed: {reviewed}
{more}---
## First

{body}
"""
LESSON = "year: 2020\nmistake: It was forgotten.\noutcome: Nothing good.\nrule: Do not forget.\n"
RELATED = "related: [lessons/four]\n"
TOOL = """\
title: Sheet of {word}
summary: A tool.
owner: bo
system: intelligence
purpose: To see {word}.
when: {{visit: Before a visit.}}
sheet:
  columns:
    - {{id: name, title: Name, type: text}}
    - {{id: count, title: Count, type: number}}
"""
CHINESE = "---\ntitle: 一 {word}\nsummary: 页。\n---\n## 首先\n\n文。\n"
ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="8"><rect/></svg>'
NAMES = ("pages/one", "pages/two", "pages/three", "lessons/four", "lessons/five")
WORDS = ("alpha", "beta", "客户", "gamma & co")


@dataclass
class Playbook:
    """A playbook, its site that is built over and over, and its clean counterpart."""

    root: Path
    today: datetime.date = datetime.date(2026, 11, 23)

    def write(self, path: str, text: str) -> None:
        """Writes a file below the root."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def remove(self, path: str) -> None:
        """Deletes a file, if it is there."""
        (self.root / path).unlink(missing_ok=True)

    def build(self, output: str, cache: bool) -> Outcome:
        """Builds in this process."""
        return build(self.request(self.root / output, self.root / ".cache" if cache else None))

    def request(self, output: Path, cache: Path | None) -> Request:
        """The site as it is asked for today."""
        return Request(
            content=Content(self.root / "content", "content"),
            output=output,
            templates=(self.root / "templates", packaged_templates()),
            today=lambda _: self.today,
            history=False,
            cache=cache,
        )

    def files(self, output: str) -> dict[str, bytes]:
        """All files of a site."""
        folder = self.root / output
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }


Edit = Callable[[Playbook], None]


def entry(name: str, **given_fields: str) -> str:
    """The text of an entry."""
    fields = {
        "title": name.rpartition("/")[2], "word": "care", "owner": "ann", "tags": "risk",
        "status": "published", "reviewed": "2026-11-20", "more": "", "body": "Text.",
    } | given_fields  # fmt: skip
    if name.startswith("lessons/"):
        fields["more"] += LESSON
    return ENTRY.format(**fields)


def begun(root: Path) -> Playbook:
    """A playbook to be edited."""
    made = Playbook(root)
    languages = "[{code: en}, {code: zh, tag: zh-Hans}]"
    made.write("content/playbook.yml", SETTINGS.format(title="T", languages=languages, more=""))
    made.write("content/people.yml", PEOPLE.format(name="Ann"))
    made.write("content/pages/one.md", entry("pages/one", body="See [two](two.md#first)."))
    made.write("content/pages/two.md", entry("pages/two", more=RELATED))
    made.write("content/lessons/four.md", entry("lessons/four", owner="crew"))
    made.write("content/toolkits/sheet.yml", TOOL.format(word="care"))
    made.write("content/pages/one.zh.md", CHINESE.format(word=""))
    return made


def writes(path: str, text: str) -> Edit:
    """An edit that writes a file."""
    return lambda playbook: playbook.write(path, text)


def renames(old: str, new: str) -> Edit:
    """An edit that moves a file, also to another kind, if it is there."""

    def edit(playbook: Playbook) -> None:
        source, target = playbook.root / f"content/{old}.md", playbook.root / f"content/{new}.md"
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)

    return edit


def sets_day(days: int) -> Edit:
    """An edit of the clock."""

    def edit(playbook: Playbook) -> None:
        playbook.today = datetime.date(2026, 11, 23) + datetime.timedelta(days=days)

    return edit


def harms(how: str) -> Edit:
    """Something that happens to the cache or to the site between builds."""

    def edit(playbook: Playbook) -> None:
        cache, page = playbook.root / ".cache/playbook.sqlite", playbook.root / "site/en/index.html"
        if how == "cache gone":
            shutil.rmtree(playbook.root / ".cache", ignore_errors=True)
        elif how == "cache cut" and cache.exists():
            os.truncate(cache, cache.stat().st_size // 2)
        elif how == "cache foreign" and cache.exists():
            cache.write_bytes(b"somebody else's file")
        elif how == "page gone":
            page.unlink(missing_ok=True)
        elif how == "page changed" and page.exists():
            page.write_bytes(b"not what was built")
        elif how == "times changed":
            for path in (playbook.root / "site").rglob("*.html"):
                os.utime(path, ns=(1, 1))

    return edit


names, words = st.sampled_from(NAMES), st.sampled_from(WORDS)
entries = st.builds(
    lambda name, word, owner, tags, status, reviewed, more, body: writes(
        f"content/{name}.md",
        entry(name, word=word, owner=owner, tags=tags, status=status, reviewed=reviewed, more=more,
              body=body, title=f"{name} {word}"),
    ),
    names,
    words,
    st.sampled_from(("ann", "bo", "crew", "nobody")),
    st.sampled_from(("risk", "team", "risk, team", "")),
    st.sampled_from(("published", "published", "draft", "retired")),
    st.sampled_from(("2026-11-20", "2026-01-02", "2027-01-01", "soon")),
    st.sampled_from(
        ("", "", "tier: weapon\n", "aliases: [pages/old]\n", "depends_on: [pages/two]\n",
         "related: [pages/one]\n")
    ),
    st.sampled_from(
        ("Text.", "Other text.", "See [one](../pages/one.md).", "## Second\n\nMore.",
         "![An icon](../files/icon.svg)", "See [it](#second).", "See [it](nowhere.md).")
    ),
)  # fmt: skip
edits = st.one_of(
    entries,
    entries,
    st.builds(lambda name: lambda playbook: playbook.remove(f"content/{name}.md"), names),
    st.builds(renames, names, names),
    st.builds(
        lambda title, languages, more: writes(
            "content/playbook.yml", SETTINGS.format(title=title, languages=languages, more=more)
        ),
        words.map(lambda word: f'"{word}"'),
        st.sampled_from(("[{code: en}, {code: zh, tag: zh-Hans}]", "[{code: en}]")),
        st.sampled_from(
            ("", "address: https://example.com/x\n",
             "repository: {url: https://example.com/r, edit: 'https://example.com/e/{path}'}\n")
        ),
    ),
    st.builds(lambda name: writes("content/people.yml", PEOPLE.format(name=name)), words),
    st.builds(lambda word: writes("content/toolkits/sheet.yml", TOOL.format(word=word)), words),
    st.builds(
        lambda size: writes("content/files/icon.svg", ICON.format(size=size)), st.integers(1, 3)
    ),
    st.builds(
        lambda word: writes(
            "content/pages/one.zh.md", CHINESE.format(word=word)
        ),
        words,
    ),
    st.builds(
        lambda word: writes("templates/strings/en.yml", f"nav: {{skip: 'To {word}'}}\n"), words
    ),
    st.builds(lambda word: writes("templates/pages/tags.html", f"<p>{word}</p>"), words),
    st.just(lambda playbook: playbook.remove("templates/pages/tags.html")),
    st.just(writes("content/pages/two.md", "---\ntitle: [\n---\n")),
    st.builds(sets_day, st.integers(0, 60)),
    st.builds(
        harms,
        st.sampled_from(
            ("cache gone", "cache cut", "cache foreign", "page gone", "page changed",
             "times changed")
        ),
    ),
)  # fmt: skip


@settings(
    max_examples=int(os.environ.get("PLAYBOOK_EXAMPLES", "24")),
    deadline=None,
    derandomize="PLAYBOOK_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(edits, min_size=6, max_size=12))
def test_after_any_edits_the_site_is_the_one_that_a_clean_build_gives(changes: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        playbook = begun(Path(folder))
        assert playbook.build("site", cache=True).written
        for edit in changes:
            edit(playbook)
            before = playbook.files("site")
            made = playbook.build("site", cache=True)
            shutil.rmtree(playbook.root / "clean", ignore_errors=True)
            clean = playbook.build("clean", cache=False)
            problems = [each for each in made.problems if each.rule.name != "cache"]
            assert problems == list(clean.problems)
            assert (made.written, made.entries, made.pages) == (
                clean.written, clean.entries, clean.pages
            )  # fmt: skip
            expected = playbook.files("clean") if clean.written else before
            assert_same(playbook.files("site"), expected)


def assert_same(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> None:
    """Names the files that differ, instead of printing them."""
    assert sorted(found) == sorted(expected)
    assert [name for name in found if found[name] != expected[name]] == []


@pytest.fixture
def playbook(tmp_path: Path) -> Playbook:
    made = begun(tmp_path)
    assert made.build("site", cache=True).written
    return made


def rendered(outcome: Outcome) -> dict[str, str]:
    """The pages that a build rendered, with the reasons."""
    return dict(outcome.rendered)


def pages_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The pages of a site, and the sheets."""
    return {name: files[name] for name in files if name.endswith((".html", ".csv"))}


class Workbench:
    """A playbook that is built over and over in one process."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.session = Session(playbook.request(playbook.root / "private", None))

    def build(self, hurry: bool = False) -> Outcome:
        """Builds anew."""
        playbook = self.playbook
        return self.session.build(playbook.request(playbook.root / "private", None), hurry=hurry)

    def pages(self) -> dict[str, bytes]:
        """What readers see."""
        return pages_of(self.playbook.files("private"))

    def settle(self, stop: bool) -> Outcome | None:
        """Makes what was put off, unless it is stopped."""
        playbook = self.playbook
        return self.session.settle(playbook.request(playbook.root / "private", None), lambda: stop)


@settings(
    max_examples=int(os.environ.get("PLAYBOOK_EXAMPLES", "10")),
    deadline=None,
    derandomize="PLAYBOOK_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(edits, st.booleans()), min_size=6, max_size=12))
def test_builds_in_a_row_give_what_a_clean_one_gives(changes: list[tuple[Edit, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        playbook = begun(Path(folder))
        bench = Workbench(playbook)
        assert bench.build().written
        for edit, hurried in changes:
            edit(playbook)
            shutil.rmtree(playbook.root / "clean", ignore_errors=True)
            clean = playbook.build("clean", cache=False)
            if hurried:
                assert bench.build(hurry=True).problems == clean.problems
                if clean.written:
                    assert_same(bench.pages(), pages_of(playbook.files("clean")))
            made = bench.build()
            assert made.problems == clean.problems
            if clean.written:
                expected = playbook.files("clean")
                del expected[".playbook-manifest.json"]
                assert_same({name: bench.session.read(name) or b"" for name in expected}, expected)
                assert_same(playbook.files("private"), expected)


def appends(path: str, text: str) -> Edit:
    """An edit at the end of a file that is there."""

    def edit(playbook: Playbook) -> None:
        before = (playbook.root / path).read_text("utf-8")
        playbook.write(path, f"{before}\n{text}\n")

    return edit


saves = st.builds(
    appends,
    st.sampled_from(("pages/one.md", "pages/two.md", "lessons/four.md", "pages/one.zh.md")).map(
        "content/{}".format
    ),
    st.one_of(
        words.map("A text about *{}*.".format),
        st.sampled_from(("See [one](../pages/one.md).", "### Third", "![](../files/none.svg)")),
    ),
)


@settings(
    max_examples=int(os.environ.get("PLAYBOOK_EXAMPLES", "8")),
    deadline=None,
    derandomize="PLAYBOOK_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.one_of(saves, saves, saves, edits), min_size=4, max_size=8))
def test_after_any_saves_in_a_row_readers_see_what_a_clean_build_gives(changes: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        playbook = begun(Path(folder))
        bench = Workbench(playbook)
        bench.build()
        for edit in changes:
            with contextlib.suppress(FileNotFoundError):  # removed by an edit before
                edit(playbook)
            shutil.rmtree(playbook.root / "clean", ignore_errors=True)
            clean = playbook.build("clean", cache=False)
            assert bench.build(hurry=True).problems == clean.problems
            if clean.written:
                assert_same(bench.pages(), pages_of(playbook.files("clean")))


def test_a_saved_text_is_shown_where_its_entry_is(playbook: Playbook) -> None:
    bench = Workbench(playbook)
    bench.build()
    for word in ("Quokka", "Numbat"):
        playbook.write("content/pages/two.md", entry("pages/two", more=RELATED, body=f"{word}."))
        made = bench.build(hurry=True)
        assert rendered(made) == dict.fromkeys(
            ("en/pages/two.html", "zh/pages/two.html"), "changed: entry"
        )
        assert (made.changed, made.behind) == (2, True)
        playbook.build("clean", cache=False)
        assert_same(bench.pages(), pages_of(playbook.files("clean")))


def test_a_save_that_is_taken_back_is_gone_at_once(playbook: Playbook) -> None:
    bench = Workbench(playbook)
    bench.build()
    before = bench.pages()
    text = (playbook.root / "content/pages/two.md").read_text("utf-8")
    playbook.write("content/pages/two.md", f"{text}\nQuokka.\n")
    assert bench.build(hurry=True).changed == 2
    playbook.write("content/pages/two.md", text)
    playbook.write("content/lessons/four.md", entry("lessons/four", owner="crew", body="Numbat."))
    assert bench.build(hurry=True).changed == 4
    playbook.write("content/lessons/four.md", entry("lessons/four", owner="crew"))
    assert bench.build(hurry=True).changed == 2
    assert_same(bench.pages(), before)


@pytest.mark.parametrize(
    "fields",
    [
        {"word": "caution"},
        {"body": "## A heading\n\nText."},
        {"body": "See [the other](one.md)."},
        {"body": "See [nothing](none.md)."},
        {"status": "retired"},
        {"more": "aliases: [pages/former]\n"},
        {"more": ""},
        {"reviewed": "2026-01-01"},
    ],
)
def test_what_others_show_is_shown_there_at_once(
    playbook: Playbook, fields: dict[str, str]
) -> None:
    bench = Workbench(playbook)
    bench.build()
    playbook.write("content/pages/two.md", entry("pages/two", **{"more": RELATED} | fields))
    made = bench.build(hurry=True)
    clean = playbook.build("clean", cache=False)
    assert (made.problems, made.written) == (clean.problems, clean.written)
    if clean.written:
        assert_same(bench.pages(), pages_of(playbook.files("clean")))


def test_in_a_hurry_the_search_comes_later(playbook: Playbook) -> None:
    bench = Workbench(playbook)
    assert not bench.build().behind
    playbook.write("content/pages/two.md", entry("pages/two", body="Quokka."))
    assert bench.build(hurry=True).behind
    assert b"Quokka" in (bench.session.read("en/pages/two.html") or b"")
    assert b"Quokka" not in (bench.session.read("playbook.json") or b"")
    assert bench.settle(stop=True) is None
    assert b"Quokka" not in (bench.session.read("playbook.json") or b"")
    assert (settled := bench.settle(stop=False))
    assert not settled.behind
    assert b"Quokka" in (bench.session.read("playbook.json") or b"")


def test_a_session_has_no_page_but_its_own(playbook: Playbook) -> None:
    bench = Workbench(playbook)
    bench.build()
    (playbook.root / "private/secret").write_text("secret")
    for address in ("secret", "../content/playbook.yml", "en", "", "a\0b", "/etc/passwd"):
        assert bench.session.read(address) is None


def test_a_build_without_a_change_renders_and_writes_nothing(playbook: Playbook) -> None:
    folder = (playbook.root / "site").stat()
    outcome = playbook.build("site", cache=True)
    assert outcome.written
    assert outcome.rendered == ()
    assert outcome.changed == 0
    after = (playbook.root / "site").stat()
    assert (after.st_ino, after.st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)


def test_a_new_body_renders_the_pages_of_its_entry_and_no_others(playbook: Playbook) -> None:
    playbook.write("content/pages/two.md", entry("pages/two", more="related: [lessons/four]\n",
                                                 body="Other text."))  # fmt: skip
    assert rendered(playbook.build("site", cache=True)) == {
        "en/pages/two.html": "changed: entry",
        "zh/pages/two.html": "changed: entry",
    }


def test_a_new_title_renders_the_pages_that_show_it(playbook: Playbook) -> None:
    playbook.write("content/lessons/four.md", entry("lessons/four", owner="crew", title="New"))
    found = rendered(playbook.build("site", cache=True))
    assert "card" in found["en/lessons/four.html"]
    assert found["en/pages/two.html"] == "changed: cards, related"
    assert "cards" in found["en/people/crew.html"]
    assert "en/pages/one.html" not in found
    assert "en/toolkits/sheet.html" not in found


def test_a_new_template_renders_the_pages_that_go_through_it(playbook: Playbook) -> None:
    playbook.write("templates/pages/tags.html", "<p>Ours</p>")
    found = rendered(playbook.build("site", cache=True))
    assert set(found) == {"en/tags/index.html", "zh/tags/index.html"}
    assert found["en/tags/index.html"].startswith("templates")


@pytest.mark.parametrize(
    "tag", ["{%+ include 'parts/own.html' %}", "{% include 'parts/' ~ 'own.html' %}"]
)
def test_a_template_follows_whatever_it_includes(playbook: Playbook, tag: str) -> None:
    playbook.write("templates/parts/own.html", "<p>Before</p>")
    playbook.write("templates/pages/tags.html", tag)
    playbook.build("site", cache=True)
    playbook.write("templates/parts/own.html", "<p>After</p>")
    assert set(rendered(playbook.build("site", cache=True))) == {
        "en/tags/index.html", "zh/tags/index.html",
    }  # fmt: skip
    assert playbook.files("site")["en/tags/index.html"] == b"<p>After</p>"


def test_parts_that_are_kept_do_not_take_each_others_place(playbook: Playbook) -> None:
    playbook.write(
        "templates/pages/tags.html",
        "{% kept frame.site %}[{{ frame.site.code }}]{% endkept %}"
        "{% kept frame.site %}({{ href('x') }}){% endkept %}"
        "{% for word in ('a', 'b') %}{% kept word %}{{ word }}{% endkept %}{% endfor %}",
    )
    playbook.write("templates/pages/people.html", "{% kept 'a' %}other{% endkept %}")
    playbook.build("site", cache=True)
    files = playbook.files("site")
    assert files["en/tags/index.html"] == b"[en](../../x)ab"
    assert files["zh/tags/index.html"] == b"[zh](../../x)ab"
    assert files["en/people/index.html"] == b"other"


def test_a_kept_part_holds_no_block(playbook: Playbook) -> None:
    playbook.write(
        "templates/pages/tags.html",
        "{% kept frame.site %}\n{% block main %}{{ frame.site.code }}{% endblock %}{% endkept %}",
    )
    (fault,) = (p for p in playbook.build("site", cache=True).problems if p.rule.name == "template")
    assert fault.message == "a block cannot stand in a kept part: it differs by page"
    assert fault.location.line == 2


@pytest.mark.parametrize("shown", ["frame.url", "href(frame.url)", "tags[0].title", "frame"])
def test_a_kept_part_shows_nothing_that_it_is_not_made_of(playbook: Playbook, shown: str) -> None:
    playbook.write(
        "templates/pages/tags.html",
        f"{{% kept frame.site %}}\n{{{{ {shown} }}}}\n{{% endkept %}}\n",
    )
    problems = playbook.build("site", cache=True).problems
    (fault,) = [each for each in problems if each.rule.name == "template"]
    assert fault.location.line == 1
    stranger = shown.removeprefix("href(").removesuffix(")")
    assert fault.message.endswith("is not among the values of the kept part that shows it")
    assert fault.message.startswith(stranger.partition("[")[0])


def test_whether_the_history_is_asked_counts_where_there_is_none(playbook: Playbook) -> None:
    unasked = playbook.request(playbook.root / "site", playbook.root / ".cache")
    asked = replace(unasked, history=True)
    assert build(asked).problems == build(replace(asked, cache=None)).problems
    assert "en/freshness.html" in rendered(playbook.build("site", cache=True))


def test_a_new_time_zone_holds_for_a_history_that_is_open(playbook: Playbook) -> None:
    late = "2026-11-20T17:30:00Z"  # which is another day in China than in America
    dates = {"GIT_AUTHOR_DATE": late, "GIT_COMMITTER_DATE": late}
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    git = shutil.which("git") or ""
    for command in (["init", "-q"], ["add", "content"], [*who, "commit", "-qm", "All"]):
        subprocess.run([git, *command], cwd=playbook.root, env=os.environ | dates, check=True)
    asked = replace(playbook.request(playbook.root / "private", None), history=True)
    session = Session(asked)
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        text = (playbook.root / "content/playbook.yml").read_text("utf-8")
        playbook.write("content/playbook.yml", text.replace("Asia/Shanghai", zone))
        assert session.build(asked).written
        build(replace(asked, output=playbook.root / "clean"))
        assert session.read("freshness.json") == playbook.files("clean")["freshness.json"]


def test_what_goes_makes_way_for_what_comes(tmp_path: Path) -> None:
    place = Inplace(tmp_path / "private")
    for name in ("map.svg", "map.svg/north.svg"):
        place.commit(dict([place.stage().put(name, b"<svg/>")]))
        assert place.read(name) == b"<svg/>"


def test_files_that_stay_the_same_keep_their_time(playbook: Playbook) -> None:
    before = {p: p.stat().st_mtime_ns for p in (playbook.root / "site").rglob("*") if p.is_file()}
    playbook.write("content/pages/two.md", entry("pages/two", body="Other text."))
    playbook.build("site", cache=True)
    changed = {
        path.relative_to(playbook.root / "site").as_posix()
        for path, time in before.items()
        if path.stat().st_mtime_ns != time
    }
    assert {"en/pages/two.html", "zh/pages/two.html"} <= changed
    assert "en/pages/one.html" not in changed
    assert "en/toolkits/sheet.html" not in changed


def test_a_cache_from_elsewhere_serves_a_site_that_is_not_there(playbook: Playbook) -> None:
    expected = playbook.files("site")
    shutil.rmtree(playbook.root / "site")
    assert playbook.build("site", cache=True).written
    assert_same(playbook.files("site"), expected)


def test_a_damaged_cache_is_made_anew_with_a_note(playbook: Playbook) -> None:
    (playbook.root / ".cache/playbook.sqlite").write_bytes(b"no cache" * 1000)
    outcome = playbook.build("site", cache=True)
    assert outcome.problems[0].rule.name == "cache"
    assert outcome.written
    again = playbook.build("site", cache=True)
    assert again.problems == outcome.problems[1:]
    assert again.rendered == ()


def test_a_cache_that_cannot_be_written_is_told_once_and_costs_nothing_else(folder) -> None:
    folder.build()
    expected = folder.files()
    folder.page("two", "Two", "Other text.")
    folder.build()
    changed = folder.files()
    (folder.root / ".cache/playbook.sqlite-journal").mkdir()  # so that nothing can be written
    for _ in range(2):
        folder.page("two", "Two")
        ended = folder.build()
        assert (ended.returncode, ended.stdout.count("PB608")) == (0, 1)
        assert ".cache/playbook.sqlite:1:1: PB608 note: it cannot be used: " in ended.stdout
        assert "--no-cache" in ended.stdout
        assert_same(folder.files(), expected)
    assert changed != expected


def test_a_file_where_the_cache_has_its_folder_is_named(folder) -> None:
    (folder.root / ".cache").write_text("mine")
    ended = folder.build()
    assert ended.returncode == 0
    assert ".cache:1:1: PB608 note: this is a file" in ended.stdout
    assert (folder.root / ".cache").read_text() == "mine"


def test_a_cache_that_turns_out_to_be_damaged_is_made_anew_with_a_note(playbook: Playbook) -> None:
    cache = playbook.root / ".cache/playbook.sqlite"
    size, begun = cache.stat().st_size, cache.read_bytes()[: 3 * 4096]
    cache.write_bytes(begun.ljust(size, b"\0"))
    outcome = playbook.build("site", cache=True)
    assert [each.rule.name for each in outcome.problems].count("cache") == 1
    again = playbook.build("site", cache=True)
    assert again.problems == outcome.problems[1:]
    assert again.rendered == ()
    playbook.build("clean", cache=False)
    assert_same(playbook.files("site"), playbook.files("clean"))


def kept_whole(playbook: Playbook) -> dict[str, bytes]:
    """What the cache holds of all entries, or of all documents, together."""
    with contextlib.closing(sqlite3.connect(playbook.root / ".cache/playbook.sqlite")) as store:
        rows = store.execute("SELECT key, digest FROM kept").fetchall()
    return {key: digest for key, digest in rows if ":" not in key or key.startswith("site:")}


def many_pages(playbook: Playbook) -> None:
    """So many that one of them is few."""
    for number in range(40):
        playbook.write(f"content/pages/no-{number}.md", entry(f"pages/no-{number}", body="Text."))


def test_an_edit_writes_what_it_changes_into_the_cache(playbook: Playbook) -> None:
    many_pages(playbook)
    playbook.build("site", cache=True)
    before = kept_whole(playbook)
    playbook.write("content/pages/no-7.md", entry("pages/no-7", body="Other words, once more."))
    assert playbook.build("site", cache=True).written
    after = kept_whole(playbook)
    whole = {key for key in after if not key.endswith("+")}
    assert whole >= {"entries", "reviews", "catalogue", "site:../site"}
    assert {key: after[key] for key in whole} == {key: before[key] for key in whole}
    assert all(after[f"{key}+"] != before[f"{key}+"] for key in whole)


def test_what_changed_is_not_mixed_with_what_it_was_not_found_against(playbook: Playbook) -> None:
    many_pages(playbook)
    playbook.build("site", cache=True)
    ours = playbook.root / ".cache/playbook.sqlite"
    playbook.write("content/pages/no-7.md", entry("pages/no-7", body="Other words, once more."))
    playbook.build("site", cache=True)
    shutil.copy(ours, playbook.root / "theirs.sqlite")
    for number in range(20):  # too many to be kept apart
        body = f"Words of another day, number {number}."
        playbook.write(f"content/pages/no-{number}.md", entry(f"pages/no-{number}", body=body))
    expected = playbook.build("site", cache=True).problems
    with contextlib.closing(sqlite3.connect(ours, isolation_level=None)) as store:
        store.execute("ATTACH ? AS theirs", (str(playbook.root / "theirs.sqlite"),))
        named = "SELECT * FROM theirs.kept WHERE key LIKE '%+'"
        store.execute(f"INSERT OR REPLACE INTO kept {named}")
    playbook.write("content/pages/no-3.md", entry("pages/no-3", body="A last word."))
    assert playbook.build("site", cache=True).problems == expected
    clean = playbook.build("clean", cache=False).problems
    assert clean == expected
    assert_same(playbook.files("site"), playbook.files("clean"))


@pytest.fixture
def shared(playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Outcome]:
    """Builds as large playbooks are built: another process takes over what stays, and removes the
    former tree."""
    monkeypatch.setattr("generator.build.output.filling.MANY", 0)
    monkeypatch.setattr("generator.build.building.MANY", 0)
    request = playbook.request(playbook.root / "site", playbook.root / ".cache")
    return lambda: build(replace(request, jobs=2))


def test_what_stays_is_taken_over_beside_other_work(
    playbook: Playbook, shared: Callable[[], Outcome]
) -> None:
    site = playbook.root / "site"
    (site / "theirs.txt").write_text("Not ours.")
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    playbook.write("content/pages/two.md", entry("pages/two", body="Other text."))
    assert shared().written
    changed = {path.name for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert "two.html" in changed
    assert "one.html" not in changed
    assert playbook.build("clean", cache=False).written
    expected = {**playbook.files("clean"), "theirs.txt": b"Not ours."}
    assert_same(playbook.files("site"), expected)
    assert not [path for path in playbook.root.iterdir() if path.name.startswith(".site.new")]


def test_a_fault_of_the_other_process_is_one_of_the_build(
    playbook: Playbook, shared: Callable[[], Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(staging: object, name: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = playbook.files("site")
    playbook.write("content/pages/two.md", entry("pages/two", body="Other text."))
    with monkeypatch.context() as patched:
        patched.setattr("generator.write.Staging.keep", full)
        outcome = shared()
    assert [(p.rule.code, p.message) for p in outcome.problems if p.rule.code == "PB605"] == [
        ("PB605", "cannot write the site: No space left on device")
    ]
    assert not outcome.written
    assert_same(playbook.files("site"), before)
    assert shared().written


class Mischief:
    """What a pickle from a stranger may hold."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("mischief"),))


def test_a_cache_runs_nothing(playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    monkeypatch.chdir(playbook.root)
    content = pickle.dumps(Mischief())
    with sqlite3.connect(playbook.root / ".cache/playbook.sqlite") as store:
        for (key,) in store.execute("SELECT key FROM kept").fetchall():
            digest = hashlib.blake2b(content, digest_size=16, key=key.encode()[:64]).digest()
            changed = "UPDATE kept SET digest = ?, value = ? WHERE key = ?"
            store.execute(changed, (digest, content, key))
    store.close()
    expected = playbook.files("site")
    assert playbook.build("site", cache=True).written
    assert not Path("mischief").exists()
    assert_same(playbook.files("site"), expected)


def test_the_command_says_why_pages_were_rendered(folder) -> None:
    folder.build()
    folder.page("two", "Two", "Other text.")
    run = folder.build("--explain")
    assert "en/pages/two.html: changed: entry" in run.stdout
    assert "pages are as they were" in run.stdout
    again = folder.build("--explain").stdout
    assert "changed: entry" not in again
    assert "0 files changed" in again


def test_without_a_cache_nothing_is_left_beside_the_content(folder) -> None:
    folder.build("--no-cache")
    assert not (folder.root / ".cache").exists()
