"""The digest of an entry's content: blind to layout, and to nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.read import revision_of, source_of

TODAY = "2026-11-23"
REFLOWED: dict[str, Callable[[str], str]] = {
    "lines": lambda text: text.replace("a long line of words", "a long\nline of\nwords"),
    "chinese lines": lambda text: text.replace("一行中文“很长”的文字", "一行中文\n“很长”\n的文字"),
    "spaces": lambda text: text.replace("\n\n", "\n\n\n").replace("words.", "words.  "),
    "bullets": lambda text: text.replace("- first", "* first").replace("- second", "+   second"),
    "nesting": lambda text: text.replace("  - inner", "    - inner"),
    "table": lambda text: text.replace("| A | B |", "|A    |B|").replace(
        "| --- | :-: |", "| ------ | :------: |").replace("| 1 | 2 |", "|   1   |2|"),
    "quotation": lambda text: text.replace("> said twice\n> over", "> said twice over"),
    "fence in a list": lambda text: text.replace("  ```py\n  if x:\n      y()\n  ```",
                                                 "   ~~~ py\n   if x:\n       y()\n   ~~~"),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "line end at the end": lambda text: text + "\n\n",
}  # fmt: skip
BODY = """\
# A heading

Here is a long line of words. 一行中文“很长”的文字。

- first [link](../pages/one.md#part)
- second, 17 %
  - inner `code span`

  ```py
  if x:
      y()
  ```

| A | B |
| --- | :-: |
| 1 | 2 |

> said twice
> over

```
 kept
   as it is
```
"""


def digest(front: str, body: str = BODY) -> str:
    source, problems = source_of("content", "pages/x.md", f"---\n{front}---\n{body}".encode())
    assert source is not None, problems
    return revision_of(source.data, source.body_text)


PLAIN = """\
title: "T: x"
summary: Some words, 3 of 10.
tags: [a, b]
rows: [{id: r, cells: {n: 1.10}}]
"""


@given(ways=st.sets(st.sampled_from(sorted(REFLOWED))))
def test_reformatting_a_body_is_no_change(ways):
    body = BODY
    for way in sorted(ways):
        changed = REFLOWED[way](body)
        assert changed != body or "line ends" in ways, way
        body = changed
    assert digest(PLAIN, body) == digest(PLAIN)


FORMS = {
    "title": ["title: 'T: x'", '"title": "T: x"', "title: >-\n  T:\n  x", "title:\n  'T: x'  # c"],
    "summary": ["summary: Some words, 3 of 10.", "summary: |\n  Some words,\n  3 of 10.",
                'summary: "Some words,\n\n  3 of 10."',
                "summary: >\n    Some words, 3\n    of 10.\n"],
    "tags": ["tags: [a, b]", "tags: ['a', \"b\"]", "tags:\n- a\n- b", "tags:\n    -   a\n    - b"],
    "rows": ["rows: [{id: r, cells: {n: 1.10}}]",
             "rows:\n  - cells:\n      n: '1.10'\n      m: \n    id: r",
             "rows:\n- id: r\n  cells: {n: 1.10, }"],
    "reviewed": ["", f"reviewed: {TODAY}", "reviewed: {on: x, note: y}"],
    "related": ["", "related: []", "related:"],
}  # fmt: skip


@given(
    order=st.permutations(sorted(FORMS)),
    forms=st.fixed_dictionaries({name: st.sampled_from(forms) for name, forms in FORMS.items()}),
)
def test_reformatting_fields_is_no_change(order, forms):
    front = "".join(f"{forms[name]}\n# comment\n" for name in order)
    assert digest(front) == digest(PLAIN)


CHANGES = [
    ("A heading", "The heading"), ("long line", "longline"), ("17 %", "18 %"), ("17 %", "17"),
    ("one.md", "two.md"), ("#part", "#parts"), ("code span", "code spam"), ("y()", "z()"),
    ("      y()", "    y()"), ("   as it", "  as it"), ("   as it", "\n   as it"), ("# A", "## A"),
    ("一行中文", "二行中文"), ("- second", "1. second"), ("| 2 |", "| 3 |"), (":-:", "--:"),
    ("| 1 | 2 |", "| 1 2 |"), ("> said", "said"), ("py", "js"), ("words.", "words!"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_any_change_of_a_body_changes_the_digest(old, new):
    assert old in BODY
    assert digest(PLAIN, BODY.replace(old, new, 1)) != digest(PLAIN)


@pytest.mark.parametrize(
    ("old", "new"), [("T: x", "T: y"), ("3 of", "4 of"), ("1.10", "1.1"), ("[a, b]", "[b, a]"),
                     ("id: r", "id: s"), ("[a, b]", "[a, b, c]")]
)  # fmt: skip
def test_any_change_of_a_field_changes_the_digest(old, new):
    assert digest(PLAIN.replace(old, new, 1)) != digest(PLAIN)


@given(at=st.integers(0, len(BODY) - 1), sign=st.sampled_from("aZ9%中"))
def test_another_letter_anywhere_changes_the_digest(at, sign):
    assume(BODY[at].isalnum() and BODY[at] != sign)
    assert digest(PLAIN, BODY[:at] + sign + BODY[at + 1 :]) != digest(PLAIN)
