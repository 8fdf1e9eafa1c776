"""When things fail the first steps are in sight and nothing is lost.

Offline, the server gone or not ready, too many messages, a token that expired.
"""

from __future__ import annotations

import base64
import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Locator, Page, Route, expect

from knowledge.case import LANGUAGES
from rasa_project.channels import tokens
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.seen import (
    FIRST,
    live_buttons,
    menu,
    persons_words,
    ready,
    say,
    stored,
    tell,
    wait_for_more,
)
from tests.servers import Running, free_port, serving

Visit = Callable[..., Page]

MANY_REQUESTS = """async token => { for (let i = 0; i < 20; i++)
    await fetch('history', {headers: {Authorization: 'Bearer ' + token}}); }"""


def help_in_sight(page: Page) -> Locator:
    """A number that can be dialled, of the help that came with the page."""
    contact = page.locator(".emergency a[href='tel:110']:visible").first
    expect(contact).to_be_visible()
    return contact


@pytest.mark.parametrize("language", LANGUAGES)
def test_offline_mid_way_and_on_again(visit: Visit, language: str) -> None:
    page = ready(visit(language))
    page.context.set_offline(True)
    help_in_sight(page)
    say(page, FIRST[language])
    expect(page.locator(".message.person[data-state=failed]")).to_be_visible()
    page.context.set_offline(False)
    # What was not sent is sent by itself.
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    expect(page.locator(".status p")).to_have_count(0)
    assert persons_words(page) == [FIRST[language]]


@pytest.fixture(scope="module")
def fragile(tmp_path_factory: pytest.TempPathFactory):
    """``start()`` begins a server of our own, or begins it again: on the same port, with the same data."""
    home: Path = tmp_path_factory.mktemp("fragile") / "home"
    port = free_port()
    with ExitStack() as running:

        def start() -> Running:
            settings = {
                "PORT": str(port),
                "STEADY_WEB_CONVERSATION_BURST": "12",
                "STEADY_WEB_CONVERSATION_RATE": "0.7",
            }
            return running.enter_context(serving(home, **settings))

        yield start


def until_closed(server: Running) -> None:
    """Nobody listens there any more."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            requests.get(f"{server.url}/health", timeout=5)
        except requests.ConnectionError:
            return
        time.sleep(0.1)
    raise AssertionError(f"{server.url} still answers")


@pytest.mark.timeout(600)  # it starts servers twice, perhaps on a busy machine
def test_a_server_killed_mid_way_loses_nothing(visit: Visit, fragile: Callable[[], Running]) -> None:
    server = fragile()
    page = visit("zh", base=server.url)
    tell(page, "zh")
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait(30)
    until_closed(server)  # its processes hear of it, and may still answer while they end
    say(page, "用的是支付宝，昨天晚上")
    failed = page.locator(".message.person[data-state=failed]")
    expect(failed).to_be_visible()
    help_in_sight(page)
    # A plan, too, cannot be had now, and says so.
    page.locator(".bar-button").last.click()
    expect(page.locator(".plan .notice")).to_be_visible()
    page.locator(".plan-head button").click()
    fragile()
    failed.locator(".link-button").click()
    expect(failed).to_have_count(0)
    expect(page.locator(".message.person[data-state=sent]")).to_have_count(2)
    said = persons_words(page)
    page.reload()
    ready(page)
    assert persons_words(page) == said

    # Messages faster than the server takes them: told so, and sent by themselves when it does.
    page.evaluate(MANY_REQUESTS, stored(page)["steady.token"])
    say(page, "然后呢")
    expect(page.locator(".message.person[data-state=failed]")).to_be_visible()
    help_in_sight(page)
    expect(page.locator(".message.person[data-state=failed]")).to_have_count(0)
    assert len(persons_words(page)) == 3


@pytest.mark.parametrize("status", [503, 429, 404])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_that_cannot_be_opened_yet(visit: Visit, language: str, status: int) -> None:
    """The model loads, too many people at once, or something in between answers: help now, and trying on."""
    answers = {
        503: ('{"error":"unavailable","message":"x","messages":[]}', {"Retry-After": "1"}),
        429: ('{"error":"rate_limited","message":"x"}', {"Retry-After": "1"}),
        404: ("<h1>Not here</h1>", {}),
    }
    body, headers = answers[status]

    def refuse(route: Route) -> None:
        route.fulfill(status=status, body=body, headers={"Content-Type": "application/json", **headers})

    page = visit(language, before=lambda new: new.route("**/chat/session", refuse))
    help_in_sight(page)
    again = page.locator(".status .link-button")
    expect(again).to_be_visible()
    page.locator("textarea").fill(FIRST[language])
    page.unroute("**/chat/session")
    again.click()
    ready(page)
    assert page.locator("textarea").input_value() == FIRST[language]
    expect(page.locator(".status p")).to_have_count(0)
    assert not page.locator(".emergency").first.is_visible(), "folded again when it is not needed"


def expire(page: Page, server: Running) -> None:
    """Put the token that this conversation will have in three days, one hour too late, into the open page."""
    encoded = stored(page)["steady.token"].split(".")[0]
    session = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))[: tokens.ID_BYTES]
    secret = tokens.load_secret({}, server.home / "data" / "secret")
    late = tokens.issue(secret, session, int(time.time()) - 3600)
    page.evaluate("token => sessionStorage.setItem('steady.token', token)", late)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_token_that_expires_in_an_open_page(visit: Visit, server: Running, language: str) -> None:
    page = visit(language)
    tell(page, language)
    expire(page, server)
    before = page.locator(".message.bot").count()
    say(page, "微信" if language == "zh" else "wechat")
    wait_for_more(page, before)
    assert persons_words(page) == [FIRST[language]], "the same conversation"
    assert page.locator("textarea").input_value(), "what was not sent is back in the box"
    payload_less = live_buttons(page).count()
    assert payload_less >= 2, "go on, or begin again"
    # Reading the plan, ticking and deleting take it up again as well.
    expire(page, server)
    page.locator(".bar-button").last.click()
    expect(page.locator(".plan [data-step=report_110]")).to_be_visible()
    expire(page, server)
    with page.expect_response(lambda r: r.url.endswith("/plan/report_110") and r.status == 200):
        page.locator(".plan [data-step=report_110] input").check()
    expire(page, server)
    with page.expect_response(lambda r: r.request.method == "DELETE" and r.status == 204):
        menu(page, -1)
        page.locator("dialog .strong-button").click()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_page_is_complete_without_script(
    visit: Visit, language: str, size: dict[str, int]
) -> None:
    page = visit(language, size, "/chat/emergency", java_script_enabled=False)
    chat = visit(language, size, "/chat/", java_script_enabled=False)
    numbers = [
        [a.get_attribute("href") for a in p.locator("a[href^='tel:']:visible").all()] for p in (page, chat)
    ]
    assert numbers[0] == numbers[1] and len(set(numbers[0])) >= 3
    assert page.locator("script, link[rel=modulepreload]").count() == 0
    first = page.locator(".emergency:visible").first
    assert str(first.get_attribute("lang")).startswith(language)
    assert first.locator("ol li").count() >= 3
