"""PB2: what can be wrong with texts in Markdown."""

from generator.problems.core import Rule, Severity

HEADING_SKIPPED = Rule(
    code="PB230",
    name="heading-level-skipped",
    severity=Severity.WARNING,
    what="A heading is more than one level below the heading before it.",
    why="Screen readers and the page contents show a hole.",
    fix="Use the next level: ## below the title, then ###.",
    example="## Prices followed by #### Discounts",
)

TITLE_HEADING = Rule(
    code="PB231",
    name="level-one-heading",
    severity=Severity.WARNING,
    what="The body has a level-one heading, besides the title of the page.",
    why="A page has one title, and that is the `title` field.",
    fix="Remove the heading or make it level two (##).",
    example="# Six steps at the top of the body",
)

IMAGE_ALT = Rule(
    code="PB232",
    name="image-without-text",
    severity=Severity.WARNING,
    what="An image has no alternative text.",
    why="Who cannot see it, or has it blocked, gets nothing.",
    fix="Say in the brackets what the image tells: `![Decision chain of the hospital](map.png)`.",
    example="![](map.png)",
)

RAW_HTML = Rule(
    code="PB233",
    name="unsafe-html",
    severity=Severity.WARNING,
    what="Raw HTML in a text contains an element or attribute that is removed.",
    why="Scripts, frames and inline styles have no place in content that many people edit.",
    fix="Use Markdown, or plain HTML elements without scripts and styles.",
    example='<iframe src="…">',
)

LINK_AS_TEXT = Rule(
    code="PB234",
    name="link-as-text",
    severity=Severity.WARNING,
    what="Something is written like a link or an image, and shown as the text that it is.",
    why="Readers see brackets, and nothing leads them on.",
    fix=(
        "Write ordinary brackets ( ) right behind the square ones, and put an address with "
        "spaces between < and >: `[map](<our map.png>)`."
    ),
    example="[map](our map.png), or [地图]（map.png）",
)
