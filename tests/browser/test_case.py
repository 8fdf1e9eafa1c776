"""A whole case in a real browser, on a phone and on a desk, in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.seen import FIRST, live_buttons, no_sideways_scroll, wait_for_more

Visit = Callable[..., Page]


def press_last(page: Page) -> None:
    """Press the last live button (the way to the plan) and wait for the answer."""
    before = page.locator(".message.bot").count()
    live_buttons(page).last.click()
    wait_for_more(page, before)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_free_words_to_a_ticked_plan(visit: Visit, language: str, size: dict[str, int]) -> None:
    page = visit(language, size)
    expect(live_buttons(page).first).to_be_visible()
    no_sideways_scroll(page)
    page.locator("textarea").fill(FIRST[language])
    page.keyboard.press("Enter")
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    no_sideways_scroll(page)
    press_last(page)
    plan = page.locator("[data-step=warn_recovery]")
    expect(plan.first).to_be_attached()
    # The numbers of the plan can be tapped.
    numbers = {a.get_attribute("href") for a in page.locator(".message.bot a[href^='tel:']").all()}
    assert {"tel:110", "tel:95188"} <= numbers
    no_sideways_scroll(page)
    tick = page.locator("[data-step=report_110] input[type=checkbox]").last
    with page.expect_response("**/chat/plan/report_110"):
        tick.check()
    page.reload()
    expect(page.locator("[data-step=report_110] input[type=checkbox]").last).to_be_checked()
    assert {m.get_attribute("lang") for m in page.locator(".message.bot").all()} <= {"zh-CN", "zh", "en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_buttons_alone(visit: Visit, language: str) -> None:
    page = visit(language)
    for _ in range(3):
        before = page.locator(".message.bot").count()
        expect(live_buttons(page).first).to_be_enabled()
        live_buttons(page).first.click()
        wait_for_more(page, before)
    expect(page.locator("[data-step=first_bank_card]").first).to_be_attached()
    press_last(page)
    expect(page.locator("[data-step=warn_recovery]").first).to_be_attached()


def test_switching_the_language_keeps_the_answers(visit: Visit) -> None:
    page = visit("zh")
    expect(live_buttons(page).first).to_be_visible()
    live_buttons(page).first.click()
    expect(page.locator(".message.bot[lang^=zh]").nth(2)).to_be_attached()
    page.get_by_role("button", name="English").first.click()
    expect(page.locator(".message.bot[lang^=en]").last).to_be_visible()
    assert page.evaluate("document.documentElement.lang").startswith("en")


@pytest.mark.parametrize("path", ["/chat/", "/chat/emergency"])
def test_without_script_the_emergency_help_is_there(visit: Visit, path: str) -> None:
    page = visit("zh", PHONE, path, java_script_enabled=False)
    assert page.locator("a[href='tel:110']").first.is_visible()
    assert page.locator("a[href='tel:110']").count() >= 1
