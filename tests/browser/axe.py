"""axe-core on a page as it is now: WCAG 2.2 A and AA, and what axe holds for good practice."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check(page: Page, state: str) -> None:
    """Fails with axe's report when it finds anything; ``state`` names what the page shows."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert not found.violations_count, f"{state}: {found.generate_report()}"
