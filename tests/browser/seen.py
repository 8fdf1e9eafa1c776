"""What the browser tests say and see: first messages, buttons that work, the case told to its first step."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

#: Told in one message; the first step for it is the same in both languages.
FIRST = {"zh": "我昨天用支付宝给骗子转了3万", "en": "yesterday I paid a scammer 30000 yuan through Alipay"}
OFFER = {
    "zh": "有个人说可以帮我追回被骗的钱，让我先交500块服务费，还说他是网警，包追回",
    "en": "A man says he is a cyber police officer and guarantees to recover my money for a fee first",
}
#: The element that has the focus, through all shadow roots.
FOCUSED = """() => { let e = document.activeElement;
    while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement; return e; }"""


def live_buttons(page: Page) -> Locator:
    return page.locator("button.choice:not([disabled])")


def ready(page: Page) -> Page:
    """Once the first question can be answered."""
    expect(live_buttons(page).first).to_be_visible()
    return page


def wait_for_more(page: Page, before: int) -> None:
    """Until there are more bot messages than ``before``."""
    count = "document.querySelector('steady-chat').shadowRoot.querySelectorAll('.message.bot').length"
    page.wait_for_function(f"before => {count} > before", arg=before)


def say(page: Page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.keyboard.press("Enter")


def tell(page: Page, language: str) -> None:
    """Say what happened, and read the first step for it."""
    ready(page)
    say(page, FIRST[language])
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    ready(page)


def menu(page: Page, position: int) -> None:
    """Choose an entry of the menu; -1 is "delete my conversation"."""
    page.locator(".menu-button").click()
    page.locator(".menu-item").nth(position).click()


def persons_words(page: Page) -> list[str]:
    return page.locator(".message.person .bubble").all_inner_texts()


def no_sideways_scroll(page: Page) -> None:
    width = page.evaluate("() => [document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], f"the page is {width[0]} px wide in a window of {width[1]} px"


def stored(page: Page) -> dict[str, Any]:
    """What Steady keeps on the device."""
    kept: dict[str, Any] = page.evaluate("({...localStorage, ...sessionStorage})")
    return {name: value for name, value in kept.items() if name.startswith("steady.")}
