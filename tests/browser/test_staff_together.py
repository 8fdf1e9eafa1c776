"""More than one at a case: a person in the chat and staff, two of staff, a session that ends meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.desk import Desk, supervisor
from tests.servers import Running
from tests.staff.console import PASSWORD

Visit = Callable[..., Page]
FIRST = {"zh": "我昨天用支付宝给骗子转了3万", "en": "yesterday I paid a scammer 30000 yuan through Alipay"}
#: A look of either side at the other comes every few seconds.
NEWS = {"timeout": 30_000}


@pytest.fixture(scope="module")
def staff(server: Running) -> str:
    return supervisor(server, "ming")


def desk_for(visit: Visit, staff: str, language: str) -> Desk:
    return Desk(visit(language, DESKTOP, "/staff/")).sign_in(staff, language)


def agree(person: Page) -> str:
    """Ask for a person in the chat's menu and say yes; the code that appears."""
    person.locator(".menu-button").click()
    person.locator(".menu-item:has(.icon-phone)").click()
    dialog = person.locator("dialog[open]")
    assert not person.locator(".person-code").count(), "a code before the person agreed"
    dialog.locator(".strong-button").click()
    expect(person.locator(".person-code")).to_be_visible()
    return person.locator(".person-code").inner_text()


def say(person: Page, text: str) -> None:
    person.locator("textarea").fill(text)
    person.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_chat_to_staff_and_back(visit: Visit, staff: str, whole: bool, language: str) -> None:
    if not whole and language == "en":
        pytest.skip("with --whole")
    person = visit(language, PHONE)
    expect(person.locator("button.choice:not([disabled])").first).to_be_visible()
    say(person, FIRST[language])
    expect(person.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    code = agree(person)

    desk = desk_for(visit, staff, language)
    page = desk.page
    page.keyboard.press("Alt+c")
    page.keyboard.type("WRONG1")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .trouble")).not_to_be_empty()
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    # The same place: what was said, the sheet, the open question.
    expect(page.locator(".talk-log [data-from=person]").first).to_contain_text(FIRST[language][:6])
    assert desk.fact("channels") and desk.fact("amount")
    assert desk.question
    expect(person.locator(".person-bar[data-state=joined]")).to_be_visible(**NEWS)

    # Until staff take over they cannot write.
    page.locator("#entry-text").focus()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    expect(page.locator(".call .status-line")).not_to_be_empty()
    page.keyboard.press("Alt+t")
    expect(page.locator(".talk-side[data-holder=staff]")).to_be_visible()
    page.locator("#entry-text").focus()
    page.keyboard.press("Enter")
    expect(person.locator(".message[data-from=staff] .bubble")).to_have_text("hello", **NEWS)
    expect(person.locator(".person-bar[data-state=held]")).to_be_visible()

    say(person, "thank you, person")
    expect(page.locator(".talk-log [data-from=person]").last).to_have_text(
        re.compile("thank you, person"), **NEWS
    )
    page.keyboard.press("Alt+t")
    expect(page.locator(".talk-side[data-holder=bot]")).to_be_visible()
    # The guide goes on with a question of its own, and each message is there once.
    expect(person.locator(".person-bar[data-state=joined]")).to_be_visible(**NEWS)
    expect(person.locator("button.choice:not([disabled])").first).to_be_visible(**NEWS)
    assert person.locator(".message[data-from=staff]").count() == 1
    assert person.locator(".message.person", has_text="thank you, person").count() == 1
    # Taking it back ends what staff can see.
    person.locator(".person-bar .link-button").click()
    expect(person.locator(".person-bar")).to_be_hidden()
    expect(page.locator(".call .status-line")).not_to_be_empty(**NEWS)
    expect(page.locator(".talk-side")).to_be_hidden()
    assert not desk.fact("channels") and not desk.fact("amount") and not desk.steps()
    assert "thank you, person" not in page.content() and FIRST[language] not in page.content()
    expect(page.locator(".notes-field")).to_be_editable()


def test_two_of_staff_on_one_case_lose_nothing(visit: Visit, staff: str) -> None:
    one = desk_for(visit, staff, "en").begin("zh")
    other = desk_for(visit, staff, "en")
    other.page.goto(one.page.url)
    other.page.reload()
    expect(other.page.locator(".ask[data-slot=situation]")).to_be_visible()
    for desk, text in ((one, "from one"), (other, "from the other")):
        desk.page.keyboard.press("Alt+n")
        desk.page.keyboard.type(text)
        desk.page.wait_for_timeout(100)
    expect(one.page.locator(".conflict .row, .notes-field").first).to_be_visible()
    conflicted = next(d for d in (other, one) if wait_for_conflict(d))
    conflicted.page.locator(".conflict .strong-button").focus()
    conflicted.page.keyboard.press("Enter")
    expect(conflicted.page.locator(".notes-field")).to_have_value(
        re.compile("from one.*from the other|from the other.*from one", re.DOTALL)
    )
    # What one answers is on the other's screen without anybody's doing.
    one.page.keyboard.press("Escape")
    one.answer("situation", "lost_money")
    expect(other.page.locator(".ask[data-slot=channels]")).to_be_visible(**NEWS)


def wait_for_conflict(desk: Desk) -> bool:
    try:
        expect(desk.page.locator(".conflict .row")).to_be_visible(timeout=8_000)
    except AssertionError:
        return False
    return True


def test_a_session_that_ends_in_a_call_loses_nothing_typed(visit: Visit, staff: str) -> None:
    desk = desk_for(visit, staff, "zh").begin("en")
    page = desk.page
    page.context.clear_cookies()
    page.keyboard.type("I paid a scammer by bank card")
    page.keyboard.press("Enter")
    expect(page.locator("#login-password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".facts [data-slot=channels]")).to_be_visible(timeout=60_000)


def test_the_server_gone_in_a_call_leaves_help_and_sends_once(visit: Visit, staff: str) -> None:
    desk = desk_for(visit, staff, "zh").begin("en")
    page = desk.page
    sent: list[str] = []
    page.route("**/messages", lambda route: (sent.append(route.request.post_data_json["id"]), route.abort()))
    page.keyboard.type("I paid a scammer by bank card")
    page.keyboard.press("Enter")
    expect(page.locator(".call .status-line button").first).to_be_visible(timeout=15_000)
    expect(page.locator("#entry-text")).to_have_value("I paid a scammer by bank card")
    page.keyboard.press("F2")
    expect(page.locator(".panel .crisis a[href^='tel:']").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".call")).to_have_attribute("aria-busy", "false", timeout=15_000)
    page.unroute("**/messages")
    page.on("request", lambda r: sent.append(r.post_data_json["id"]) if r.url.endswith("/messages") else None)
    with page.expect_response("**/messages"):
        page.keyboard.press("Enter")
    expect(page.locator(".facts [data-slot=channels]")).to_be_visible(timeout=60_000)
    typed = [each for each in sent if sent.count(each) > 1]
    assert len(set(typed)) >= 1 and sent[-1] == sent[0], f"sent again under another id: {sent}"


def test_the_code_read_out_opens_the_plan_on_another_phone(visit: Visit, staff: str) -> None:
    desk = desk_for(visit, staff, "zh").begin("en")
    desk.answer("situation", "lost_money")
    desk.turn("F9")
    desk.page.keyboard.press("Alt+k")
    expect(desk.page.locator(".big-code")).to_be_visible()
    code = desk.page.locator(".big-code").inner_text()
    phone = visit("en", PHONE, "/chat/my-plan")
    phone.locator("#plan-code").fill("WRONG-CODE")
    phone.keyboard.press("Enter")
    expect(phone.locator(".code-form [role=alert]")).not_to_be_empty()
    phone.locator("#plan-code").fill(code.lower().replace("-", " "))
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-step=report_110]").first).to_be_visible(**NEWS)
    assert staff not in phone.content()
