"""A whole case by keyboard alone, with the focus in sight at every stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.conftest import DESKTOP
from tests.browser.seen import FIRST, FOCUSED, ready, wait_for_more

Visit = Callable[..., Page]
MANY = 60
#: The outline of the focused element, or of the drawn box that stands for a hidden checkbox.
OUTLINE = f"""() => {{
    const e = ({FOCUSED})();
    const style = getComputedStyle(e.matches('.tick input') ? e.nextElementSibling : e);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }}"""
INSIDE = f"""selector => {{ const e = ({FOCUSED})(); return Boolean(e?.matches && e.matches(selector)); }}"""
COVERED = f"""() => {{ const e = ({FOCUSED})(); const box = e.getBoundingClientRect();
    return box.bottom < 0 || box.top > innerHeight; }}"""


def tab_to(page: Page, selector: str, back: bool = False) -> None:
    """Press Tab until the focus is on ``selector``; every stop on the way must show its focus."""
    for _ in range(MANY):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        where = page.evaluate(f"({FOCUSED})().outerHTML.slice(0, 90)")
        assert page.evaluate(OUTLINE), f"no visible focus on {where}"
        assert not page.evaluate(COVERED), f"out of sight: {where}"
        if page.evaluate(INSIDE, selector):
            return
    raise AssertionError(f"{selector} cannot be reached with {MANY} presses of Tab")


def press(page: Page, key: str = "Enter") -> None:
    """Press a key on a button of the conversation; the focus follows to what it brought."""
    before = page.locator(".message.bot").count()
    page.keyboard.press(key)
    wait_for_more(page, before)
    ready(page)
    assert page.evaluate(INSIDE, ".message.bot, .thread"), "the focus must not be lost"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_by_keyboard_alone(visit: Visit, language: str) -> None:
    page = ready(visit(language, DESKTOP))
    # The way out comes before everything else but the language and the menu.
    tab_to(page, ".exit-link")
    tab_to(page, ".bar-call")
    tab_to(page, "button.choice")
    press(page)
    tab_to(page, "button.choice:not([disabled])")
    press(page, "Space")
    tab_to(page, "textarea")
    page.keyboard.type(FIRST[language])
    before = page.locator(".message.bot").count()
    page.keyboard.press("Enter")
    wait_for_more(page, before)
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    # To the plan, tick a step, read one, and back.
    tab_to(page, ".bar-button:last-child", back=True)
    page.keyboard.press("Enter")
    step = page.locator(".plan [data-step=report_110]")
    expect(step).to_be_visible()
    expect(page.locator(".plan h2")).to_be_focused()
    tab_to(page, ".plan [data-step=report_110] input")
    with page.expect_response("**/chat/plan/report_110"):
        page.keyboard.press("Space")
    expect(step.locator("input")).to_be_checked()
    opened = step.locator("details").first.get_attribute("open") is not None
    tab_to(page, ".plan [data-step=report_110] > details > summary")
    page.keyboard.press("Enter")
    assert (step.locator("details").first.get_attribute("open") is not None) != opened
    tab_to(page, ".plan-head button", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_be_focused()
    # The menu opens, goes round and closes, and gives the focus back.
    tab_to(page, ".menu-button", back=True)
    page.keyboard.press("Enter")
    tab_to(page, ".menu-item:last-child")
    page.keyboard.press("Escape")
    expect(page.locator(".menu-button")).to_be_focused()
