"""One fault does not hide another: what stays sound in a file is looked at as if it were alone."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.read import Source, source_of
from generator.validate import validate

BASE = Path(__file__).parent / "rules" / "base" / "content"
PATHS = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.*"))
LINKED = ("sops/visit.md", "knowledge/price-talk.md")
"""Files with a body."""
OTHERS = st.sampled_from(
    ["", "x", "5", "Ready now", "2026-13-01", [], {}, ["x"], {"x": ""}, [{}], [["x"]]]
)


def sources_of(**changed: str) -> dict[str, Source]:
    read = {}
    for path in PATHS:
        text = changed.get(path, (BASE / path).read_text(encoding="utf-8"))
        source, problems = source_of("content", path, text.encode())
        assert source is not None, problems
        read[path] = source
    return read


SOURCES = sources_of(
    **{path: (BASE / path).read_text(encoding="utf-8") + "\n[x](gone.md)\n" for path in LINKED}
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = [path] if path else []
    for key, each in inner if isinstance(value, dict | list) else ():
        found += places_in(each, (*path, key))
    return found


@st.composite
def faulty_data(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    """The data of a file with some values changed, left out or called otherwise."""
    made = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 4))):
        if not (places := places_in(made)):
            break
        *above, last = draw(st.sampled_from(places))
        holder: Any = made
        for part in above:
            holder = holder[part]
        old = holder.pop(last)
        what = draw(st.sampled_from(["other", "gone", "renamed"]))
        if what == "other" or isinstance(holder, list):
            other = copy.deepcopy(draw(OTHERS))
            holder.insert(last, other) if isinstance(holder, list) else holder.update({last: other})
        elif what == "renamed":
            holder[draw(st.sampled_from([last[:-1], last.title(), last + "s", "other"]))] = old
    return made


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(LINKED))
def test_a_link_in_the_body_is_checked_whatever_the_fields_hold(data, path):
    source = SOURCES[path]
    made = replace(source, data=data.draw(faulty_data(source.data)))
    problems = validate({**SOURCES, path: made}, [], {}, "content").problems
    gone = [each for each in problems if each.rule.code == "PB303"]
    assert {f"content/{name}" for name in LINKED} == {each.location.path for each in gone}


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(PATHS))
def test_no_data_make_validation_fail(data, path):
    source = SOURCES[path]
    made = replace(source, data=data.draw(faulty_data(source.data)))
    validate({**SOURCES, path: made}, [], {}, "content")


def codes_of(folder: Any) -> list[str]:
    """The codes of all errors."""
    out = folder.run("check").stdout.splitlines()
    found = [line.split() for line in out if line.startswith("content/")]
    return [code for _, code, severity, *_ in found if severity not in ("warning:", "note:")]


STEP = """\
  - id: {id}
    title: Step
    purpose: Why.
    role: roles/seller
    time_box: {time_box}
    entry: {{in: In.}}
    exit: {{out: Out.}}
    failure: {{to: {to}, when: Never.}}
"""


@pytest.mark.parametrize(
    ("id_", "time_box", "to", "codes"),
    [
        ("one", "2 moons", "two", ["PB110", "PB205"]),  # what a step takes does not matter
        ("One", "2 days", "one", ["PB107"]),  # an id that is nearly right is meant to be right
        ("[a]", "2 days", "one", ["PB102"]),  # an unknown id may be what the path goes to
    ],
)
def test_parts_are_held_against_each_other_as_far_as_they_are_known(
    folder, id_, time_box, to, codes
):
    folder.write("roles/seller.yml", (BASE / "roles/seller.yml").read_text(encoding="utf-8")
                 .replace("lin-wei", "ann"))  # fmt: skip
    steps = STEP.format(id=id_, time_box=time_box, to=to)
    steps += STEP.format(id="two", time_box="1 day", to="two")
    folder.write("sops/x.yml", f"title: X\nsummary: Y\nowner: ann\nsteps:\n{steps}")
    assert codes_of(folder) == codes


def test_a_stage_with_a_fault_leaves_no_gap(folder):
    text = (BASE / "roadmap/newcomer.yml").read_text(encoding="utf-8").replace("lin-wei", "ann")
    tool = (BASE / "toolkits/checklist.yml").read_text(encoding="utf-8").replace("lin-wei", "ann")
    folder.write("toolkits/checklist.yml", tool.replace("tags: [pricing]\n", ""))
    folder.write("roadmap/a.yml", text)
    folder.write("roadmap/b.yml", text.replace("from: 0, to: 6", "from: 6, to: 12")
                 .replace("theme:", "thme:"))  # fmt: skip
    folder.write("roadmap/c.yml", text.replace("from: 0, to: 6", "from: 12, to: 15"))
    assert codes_of(folder) == ["PB104"]
    folder.write("roadmap/b.yml", "title: 'not closed\n")
    assert codes_of(folder) == ["PB004"]
