"""PB6: what can be wrong with templates, interface words and the output folder."""

from generator.problems.core import Rule, Severity

FOREIGN_OUTPUT = Rule(
    code="PB601",
    name="unknown-output-folder",
    severity=Severity.ERROR,
    what=(
        "The output folder holds files that no build wrote, and no list of the files that one did."
    ),
    why="Replacing it could delete somebody's work.",
    fix="Choose an empty folder, or delete the files yourself.",
    example="playbook build --output ~/Documents",
)

OUTPUT_BUSY = Rule(
    code="PB602",
    name="output-busy",
    severity=Severity.ERROR,
    what="Another build is writing to the same output folder.",
    why="Two builds at once would mix their pages.",
    fix="Wait for it to end, or choose another folder.",
    example="two terminals running playbook build",
)

TEMPLATE = Rule(
    code="PB603",
    name="template",
    severity=Severity.ERROR,
    what="A template is missing or cannot be rendered.",
    why="A page would be missing or broken.",
    fix="Mend the template at the place that the message names.",
    example="templates/kinds/sop.html with an unclosed {% if %}",
)

STRINGS = Rule(
    code="PB604",
    name="interface-words",
    severity=Severity.ERROR,
    what="A language has no interface words, or some of them are missing.",
    why="Buttons and labels would be in another language than the page.",
    fix="Add the words to templates/strings/CODE.yml.",
    example="languages: [{code: en}, {code: de}] without strings/de.yml",
)

NOT_WRITTEN = Rule(
    code="PB605",
    name="not-written",
    severity=Severity.ERROR,
    what="The site could not be written.",
    why="The disk may be full or the folder protected; the former site stays as it was.",
    fix="Mend what the message names and build again.",
    example="no space left on device",
)

OUTPUT_PLACE = Rule(
    code="PB606",
    name="output-place",
    severity=Severity.ERROR,
    what="The output folder contains the content, or lies inside it.",
    why="The site would become its own source, or replace it.",
    fix="Choose a folder beside the content.",
    example="--output content/site",
)

PAGE_CLASH = Rule(
    code="PB607",
    name="page-clash",
    severity=Severity.ERROR,
    what="Two pages have the same address.",
    why="One would overwrite the other.",
    fix="Rename the entry, tag or person, or remove the alias.",
    example="aliases: [people] in a playbook that is exported, which has a page people.md",
)

CACHE = Rule(
    code="PB608",
    name="cache",
    severity=Severity.NOTE,
    what="What builds leave in .cache/ for the next one cannot be read or written.",
    why="Builds take longer; what they give is the same.",
    fix=(
        "Nothing has to be done. If it comes again, see whether the folder can be written to and "
        "the disk has room, or build with --no-cache."
    ),
    example=".cache/playbook.sqlite cut off by a full disk",
)

PREVIOUS = Rule(
    code="PB609",
    name="previous-playbook",
    severity=Severity.ERROR,
    what="The playbook that the site is to be compared with cannot be used.",
    why="The page of what is new would be missing, or say that everything is.",
    fix="Name a playbook.json or a folder that holds one, a content folder, or a git ref.",
    example="--since playbook.json, which a newer generator wrote",
)
