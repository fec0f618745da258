"""PB0: what can be wrong with a file before anybody asks what it means."""

from generator.problems.core import Rule, Severity

UNREADABLE = Rule(
    code="PB001",
    name="unreadable-file",
    severity=Severity.ERROR,
    what="The file or folder cannot be read.",
    why=(
        "What cannot be read cannot be published, and leaving it out silently would lose knowledge."
    ),
    fix="Check that the file exists and that you may read it.",
    example="content/sops/visit.md without read permission",
)

NOT_UTF8 = Rule(
    code="PB002",
    name="not-utf-8",
    severity=Severity.ERROR,
    what="The file is not UTF-8 text.",
    why="Chinese text in another encoding, such as GBK, would turn into the wrong characters.",
    fix="Save the file again as UTF-8. A byte order mark and Windows line ends are fine.",
    example="a file exported as GBK from an older editor",
)

TOO_LARGE = Rule(
    code="PB003",
    name="file-too-large",
    severity=Severity.ERROR,
    what="A text file is larger than 1 MiB, or an attachment larger than 20 MiB.",
    why="Nobody reads such a page on a phone, and one file must not slow the whole build down.",
    fix="Split the text into several entries, or link to where the large file lives.",
    example="a chat log pasted into a knowledge item",
)

YAML_SYNTAX = Rule(
    code="PB004",
    name="yaml-syntax",
    severity=Severity.ERROR,
    what="The YAML cannot be parsed.",
    why="A file that only nearly parses would be read as something its author did not mean.",
    fix=(
        "Look at the marked place: most often a colon inside unquoted text, a tab, or "
        "wrong indentation."
    ),
    example="title: Prices: how to hold them",
)

DUPLICATE_KEY = Rule(
    code="PB005",
    name="duplicate-key",
    severity=Severity.ERROR,
    what="A mapping has the same key twice.",
    why="YAML readers keep one of the two and drop the other, so text would vanish.",
    fix="Keep one of them, or give the second its own name.",
    example="summary: …  (twice in one front matter)",
)

YAML_EXPANSION = Rule(
    code="PB006",
    name="yaml-expansion",
    severity=Severity.ERROR,
    what="Aliases or nesting make the YAML far larger than the file.",
    why="A few lines of nested aliases can fill a machine's memory.",
    fix="Write the values out instead of using `*alias`, and nest at most 30 levels.",
    example="a: &a [*b, *b, *b] repeated ten times",
)

UNKNOWN_FOLDER = Rule(
    code="PB007",
    name="unknown-folder",
    severity=Severity.ERROR,
    what="A source file lies in a folder that is no kind of content.",
    why="The folder says what a file is; in an unknown one the file would never be shown.",
    fix="Move it into the folder of its kind, such as sops/ or knowledge/.",
    example="content/sop/visit.md (the folder is called sops)",
)

BAD_ID = Rule(
    code="PB008",
    name="bad-id",
    severity=Severity.ERROR,
    what="A file name cannot be an address, or is that of a translation that nothing reads.",
    why=(
        "The path is the entry's id and its address; it has to be easy to type and safe "
        "on every disk."
    ),
    fix=(
        "Use lower-case letters a-z, digits and single hyphens. A translation ends in "
        ".CODE.md or .CODE.yml, where CODE is a language of playbook.yml."
    ),
    example="content/sops/Six Step.md",
)

DUPLICATE_ID = Rule(
    code="PB009",
    name="duplicate-id",
    severity=Severity.ERROR,
    what="Two files stand for the same entry.",
    why="Only one of them could be shown, and on some disks letter case does not tell them apart.",
    fix="Rename or merge one of them.",
    example="sops/visit.md and sops/visit.yml",
)

SYMLINK = Rule(
    code="PB010",
    name="symlink-outside",
    severity=Severity.ERROR,
    what="A symbolic link leads out of the content folder.",
    why="Otherwise a pull request could publish any file of the machine that builds the site.",
    fix="Copy the file into the content folder.",
    example="content/files/notes.pdf -> /home/me/notes.pdf",
)

FRONT_MATTER = Rule(
    code="PB011",
    name="front-matter",
    severity=Severity.ERROR,
    what="A Markdown file has no front matter, or the front matter is not closed.",
    why="Without it the entry has no title, no owner and no date.",
    fix="Begin the file with a line ---, then the fields, then another line ---.",
    example="# Six steps  (as the first line of the file)",
)

NOT_A_MAPPING = Rule(
    code="PB012",
    name="not-a-mapping",
    severity=Severity.ERROR,
    what="The YAML is not a mapping of fields to values.",
    why="Fields are found by their names.",
    fix="Write `field: value` lines.",
    example="a file that holds only a list",
)

NO_SETTINGS = Rule(
    code="PB013",
    name="missing-file",
    severity=Severity.ERROR,
    what="playbook.yml or people.yml is missing.",
    why="Without them nobody knows the title, the languages or the owners.",
    fix="Create the file; `playbook init` writes a small one to start from.",
    example="a content folder without people.yml",
)

FILE_TYPE = Rule(
    code="PB014",
    name="file-type",
    severity=Severity.ERROR,
    what="A file of a type that the site does not publish.",
    why=(
        "Some types, such as HTML pages, could run a program in the reader's browser "
        "under the site's name."
    ),
    fix=(
        "Use an image, PDF, office document, CSV, text, audio, video or ZIP file, or "
        "remove the file."
    ),
    example="content/files/demo.html",
)

ACTIVE_SVG = Rule(
    code="PB015",
    name="active-svg",
    severity=Severity.ERROR,
    what="An SVG image contains scripts, event handlers, foreign content or outside references.",
    why="Opened by itself such an image runs in the reader's browser under the site's name.",
    fix="Export the image again as plain SVG, or as PNG.",
    example='<svg onload="…">',
)
