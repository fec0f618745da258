"""PB5: what can be wrong between a text and its translation."""

from generator.problems.core import Rule, Severity

STRUCTURE = Rule(
    code="PB501",
    name="structure-in-translation",
    severity=Severity.ERROR,
    what=(
        "A translation carries something that is not text: a number, a date, a reference, a status."
    ),
    why=(
        "Two editions with different numbers are worse than one. Everything but text "
        "comes from the source file."
    ),
    fix="Delete the field from the translation.",
    example="time_box: 5 workdays in six-step.zh.md",
)

UNKNOWN_ITEM = Rule(
    code="PB502",
    name="unknown-item",
    severity=Severity.ERROR,
    what="A translation refers to an item that the source does not have.",
    why="The text would be shown nowhere.",
    fix="Correct the id, or delete the item.",
    example="a step with id: clos in six-step.zh.md",
)

NOT_TRANSLATED = Rule(
    code="PB503",
    name="not-translated",
    severity=Severity.NOTE,
    what="An entry has no translation into one of the languages.",
    why="Readers of that language see the source text, marked as such.",
    fix="Add the file that the message names.",
    example="sops/visit.md without sops/visit.zh.md",
)

OUTDATED = Rule(
    code="PB504",
    name="outdated-translation",
    severity=Severity.WARNING,
    what="The source text changed after it was translated.",
    why="The two editions may now say different things.",
    fix="Bring the translation up to date, then run `playbook translated PATH`.",
    example="translates: 5e0c… while the source is 91ab…",
)

NO_SOURCE = Rule(
    code="PB505",
    name="translation-without-source",
    severity=Severity.ERROR,
    what="A translation has no source file beside it.",
    why="Without the source there is no structure to put the text into.",
    fix="Rename it like its source, or write the source file.",
    example="sops/visit.zh.md without sops/visit.md",
)

INCOMPLETE = Rule(
    code="PB506",
    name="incomplete-translation",
    severity=Severity.NOTE,
    what="A translation leaves out texts that the source has.",
    why="The page shows them in the source language.",
    fix="Translate the fields that the message names.",
    example="a step without `purpose` in six-step.zh.md",
)

NOT_RECORDED = Rule(
    code="PB507",
    name="unrecorded-translation",
    severity=Severity.WARNING,
    what="A translation does not record which source text it translates.",
    why="Nobody would notice when the source changes.",
    fix="Run `playbook translated PATH` once the translation is right.",
    example="a new six-step.zh.md without `translates`",
)
