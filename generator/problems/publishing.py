"""PB7: what can be wrong with releases, the tree that they stand in, and its publishing."""

from generator.problems.core import Rule, Severity

VERSION = Rule(
    code="PB701",
    name="version-refused",
    severity=Severity.ERROR,
    what="The list of versions does not allow what the command is to do.",
    why="A released version is what people worked by, so it is not replaced or lost by accident.",
    fix="Choose another name, or say what the hint names; `playbook versions` shows the list.",
    example="playbook release 2026.11 --to tree, when 2026.11 is released already",
)

NO_TREE = Rule(
    code="PB702",
    name="unknown-tree",
    severity=Severity.ERROR,
    what="The folder or branch holds files, but no tree of versions and no site of ours.",
    why="Changing it could delete somebody's work.",
    fix="Choose an empty or new one; what was built with `playbook build` is no tree either.",
    example="playbook release 2026.11 --to ~/Documents",
)

BRANCH = Rule(
    code="PB703",
    name="branch-not-written",
    severity=Severity.ERROR,
    what="Git could not commit to the branch, or not push it.",
    why="The branch stays as it was, here and on the remote.",
    fix="Mend what the message names and try again.",
    example="playbook release 2026.11 --branch gh-pages --push, without a right to push",
)

TRANSFER = Rule(
    code="PB704",
    name="not-transferred",
    severity=Severity.ERROR,
    what="rsync is missing, or ended with an error.",
    why="Readers may still see what was published before.",
    fix="Mend what the message names and publish again; what has arrived is not sent twice.",
    example="playbook publish site --to web:/srv/playbook, while the host is down",
)

MISSING_FILE = Rule(
    code="PB711",
    name="published-file-missing",
    severity=Severity.ERROR,
    what="A manifest names a file that is not there.",
    why="Whoever follows a link to it, or a script that loads it, gets nothing.",
    fix="Publish again, or take the file from a backup.",
    example="a copy that broke off half-way",
)

ALTERED_FILE = Rule(
    code="PB712",
    name="published-file-altered",
    severity=Severity.ERROR,
    what="A file has other bytes than its manifest says.",
    why="A release is never changed: this is damage, or somebody's edit in the wrong place.",
    fix="Publish again, or release anew with --replace.",
    example="a page that was corrected on the server",
)

STRAY_FILE = Rule(
    code="PB713",
    name="unnamed-file",
    severity=Severity.ERROR,
    what="A published folder holds a file that no manifest names.",
    why="It is left over, or was put there by hand, and nobody looks after it.",
    fix="Delete it, or add it to the playbook's content.",
    example="backup.zip beside the pages",
)

BROKEN_ADDRESS = Rule(
    code="PB714",
    name="published-link-broken",
    severity=Severity.ERROR,
    what="A page, style sheet or data file refers to something that is not published.",
    why="Readers get an error page, or a page without its looks.",
    fix="Publish again; if it stays, a template of your own may be at fault.",
    example='<a href="../sops/gone.html">',
)

BROKEN_ANCHOR = Rule(
    code="PB715",
    name="published-anchor-broken",
    severity=Severity.ERROR,
    what="A link leads to a place in a page that the page does not have.",
    why="Readers arrive at the top instead of at what they look for.",
    fix="Mend the link or the template that made it.",
    example='<a href="visit.html#step-nine">',
)

OTHER_ORIGIN = Rule(
    code="PB716",
    name="foreign-reference",
    severity=Severity.ERROR,
    what=(
        "A page loads something from another origin, or refers to its own site by an absolute "
        "address."
    ),
    why="The site has to work from a folder and under any path, and may tell nobody who reads it.",
    fix="Make it a relative reference to a file of the playbook.",
    example='<script src="https://cdn.example.com/x.js">',
)

INVALID_HTML = Rule(
    code="PB717",
    name="invalid-html",
    severity=Severity.ERROR,
    what="A page is not valid HTML.",
    why="Browsers guess what is meant, each in its own way, and screen readers with them.",
    fix="Mend the template, or the raw HTML in the content.",
    example="<p><div>…</div></p>",
)

INVALID_DATA = Rule(
    code="PB718",
    name="invalid-data",
    severity=Severity.ERROR,
    what="A published data file or feed cannot be read.",
    why="The search, the list of versions or other programs fail with it.",
    fix="Publish again, or take the file from a backup.",
    example="versions.json that somebody edited and broke",
)

TREE_DISAGREES = Rule(
    code="PB719",
    name="versions-disagree",
    severity=Severity.ERROR,
    what="The list of versions and what stands in the tree do not agree.",
    why="The picker offers what is not there, or hides what is.",
    fix="Run `playbook version set-default`, which writes the root of the tree anew.",
    example="a version that was deleted by hand",
)
