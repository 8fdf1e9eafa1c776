"""The plan as a document, the link to it, and the papers that never leave the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.conftest import DESKTOP, PHONE
from tests.chat import Chat
from tests.servers import Running

Visit = Callable[..., Page]
Talk = Callable[..., Chat]
SECRET = "6222021234567890123"


@pytest.fixture
def link(talk: Talk) -> Callable[[str], str]:
    """A link's token for a case with a plan."""

    def make(language: str = "zh") -> str:
        chat = talk(language)
        chat.say(
            "我昨天用支付宝给骗子转了3万"
            if language == "zh"
            else "yesterday I paid a scammer 30000 yuan by Alipay"
        )
        chat.press("finish")
        reply = requests.post(f"{chat.url}/chat/link", json={}, headers=chat.headers, timeout=30)
        assert reply.status_code == 201
        return str(reply.json()["token"])

    return make


@pytest.fixture
def opened(visit: Visit) -> Callable[..., Page]:
    def show(name: str, token: str, language: str = "zh", size: dict[str, int] = PHONE) -> Page:
        page = visit(language, size, "/chat/emergency")
        page.goto(re.sub(r"/chat/.*", f"/chat/{name}?lang={language}#{token}", page.url))
        return page

    return show


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_is_a_document(opened, link, language: str, size: dict[str, int]) -> None:
    page = opened("my-plan", link(language), language, size)
    expect(page.locator("[data-step=report_110]")).to_be_visible()
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang").startswith(language)
    width = page.evaluate("() => [document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and len(pdf) > 10_000


def test_the_link_opens_the_plan_and_nothing_else(server: Running, link) -> None:
    headers = {"Authorization": f"Bearer {link('zh')}"}
    shared = requests.get(f"{server.url}/chat/shared", headers=headers, timeout=30)
    assert shared.status_code == 200
    assert "messages" not in shared.text
    for method, path in [
        ("GET", "history"),
        ("GET", "plan"),
        ("POST", "message"),
        ("DELETE", "session"),
        ("POST", "link"),
    ]:
        reply = requests.request(method, f"{server.url}/chat/{path}", headers=headers, json={}, timeout=30)
        assert reply.status_code == 401, f"{method} {path}"


def test_a_link_dies_with_the_conversation(server: Running, talk: Talk) -> None:
    chat = talk("zh")
    token = requests.post(f"{chat.url}/chat/link", json={}, headers=chat.headers, timeout=30).json()["token"]
    requests.delete(f"{chat.url}/chat/session", headers=chat.headers, timeout=30)
    reply = requests.get(
        f"{server.url}/chat/shared", headers={"Authorization": f"Bearer {token}"}, timeout=30
    )
    assert reply.status_code == 410


def test_a_bad_link_says_so_and_shows_the_help(opened) -> None:
    page = opened("my-plan", "no.token")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert page.locator("a[href='tel:110']:visible").count() >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_into_the_papers_stays_in_the_browser(opened, link, language: str) -> None:
    page = opened("papers", link(language), language, DESKTOP)
    expect(page.locator("#police_statement")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    statement = page.locator("#police_statement")
    for control in statement.locator("input, textarea").all():
        control.fill(SECRET)
    expect(statement.locator(".paper-text")).to_contain_text(SECRET)
    # The same field of another paper is filled with it.
    page.locator("#platform_complaint > summary").click()
    expect(page.locator("#platform_complaint-payee_name")).to_have_value(SECRET)
    assert sent == []
    storage = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    assert SECRET not in storage, "kept only when the person asks for it"
    page.reload()
    expect(page.locator("#police_statement-payee_name")).to_have_value("")


def test_they_are_kept_when_the_person_wants_it_and_forgotten_when_not(opened, link) -> None:
    page = opened("papers", link("zh"), "zh", DESKTOP)
    page.locator("#keep").check()
    page.locator("#police_statement-payee_name").fill(SECRET)
    page.reload()
    expect(page.locator("#police_statement-payee_name")).to_have_value(SECRET)
    page.locator("#keep").uncheck()
    assert SECRET not in json.dumps(page.evaluate("({...localStorage})"))
    page.reload()
    expect(page.locator("#police_statement-payee_name")).to_have_value("")


def test_the_check_counts_what_a_stop_payment_still_needs(opened, link) -> None:
    page = opened("papers", link("en"), "en", DESKTOP)
    state = lambda name: page.locator(f"[data-need={name}]").get_attribute("data-complete")  # noqa: E731
    assert {state(n) for n in ("payee_name", "payee_account", "amount", "paid_at")} == {"false"}
    for name, half, whole in [
        ("payee_name", " ", "Li Si"),
        ("payee_account", "", "6222 0212"),
        ("amount", "30,000", "30000.00"),
        ("paid_at", "yesterday", "2026-11-22 14:30:15"),
    ]:
        page.locator(f"#police_statement-{name}").fill(half)
        assert state(name) == "false", name
        page.locator(f"#police_statement-{name}").fill(whole)
        assert state(name) == "true", name


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_plan_to_a_link_and_to_the_papers(visit: Visit, language: str) -> None:
    page = visit(language, PHONE)
    page.locator("textarea").fill(
        "我昨天用支付宝给骗子转了3万"
        if language == "zh"
        else "yesterday I paid a scammer 30000 yuan by Alipay"
    )
    page.keyboard.press("Enter")
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    page.locator(".bar-button").last.click()
    tools = page.locator(".plan-tools button")
    expect(tools).to_have_count(3)
    tools.nth(2).click()
    address = page.locator(".link-field").input_value()
    assert "/chat/my-plan#" in address
    page.keyboard.press("Escape")
    expect(page.locator(".link-field")).to_have_count(0)
    with page.context.expect_page() as opening:
        tools.nth(1).click()
    papers = opening.value
    expect(papers.locator("#police_statement")).to_be_visible()
