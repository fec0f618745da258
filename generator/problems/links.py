"""PB3: what can be wrong between entries."""

from generator.problems.core import Rule, Severity

DANGLING = Rule(
    code="PB301",
    name="dangling-reference",
    severity=Severity.ERROR,
    what="A field refers to an entry that does not exist.",
    why="The reader would be promised a tool or a role and find none.",
    fix="Correct the id; it is the path below content/ without its extension.",
    example="tools: [toolkits/vist-checklist]",
)

WRONG_KIND = Rule(
    code="PB302",
    name="wrong-kind",
    severity=Severity.ERROR,
    what="A field refers to an entry of another kind than it needs.",
    why="A tool cannot be responsible for a step.",
    fix="Refer to an entry of the kind that the message names.",
    example="role: toolkits/visit-checklist",
)

BROKEN_LINK = Rule(
    code="PB303",
    name="broken-link",
    severity=Severity.ERROR,
    what="A relative link leads to no entry.",
    why="A dead link in front of a customer costs trust in the whole playbook.",
    fix=(
        "Correct the path; it is relative to the file that the link stands in, and ends "
        "in .md or .yml."
    ),
    example="[SOP](../sop/six-step.md)",
)

BROKEN_ANCHOR = Rule(
    code="PB304",
    name="broken-anchor",
    severity=Severity.ERROR,
    what="A link leads to a heading or item that its page does not have.",
    why="The reader lands at the top of a long page and has to search.",
    fix="Use one of the anchors that the page has.",
    example="../sops/six-step.md#step-maping",
)

MISSING_FILE = Rule(
    code="PB305",
    name="missing-file-link",
    severity=Severity.ERROR,
    what="An image or attachment does not exist.",
    why="The page would show a broken picture or a dead download.",
    fix="Add the file, or correct the path.",
    example="![Chart](images/chrat.png)",
)

LINK_OUTSIDE = Rule(
    code="PB306",
    name="link-outside",
    severity=Severity.ERROR,
    what="A relative link leaves the content folder.",
    why="What lies outside is not published, and a published copy of it could leak.",
    fix="Link to an entry, to a file inside content/, or to a full web address.",
    example="[notes](../../private/notes.md)",
)

UNUSED_ASSET = Rule(
    code="PB307",
    name="unused-file",
    severity=Severity.NOTE,
    what="No entry uses an image or attachment; it is not published.",
    why="Old files pile up, and nobody knows whether they still count.",
    fix="Link to it, or delete it.",
    example="content/images/old-chart.png",
)

DRAFT_LINKED = Rule(
    code="PB308",
    name="draft-linked",
    severity=Severity.WARNING,
    what="A published entry refers to a draft.",
    why="The draft is not in the published site, so the reader sees a name without a page.",
    fix="Publish the draft, or take the link out until then.",
    example="related: [knowledge/new-battlecard]",
)

RETIRED_LINKED = Rule(
    code="PB309",
    name="retired-linked",
    severity=Severity.WARNING,
    what="A published entry refers to a retired one.",
    why="It sends readers to knowledge that the team has withdrawn.",
    fix="Refer to what replaced it.",
    example="tools: [toolkits/old-sheet]",
)

UNKNOWN_OWNER = Rule(
    code="PB310",
    name="unknown-owner",
    severity=Severity.ERROR,
    what="The owner is neither a person nor a group of people.yml.",
    why="What nobody owns nobody updates, and reminders reach nobody.",
    fix="Use an id from people.yml, or add the person there.",
    example="owner: lin-wie",
)

UNKNOWN_TAG = Rule(
    code="PB311",
    name="unknown-tag",
    severity=Severity.ERROR,
    what="A tag is not among the tags of playbook.yml.",
    why="Misspelt tags split a topic into two lists.",
    fix="Use a tag that exists, or add it to `tags` in playbook.yml.",
    example="tags: [negotiations]",
)

ADDRESS_TAKEN = Rule(
    code="PB312",
    name="address-taken",
    severity=Severity.ERROR,
    what="A former address belongs to an existing page, or to two entries.",
    why="One address can lead to one place only.",
    fix="Remove the alias from one of the entries.",
    example="aliases: [sops/six-step] in another SOP",
)

LINK_SCHEME = Rule(
    code="PB313",
    name="link-scheme",
    severity=Severity.ERROR,
    what=(
        "A link uses a scheme other than http, https, mailto or tel, or begins at the "
        "root of the site."
    ),
    why=(
        "Other schemes can run programs; addresses from the root break when the site "
        "moves to a folder."
    ),
    fix="Use a full web address, or a path relative to the file.",
    example="[click](javascript:alert(1))",
)
