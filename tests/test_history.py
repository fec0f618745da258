"""What git knows of entries, by real repositories that are scripted commit by commit.

Every commit has a day of its own, so a verdict can be told from the dates alone.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from generator.build import Content, PastOf, judged, load, read_past
from generator.build.reviews.mergebase import Base, load_base
from generator.build.reviews.trend import read_trend
from generator.history import Unknown
from generator.model import Library
from generator.staleness import Comparison, Freshness, Item, State, Week, failing
from generator.validate import Checked
from tests.conftest import TODAY, Folder

SETTINGS = """\
title: Test playbook
description: For tests.
languages: [{{code: en}}, {{code: zh}}]
time_zone: {zone}
default_tiers: {{page: strategic}}
stamping: {{entries: 4, dates_only: 3}}
"""
PEOPLE = "people: [{id: ann, name: Ann}, {id: bo, name: Bo}]\n"
ENTRY = (
    "---\ntitle: {name}\nsummary: What {name} says.\nowner: {owner}\n{extra}{review}---\n{body}\n"
)
LONG = "".join(f"Line {number} of a body that renames are found by.\n\n" for number in range(20))
KNOWLEDGE = "tier: weapon\ntype: battlecard\n"
DAY = datetime.date.fromisoformat(TODAY)


class Repository:
    """A playbook under git."""

    def __init__(self, root: Path, content: str = "content", zone: str = "Asia/Shanghai") -> None:
        self.root = root
        self.content = root / content if content else root
        self.content.mkdir(parents=True, exist_ok=True)
        (self.content / "playbook.yml").write_text(SETTINGS.format(zone=zone), "utf-8")
        (self.content / "people.yml").write_text(PEOPLE, "utf-8")
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, at: str = "2026-09-01", author: str = "Ann") -> str:
        moment = at if "T" in at else f"{at}T09:00:00+08:00"
        plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        own = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": author,
            "GIT_AUTHOR_EMAIL": "author@example.com",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_NAME": "Committer",
            "GIT_COMMITTER_EMAIL": "committer@example.com",
            "GIT_COMMITTER_DATE": moment,
        }
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *arguments],  # noqa: S607
            cwd=self.root,
            env=plain | own,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, at: str, message: str = "Change", author: str = "Ann") -> str:
        """Commits whatever changed; gives the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, at=at, author=author)
        return self.git("rev-parse", "HEAD")

    def entry(
        self,
        name: str = "pages/one",
        reviewed: str = "2026-10-05",
        body: str = "Text.",
        owner: str = "ann",
        extra: str = "",
    ) -> Path:
        path = self.content / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        review = f"reviewed: {reviewed}\n" if reviewed else ""
        text = ENTRY.format(name=name, owner=owner, extra=extra, review=review, body=body)
        path.write_text(text, "utf-8")
        return path

    def path_of(self, name: str) -> Path:
        return self.content / f"{name}.md"

    def load(self) -> tuple[Checked, Library]:
        checked = load(Content(self.content, "content"))
        assert checked.library
        return checked, checked.library

    def past(self, today: datetime.date = DAY) -> PastOf:
        checked, library = self.load()
        return read_past(Content(self.content, "content"), checked, library, today)

    def freshness(self) -> Freshness:
        return judged(*self.load(), DAY, self.past())

    def look(self, name: str = "pages/one") -> Item:
        return next(item for item in self.freshness().items if item.id == name)

    def changed(self, name: str = "pages/one") -> str:
        """The id of the commit that last changed the content."""
        found = self.look(name).changed
        assert found
        return found.commit

    def findings(self, code: str) -> list[str]:
        return [p.message for p in self.freshness().problems if p.rule.code == code]

    def trend(self) -> tuple[Week, ...]:
        return read_trend(self.past(), *self.load(), DAY)

    def base(self, ref: str = "main") -> Base | Unknown:
        checked, _ = self.load()
        return load_base(Content(self.content, "content"), ref, checked, self.past(), DAY)

    def compare(self, ref: str = "main") -> Comparison:
        base = self.base(ref)
        assert isinstance(base, Base)
        before = judged(base.checked, base.library, DAY, base.past)
        return Comparison(before, self.freshness(), ref, base.touched)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one entry, reviewed and committed on 2026-10-05."""
    made = Repository(tmp_path)
    made.entry()
    made.commit("2026-10-05", "Begin")
    return made


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# What changed after a review.


def test_an_edit_after_the_review_is_not_a_review(repository: Repository):
    assert repository.look().state is State.FRESH
    repository.entry(body="Other text.")
    edit = repository.commit("2026-10-08", author="Bo")
    item = repository.look()
    assert item.state is State.CHANGED
    assert item.changed
    assert (item.changed.commit, item.changed.author) == (edit, "Bo")
    assert item.changed.day == datetime.date(2026, 10, 8)


def test_a_review_and_an_edit_in_one_commit_belong_together(repository: Repository):
    repository.entry(reviewed="2026-10-12", body="Other text.")
    both = repository.commit("2026-10-12")
    assert repository.look().state is State.FRESH
    assert repository.changed() == both


def test_a_review_alone_is_no_change_of_content(repository: Repository):
    begin = repository.changed()
    repository.entry(reviewed="2026-10-12")
    repository.commit("2026-10-12")
    assert repository.changed() == begin


def test_an_edit_that_a_later_review_covers_is_forgiven(repository: Repository):
    repository.entry(body="Other text.")
    edit = repository.commit("2026-10-08")
    repository.entry(reviewed="2026-10-12", body="Other text.")
    repository.commit("2026-10-12")
    assert repository.look().state is State.FRESH
    assert repository.changed() == edit


def test_an_edit_that_is_taken_back_leaves_the_review_as_it_was(repository: Repository):
    repository.entry(body="Other text.")
    repository.commit("2026-10-08")
    repository.entry()
    back = repository.commit("2026-10-09")
    assert repository.look().state is State.FRESH
    assert repository.changed() == back


def test_reformatting_is_no_change(repository: Repository):
    begin = repository.changed()
    path = repository.path_of("pages/one")
    path.write_text(
        "---\nreviewed:   '2026-10-05'\nowner: \"ann\"\nsummary: >\n  What\n  pages/one says.\n"
        "title:   pages/one\n---\n\nText.   \n\n",
        "utf-8",
    )
    repository.commit("2026-10-20", "Reformat")
    item = repository.look()
    assert item.state is State.FRESH
    assert repository.changed() == begin


def test_reformatting_a_review_does_not_make_it_a_newer_one(repository: Repository):
    repository.entry(body="Other text.")
    repository.commit("2026-10-08")
    replace(repository.path_of("pages/one"), "reviewed: 2026-10-05", 'reviewed: {on: "2026-10-05"}')
    repository.commit("2026-10-20", "Reformat")
    assert repository.look().state is State.CHANGED


def test_windows_line_ends_are_no_change(repository: Repository):
    path = repository.path_of("pages/one")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert repository.look().state is State.FRESH
    begin = repository.changed()
    repository.commit("2026-10-20", "Line ends")
    assert (repository.look().state, repository.changed()) == (State.FRESH, begin)


def test_work_that_is_not_committed_counts(repository: Repository):
    repository.entry(body="Other text.")
    assert repository.look().state is State.CHANGED
    repository.entry(body="Other text.", reviewed="2026-11-20")
    assert repository.look().state is State.FRESH


def test_an_entry_that_is_not_committed_counts_with_its_own_review(repository: Repository):
    repository.entry("pages/two", reviewed="2026-11-20")
    item = repository.look("pages/two")
    assert (item.state, item.changed) == (State.FRESH, None)
    assert item.verdict.changes_known


def test_an_edit_of_what_it_depends_on_is_pointed_out(repository: Repository):
    digest = repository.load()[1].source.entries["pages/one"].revision
    review = f"{{on: 2026-10-05, dependencies: {{pages/one: {digest}}}}}"
    repository.entry("pages/two", review, extra="depends_on: [pages/one]\n")
    repository.commit("2026-10-06")
    assert repository.look("pages/two").state is State.FRESH
    repository.entry(body="Other text.")
    repository.commit("2026-10-08")
    assert repository.look("pages/two").state is State.DEPENDENCY


def test_a_version_that_cannot_be_read_breaks_nothing(repository: Repository):
    begin = repository.changed()
    path = repository.path_of("pages/one")
    good = path.read_bytes()
    path.write_bytes(b"---\n{: [unclosed\n---\n\xff\xfe")
    repository.commit("2026-10-08", "Broken")
    path.write_bytes(good)
    mended = repository.commit("2026-10-09", "Mended")
    assert repository.look().state is State.FRESH
    assert repository.changed() in (begin, mended)
    repository.entry(body="Other text.")
    repository.commit("2026-10-10")
    assert repository.look().state is State.CHANGED


# Renames.


def test_a_renamed_file_keeps_its_review_and_its_change(repository: Repository):
    begin = repository.changed()
    repository.git("mv", "content/pages/one.md", "content/pages/uno.md")
    repository.commit("2026-10-20", "Rename")
    item = repository.look("pages/uno")
    assert item.state is State.FRESH
    assert repository.changed("pages/uno") == begin


def test_an_edit_before_a_rename_is_still_known(repository: Repository):
    repository.entry(body=LONG)
    edit = repository.commit("2026-10-08")
    repository.git("mv", "content/pages/one.md", "content/pages/uno.md")
    repository.commit("2026-10-20", "Rename")
    assert repository.look("pages/uno").state is State.CHANGED
    assert repository.changed("pages/uno") == edit


def test_a_rename_with_an_edit_is_followed(repository: Repository):
    repository.entry(body=LONG, reviewed="2026-10-12")
    repository.commit("2026-10-12")
    repository.git("mv", "content/pages/one.md", "content/pages/uno.md")
    replace(repository.path_of("pages/uno"), "Line 3", "Line three")
    rename = repository.commit("2026-10-20", "Rename")
    assert repository.look("pages/uno").state is State.CHANGED
    assert repository.changed("pages/uno") == rename


def test_a_content_folder_that_moved_keeps_its_history(tmp_path: Path):
    repository = Repository(tmp_path, "docs/book")
    (tmp_path / "README.md").write_text("# Else\n", "utf-8")
    for name in ("one", "two", "three"):
        repository.entry(f"pages/{name}", body=LONG + name)
    begin = repository.commit("2026-10-05")
    repository.entry("pages/one", body=LONG + "other")
    edit = repository.commit("2026-10-06")
    repository.git("mv", "docs/book", "content")
    repository.content = tmp_path / "content"
    repository.commit("2026-10-20", "Move")
    assert repository.look("pages/one").state is State.CHANGED
    assert repository.look("pages/two").state is State.FRESH
    assert (repository.changed("pages/one"), repository.changed("pages/two")) == (edit, begin)


# Commits that do not count.


def test_commits_to_be_ignored_change_nothing(repository: Repository):
    begin = repository.changed()
    repository.entry(body="Text in another style!")
    ignored = repository.commit("2026-10-08", "Restyle")
    assert repository.look().state is State.CHANGED
    (repository.root / ".git-blame-ignore-revs").write_text(
        f"# A restyling\n\n{ignored}  # by a tool\nnonsense\n", "utf-8"
    )
    assert repository.look().state is State.FRESH
    assert repository.changed() == begin
    repository.entry(body="Really other text.")
    edit = repository.commit("2026-10-09")
    assert repository.look().state is State.CHANGED
    assert repository.changed() == edit


def test_a_date_from_a_commit_to_be_ignored_is_no_review(repository: Repository):
    repository.entry(body="Other text.")
    repository.commit("2026-10-08")
    repository.entry(body="Other text.", reviewed="2026-10-20")
    ignored = repository.commit("2026-10-20", "Bump all dates")
    assert repository.look().state is State.FRESH
    (repository.root / ".git-blame-ignore-revs").write_text(ignored + "\n", "utf-8")
    assert repository.look().state is State.CHANGED


# Branches and merges.


def branch_with(repository: Repository, name: str) -> None:
    repository.git("checkout", "-q", "-b", name)


def merge(repository: Repository, name: str, at: str, *options: str) -> str:
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "--no-edit", *options, name, at=at)
    return repository.git("rev-parse", "HEAD")


def test_an_edit_on_a_branch_is_known_by_its_own_commit(repository: Repository):
    branch_with(repository, "side")
    repository.entry(body="Other text.")
    edit = repository.commit("2026-10-08", author="Bo")
    merge(repository, "side", "2026-10-09")
    item = repository.look()
    assert item.state is State.CHANGED
    assert item.changed
    assert (item.changed.commit, item.changed.author) == (edit, "Bo")


def test_a_review_on_one_branch_does_not_cover_an_edit_on_another(repository: Repository):
    repository.entry(body=LONG)
    repository.commit("2026-10-06")
    branch_with(repository, "review")
    repository.entry(body=LONG, reviewed="2026-10-12")
    repository.commit("2026-10-12")
    repository.git("checkout", "-q", "main")
    repository.entry(body=LONG.replace("Line 15", "Line fifteen"))
    edit = repository.commit("2026-10-11")
    merge(repository, "review", "2026-10-13")
    text = repository.path_of("pages/one").read_text("utf-8")
    assert "reviewed: 2026-10-12" in text
    assert "fifteen" in text
    assert repository.look().state is State.CHANGED
    assert repository.changed() == edit


def test_edits_on_both_branches_are_a_change_of_the_merge(repository: Repository):
    repository.entry(body=LONG, reviewed="2026-10-06")
    repository.commit("2026-10-06")
    branch_with(repository, "side")
    repository.entry(body=LONG.replace("Line 1 ", "Line one "), reviewed="2026-10-06")
    repository.commit("2026-10-08")
    repository.git("checkout", "-q", "main")
    repository.entry(body=LONG.replace("Line 17", "Line seventeen"), reviewed="2026-10-06")
    repository.commit("2026-10-09")
    merged = merge(repository, "side", "2026-10-10")
    assert repository.look().state is State.CHANGED
    assert repository.changed() == merged


def test_a_change_that_only_a_merge_made_is_not_lost(repository: Repository):
    branch_with(repository, "side")
    repository.entry("pages/two")
    repository.commit("2026-10-08")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "side", at="2026-10-09")
    repository.entry(body="Slipped in.")
    evil = repository.commit("2026-10-09", "Merge")
    assert repository.look().state is State.CHANGED
    assert repository.changed() == evil


def test_what_a_merge_threw_away_is_no_change(repository: Repository):
    begin = repository.changed()
    branch_with(repository, "side")
    repository.entry(body="Other text.", reviewed="2026-10-08")
    repository.commit("2026-10-08")
    merge(repository, "side", "2026-10-09", "-s", "ours")
    assert repository.look().state is State.FRESH
    assert repository.changed() == begin


def test_a_rename_on_a_branch_and_an_edit_on_main_meet(repository: Repository):
    repository.entry(body=LONG, reviewed="2026-10-06")
    repository.commit("2026-10-06")
    branch_with(repository, "side")
    repository.git("mv", "content/pages/one.md", "content/pages/uno.md")
    replace(repository.path_of("pages/uno"), "reviewed: 2026-10-06", "reviewed: 2026-10-08")
    repository.commit("2026-10-08")
    repository.git("checkout", "-q", "main")
    repository.entry(body=LONG.replace("Line 17", "Line seventeen"), reviewed="2026-10-06")
    edit = repository.commit("2026-10-09")
    merge(repository, "side", "2026-10-10")
    assert repository.look("pages/uno").state is State.CHANGED
    assert repository.changed("pages/uno") == edit


# Findings about commits.


def many(repository: Repository, count: int = 5) -> None:
    for number in range(count):
        repository.entry(f"pages/p{number}", "2026-10-01")
    repository.commit("2026-10-01", "Begin")


def test_one_commit_that_redates_a_folder_is_pointed_out(repository: Repository):
    many(repository)
    assert repository.findings("PB431") == []  # new entries are not re-dated
    for number in range(5):
        repository.entry(f"pages/p{number}", "2026-11-20")
    commit = repository.commit("2026-11-20", author="Wang Jun")
    (message,) = repository.findings("PB431")
    assert message == (
        f"5 reviews were dated by one commit, {commit[:8]}, of Wang Jun on 2026-11-20: "
        "pages/p0, pages/p1, pages/p2 and 2 more"
    )


def test_a_script_that_spreads_its_commits_over_a_day_is_pointed_out(repository: Repository):
    many(repository)
    for number in range(5):
        repository.entry(f"pages/p{number}", "2026-11-20")
        repository.commit(f"2026-11-20T0{number}:00:00+08:00", author="Wang Jun")
    (message,) = repository.findings("PB431")
    assert "5 reviews were dated by Wang Jun on 2026-11-20 in 5 commits" in message


def test_a_script_that_did_not_commit_yet_is_pointed_out(repository: Repository):
    many(repository)
    for number in range(5):
        repository.entry(f"pages/p{number}", "2026-11-20")
    (message,) = repository.findings("PB431")
    assert message.startswith("5 reviews were dated in work that is not committed yet: pages/p0")


def test_few_reviews_and_reviews_of_long_ago_are_not_pointed_out(repository: Repository):
    many(repository)
    for number in range(3):
        repository.entry(f"pages/p{number}", "2026-11-20")
    repository.commit("2026-11-20")
    assert repository.findings("PB431") == []
    for number in range(5):
        repository.entry(f"pages/p{number}", "2026-11-21")
    repository.commit("2026-07-01")
    assert repository.findings("PB431") == []


def test_a_commit_to_be_ignored_is_not_pointed_out(repository: Repository):
    many(repository)
    for number in range(5):
        repository.entry(f"pages/p{number}", "2026-11-20")
    commit = repository.commit("2026-11-20")
    (repository.root / ".git-blame-ignore-revs").write_text(commit, "utf-8")
    assert repository.findings("PB431") == []


def test_reviews_that_change_only_the_date_are_pointed_out(repository: Repository):
    for day in ("2026-10-19", "2026-11-02"):
        repository.entry(reviewed=day)
        repository.commit(day)
    assert repository.findings("PB432") == []
    repository.entry(reviewed="2026-11-16")
    repository.commit("2026-11-16")
    assert repository.findings("PB432") == [
        "the last 3 reviews changed the date alone, since 2026-10-19"
    ]
    repository.entry(reviewed="2026-11-16", body="Other text.")
    repository.commit("2026-11-17")
    assert repository.findings("PB432") == []


def confirmed(day: str, by: str) -> str:
    return f"{{on: {day}, by: {by}, outcome: confirmed, note: Looked.}}"


def test_who_confirms_only_weapons_of_their_own_is_pointed_out(repository: Repository):
    for name in ("a", "b", "c"):
        repository.entry(f"knowledge/{name}", "2026-10-01", extra=KNOWLEDGE)
    repository.entry("knowledge/d", "2026-10-01", owner="bo", extra=KNOWLEDGE)
    repository.commit("2026-10-01")
    for number, name in enumerate(("a", "b", "c")):
        day = f"2026-11-1{number}"
        repository.entry(f"knowledge/{name}", confirmed(day, "ann"), extra=KNOWLEDGE)
        repository.commit(day)
    (message,) = repository.findings("PB433")
    assert '"ann" confirmed weapons 3 times' in message
    repository.entry("knowledge/d", confirmed("2026-11-13", "ann"), owner="bo", extra=KNOWLEDGE)
    repository.commit("2026-11-13")
    assert repository.findings("PB433") == []


# Where the history is not known.


def test_a_shallow_clone_guesses_nothing(repository: Repository, tmp_path: Path):
    repository.entry(body="Other text.")
    repository.commit("2026-10-08")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", repository.root.as_uri(), str(clone))
    repository.root, repository.content = clone, clone / "content"
    past = repository.past()
    assert past.pasts is None
    assert "shallow clone" in past.why_unknown
    assert "fetch-depth: 0" in past.why_unknown
    assert "git fetch --unshallow" in past.why_unknown
    assert [problem.rule.code for problem in past.problems] == ["PB434"]
    item = repository.look()
    assert (item.state, item.changed, item.verdict.changes_known) == (State.FRESH, None, False)
    assert repository.trend() == ()
    repository.git("fetch", "-q", "--unshallow")
    assert repository.look().state is State.CHANGED


def test_a_clone_without_contents_guesses_nothing(repository: Repository, tmp_path: Path):
    clone = tmp_path / "clone"
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", repository.root.as_uri(), str(clone))
    repository.root, repository.content = clone, clone / "content"
    assert "clone it without `--filter`" in repository.past().why_unknown


def test_outside_git_nothing_is_amiss(folder: Folder):
    checked = load(Content(folder.content, "content"))
    assert checked.library
    past = read_past(Content(folder.content, "content"), checked, checked.library, DAY)
    assert (past.pasts, past.problems) == (None, ())
    assert past.why_unknown == "the folder lies in no git repository"


def test_without_git_nothing_is_amiss(repository: Repository, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(repository.root))
    past = repository.past()
    assert (past.pasts, past.problems) == (None, ())
    assert past.why_unknown == "git is not installed; install git"


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        ("nothing", "the repository has no commit yet"),
        ("other file", "no file of the content folder is committed"),
    ],
)
def test_content_that_is_not_committed_has_no_history(tmp_path: Path, prepare: str, reason: str):
    repository = Repository(tmp_path)
    repository.entry()
    if prepare == "other file":
        (tmp_path / ".gitignore").write_text("content/\n", "utf-8")
        repository.commit("2026-10-05")
    past = repository.past()
    assert past.pasts is None
    assert reason in past.why_unknown
    assert [problem.rule.code for problem in past.problems] == ["PB434"]


# Whatever the repository is like.


@pytest.mark.parametrize("place", ["", "content", "a b/字 'q\"\n/content"])
def test_the_content_folder_may_lie_anywhere(tmp_path: Path, place: str):
    repository = Repository(tmp_path, place)
    repository.entry()
    repository.commit("2026-10-05")
    repository.entry(body="Other text.")
    edit = repository.commit("2026-10-08")
    assert repository.look().state is State.CHANGED
    assert repository.changed() == edit


def test_a_work_tree_and_a_submodule_have_their_own_history(repository: Repository, tmp_path: Path):
    begin = repository.changed()
    repository.git("worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    outer = Repository(tmp_path / "outer", "else")
    outer.git("submodule", "--quiet", "add", repository.root.as_uri(), "inner")
    outer.commit("2026-11-01")
    for root in (tmp_path / "tree", outer.root / "inner"):
        repository.root, repository.content = root, root / "content"
        assert repository.look().state is State.FRESH
        assert repository.changed() == begin


def test_a_hook_environment_leads_to_no_other_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
):
    begin = repository.changed()
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert repository.changed() == begin


@pytest.mark.parametrize(
    "setting",
    [
        "diff.renames=false", "diff.external=false", "diff.orderFile=/nowhere", "color.ui=always",
        "log.showSignature=true", "log.diffMerges=off", "log.follow=true", "core.quotePath=true",
        "diff.relative=true", "diff.noprefix=true", "core.pager=false", "log.date=relative",
        "diff.renameLimit=1", "core.abbrev=4", "i18n.logOutputEncoding=utf-16", "log.mailmap=false",
        "core.fsmonitor=false", "diff.wsErrorHighlight=all", "format.pretty=oneline",
        "log.showRoot=false", "core.commentChar=:", "log.decorate=full",
    ],
)  # fmt: skip
def test_what_the_user_configured_changes_nothing(repository: Repository, setting: str):
    repository.git("mv", "content/pages/one.md", "content/pages/uno.md")
    repository.commit("2026-10-20", "Rename")
    repository.git("config", *setting.split("=", 1))
    item = repository.look("pages/uno")
    assert item.state is State.FRESH
    assert item.changed
    assert item.changed.day == datetime.date(2026, 10, 5)


def test_hostile_names_and_messages_are_only_text(repository: Repository):
    (repository.content / "pages" / "new\nline :100644 'q\" 字.md").write_text("x", "utf-8")
    (repository.content / "--output=x.md").write_text("x", "utf-8")
    repository.commit(
        "2026-10-06", "--output=x\n\n:100644 100644 a b M\tx", author="::\x1b[31m字 --x"
    )
    repository.entry(body="Other text.")
    edit = repository.commit("2026-10-08", "\x1b]0;title\x07", author="`@all` | <!-- %0A \x1b[2J")
    item = repository.look()
    assert item.changed
    assert item.changed.commit == edit
    assert item.changed.author == "`@all` | !-- %0A [2J"
    assert not (repository.root / "x").exists()


def test_authors_are_known_by_the_mailmap(repository: Repository):
    (repository.root / ".mailmap").write_text(
        "Wang Jun <wang@example.com> <author@example.com>\n", "utf-8"
    )
    item = repository.look()
    assert item.changed
    assert item.changed.author == "Wang Jun"


def test_the_day_of_a_change_is_that_of_the_playbook(tmp_path: Path):
    repository = Repository(tmp_path, zone="America/New_York")
    repository.entry()
    repository.commit("2026-11-01T03:59:59+00:00")  # the day before daylight saving time ends
    item = repository.look()
    assert item.changed
    assert item.changed.day == datetime.date(2026, 10, 31)


def test_a_large_file_and_a_link_in_the_history_break_nothing(repository: Repository):
    path = repository.path_of("pages/one")
    good = path.read_bytes()
    path.write_bytes(b"x" * (3 * 1024 * 1024))
    repository.commit("2026-10-06")
    path.unlink()
    path.symlink_to("../people.yml")
    repository.commit("2026-10-07")
    path.unlink()
    path.write_bytes(good)
    repository.commit("2026-10-08")
    assert repository.look().state is State.FRESH


# A pull request.


def test_a_branch_is_compared_with_where_it_began(repository: Repository):
    repository.entry("pages/two", "2026-01-05")
    repository.entry("pages/three", "2026-01-05")
    repository.commit("2026-10-06")
    began = repository.git("rev-parse", "HEAD")
    branch_with(repository, "change")
    repository.entry("pages/two", "2026-11-20")
    repository.entry(body="Other text.")
    repository.commit("2026-11-20")
    (repository.content / "pages" / "three.zh.md").write_text("---\ntitle: 三\n---\n", "utf-8")
    repository.git("checkout", "-q", "main")
    repository.entry("pages/later", "2026-11-20")
    repository.git("add", "content/pages/later.md")
    repository.git("commit", "-q", "-m", "On main", at="2026-11-20")
    repository.git("checkout", "-q", "change")
    base = repository.base()
    assert isinstance(base, Base)
    assert base.commit == began
    compared = repository.compare()
    assert compared.touched == {"pages/one", "pages/two", "pages/three"}
    assert [(step.item.id, step.before) for step in compared.worse] == [("pages/one", State.FRESH)]
    assert [step.item.id for step in compared.refreshed] == ["pages/two"]
    assert [step.item.id for step in compared.left] == ["pages/three"]
    assert (compared.base.total.complete, compared.head.total.complete) == (1, 1)
    touched = [item for item in compared.head.items if item.id in compared.touched]
    assert {item.id for item in failing(touched, "overdue")} == {"pages/three"}


def test_renamed_and_deleted_entries_are_touched(repository: Repository):
    repository.entry("pages/gone", body="Soon gone.")
    repository.commit("2026-10-06")
    branch_with(repository, "change")
    repository.git("mv", "content/pages/one.md", "content/pages/uno.md")
    repository.path_of("pages/gone").unlink()
    repository.commit("2026-11-20")
    assert repository.compare().touched == {"pages/one", "pages/uno", "pages/gone"}


def test_a_change_before_the_branch_began_is_not_the_branch_s(repository: Repository):
    repository.entry(body="Other text.")
    repository.commit("2026-10-08")
    branch_with(repository, "change")
    repository.entry("pages/two", "2026-11-20")
    repository.commit("2026-11-20")
    compared = repository.compare()
    assert repository.look().state is State.CHANGED
    assert [step.item.id for step in compared.worse] == []
    assert [step.item.id for step in compared.left] == ["pages/one"]


def test_an_entry_with_errors_before_and_after_is_neither_worse_nor_touched(repository: Repository):
    repository.entry("pages/wrong", "2026-11-20", extra="unheard_of: field\n")
    repository.commit("2026-10-06")
    branch_with(repository, "change")
    repository.entry("pages/two", "2026-11-20")
    repository.commit("2026-11-20")
    compared = repository.compare()
    before = next(item for item in compared.base.items if item.id == "pages/wrong")
    after = next(item for item in compared.head.items if item.id == "pages/wrong")
    assert before == after
    assert before.verdict.cause.name == "invalid"
    assert not compared.worse
    assert compared.touched == {"pages/two"}


def test_comparing_leaves_the_work_tree_alone(repository: Repository):
    branch_with(repository, "change")
    repository.entry(body="Not committed.")
    before = repository.git("status", "--porcelain=v2", "--branch")
    index = (repository.root / ".git" / "index").read_bytes()
    assert repository.compare().touched == {"pages/one"}
    assert repository.git("status", "--porcelain=v2", "--branch") == before
    assert (repository.root / ".git" / "index").read_bytes() == index


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "-", "", "main\n", "HEAD^{tree}", "a\0b"])
def test_a_ref_that_is_none_is_refused_with_the_fix(repository: Repository, ref: str):
    refused = repository.base(ref)
    assert isinstance(refused, Unknown)
    assert "git knows no commit" in refused.reason
    assert refused.reason.isprintable()
    assert "git fetch origin" in refused.fix
    assert not (repository.root / "x").exists()


def test_branches_that_share_nothing_cannot_be_compared(repository: Repository, tmp_path: Path):
    repository.git("checkout", "-q", "--orphan", "alone")
    repository.commit("2026-10-09")
    refused = repository.base()
    assert isinstance(refused, Unknown)
    assert "have no commit in common" in refused.reason
    repository.git("checkout", "-q", "main")
    branch_with(repository, "change")
    repository.commit("2026-10-10")
    repository.git("checkout", "-q", "main")
    repository.commit("2026-10-11")
    clone = tmp_path / "clone"
    address = repository.root.as_uri()
    repository.git("clone", "-q", "--depth", "1", "--no-single-branch", address, str(clone))
    repository.root, repository.content = clone, clone / "content"
    repository.git("checkout", "-q", "change")
    refused = repository.base("origin/main")
    assert isinstance(refused, Unknown)
    assert "fetch-depth: 0" in refused.fix


def test_a_base_without_settings_cannot_be_compared(tmp_path: Path):
    repository = Repository(tmp_path)
    settings = (repository.content / "playbook.yml").read_bytes()
    (repository.content / "playbook.yml").unlink()
    repository.entry()
    repository.commit("2026-10-05")
    branch_with(repository, "change")
    (repository.content / "playbook.yml").write_bytes(settings)
    repository.commit("2026-10-06")
    refused = repository.base()
    assert isinstance(refused, Unknown)
    assert "playbook.yml" in refused.reason


# The last weeks.


def weeks(found: tuple[Week, ...]) -> dict[str, tuple[int, int]]:
    return {str(week.end): (week.complete, week.checked) for week in found}


def test_the_last_26_weeks_end_on_sundays_and_today(tmp_path: Path):
    repository = Repository(tmp_path)
    repository.entry(reviewed="2026-01-05")
    repository.commit("2026-01-05")
    found = repository.trend()
    assert len(found) == 26
    assert found[-1].end == DAY
    assert all(week.end.weekday() == 6 for week in found[:-1])
    assert found[0].end == datetime.date(2026, 6, 7)


def test_each_week_is_judged_by_what_was_there_then(repository: Repository):
    repository.entry("pages/two", "2026-01-05")
    repository.commit("2026-10-20")
    repository.entry("pages/two", "2026-11-04")
    repository.commit("2026-11-04")
    repository.entry(body="Other text.")
    repository.commit("2026-11-11")
    assert weeks(repository.trend()) == {
        "2026-10-11": (1, 1),
        "2026-10-18": (1, 1),
        "2026-10-25": (1, 2),
        "2026-11-01": (1, 2),
        "2026-11-08": (2, 2),
        "2026-11-15": (1, 2),
        "2026-11-22": (1, 2),
        "2026-11-23": (1, 2),
    }


def test_a_week_ends_at_midnight_of_the_playbook_in_daylight_saving_time(tmp_path: Path):
    repository = Repository(tmp_path, zone="America/New_York")
    repository.entry(reviewed="2026-10-20")
    repository.commit("2026-10-26T03:59:59+00:00")  # Sunday, 23:59:59, before the clock changes
    repository.entry("pages/two", "2026-10-20")
    repository.commit("2026-11-02T04:59:59+00:00")  # Sunday, 23:59:59, after it has changed
    repository.entry("pages/three", "2026-10-20")
    repository.commit("2026-11-02T05:00:00+00:00")  # Monday, 00:00:00
    found = weeks(repository.trend())
    assert next(iter(found)) == "2026-10-25"
    assert [found[day][1] for day in ("2026-10-25", "2026-11-01", "2026-11-08")] == [1, 2, 3]


def test_what_cannot_be_read_any_more_counts_as_never_reviewed(repository: Repository):
    path = repository.path_of("pages/one")
    good = path.read_bytes()
    for day, broken in (
        ("2026-10-13", b"---\n{: [unclosed\n---\n"),
        ("2026-10-20", b"---\ntitle: x\nreviewed: [a, b]\nclaims: text\n---\n"),
        ("2026-10-27", b"\xff\xfe"),
    ):
        path.write_bytes(broken)
        repository.commit(day)
    path.write_bytes(good)
    repository.commit("2026-11-03")
    found = weeks(repository.trend())
    assert [found[f"2026-{day}"] for day in ("10-11", "10-18", "10-25", "11-01", "11-08")] == [
        (1, 1), (0, 1), (0, 1), (0, 1), (1, 1),
    ]  # fmt: skip


def test_what_a_branch_did_counts_from_its_merge_on(repository: Repository):
    branch_with(repository, "side")
    repository.entry("pages/two")
    repository.commit("2026-10-07")
    merge(repository, "side", "2026-10-20")
    found = weeks(repository.trend())
    assert [found[f"2026-{day}"] for day in ("10-11", "10-18", "10-25")] == [(1, 1), (1, 1), (2, 2)]
