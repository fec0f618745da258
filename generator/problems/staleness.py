"""PB4: what can be wrong with reviews, and with how they are recorded."""

from generator.problems.core import Rule, Severity

REVIEW_DATE = Rule(
    code="PB401",
    name="review-date",
    severity=Severity.ERROR,
    what="The day of a review or of a claim's check is missing or no day.",
    why="A date that cannot be read must not pass for a fresh one.",
    fix="Write the day like 2026-11-23, or run `playbook review`.",
    example="reviewed: 2026-02-30",
)

REVIEW_AHEAD = Rule(
    code="PB402",
    name="review-ahead",
    severity=Severity.WARNING,
    what="A review or a claim's check lies in the future.",
    why="An entry dated ahead would stay fresh without anybody looking at it.",
    fix="Write the day on which somebody looked.",
    example="reviewed: 2062-11-20",
)

UNKNOWN_REVIEWER = Rule(
    code="PB403",
    name="unknown-reviewer",
    severity=Severity.ERROR,
    what="A review names somebody who is not in people.yml.",
    why="A review is worth as much as the person who stands behind it.",
    fix="Write the id of a person, or add the person to people.yml.",
    example="by: wangjun",
)

REVIEWER_LEFT = Rule(
    code="PB404",
    name="reviewer-left",
    severity=Severity.WARNING,
    what="A review was made by somebody who has left.",
    why="Nobody can be asked what was looked at; the know-how left with the person.",
    fix="Let somebody who is there review the entry.",
    example="by: wang-jun, who left on 2026-10-01",
)

OWNER_LEFT = Rule(
    code="PB405",
    name="owner-left",
    severity=Severity.WARNING,
    what="An entry belongs to somebody who has left.",
    why="Nobody is reminded of it any more.",
    fix="Give it to somebody who is there.",
    example="owner: wang-jun, who left on 2026-10-01",
)

NO_CADENCE = Rule(
    code="PB406",
    name="no-cadence",
    severity=Severity.NOTE,
    what="A published entry has no tier, and its kind has no default tier.",
    why="Nothing ever asks whether it is still true, and it lowers the coverage.",
    fix="Set `tier`, give its kind a default tier in playbook.yml, or say why it is `evergreen`.",
    example="a page without a tier, with no `default_tiers: {page: …}`",
)

EVIDENCE = Rule(
    code="PB407",
    name="review-evidence",
    severity=Severity.WARNING,
    what="A review lacks what its tier asks for: who and outcome, a note, a digest.",
    why="For weapons a bare date is too cheap: reps act on them in front of customers.",
    fix="Run `playbook review`, which records all of it.",
    example="tier: weapon with reviewed: 2026-11-20",
)

LONGER_CADENCE = Rule(
    code="PB408",
    name="longer-cadence",
    severity=Severity.ERROR,
    what="An entry or a claim has a longer cadence than its tier and gives no reason.",
    why="A longer cadence is an exception; without a reason nobody can tell it from neglect.",
    fix="Write `cadence: {every: …, reason: …}`, or choose a cadence within the tier's.",
    example="tier: weapon with cadence: monthly",
)

DEPENDS_ON_ITSELF = Rule(
    code="PB409",
    name="depends-on-itself",
    severity=Severity.ERROR,
    what="An entry depends on itself.",
    why="Each review would ask for the next one.",
    fix="Take its own id out of `depends_on`.",
    example="depends_on: [knowledge/rival] in knowledge/rival.md",
)

RETIRE = Rule(
    code="PB410",
    name="retire",
    severity=Severity.WARNING,
    what="A review says that an entry is to be retired, and it is still published.",
    why="Somebody found it wrong, and readers still see it.",
    fix="Set `status: retired`, or review it again with another outcome.",
    example="outcome: retire with status: published",
)

WORKED_HOLIDAY = Rule(
    code="PB411",
    name="worked-holiday",
    severity=Severity.ERROR,
    what="A day is both a holiday and a make-up day.",
    why="Due dates would depend on which list is read first.",
    fix="Keep it in the list that is true.",
    example="2026-10-10 under holidays and under workdays",
)

CLAIM_CADENCE = Rule(
    code="PB412",
    name="claim-without-cadence",
    severity=Severity.WARNING,
    what="A dated claim has no cadence, because neither it nor its entry has one.",
    why="It would never be asked about again.",
    fix="Give the claim a `cadence`, or the entry a tier.",
    example="claims in an evergreen entry",
)

LEEWAY_TOO_LONG = Rule(
    code="PB413",
    name="leeway-too-long",
    severity=Severity.WARNING,
    what="A tier's notice or grace is as long as its cadence.",
    why="Everything would be due soon all the time, or expire without ever being overdue.",
    fix="Make it shorter, or leave it out: then it fits the cadence.",
    example="weapon: {cadence: weekly, grace: 2 weeks}",
)

WAIVER_EXPIRED = Rule(
    code="PB421",
    name="waiver-expired",
    severity=Severity.WARNING,
    what="A waiver has run out.",
    why="A waiver is a promise with a date; after it the entry counts like any other.",
    fix="Review the entry and remove the waiver, or give it a new date and a reason.",
    example="until: 2026-10-31",
)

WAIVER_UNUSED = Rule(
    code="PB422",
    name="waiver-unused",
    severity=Severity.NOTE,
    what="A waiver is for an entry that does not exist or needs none.",
    why="It would excuse the entry the next time without anybody deciding so.",
    fix="Remove the waiver.",
    example="entry: knowledge/old-rival",
)

WAIVED_TWICE = Rule(
    code="PB423",
    name="waived-twice",
    severity=Severity.ERROR,
    what="Two waivers are for the same entry.",
    why="Nobody could tell which of the two dates holds.",
    fix="Keep one of them.",
    example="two items with entry: knowledge/rival",
)

BULK_REVIEW = Rule(
    code="PB431",
    name="bulk-review",
    severity=Severity.NOTE,
    what="One commit, or one person in a day, re-dated many entries.",
    why="Dates written by a script, or in a hurry, look like reviews and are none.",
    fix="Say in the notes what was looked at; raise `stamping.entries` if this is how you work.",
    example="40 reviews in one commit",
)

DATES_ONLY = Rule(
    code="PB432",
    name="dates-only",
    severity=Severity.NOTE,
    what="An entry's reviews changed nothing but the date, time after time.",
    why="Knowledge that never changes at its cadence may not need it, or nobody looks.",
    fix="Give it a longer cadence with a reason, or let somebody else review it.",
    example="six reviews in a row, no word changed",
)

OWN_REVIEW = Rule(
    code="PB433",
    name="own-review",
    severity=Severity.NOTE,
    what="Somebody confirmed only weapons of their own.",
    why="A second pair of eyes finds what the owner no longer sees.",
    fix="Swap reviews with a colleague now and then.",
    example="every confirmation by gao-fei is of an entry that gao-fei owns",
)

HISTORY_UNKNOWN = Rule(
    code="PB434",
    name="history-unknown",
    severity=Severity.NOTE,
    what="The history could not be read, so changes since reviews are unknown.",
    why="A shallow clone has one commit that seems to have changed everything.",
    fix="Fetch the whole history: `fetch-depth: 0` in CI, `git fetch --unshallow` at home.",
    example="a checkout with --depth 1",
)
