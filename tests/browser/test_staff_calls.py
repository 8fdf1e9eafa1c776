"""Complete calls at the console, by the keyboard alone: one for each channel, four that go another way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.desk import Desk, supervisor
from tests.servers import Running

Visit = Callable[..., Page]
OTHER = {"zh": "en", "en": "zh"}
AMOUNT = {"zh": "3万块", "en": "30000 yuan"}
#: Words that a swindler's offer holds, in the caller's language.
OFFER = {
    "zh": "我是网警，能帮您追回被骗的钱，先交500元保证金，24小时内到账",
    "en": "I am with the cyber police and can recover your money within 24 hours, pay a deposit of 500 first",
}
LOOKED_UP = {"zh": "能追回", "en": "get it back"}
ANSWERS = {
    "channels_complete": "yes",
    "elapsed": "days",
    "exposure": "none",
    "reported": "no",
    "recovery": "none",
}


@dataclass(frozen=True)
class Told:
    """A caller. ``own`` is the language of the staff member; the caller speaks the other one."""

    own: str
    situation: str = "lost_money"
    channel: str = "bank_card"
    way: str = ""
    answers: dict[str, str] = field(default_factory=dict)


CALLS = {
    "bank_card": Told("zh"),
    "third_party_payment": Told("en", channel="third_party_payment"),
    "point_card": Told("zh", channel="point_card"),
    "online_shopping": Told("en", channel="online_shopping"),
    "cash": Told("zh", "unauthorised", "cash"),
    "crypto": Told("en", channel="crypto"),
    "loan": Told("zh", channel="loan"),
    "out_of_order": Told("en", way="out_of_order"),
    "digression": Told("zh", way="digression"),
    "crisis": Told("en", way="crisis"),
    "offer": Told("zh", "recovery_offer", way="offer", answers={"recovery": "offered"}),
}
#: What a run without --whole takes: each language, each way round a channel's own questions.
SAMPLE = ("third_party_payment", "out_of_order", "crisis")


@pytest.fixture(scope="module")
def staff(server: Running) -> str:
    return supervisor(server, "lin")


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def speaks(page: Page, selector: str, language: str) -> None:
    """What is shown there is in ``language``, and says so to screen readers."""
    for element in page.locator(selector).all():
        text = element.inner_text()
        assert is_chinese(text) == (language == "zh"), text
        assert element.evaluate("element => element.closest('[lang]').lang").startswith(language), text


@pytest.mark.parametrize("name", CALLS)
def test_a_complete_call_by_the_keyboard_alone(visit: Visit, staff: str, whole: bool, name: str) -> None:
    if not whole and name not in SAMPLE:
        pytest.skip("with --whole")
    told = CALLS[name]
    caller = OTHER[told.own]
    page = visit(told.own, DESKTOP, "/staff/")
    desk = Desk(page).sign_in(staff, told.own).begin(caller)
    speaks(page, ".question .spoken-line", caller)
    speaks(page, ".answer", told.own)
    desk.answer("situation", told.situation)
    WAYS.get(told.way, lambda *_: None)(desk, caller)
    before, keys = desk.question, desk.keys
    asked = desk.answer_rest(
        {**ANSWERS, "channels": told.channel, **told.answers}, {"amount": AMOUNT[caller]}
    )
    assert before and desk.keys - keys == asked, "more than one key for an answer"
    # The plan is there, with the steps of this case, and the caller was warned of the second fraud.
    assert "warn_recovery" in desk.steps()
    assert ("report_110" in desk.steps()) == (told.way != "out_of_order"), (
        "the plan does not follow what was told"
    )
    assert desk.warned("recovery_offer")
    speaks(page, ".spoken-steps > li > p:not(.step-name)", caller)
    if not told.way:
        assert desk.page.locator(f"[data-step^=first_{told.channel}]").count() or len(desk.steps()) > 12
        assert desk.fact("channels") and desk.fact("amount")
    desk.close()
    page.keyboard.press("Alt+k")
    expect(page.locator(".big-code")).to_have_text(re.compile(r"^[A-Z0-9-]{4,12}$"))


def out_of_order(desk: Desk, caller: str) -> None:
    """Answer a later question first: the script, an arrow, Enter, the digit. What was open is open again."""
    desk.page.keyboard.press("F6")
    for _ in range(20):
        if desk.page.locator(".script-item:focus").get_attribute("data-slot") == "reported":
            break
        desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".ask")).to_have_attribute("data-slot", "reported")
    desk.page.keyboard.press("Escape")
    assert desk.question == "channels"
    desk.page.locator(".rail-script button").nth(7).focus()
    desk.page.keyboard.press("Enter")
    desk.answer("reported", "called_110")
    assert desk.fact("reported")
    assert desk.question == "channels"
    desk.answer("channels", "bank_card")
    assert desk.question == "channels_complete"
    desk.turn("F7")
    assert desk.question == "channels"


def digression(desk: Desk, caller: str) -> None:
    """Look something up in the middle of a sentence: the place and the words are kept."""
    desk.page.keyboard.type("dangling ")
    desk.page.keyboard.press("F3")
    desk.page.keyboard.type(LOOKED_UP[OTHER[caller]])
    expect(desk.page.locator(".result .kind").nth(1)).to_be_visible()
    expect(desk.page.locator(".ask[data-slot=channels]")).to_be_visible()
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.page.locator(".result").nth(1)).to_have_attribute("open", "")
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("#entry-text")).to_be_focused()
    expect(desk.page.locator("#entry-text")).to_have_value("dangling ")
    for _ in "dangling ":
        desk.page.keyboard.press("Backspace")


def crisis(desk: Desk, caller: str) -> None:
    """The protocol is there at once, before any answer of the server, and the case is marked."""
    desk.page.route("**/messages", lambda route: (desk.page.wait_for_timeout(400), route.continue_()))
    desk.page.keyboard.press("F2")
    expect(desk.page.locator(".panel .crisis")).to_be_visible(timeout=350)
    assert desk.page.locator(".panel .crisis a[href^='tel:']").count() >= 2
    expect(desk.page.locator(".question .crisis")).to_be_visible(timeout=30_000)
    desk.page.unroute("**/messages")
    desk.settled()
    assert desk.warned("crisis")
    expect(desk.page.locator(".call-bar .chip-high")).to_be_visible()
    desk.choose("/go_on")
    assert desk.question == "channels"


def offer(desk: Desk, caller: str) -> None:
    """Check what was said to the caller, see the tricks marked, enter it in the case with the same key."""
    desk.page.keyboard.press("F4")
    desk.page.keyboard.type(OFFER[caller])
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".panel mark").first).to_be_visible()
    desk.turn("Enter")
    assert desk.warned("recovery_offer")


WAYS: dict[str, Callable[[Desk, str], None]] = {
    "out_of_order": out_of_order, "digression": digression, "crisis": crisis, "offer": offer,
}  # fmt: skip
