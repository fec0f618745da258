# ruff: noqa: E501, ISC004 — a row of the table of edits is a line
"""What changed between two playbooks: what is found, what it is called, and what is no change.

The table of edits works on the small playbook of `sites/every-kind`, which has an entry of every
kind; what is told of each edit, in both languages, stands in `changes/<name>.txt`.
"""

from __future__ import annotations

import copy
import json
import os
import random
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import packaged_templates
from generator.build import Content, load
from generator.build.strings import strings_for
from generator.changes import Act, Nature, compare, told
from generator.changes.news import read_rounds
from generator.changes.texts import compare_texts
from generator.model import KINDS
from generator.model.fields import Model
from generator.model.shape import shapes_of
from generator.read.yaml import load as read_yaml
from generator.report.changes import (
    changes_as_html,
    changes_as_json,
    changes_as_markdown,
    changes_as_text,
)
from generator.snapshot import Snapshot, Unusable, as_json, read_snapshot, snapshot_of

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "sites" / "every-kind" / "content"
EXPECTED = ROOT / "tests" / "changes"
WORDS = strings_for({"en": "en", "zh": "zh-Hans"}, KINDS, (packaged_templates(),))[0]
QUIET = (Nature.ORDER, Nature.WORDING, Nature.FORMAT, Nature.REVIEW)

Edit = tuple[str, str, str]
"""A file, what stands in it, and what is to stand there; "" for what stands there: a new file;
for what is to stand there: the file goes."""

SOP, SOP_ZH, ROLE, POLICY = (
    "sops/visit.md",
    "sops/visit.zh.md",
    "roles/seller.yml",
    "policies/use.yml",
)
LAST_STEP = (
    "  - id: close"
    + (SMALL / SOP).read_text("utf-8").partition("  - id: close")[2].partition("---\n")[0]
)
EDITS: dict[str, list[Edit]] = {
    "step-gone": [(SOP, LAST_STEP, "\n"), (SOP, "next: [meet, close]", "next: [meet]")],
    "nothing": [(SOP, "Read the [checklist]", "Read the\n[checklist]")],
    "threshold": [(ROLE, "threshold: 6,", "threshold: 6.5,")],
    "owner": [(SOP, "owner: ann", "owner: bo")],
    "time-box": [(SOP, "time_box: 2 workdays", "time_box: 3 workdays")],
    "criterion": [
        (SOP, "topic: The topic is agreed.}", "topic: The topic is agreed., seat: A seat is kept.}"),
        (SOP_ZH, "topic: 议题已约定。}", "topic: 议题已约定。, seat: 席位已预留。}"),
    ],
    "cell": [(POLICY, "answer: 48 hours", "answer: 24 hours")],
    "reworded": [
        (SOP, "purpose: Hear the need.", "purpose: Listen to the need."),
        (SOP_ZH, "purpose: 听出需求。", "purpose: 听懂需求。"),
    ],
    "reworded-not": [(SOP, "Nobody with a say came.", "Somebody with a say never came.")],
    "body-figure": [(SOP, "| A | 72 hours |", "| A | 36 hours |")],
    "body-words": [(SOP, "then go.[^why]", "then leave.[^why]"), (SOP_ZH, "再出发", "再动身")],
    "body-paragraph": [
        (SOP, "(#step-meet).\n", "(#step-meet).\n\nTell the customer who comes.\n"),
        (SOP_ZH, "再出发", "再动身"),
    ],
    "body-section": [(SOP, "### Words", "### Terms of the trade")],
    "layout": [(ROLE, "mission: Win and **keep** the account.", "mission: Win and keep the account.")],
    "order": [(POLICY, "- {id: grade, title: Grade}\n    - {id: answer, title: Answer in, type: duration}",
               "- {id: answer, title: Answer in, type: duration}\n    - {id: grade, title: Grade}")],
    "review": [(ROLE, "reviewed: 2026-11-02", "reviewed: {on: 2026-11-20, by: bo, outcome: confirmed}")],
    "claim": [("knowledge/rival.md", "They ask for 90.", "They ask for 95.")],
    "retired": [(ROLE, "reviewed: 2026-11-02", "status: retired\nreviewed: 2026-11-02")],
    "renamed": [(ROLE, "title: Seller", "title: Lead seller")],
    "tag": [(ROLE, "tags: [risk]", "tags: [prices]")],
    "translation": [("roles/seller.zh.yml", "主导客户。", "主导大客户。")],
    "added": [("lessons/late.md", "", "---\ntitle: Late\nsummary: Two days late.\nowner: bo\nyear: 2020\n"
               "mistake: Late.\noutcome: Lost.\nrule: Be early.\n---\n")],
    "removed": [("metrics/depth.yml", "*", "")],
    "person": [("people.yml", "- {id: bo, name: Bo Chen}", "- {id: bo, name: Bo Chen, left: 2026-12-01}")],
    "tier": [("playbook.yml", "languages:", "tiers: {weapon: {cadence: 10 days}}\nlanguages:")],
}  # fmt: skip


def snapshot(folder: Path) -> Snapshot:
    library = load(Content(folder, "content")).library
    assert library is not None
    return snapshot_of(library)


@pytest.fixture(scope="module")
def small() -> Snapshot:
    return snapshot(SMALL)


@pytest.fixture(scope="module")
def shipped() -> Snapshot:
    return snapshot(ROOT / "content")


def edited(folder: Path, edits: list[Edit]) -> Snapshot:
    """The small playbook with edits."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    for name, old, new in edits:
        path = folder / name
        if not new:
            path.unlink()
            continue
        text = path.read_text("utf-8") if old else ""
        assert old in text, f"{name} does not say {old!r}"
        path.write_text(text.replace(old, new, 1) if old else new, "utf-8")
    return snapshot(folder)


def plainly(old: Snapshot, new: Snapshot, language: str) -> str:
    made = told(compare(old, new, language), WORDS[language], "before", "after")
    return changes_as_text(made, WORDS[language], lambda text, _: text)


def natures(old: Snapshot, new: Snapshot, language: str = "en") -> set[Nature]:
    found = compare(old, new, language)
    return {entry.nature for entry in found.entries}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_like_this(name, small, tmp_path, update):
    new = edited(tmp_path, EDITS[name])
    printed = "".join(plainly(small, new, code) for code in ("en", "zh"))
    expected = EXPECTED / f"{name}.txt"
    if update:
        expected.write_text(printed, "utf-8")
    assert printed == expected.read_text("utf-8")


def test_every_expectation_belongs_to_an_edit():
    assert {path.stem for path in EXPECTED.iterdir()} == set(EDITS)


def test_a_moved_entry_is_known_by_its_alias_and_by_what_it_says(small, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(SMALL, folder)
    for path in folder.rglob("*.*"):
        if path.suffix in (".md", ".yml"):
            text = path.read_text("utf-8")
            path.write_text(text.replace("roles/seller", "roles/hunter").replace(
                "knowledge/rival", "knowledge/foe").replace("rival.md", "foe.md"), "utf-8")  # fmt: skip
    for old, new in (("roles/seller.yml", "roles/hunter.yml"), ("knowledge/rival.md", "knowledge/foe.md"),
                     ("roles/seller.zh.yml", "roles/hunter.zh.yml")):  # fmt: skip
        (folder / old).rename(folder / new)
    foe = folder / "knowledge/foe.md"
    foe.write_text(foe.read_text("utf-8").replace(
        "type: battlecard", "type: battlecard\naliases: [knowledge/rival]").replace(
        "Ask for the second year.", "Say nothing that was here before at all, whatever they ask."),
        "utf-8")  # fmt: skip
    found = compare(small, snapshot(folder), "en")
    moved = {e.id: e.former for e in found.entries if e.former}
    assert moved == {"roles/hunter": "roles/seller", "knowledge/foe": "knowledge/rival"}
    assert [c.act for e in found.entries if e.id == "roles/hunter" for c in e.changes] == [
        Act.MOVED
    ]
    others = [e.id for e in found.entries if not e.former]
    assert others == [], "references and links that follow a move are no changes"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_playbook_does_not_differ_from_itself(shipped, language):
    assert compare(shipped, shipped, language).empty
    again = read_snapshot(as_json(shipped))
    assert isinstance(again, Snapshot)
    assert compare(shipped, again, language).empty
    assert again == shipped


def reshuffled(value: Any, chance: random.Random) -> Any:
    """The same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: reshuffled(value[key], chance) for key in keys}
    return [reshuffled(item, chance) for item in value] if isinstance(value, list) else value


def test_another_layout_of_the_files_is_no_change_of_fact(small, tmp_path):
    chance = random.Random(5)  # noqa: S311 — a shuffle that is the same every time
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    for path in sorted(tmp_path.rglob("*.yml")):
        data, _ = read_yaml(path.read_text("utf-8"))
        shuffled = reshuffled(data, chance)
        text = yaml.dump(shuffled, allow_unicode=True, sort_keys=False, width=40)
        path.write_text(text, "utf-8")
    assert natures(small, snapshot(tmp_path)) <= {Nature.ORDER}


def figures(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], int]]:
    """Where figures stand in data: the way to a number, or to an English text and the place of a
    digit in it. The numbers of a list's items are layout."""
    found = []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            found += figures(inner, (*at, key))
        elif isinstance(inner, int | float) and not isinstance(inner, bool):
            found.append(((*at, key), 0))
        elif key == "en":
            digits = re.finditer(r"[1-9](?![.)] )", inner)
            found += [((*at, key), digit.start()) for digit in digits]
    return found


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_every_figure_that_changes_is_a_fact(shipped, data):
    name = data.draw(st.sampled_from([i for i, r in shipped.entries.items() if figures(r.data)]))
    record = shipped.entries[name]
    (*way, last), at = data.draw(st.sampled_from(figures(record.data)))
    changed = copy.deepcopy(dict(record.data))
    holder: Any = changed
    for key in way:
        holder = holder[key]
    value = holder[last]
    if isinstance(value, str):
        holder[last] = f"{value[:at]}{int(value[at]) % 9 + 1}{value[at + 1 :]}"
    else:
        holder[last] = value + 1
    found = compare(shipped, with_record(shipped, name, changed), "en")
    assert [(entry.id, entry.nature) for entry in found.entries] == [(name, Nature.FACT)]


def with_record(snapshot: Snapshot, name: str, data: dict[str, Any]) -> Snapshot:
    entries = {**snapshot.entries, name: replace(snapshot.entries[name], data=data)}
    return replace(snapshot, entries=entries)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_what_is_added_one_way_is_removed_the_other(shipped, data):
    ids = sorted(shipped.entries)
    kept = data.draw(st.sets(st.sampled_from(ids)))
    part = replace(shipped, entries={i: r for i, r in shipped.entries.items() if i in kept})
    there, back = compare(part, shipped, "zh"), compare(shipped, part, "zh")
    assert {e.id for e in there.entries} == {e.id for e in back.entries} == set(ids) - kept
    assert {e.act for e in there.entries} <= {Act.ADDED}
    assert {e.act for e in back.entries} <= {Act.REMOVED}


TEXTS = st.text(st.sampled_from("ab 12%。，不要见客户\n-*[](x)#|`\u0300\U00020000"), max_size=40)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_the_pieces_of_a_text_lead_from_one_to_the_other(before, after):
    change = compare_texts(before, after)
    same = compare_texts(after, after)
    assert same is None
    if change:
        assert change.nature in Nature
        assert (change.nature in (Nature.FORMAT, Nature.ORDER)) <= (not change.pieces)


@pytest.mark.parametrize(
    ("before", "after", "nature"),
    [
        ("Call within 48 hours.", "Call within 48 days.", Nature.FACT),
        ("Call within 48 hours.", "Call within 48 h.", Nature.WORDING),
        ("1,000 names", "1000 names", Nature.WORDING),
        ("You may call.", "You must call.", Nature.FACT),
        ("可以打电话。", "不可以打电话。", Nature.FACT),
        ("三家客户", "两家客户", Nature.FACT),
        ("统一口径", "一致口径", Nature.WORDING),
        ("Call **first**.", "Call first.", Nature.FORMAT),
        ("- one thing\n- other thing", "- other thing\n- one thing", Nature.ORDER),
        ("See [it](a/b).", "See [it](a/c).", Nature.FACT),
        ("Due 2026-11-20.", "Due 2026-11-21.", Nature.FACT),
    ],
)
def test_facts_are_told_apart_from_words(before, after, nature):
    change = compare_texts(before, after)
    assert change is not None
    assert change.nature is nature


def test_long_texts_are_compared_in_reasonable_steps():
    words = " ".join(f"word{n}" for n in range(3000))
    paragraphs = "\n\n".join([words] * 20)
    change = compare_texts(paragraphs, paragraphs.replace("word7 ", "word8 ", 1))
    assert change is not None
    shown = "".join(text for _, text in change.pieces)
    assert len(shown) < 4000


def test_every_field_of_every_kind_has_a_name_in_both_languages():
    def models(model: type[Model]) -> set[type[Model]]:
        inner = [shape.model for shape in shapes_of(model) if shape.model]
        return {model}.union(*(models(each) for each in inner))

    every: set[type[Model]] = set().union(*(models(kind.model) for kind in KINDS))
    for words in WORDS.values():
        named = words.words["changes"]["field"]
        fields = {shape.name for model in every for shape in shapes_of(model)} - {"id"}
        review = {"on", "by", "note", "digest", "dependencies", "checked"}
        assert fields - review <= set(named)


# playbook.json


def test_playbook_json_fits_its_schema(shipped, small):
    schema = json.loads((ROOT / "schemas" / "library.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for each in (shipped, small):
        jsonschema.validate(json.loads(as_json(each)), schema, jsonschema.Draft202012Validator)


def test_drafts_are_not_in_playbook_json(small):
    assert "knowledge/next" not in small.entries
    assert "knowledge/map" in small.entries


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"a": NaN}', "no JSON"),
        (b"[]", "no playbook"),
        (b'{"format": "other"}', "no playbook"),
        (b'{"format": "playbook", "version": true}', "which version"),
        (b'{"format": "playbook", "version": 2}', "version 2"),
        (b'{"format": "playbook", "version": 1}', "damaged at settings"),
    ],
)
def test_what_is_no_snapshot_is_said_to_be_so(raw, reason):
    found = read_snapshot(raw)
    assert isinstance(found, Unusable)
    assert reason in str(found)


def test_reasons_of_cadences_are_read_as_they_once_were_written(shipped):
    older = json.loads(as_json(shipped))
    entries = {entry["id"]: entry["data"] for entry in older["entries"]}
    said = [
        entries["assessments/candidate-matrix"],
        entries["knowledge/map-auto-plant"]["claims"][0],
    ]
    for each in said:
        each["cadence"]["reason"] = each["cadence"]["reason"]["en"]
    found = read_snapshot(json.dumps(older).encode())
    assert not isinstance(found, Unusable), found
    matrix = found.entries["assessments/candidate-matrix"].data
    assert list(matrix["cadence"]["reason"]) == ["en"]
    assert compare(found, shipped, "en").entries == ()


def nodes(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
    deeper = [n for k, v in pairs if isinstance(v, dict | list) for n in nodes(v, (*at, k))]
    return [(*at, key) for key, _ in pairs] + deeper


JUNK = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.just([]), st.just({}),
                 st.just([[]]), st.just({"en": 3}), st.just({"x": "y"}), st.just([{"id": 1}]))  # fmt: skip


@pytest.fixture(scope="module")
def plain(small) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    found = json.loads(as_json(small))
    return found, nodes(found)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_trips_what_reads_it(small, plain, data):
    whole, places = plain
    *way, last = data.draw(st.sampled_from(places))
    damaged = copy.deepcopy(whole)
    holder: Any = damaged
    for key in way:
        holder = holder[key]
    holder[last] = data.draw(JUNK)
    found = read_snapshot(json.dumps(damaged).encode())
    if isinstance(found, Unusable):
        assert (
            "damaged" in found.reason or "no playbook" in found.reason or "version" in found.reason
        )
        return
    for old, new in ((small, found), (found, small)):
        for code in ("en", "zh"):
            made = told(compare(old, new, code), WORDS[code], "a", "b")
            assert changes_as_text(made, WORDS[code], lambda text, _: text)


# The command


def test_all_formats_tell_the_same(small, tmp_path):
    new = edited(
        tmp_path, [*EDITS["cell"], *EDITS["reworded-not"], *EDITS["review"], *EDITS["removed"]]
    )
    comparison = compare(small, new, "en")
    made = told(comparison, WORDS["en"], "a <b>", "c & d")
    html = changes_as_html(made, WORDS["en"], "en")
    markdown = changes_as_markdown(made, WORDS["en"])
    document = json.loads(changes_as_json(made, comparison))
    parsed = etree.HTML(html)
    assert "".join(parsed.xpath("//h1//text()")).startswith("a <b> → c & d: ")
    assert parsed.xpath("//ins/text()") == ["Somebody", "never "]
    assert parsed.xpath("//details//li//text()") == ["Reviewed on 20 Nov 2026 by Bo Chen"]
    assert "<del>Nobody</del><ins>Somebody</ins> with a say <ins>never</ins> came" in markdown
    cell = next(e for e in document["entries"] if e["id"] == "policies/use")["changes"][0]
    assert cell == {
        "nature": "fact", "act": "text", "path": "table.rows.s.cells.answer",
        "before": "48 hours", "after": "24 hours", "text": "Row “S”: Answer in 48 hours → 24 hours",
    }  # fmt: skip
    assert document["counts"] == {"added": 0, "changed": 3, "removed": 1}


def git(folder: Path, *arguments: str, at: str = "2026-11-20T08:00:00Z") -> str:
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    config = ("-c", "user.name=Ann", "-c", "user.email=ann@playbook.example.com")
    done = subprocess.run(
        ["git", *config, *arguments],  # noqa: S607
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_refs_folders_versions_and_files_are_compared(folder):
    git(folder.root, "init", "-q", "-b", "main")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "one")
    git(folder.root, "tag", "v1")
    folder.page("two", "Two", "Call within 48 hours.")
    folder.write("pages/two.zh.md", "---\ntitle: 二\nsummary: 第二页。\n---\n四十八小时内回电。\n")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "two")
    before = git(folder.root, "status", "--porcelain")
    shown = folder.run("diff", "v1")
    assert shown.returncode == 0
    assert "Two (pages/two)\n    Text “First”: [-Text.-] {+Call within 48 hours.+}" in shown.stdout
    assert git(folder.root, "status", "--porcelain") == before
    chinese = folder.run("diff", "v1", "HEAD", "--lang", "zh", "--exit-code")
    assert chinese.returncode == 1
    assert "Text.-] {+Call within 48 hours.+}" in chinese.stdout, "what changed in the source"
    assert "已有译文" in chinese.stdout
    assert folder.run("diff", "HEAD", "--exit-code").returncode == 0

    tree = folder.root / "tree" / "2026.10"
    tree.mkdir(parents=True)
    (tree / "playbook.json").write_bytes(as_json(snapshot(folder.content)))
    folder.page("three")
    version = folder.run("diff", "2026.10", "content", "--tree", "tree")
    assert version.stdout.startswith("2026.10 → content: 1 new\n")
    file = folder.run("diff", "tree/2026.10/playbook.json", ".")
    assert file.stdout.startswith("2026.10 → .: 1 new\n")


def test_what_cannot_be_compared_is_a_wrong_call(folder):
    (folder.root / "old.json").write_text('{"format": "playbook", "version": 9}', "utf-8")
    for arguments, said in (
        (("old.json",), "update the generator"),
        (("nothing-like-it",), "neither a file, a folder with a playbook, nor a commit"),
        (("content", "--lang", "fr"), "it has en, zh"),
        (("content", "--tree", "nowhere"), "does not exist"),
    ):
        result = folder.run("diff", *arguments)
        assert result.returncode == 2
        assert said in result.stderr
        assert "Traceback" not in result.stderr


# The site


@pytest.fixture(scope="module")
def released(folders):
    """Two sites in a row of a small playbook with an address, whose changes git dates."""
    folder = folders()
    text = (folder.content / "playbook.yml").read_text("utf-8")
    folder.write("playbook.yml", text + "address: https://playbook.example.com/team\n")
    folder.page("one", "One & all")
    git(folder.root, "init", "-q", "-b", "main")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "one", at="2026-10-01T08:00:00Z")
    assert folder.build("--output", "tree/2026.10").returncode == 0
    folder.page("one", "One & all", "Answer in <48 hours.")
    git(folder.root, "commit", "-qam", "two", at="2026-11-20T20:00:00Z")
    folder.page("three", "Three")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "three", at="2026-11-21T08:00:00Z")
    result = folder.build("--output", "tree/2026.11", "--since", "tree/2026.10")
    assert result.returncode == 0, result.stdout
    return folder


def page(folder, path: str, version: str = "2026.11") -> Any:
    return etree.HTML((folder.root / "tree" / version / path).read_text("utf-8"))


def test_a_site_tells_what_is_new(released):
    main = page(released, "en/changes.html").xpath("//main")[0]
    said = " ".join("".join(main.itertext()).split())
    assert "Since 2026.10 2 entries" in said
    assert "One & all 21 Nov 2026 Text “First”: Text. Answer in <48 hours." in said, "in Shanghai"
    assert "Three New 21 Nov 2026" in said
    home = page(released, "zh/index.html")
    assert "".join(home.xpath("//*[@id='pb-changed']/text()")) == "最近改动"
    assert home.xpath("//nav[@id='pb-sections']//a[@href='changes.html']")
    untranslated = home.xpath("//ul[contains(@class, 'changed-lately')]//a/span[@lang='en']/text()")
    assert untranslated == ["Three"]


def test_without_a_former_playbook_there_is_no_page_and_no_way_to_it(released):
    first = released.root / "tree" / "2026.10"
    assert (first / "playbook.json").is_file()
    assert not list(first.rglob("changes*"))
    assert b"changes.html" not in (first / "en" / "index.html").read_bytes()


def test_feeds_are_valid_atom_and_dated_by_the_history(released):
    schema = etree.RelaxNG(etree.parse(ROOT / "tests" / "schemas" / "atom.rng"))
    atom = {"a": "http://www.w3.org/2005/Atom"}
    tree = released.root / "tree" / "2026.11"
    found = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("changes*.xml"))
    assert found == [f"{code}/changes{end}.xml" for code in ("en", "zh") for end in ("-page", "")]
    for name in found:
        feed = etree.parse(tree / name)
        schema.assertValid(feed)
        assert feed.xpath("string(//a:link[@rel='self']/@href)", namespaces=atom) == (
            f"https://playbook.example.com/team/{name}")  # fmt: skip
    feed = etree.parse(tree / "en" / "changes.xml")
    assert feed.xpath("/a:feed/a:updated/text()", namespaces=atom) == ["2026-11-21T08:00:00Z"]
    assert feed.xpath("//a:entry/a:title/text()", namespaces=atom) == ["Three", "One & all"]
    linked = page(released, "en/pages/two.html").xpath("//link[@type='application/atom+xml']/@href")
    assert linked == ["../changes.xml", "../changes-page.xml"]


def test_rounds_are_carried_on_and_the_same_input_gives_the_same_bytes(released):
    root = released.root
    for output in ("tree/next", "tree/again"):
        done = released.build("--output", output, "--since", "tree/2026.11")
        assert done.returncode == 0
    names = ("playbook.json", "changes.json", "changes/en.js", "en/changes.html")
    for name in names:
        raw = (root / "tree" / "next" / name).read_bytes()
        assert raw == (root / "tree" / "again" / name).read_bytes()
        assert str(root).encode() not in raw
    said = "".join(page(released, "en/changes.html", "next").xpath("//main")[0].itertext())
    assert "Nothing that readers would notice." in said
    assert "From 2026.10 to 2026.11" in said
    rounds = read_rounds((root / "tree" / "next" / "changes.json").read_bytes())
    assert [each.since for each in rounds] == ["2026.11", "2026.10"]
    assert read_rounds(b'{"format": "playbook-news", "version": 1, "rounds": [{"since": 1}]}') == ()


def test_a_site_can_be_compared_with_a_commit(folder):
    git(folder.root, "init", "-q", "-b", "main")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "one")
    folder.page("two", "Two", "Call within 48 hours.")
    done = folder.build("--since", "HEAD", "--no-history")
    assert done.returncode == 0, done.stdout
    [latest] = read_rounds(folder.files()["changes.json"])
    assert [(item.id, item.moment) for item in latest.items["en"]] == [("pages/two", "")]
    assert not [name for name in folder.files() if name.endswith(".xml")], "no times, no feeds"


def test_a_pull_request_is_told_what_it_changes(folder):
    git(folder.root, "init", "-q", "-b", "main")
    git(folder.root, "add", ".")
    git(folder.root, "commit", "-qm", "one")
    folder.page("two", "Two", "Call within 48 hours.")
    folder.write("pages/one.zh.md", "---\ntitle: 一\nsummary: 第二页。\n---\n## 首先\n\n正文。\n")
    report = folder.run("stale", "--base", "HEAD", "--format", "markdown", "--today", "2026-11-23")
    text = report.stdout.replace("&#40;", "(").replace("&#41;", ")")
    assert (
        "#### What this changes in the playbook (1)\n\n- **Two** <code>pages/two</code>\n" in text
    )
    assert "<del>Text.</del> <ins>Call within 48 hours.</ins>" in text
    assert "#### What this changes in the playbook, in zh alone (1)" in text
