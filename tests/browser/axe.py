"""What axe-core finds fault with on a page. It is put into a page once and returns faults alone."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What another colour scheme can change."""

RUN = """async (options) => {
    const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
        `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}"""


def faults(page: Page, **options: object) -> list[str]:
    """One line for each; `options` are those of axe."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN, options))
