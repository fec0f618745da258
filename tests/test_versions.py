"""The list of versions: names, order, what may be done with it, and mike's file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.versions import (
    Refused,
    Version,
    Versions,
    as_json,
    name_fault,
    newest_first,
    read_versions,
)


def listed(*names: str, **aliases: str) -> Versions:
    """A list of versions; `latest="2026.11"` lets an alias lead to one of them."""
    versions = Versions()
    for name in names:
        versions = versions.released(Version(name, name, date="2026-11-23"))
    for alias, name in aliases.items():
        versions = versions.aliased(name, [alias])
    return versions


def named(version: Version | None) -> str:
    """The name of a version that is there."""
    assert version is not None
    return version.name


@pytest.mark.parametrize(
    "name", ["2026.11", "2026-11-23", "v1.2.3", "1.0.0-rc.1", "next", "1.0+build.5", "A"]
)
def test_names_that_work_everywhere_are_allowed(name):
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "../x", "a/b", "a\\b", "-x", ".git", "a b", "版本", "x\n", "x\0", "x.",
        "a..b",
        "preview", "Preview", "static", "versions.json", "index.html", "CNAME", "con", "NUL.txt",
        "com1", "x.lock", "x" * 65, "%2e%2e", "a?b", "a#b", "a:b", "~x",
    ],
)  # fmt: skip
def test_names_that_would_be_another_path_are_refused(name):
    assert name_fault(name)
    with pytest.raises(Refused):
        Versions().released(Version(name, name))
    with pytest.raises(Refused):
        listed("1.0").aliased("1.0", [name])


@settings(deadline=None)
@given(st.text(max_size=80))
def test_what_is_allowed_is_one_step_of_a_path(name):
    if not name_fault(name):
        assert name.isascii()
        assert not set(name) & set('/\\:*?"<>|%#& \0\n')
        assert not name.startswith((".", "-"))
        assert not name.endswith(".")


ORDERED = [
    "next", "main", "2026.11.1", "2026.11", "2026.2", "2026-01-15", "2025.12", "v10.0", "2.0.0",
    "2.0.0-rc.2", "2.0.0-rc.1", "2.0.0-beta", "2.0.0-alpha.2", "1.10.1-hotfix", "1.10", "1.9",
    "0.1",
]  # fmt: skip


def test_the_newest_comes_first_whatever_the_names_are_like():
    assert newest_first(sorted(ORDERED)) == ORDERED
    assert newest_first(reversed(ORDERED)) == ORDERED


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,12}", fullmatch=True), unique=True))
def test_every_set_of_names_has_one_order(names):
    assert newest_first(names) == newest_first(list(reversed(names)))


def test_a_version_is_released_once():
    with pytest.raises(Refused, match="released already"):
        listed("RC1").released(Version("rc1", "rc1"))
    again = listed("RC1", latest="RC1").released(
        Version("rc1", "rc1", date="2026-12-01"), again=True
    )
    assert [v.name for v in again.listed] == ["RC1"]
    assert again.listed[0].aliases == ("latest",)
    assert again.listed[0].date == "2026-12-01"


def test_a_version_and_an_alias_never_share_a_name():
    with pytest.raises(Refused, match="alias of version"):
        listed("1.0", latest="1.0").released(Version("Latest", "Latest"))
    with pytest.raises(Refused, match="is a version"):
        listed("1.0", "2.0").aliased("1.0", ["2.0"])


def test_an_alias_moves_and_the_default_with_it():
    versions = listed("1.0", "2.0", latest="1.0").with_default("latest")
    assert named(versions.current) == "1.0"
    moved = versions.aliased("2.0", ["LATEST"])
    assert named(moved.current) == "2.0"
    assert [v.aliases for v in moved.listed] == [("LATEST",), ()]


def test_the_first_version_is_the_default_until_another_is_chosen():
    assert listed("1.0", "2.0").default == "1.0"
    assert listed("1.0", "2.0").with_default("2.0").default == "2.0"


def test_what_readers_come_to_is_neither_retired_nor_deleted():
    versions = listed("1.0", "2.0", latest="2.0").with_default("latest")
    with pytest.raises(Refused, match="is the default"):
        versions.retired("2.0")
    with pytest.raises(Refused, match="would lead nowhere"):
        versions.without("2.0")
    with pytest.raises(Refused, match="is retired"):
        versions.retired("1.0").with_default("1.0")
    with pytest.raises(Refused, match="is retired"):
        versions.retired("1.0").without("2.0", heir="1.0")
    with pytest.raises(Refused, match="is the default"):
        versions.unaliased(["latest"])
    left = versions.without("2.0", heir="1.0")
    assert named(left.current) == "1.0"
    assert left.without("1.0") == Versions()


def test_retired_versions_come_back():
    versions = listed("1.0", "2.0").retired("2.0")
    assert [v.retired for v in versions.listed] == [True, False]
    assert versions.retired("2.0", back=True) == listed("1.0", "2.0")


def test_a_list_by_mike_is_read_and_what_others_wrote_stays():
    raw = json.dumps(
        [
            {"version": "1.0", "title": "1.0.4", "aliases": []},
            {"version": "2.0", "title": "2.0", "aliases": ["latest", "stable"],
             "properties": {"hidden": True, "note": [1]}},
        ]
    ).encode()  # fmt: skip
    versions = read_versions(raw)
    assert [v.name for v in versions.listed] == ["2.0", "1.0"]
    assert versions.listed[0].retired
    assert json.loads(as_json(versions))[0]["properties"]["note"] == [1]
    assert json.loads(as_json(versions))[0]["properties"]["hidden"] is True


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["1.0", "2.0", "3.0-rc.1", "next"]), unique=True, min_size=1),
    st.lists(st.sampled_from(["latest", "stable", "old"]), unique=True),
    st.data(),
)
def test_the_file_says_all_there_is_to_say(names, aliases, data):
    versions = listed(*names)
    for alias in aliases:
        versions = versions.aliased(data.draw(st.sampled_from(names)), [alias])
    versions = versions.with_default(data.draw(st.sampled_from([*names, *aliases])))
    assert read_versions(as_json(versions).encode()) == versions


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"{}", b"[1]", b"[[]]", b'[{"version": 1}]', b"[" * 100_000,
        b'[{"version": "1.0", "title": "x", "aliases": [1]}]',
        b'[{"version": "../x", "title": "x", "aliases": []}]',
        b'[{"version": "1.0", "aliases": ["a"]}, {"version": "2.0", "aliases": ["A"]}]',
        b'[{"version": "1.0", "aliases": [], "properties": []}]', b"\xff",
    ],
)  # fmt: skip
def test_a_broken_list_is_refused_and_not_written_over(raw):
    with pytest.raises(Refused):
        read_versions(raw)
