"""PB2: what can be wrong with entries although every field has the right type."""

from generator.problems.core import Rule, Severity

STAFFING_SHARE = Rule(
    code="PB201",
    name="staffing-share",
    severity=Severity.ERROR,
    what="The staffing share of a role is no whole number, or team and share do not come together.",
    why=(
        "A team model is stated as a ratio such as 3 : 5 : 2; a lone or broken part of it"
        " says nothing."
    ),
    fix="Give `team` and a whole `staffing_share`, or neither.",
    example="staffing_share: 2.5",
)

SCALE = Rule(
    code="PB202",
    name="off-the-scale",
    severity=Severity.ERROR,
    what="A rating or an alarm threshold is outside the scale of 0 to 10.",
    why="An alarm that can never ring, or always rings, protects nobody.",
    fix="Choose a value that the scale has.",
    example="threshold: 60",
)

EXIT_CRITERIA = Rule(
    code="PB203",
    name="exit-criteria",
    severity=Severity.ERROR,
    what="A step has no exit criteria.",
    why="Without them nobody can tell whether the step is done, and the next one starts on sand.",
    fix="List at least one thing that must be true at the end of the step.",
    example="exit: {}",
)

NEXT_STEP = Rule(
    code="PB204",
    name="next-step",
    severity=Severity.ERROR,
    what="`next` names a step that does not come later.",
    why="Ways forward lead down the list; ways back are failure paths and are drawn differently.",
    fix="Name a later step, or use `failure`.",
    example="next: [qualify] in the third step",
)

FAILURE_PATH = Rule(
    code="PB205",
    name="failure-path",
    severity=Severity.ERROR,
    what="A failure path goes to a step that does not exist or comes later.",
    why="Failing forward would skip work that was not done.",
    fix="Return to the same step or to an earlier one.",
    example="failure: {to: sign, when: …} in the second step",
)

UNREACHABLE_STEP = Rule(
    code="PB206",
    name="unreachable-step",
    severity=Severity.ERROR,
    what="No way leads to a step.",
    why="Nobody who follows the procedure would ever come there.",
    fix="Name it under `next` of an earlier step, or remove it.",
    example="a step that every `next` skips",
)

SPAN = Rule(
    code="PB207",
    name="empty-span",
    severity=Severity.ERROR,
    what="A range ends before it begins, or lies outside what it belongs to.",
    why="Such a range holds nothing, so charts and rules built on it are wrong.",
    fix="Swap or correct the two ends.",
    example="months: {from: 6, to: 6}",
)

STAGES_JOIN = Rule(
    code="PB208",
    name="stages-join",
    severity=Severity.ERROR,
    what="The stages of the roadmap leave a gap or overlap.",
    why="In a gap nobody knows what to learn; in an overlap two exams claim the same months.",
    fix="Let each stage begin in the month in which the one before ends.",
    example="0–6 followed by 7–18",
)

EXAM = Rule(
    code="PB209",
    name="exam-criteria",
    severity=Severity.ERROR,
    what="A graduation exam has no criteria.",
    why="An exam that nobody can fail proves nothing.",
    fix="List what the examiners look for.",
    example="criteria: {}",
)

COLUMN_NAMES = Rule(
    code="PB210",
    name="column-names",
    severity=Severity.ERROR,
    what="Two columns of a sheet have the same title.",
    why="Whoever fills it in, or opens the CSV, cannot tell them apart.",
    fix="Rename one of them.",
    example="two columns titled Date",
)

CELL = Rule(
    code="PB211",
    name="cell",
    severity=Severity.ERROR,
    what="A cell names an unknown column or does not fit the type of its column.",
    why="The sheet would show a value in the wrong place or one that cannot be computed with.",
    fix="Correct the column's id or the value.",
    example="watch: high in a column of type number",
)

SHEET_OR_CHECKLIST = Rule(
    code="PB212",
    name="sheet-or-checklist",
    severity=Severity.ERROR,
    what="A tool has neither a sheet nor a checklist, or both.",
    why="A tool is one thing that one can take in hand.",
    fix="Keep one; make a second tool of the other.",
    example="a tool with only a purpose",
)

CHECKLIST = Rule(
    code="PB213",
    name="empty-checklist",
    severity=Severity.ERROR,
    what="A checklist has no items.",
    why="There is nothing to check.",
    fix="List the items.",
    example="checklist: []",
)

WARNING_COLUMN = Rule(
    code="PB214",
    name="warning-column",
    severity=Severity.ERROR,
    what="A warning rule reads a column that the sheet does not have.",
    why="The warning could never be raised.",
    fix="Correct the column's id, or add the column.",
    example="columns: [stanse]",
)

KNOWLEDGE_TIER = Rule(
    code="PB215",
    name="knowledge-tier",
    severity=Severity.ERROR,
    what="A knowledge item has no tier.",
    why="The tier says how soon it goes stale; without one it would count as fresh for ever.",
    fix="Add the tier that its type belongs to.",
    example="a battlecard without `tier: weapon`",
)

TIER_OF_TYPE = Rule(
    code="PB216",
    name="tier-of-type",
    severity=Severity.ERROR,
    what="The type of a knowledge item does not belong to its tier.",
    why="A battlecard reviewed once a quarter is stale when it is needed.",
    fix="Correct the tier or the type.",
    example="tier: strategic with type: battlecard",
)

CASE_METRICS = Rule(
    code="PB217",
    name="case-without-figures",
    severity=Severity.ERROR,
    what="A case shows no figure that moved.",
    why="Without a figure it is a story, not a case.",
    fix="Add at least one metric.",
    example="metrics: []",
)

METRIC_FORM = Rule(
    code="PB218",
    name="incomplete-figure",
    severity=Severity.ERROR,
    what="A metric has a before without an after, or no figure at all.",
    why="Half a comparison cannot be drawn or believed.",
    fix="Give before and after, or a change, or the figure reached.",
    example="before: 67 %  (and no after)",
)

COMPARABLE = Rule(
    code="PB219",
    name="comparable",
    severity=Severity.ERROR,
    what="Before and after are in different units.",
    why="Nine months and 120 days cannot be set side by side without computing.",
    fix="Use the same unit for both.",
    example="before: 9 months, after: 120 days",
)

EXAMPLE_SCORES = Rule(
    code="PB220",
    name="example-scores",
    severity=Severity.ERROR,
    what="A worked example leaves out a dimension, has one too many, or a score out of range.",
    why="Its total would be compared with thresholds made for another scale.",
    fix="Score every dimension within its range.",
    example="data-acuity: 30 where the maximum is 25",
)

EXAMPLE_TOTAL = Rule(
    code="PB221",
    name="example-total",
    severity=Severity.ERROR,
    what="The stated total of a worked example is not the sum of its scores.",
    why="Readers check the example to understand the rule; it has to be right.",
    fix="Correct the total or the score.",
    example="18 + 10 + 5 + 8 stated as 42",
)

EXAMPLE_VERDICT = Rule(
    code="PB222",
    name="example-verdict",
    severity=Severity.ERROR,
    what="The stated verdict of a worked example is not what the rules give.",
    why="Either the example or the rule is wrong, and people are judged by it.",
    fix="Correct the verdict, the scores or the rules.",
    example="total 41 stated as healthy",
)

RED_LINE = Rule(
    code="PB223",
    name="red-line",
    severity=Severity.ERROR,
    what="A red line leads to a verdict that does not exist.",
    why="A rule without a consequence is not enforced.",
    fix="Use the id of one of the verdicts.",
    example="verdict: rejectd",
)

THRESHOLDS = Rule(
    code="PB224",
    name="thresholds",
    severity=Severity.ERROR,
    what="The verdicts leave a total without a verdict or give it two.",
    why="Somebody will score just that total.",
    fix="Let the ranges meet from the lowest to the highest possible total.",
    example="0–49 followed by 51–100",
)

PERIODS = Rule(
    code="PB225",
    name="periods",
    severity=Severity.ERROR,
    what="Periods of a plan overlap, are out of order or leave the plan.",
    why="People would be told to do two things at once, or something after the end.",
    fix="Put them in order, inside the plan's days.",
    example="days 1–7 followed by days 7–14",
)
