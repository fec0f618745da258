"""What rules say: one on the terminal, all as a page of the documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from generator.problems import Rule

GROUPS = {
    "PB0": "Reading files",
    "PB1": "Fields",
    "PB2": "Sense",
    "PB3": "References and links",
    "PB4": "Staleness",
    "PB5": "Translation",
    "PB6": "Templates and output",
    "PB7": "Releases and publishing",
}


def rule_as_text(rule: Rule) -> str:
    """A rule's what, why, how to fix and example."""
    parts = [f"{rule.code} {rule.name} ({rule.severity.value})", ""]
    for title, text in (
        ("What", rule.what), ("Why", rule.why), ("How to fix", rule.fix), ("Example", rule.example)
    ):  # fmt: skip
        parts += [f"{title}:", textwrap.indent(_filled(text), "  "), ""]
    return "\n".join(parts)


def _filled(text: str) -> str:
    return textwrap.fill(text, 78, break_on_hyphens=False, break_long_words=False)


def rules_as_markdown(rules: Iterable[Rule]) -> str:
    """The page of the documentation that lists all rules."""
    return "\n".join(_page(rules))


def _page(rules: Iterable[Rule]) -> Iterator[str]:
    yield "# Rules\n"
    yield "Written by `playbook rules --format markdown`. Codes are permanent.\n"
    group = ""
    for rule in rules:
        if rule.code[:3] != group:
            group = rule.code[:3]
            yield f"## {group}: {GROUPS[group]}\n"
        yield f"### {rule.code} {rule.name}\n"
        yield f"{rule.what} *({rule.severity.value})*\n"
        yield f"- **Why:** {rule.why}"
        yield f"- **How to fix:** {rule.fix}"
        yield f"- **Example:** `{rule.example}`\n"
