"""Rules of synonyms.yml."""

from __future__ import annotations

from generator.problems.core import Rule, Severity

SYNONYM_TWICE = Rule(
    code="PB240",
    name="synonym-twice",
    severity=Severity.ERROR,
    what="A word stands twice in synonyms.yml.",
    why="It would tie two groups together that mean different things, or say nothing new.",
    fix="Keep it in the group whose words mean the same.",
    example="rival in the group of competitors and in the group of alternatives",
)

LONELY_SYNONYM = Rule(
    code="PB241",
    name="lonely-synonym",
    severity=Severity.ERROR,
    what="A group in synonyms.yml has fewer than two words.",
    why="One word is a synonym of nothing.",
    fix="Add a word that means the same, in any language, or remove the group.",
    example="battlecard: {en: [battlecard]}",
)

SYNONYM_LANGUAGE = Rule(
    code="PB242",
    name="synonym-language",
    severity=Severity.ERROR,
    what="A group in synonyms.yml has words in a language that the playbook does not have.",
    why="It is most likely a slip in the code, and its readers would not be understood.",
    fix="Use the codes under `languages` in playbook.yml.",
    example="cn: [竞品攻防手册] instead of zh",
)

WORDLESS_SYNONYM = Rule(
    code="PB243",
    name="wordless-synonym",
    severity=Severity.ERROR,
    what="A synonym has neither a letter nor a figure.",
    why="Nobody can search for it.",
    fix="Write the word that readers use, or remove it.",
    example='en: [battlecard, "–"]',
)
