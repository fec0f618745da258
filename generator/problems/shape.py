"""PB1: what can be wrong with a single field."""

from generator.problems.core import Rule, Severity

MISSING_FIELD = Rule(
    code="PB101",
    name="missing-field",
    severity=Severity.ERROR,
    what="A field that the kind needs is missing.",
    why="Readers count on it: every step has a responsible role, every entry an owner.",
    fix="Add the field. `playbook schema` lists the fields of each kind.",
    example="a step without `role`",
)

WRONG_TYPE = Rule(
    code="PB102",
    name="wrong-type",
    severity=Severity.ERROR,
    what="A value has the wrong type.",
    why=(
        "A list where text is expected, or text where a number is expected, cannot be "
        "shown or computed."
    ),
    fix="Write the value in the form that the message names.",
    example="hours: forty",
)

EMPTY_TEXT = Rule(
    code="PB103",
    name="empty-text",
    severity=Severity.ERROR,
    what="A text field has no text.",
    why="An empty heading or criterion looks finished and says nothing.",
    fix="Write the text, or remove the field if it is optional.",
    example="summary:",
)

UNKNOWN_FIELD = Rule(
    code="PB104",
    name="unknown-field",
    severity=Severity.ERROR,
    what="The kind has no field of this name.",
    why="A misspelt field would be ignored, and with it what it says.",
    fix="Correct the name; the message offers the nearest one.",
    example="ownr: lin-wei",
)

BAD_DATE = Rule(
    code="PB105",
    name="bad-date",
    severity=Severity.ERROR,
    what="A date is not a calendar day written as year-month-day.",
    why="Due dates are computed from it; a date that can be read in two ways cannot be trusted.",
    fix="Write it like 2026-11-23.",
    example="reviewed: 23.11.2026",
)

BAD_CHOICE = Rule(
    code="PB106",
    name="bad-choice",
    severity=Severity.ERROR,
    what="The value is not one of those that the field takes.",
    why="Pages, filters and rules depend on a closed list.",
    fix="Choose one of the values that the message lists.",
    example="status: publish",
)

BAD_SLUG = Rule(
    code="PB107",
    name="bad-name",
    severity=Severity.ERROR,
    what="An id, key or other short name has characters that it cannot have.",
    why="Ids become parts of addresses and are matched by translations.",
    fix="Use lower-case letters a-z, digits and single hyphens.",
    example="id: First step",
)

OUT_OF_RANGE = Rule(
    code="PB108",
    name="out-of-range",
    severity=Severity.ERROR,
    what="A number is outside the range that makes sense.",
    why="A course of zero hours or a stage that starts before month 0 is a slip.",
    fix="Give a number inside the range that the message names.",
    example="hours: 0",
)

TOO_FEW = Rule(
    code="PB109",
    name="too-few",
    severity=Severity.ERROR,
    what="A list or mapping that needs at least one item has none.",
    why="A step without entry criteria or a plan without actions cannot be followed.",
    fix="Add an item.",
    example="modules: {}",
)

BAD_AMOUNT = Rule(
    code="PB110",
    name="bad-amount",
    severity=Severity.ERROR,
    what="A length of time or a figure is not a number with a unit.",
    why="With the unit inside, figures can be compared, translated and drawn.",
    fix="Write for example `5 workdays`, `67 %` or `9 months`.",
    example="time_box: two weeks or so",
)

REPEATED_ITEM = Rule(
    code="PB111",
    name="repeated-item",
    severity=Severity.ERROR,
    what="Two items of a list, or a person and a group, have the same id.",
    why="Links, failure paths and translations find items by id and would find the wrong one.",
    fix="Give each item an id of its own.",
    example="two steps with id: map",
)

BAD_FORM = Rule(
    code="PB112",
    name="bad-form",
    severity=Severity.ERROR,
    what="A web address, time zone, language tag or former address is not written as it has to be.",
    why="Addresses end up in links and time zones decide on which day something is due.",
    fix="Follow the form that the message names.",
    example="time_zone: Shanghai",
)
