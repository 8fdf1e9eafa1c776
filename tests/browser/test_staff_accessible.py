"""Staff who see little or use no mouse: axe on every state of the console, zoom, and where the focus is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.desk import Desk, supervisor
from tests.servers import Running

Visit = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: 1280 × 800 at 200 %, the least a professional screen has, and the usual one.
SIZES = {"zoomed": {"width": 640, "height": 400}, "small": {"width": 1024, "height": 768}, "usual": DESKTOP}
PANELS = {
    "F1": "dialog[open]",
    "F2": ".panel .crisis",
    "F3": ".result",
    "F4": "#offer",
    "F6": ".script-item",
    "F10": ".panel .answer",
}


@pytest.fixture(scope="module")
def staff(server: Running) -> str:
    return supervisor(server, "wen")


def check(page: Page, state: str) -> None:
    """Nothing that axe finds, and nothing to scroll sideways."""
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert not found.violations_count, f"{state}: {found.generate_report()}"
    wide, window = page.evaluate("() => [document.scrollingElement.scrollWidth, innerWidth]")
    assert wide <= window, f"{state}: {wide} px wide in a window of {window} px"


@pytest.mark.parametrize(
    ("size", "scheme", "own"), [("usual", "dark", "en"), ("zoomed", "light", "zh"), ("small", "light", "en")]
)
def test_axe_finds_nothing_on_any_state(
    visit: Visit, staff: str, whole: bool, size: str, scheme: str, own: str
) -> None:
    if not whole and size == "small":
        pytest.skip("with --whole")
    page = visit(own, SIZES[size], "/staff/", color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator("#login-name")).to_be_focused()
    check(page, "logging in")
    desk = Desk(page).sign_in(staff, own).begin("zh" if own == "en" else "en")
    check(page, "first question")
    for key, sign in PANELS.items():
        page.keyboard.press(key)
        expect(page.locator(sign).first).to_be_visible()
        if key != "F2":  # what F2 shows is replaced by the guide's own words as soon as they come
            check(page, key)
        page.keyboard.press("Escape")
        desk.settled()
    desk.choose("/go_on")
    desk.answer("situation", "lost_money")
    desk.turn("F9")
    check(page, "plan")
    page.keyboard.press("Alt+p")
    with page.expect_response("**/plan/*"):
        page.keyboard.press("Space")
    expect(page.locator(".plan-steps [data-done=true]")).to_have_count(1)
    desk.close()
    check(page, "closed")
    page.keyboard.press("Alt+l")
    expect(page.locator(".open-call").first).to_be_visible()
    check(page, "list")
    page.locator(".nav-link[href='#counts']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".counts .chart").first).to_be_attached()
    check(page, "counts")
    page.keyboard.press("Alt+u")
    expect(page.locator(".trail tbody tr").first).to_be_visible()
    check(page, "trail")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bar_on_top_is_one_row_however_long_the_name(
    visit: Visit, server: Running, language: str
) -> None:
    name = supervisor(server, f"the-supervisor-of-the-night-shift-{language}@hotline")
    page = visit(language, DESKTOP, "/staff/")
    Desk(page).sign_in(name, language).begin(language)
    page.keyboard.press("Alt+l")
    expect(page.locator(".list h1")).to_be_visible()
    tops = page.locator(".top button").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_typing_goes_into_the_box_and_digits_of_a_text_choose_nothing(visit: Visit, staff: str) -> None:
    page = visit("zh", DESKTOP, "/staff/")
    desk = Desk(page).sign_in(staff, "zh").begin("zh")
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.url.endswith("/messages") else None)
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.type("3 people", delay=20)
    expect(page.locator("#entry-text")).to_have_value("3 people")
    for _ in "3 people":
        page.keyboard.press("Backspace")
    # An input method chooses candidates with digits and Enter: neither is an answer.
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "wo1", "selectionStart": 3, "selectionEnd": 3})
    page.keyboard.press("Escape")
    session.send("Input.insertText", {"text": "我"})
    page.wait_for_timeout(500)
    assert not sent and desk.question == "situation"
