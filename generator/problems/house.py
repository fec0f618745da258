"""PB2: what can be wrong with the settings and the people."""

from generator.problems.core import Rule, Severity

EMPTY_GROUP = Rule(
    code="PB226",
    name="empty-group",
    severity=Severity.ERROR,
    what="A group has no members.",
    why="What nobody owns nobody updates.",
    fix="Name at least one person, or remove the group.",
    example="members: []",
)

UNKNOWN_MEMBER = Rule(
    code="PB227",
    name="unknown-member",
    severity=Severity.ERROR,
    what="A group names a person who is not in people.yml.",
    why="A name that nobody knows cannot be asked.",
    fix="Add the person, or correct the id.",
    example="members: [lin-wie]",
)

LANGUAGE_TWICE = Rule(
    code="PB228",
    name="language-twice",
    severity=Severity.ERROR,
    what="A language is listed twice.",
    why="Its pages would overwrite each other.",
    fix="Remove one of them.",
    example="languages: [{code: en}, {code: en}]",
)

DEFAULT_TIER = Rule(
    code="PB229",
    name="default-tier",
    severity=Severity.ERROR,
    what="A default tier is given for something that is no kind of content.",
    why="The tier would never be used, and the kind that was meant goes without.",
    fix="Use the name of a kind, in the singular.",
    example="default_tiers: {sops: strategic}",
)
