"""Front matter of an imported document: what is known, and comments where a person has to decide.

The fields that a kind asks for stand here as a start that passes `playbook check` and says what to
do; what is not known is never made up: a value that stands in for one has TODO beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.edit.scalar import as_scalar
from generator.importing.document import Document, Heading, Items, Paragraph, words_of
from generator.importing.markup import escaped, guarded

LONGEST_SUMMARY = 160
MOST_TAGS = 5
_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s|$)")
_KINDS: Mapping[str, str] = {
    "sop": """\
# TODO: write the steps from the text below
steps:
  - id: first-step
    title: TODO name the step
    purpose: TODO say what it is for
    role: {role}  # TODO: who is responsible
    time_box: 1 workday  # TODO: the longest that it may take
    entry:
      ready: TODO say what must hold before it begins
    exit:
      done: TODO say what must hold before it counts as done
""",
    "role": """\
mission: TODO the one result that the role answers for
responsibilities:
  first: TODO what the role answers for
dimensions:
  - id: first
    title: TODO name a capability
    description: TODO what someone who has it does
    rating: 6  # TODO: the rating from 0 to 10 that the role expects
alarm:
  threshold: 6  # TODO: the rating under which the team is out of balance
  consequence: TODO what that costs
""",
    "stage": """\
theme: TODO two or three words
months: {{from: 0, to: 6}}  # TODO: of the roadmap
course:
  title: TODO name the core course
  hours: 8  # TODO: teaching time
  modules:
    first: TODO name a module
tools:
  - {tool}  # TODO: the tools of the stage
exam:
  task: TODO what the candidate has to do
  criteria:
    first: TODO what the examiners look for
  evidence:
    first: TODO what the candidate hands in
outcomes:
  first: TODO what somebody can do afterwards
""",
    "tool": """\
system: combat  # TODO: intelligence, combat or defence
purpose: TODO say what the tool is for
when:
  first: TODO a moment at which to reach for it
# TODO: a checklist, or a sheet instead
checklist:
{checklist}""",
    "knowledge": """\
# TODO: choose the type and its tier
#   weapon: negotiation-recording, decision-chain-map, battlecard
#   tactical: solution-template, discovery-script
#   strategic: success-case, partner-map
tier: tactical
type: solution-template
""",
    "case": """\
industry: TODO name the industry
before: TODO how things stood
actions:
  first: TODO what was done
metrics:
  - id: first
    name: TODO name a figure that moved
    change: 0 %  # TODO: by how much; or before and after
pattern: TODO what another team can take from it
""",
    "assessment": """\
dimensions:
  - id: first
    title: TODO name what is scored
    question: TODO what the assessor asks
    maximum: 5  # TODO: the highest score
    anchors:
      0: TODO what the lowest score looks like
      5: TODO what the highest score looks like
verdicts:
  - id: first
    title: TODO name the verdict
    from: 0
    to: 5
    action: TODO what follows from it
""",
    "metric": """\
type: process  # TODO: process or outcome
definition: TODO say what is measured
formula: TODO the formula in words
unit: TODO
target: TODO
measured_in: TODO where the figure is read off, and how often
""",
    "policy": """\
# TODO: write the rules from the text below
rules:
  - id: first-rule
    title: TODO name the rule
    text: TODO say what holds
    why: TODO say why
    check: TODO how somebody can tell whether it is kept
""",
    "lesson": """\
year: {year}  # TODO: the year in which it happened
mistake: TODO what went wrong
outcome: TODO what it cost
rule: TODO what holds now
""",
    "plan": """\
days: 30  # TODO: the length of the plan
periods:
  - id: first-period
    title: TODO name the period
    days: {{from: 1, to: 30}}
    goal: TODO
    actions:
      - id: first-action
        text: TODO what to do
        role: {role}  # TODO: who sees to it
""",
    "page": "",
}
"""The further fields of each kind, as a start. A kind that is not here gets none."""
_ITEM = "  - id: first-item\n    title: TODO name what to tick off\n"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a playbook knows that a document may name."""

    kind: str
    owners: Mapping[str, tuple[str, ...]]
    """The names of people who are there, by id: in every language, and their addresses."""
    tags: Mapping[str, tuple[str, ...]]
    """The names of tags by id, in every language."""
    language: str
    """The name of the source language."""
    role: str
    """Ids of entries that fields may hold until somebody chooses; "" where there is none."""
    tool: str
    year: int


def front_matter(document: Document, facts: Facts, owner: str, foreign: str) -> str:
    """Of a new entry. `foreign` is the name of the document's language if it is not the source
    language."""
    return "".join(f"{line}\n" for line in _lines(document, facts, owner, foreign))


def _lines(document: Document, facts: Facts, owner: str, foreign: str) -> Iterator[str]:
    yield "---"
    yield f"# Imported from {visible_name(document.name)}. What is marked TODO is for you to do."
    if foreign:
        source = f"the playbook is written in {facts.language}"
        yield f"# TODO: translate the text: it is {foreign}, {source}"
    yield f"title: {as_scalar(document.title)}"
    summary = _summary_field(document)
    yield summary or "summary: TODO say in a sentence what a reader gets from it"
    owner = owner or owner_by_name(document.author, facts)
    yield f"owner: {owner}" if owner else f"# TODO: name who keeps it true: owner: {_some(facts)}"
    tags = ", ".join(tags_of(document, facts))
    yield f"tags: [{tags}]" if tags else "tags: []  # TODO: choose from the tags in playbook.yml"
    yield "status: draft  # take this line away to publish it"
    yield from _of_kind(document, facts).splitlines()
    yield "---"


def front_of_translation(document: Document) -> str:
    """Of a translation, which carries texts alone."""
    lines = [
        "---",
        f"# Imported from {visible_name(document.name)}. What is marked TODO is for you to do.",
        f"title: {as_scalar(document.title)}",
        _summary_field(document) or "# TODO: translate the summary",
        "---",
    ]
    return "".join(f"{line}\n" for line in lines)


def visible_name(name: str) -> str:
    """A name as it can stand in a comment."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def _some(facts: Facts) -> str:
    return " or ".join(list(facts.owners)[:4]) or "an id of people.yml"


def _of_kind(document: Document, facts: Facts) -> str:
    start = _KINDS.get(facts.kind, "")
    return start.format(
        role=facts.role or "TODO",
        tool=facts.tool or "TODO",
        year=facts.year,
        checklist="".join(_checklist(document)) or _ITEM,
    )


def _checklist(document: Document) -> Iterator[str]:
    """What the document has to tick off, as items of a tool."""
    ticked = (
        item
        for block in document.blocks
        if isinstance(block, Items)
        for item in block.items
        if item.done is not None
    )
    for number, item in enumerate(ticked, 1):
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and (words := " ".join(words_of(first.line).split())):
            yield f"  - id: item-{number}\n    title: {as_scalar(words)}\n"


def _summary_field(document: Document) -> str:
    """The field, which holds Markdown; "" without a summary."""
    summary = summary_of(document)
    return f"summary: {as_scalar(guarded(escaped(summary)))}" if summary else ""


def summary_of(document: Document) -> str:
    """The first paragraph, cut at the end of a sentence; "" where there is none."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            text = " ".join(words_of(block.line).split())
            if len(text) > 1 and "TODO" not in text and not text.endswith(("：", ":")):
                return shortened(text)
    return ""


def shortened(text: str) -> str:
    """At most as much as a summary may hold, whole sentences where these fit."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, LONGEST_SUMMARY)]
    if ends:
        return text[: ends[-1]]
    cut = text[: LONGEST_SUMMARY - 1]
    return (cut.rpartition(" ")[0] if " " in cut[LONGEST_SUMMARY // 2 :] else cut) + "…"


def owner_by_name(author: str, facts: Facts) -> str:
    """The person whom a document names as its author; "" unless exactly one is called so."""
    wanted = _bare(author)
    found = [name for name, called in facts.owners.items() if wanted in map(_bare, (name, *called))]
    return found[0] if wanted and len(found) == 1 else ""


def _bare(text: str) -> str:
    return re.sub(r"[\s.·_-]+", "", text).casefold()


def tags_of(document: Document, facts: Facts) -> list[str]:
    """Tags that the document's keywords, its title or its headings name."""
    keywords = {_bare(word) for word in document.keywords}
    headings = (words_of(b.line) for b in document.blocks if isinstance(b, Heading))
    named = f" {document.title} {' '.join(headings)} ".casefold()
    found = [
        tag
        for tag, names in facts.tags.items()
        if keywords & set(map(_bare, (tag, *names))) or any(_occurs(each, named) for each in names)
    ]
    return found[:MOST_TAGS]


def _occurs(name: str, text: str) -> bool:
    folded = re.escape(name.casefold())
    return bool(re.search(rf"\b{folded}\b" if name.isascii() else folded, text))
