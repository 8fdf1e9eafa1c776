"""The plan as a document, the link to it, and the papers that never leave the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.conftest import DESKTOP, PHONE
from tests.chat import Chat
from tests.servers import Running

Visit = Callable[..., Page]
Talk = Callable[..., Chat]
TOLD = {"zh": "我昨天用支付宝给骗子转了3万", "en": "yesterday I paid a scammer 30000 yuan by Alipay"}
SECRET = "6222021234567890123"


@pytest.fixture
def link(talk: Talk) -> Callable[[str], str]:
    """A link's token for a case with a plan."""

    def make(language: str = "zh") -> str:
        chat = talk(language)
        chat.say(TOLD[language])
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


@pytest.fixture
def mine(visit: Visit, talk: Talk) -> Callable[..., tuple[Page, Chat]]:
    """A document as the person sees it who talks: in a tab that holds the conversation's token."""

    def show(name: str, language: str = "zh", text: str | None = None) -> tuple[Page, Chat]:
        chat = talk(language)
        chat.say(text or TOLD[language])
        chat.press("finish")
        page = visit(language, PHONE, "/chat/emergency")
        page.evaluate("token => sessionStorage.setItem('steady.token', token)", chat.token)
        page.goto(re.sub(r"/chat/.*", f"/chat/{name}?lang={language}", page.url))
        expect(page.locator("h1")).to_be_visible()
        return page, chat

    return show


def plan_of(chat: Chat) -> dict[str, Any]:
    reply = requests.get(f"{chat.url}/chat/plan", headers=chat.headers, timeout=30)
    return dict(reply.json())


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_are_ticked_on_the_page_and_kept_on_the_server(mine, language: str) -> None:
    page, chat = mine("my-plan", language)
    box = page.locator("[data-step=report_110] input")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(page.locator(".made").first).to_contain_text("1")
    page.reload()
    expect(page.locator("[data-step=report_110] input")).to_be_checked()
    assert [s["id"] for s in plan_of(chat)["steps"] if s["done"]] == ["report_110"]
    page.locator("[data-step=report_110] .tick").click()
    expect(page.locator("[data-step=report_110] input")).not_to_be_checked()
    page.wait_for_load_state("networkidle")
    assert not [s for s in plan_of(chat)["steps"] if s["done"]]


def test_a_tick_that_did_not_reach_the_server_is_taken_back_and_said(mine) -> None:
    page, chat = mine("my-plan")
    page.context.set_offline(True)
    page.locator("[data-step=report_110] .tick").click()
    expect(page.locator(".tick-status")).not_to_be_empty()
    expect(page.locator("[data-step=report_110] input")).not_to_be_checked()
    page.context.set_offline(False)
    assert not [s for s in plan_of(chat)["steps"] if s["done"]]


def test_what_was_ticked_elsewhere_is_shown_when_the_page_is_looked_at_again(mine) -> None:
    page, chat = mine("my-plan")
    requests.post(f"{chat.url}/chat/plan/report_110", json={"done": True}, headers=chat.headers, timeout=30)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-step=report_110] input")).to_be_checked()


def test_whoever_holds_a_link_reads_and_cannot_tick(server: Running, opened, link) -> None:
    token = link("en")
    page = opened("my-plan", token, "en")
    expect(page.locator("[data-step=report_110] .paper-box")).to_be_visible()
    assert page.locator(".paper-step input").count() == 0
    reply = requests.post(
        f"{server.url}/chat/plan/report_110",
        json={"done": True},
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    assert reply.status_code == 401


def test_without_a_conversation_the_page_says_so_and_shows_the_help(opened) -> None:
    page = opened("my-plan", "")
    expect(page.locator("[role=alert] a")).to_have_attribute("href", "./")
    assert page.locator("a[href='tel:110']:visible").count() >= 1


def test_the_checklist_names_each_thing_once_and_is_ticked_on_the_device(mine) -> None:
    page, _ = mine("my-plan", "zh")
    listed = page.locator("[data-evidence]").all_inner_texts()
    assert len(listed) == len(set(listed)) >= 5
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("[data-evidence=receipt] label").click()
    other = page.context.new_page()
    assert sent == []
    page.reload()
    expect(page.locator("[data-evidence=receipt] input")).to_be_checked()
    other.goto(page.url)
    page.locator("[data-evidence=receipt] label").click()
    assert "steady.evidence" not in page.evaluate("Object.keys(localStorage)"), "nothing ticked, nothing kept"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_say_is_what_they_told_us(mine, language: str) -> None:
    page, _ = mine("my-plan", language)
    first = page.locator("[data-step=report_110] .say blockquote")
    expect(first).to_be_visible()
    expect(first).to_contain_text("30,000")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_nothing_is_left_that_must_be_tapped(mine, language: str) -> None:
    page, _ = mine("my-plan", language)
    page.emulate_media(media="print")
    for hidden in (".toolbar", ".exit-link", ".sources", "#help"):
        assert page.locator(hidden).first.is_hidden(), hidden
    # Each source is said once, with its address, and every step says which are its own.
    named = page.locator(".appendix li").all_inner_texts()
    numbers = " ".join(page.locator(".source-refs").all_inner_texts())
    assert {int(n) for n in re.findall(r"\d+", numbers)} == set(range(1, len(named) + 1))
    assert any("http" in text for text in named)
    apart = page.locator(".paper-step").evaluate_all(
        "all => all.map((step) => getComputedStyle(step).breakInside)"
    )
    assert set(apart) == {"avoid"}


PAGES = ["my-plan", "papers"]
LOOKS: list[dict[str, Any]] = [
    {},
    {"color_scheme": "dark"},
    {"forced_colors": "active"},
    {"viewport": {"width": 320, "height": 256}},
]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "forced colours", "400 %"])
@pytest.mark.parametrize("name", PAGES)
def test_anyone_can_use_the_documents(mine, name: str, look: dict[str, Any]) -> None:
    page, _ = mine(name, "en" if look else "zh")
    if "viewport" in look:
        page.set_viewport_size(look["viewport"])
    else:
        page.emulate_media(**look)
    for each in page.locator("main details:not([open]) > summary").all()[:6]:
        each.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    small = page.locator("main :is(button, a, summary, input, textarea, label.tick)").evaluate_all(
        "all => all.map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])"
        ".filter(([, box]) => box.height > 0 && box.height < 24).map(([html]) => html)"
    )
    assert not small


@pytest.mark.parametrize("name", PAGES)
def test_every_control_is_reached_by_keyboard_and_its_focus_is_seen(mine, name: str) -> None:
    page, _ = mine(name)
    order = []
    for _ in range(12):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                "() => { const e = document.activeElement;"
                " const mark = e.closest('.tick')?.querySelector('.tick-box') || e;"
                " const name = e.innerText || e.getAttribute('aria-label');"
                " return [e.tagName, name, getComputedStyle(mark).outlineStyle] }"
            )
        )
    assert all(tag != "BODY" and outline != "none" for tag, _, outline in order), order
    assert order[0][1], "leaving comes first, and has a name"


@pytest.mark.parametrize("name", PAGES)
def test_leaving_forgets_what_is_on_the_device(mine, name: str) -> None:
    page, _ = mine(name)
    page.evaluate("localStorage.setItem('steady.papers', '{}'); localStorage.setItem('theirs', '1')")
    # Not to the real address: the test has no network.
    page.locator(".exit-link").evaluate("link => { link.href = '/chat/emergency' }")
    page.locator(".exit-link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat/emergency")
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [["theirs"], []]
    page.go_back()
    assert page.locator("#police_statement, .paper-step").count() == 0


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
    expect(page.locator("[role=alert].notice")).to_be_visible()
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


def test_what_is_typed_outlives_a_change_of_the_language(mine) -> None:
    page, _ = mine("papers", "zh")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.locator("#police_statement-payee_name").fill(SECRET)
    page.locator(".toolbar button[lang=en]").click()
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("h1")).to_contain_text("Papers")
    expect(page.locator("#police_statement-payee_name")).to_have_value(SECRET)
    # The other language's drafts are asked for; nothing that was typed goes along.
    assert sent and SECRET not in json.dumps(sent)


def test_two_tabs_keep_what_was_typed_in_both(mine) -> None:
    page, chat = mine("papers")
    page.locator("#keep").check()
    page.locator("#police_statement-payee_name").fill("Li")
    other = page.context.new_page()
    other.goto(re.sub(r"/papers.*", "/emergency", page.url))
    other.evaluate("token => sessionStorage.setItem('steady.token', token)", chat.token)
    other.goto(page.url)
    expect(other.locator("#police_statement-payee_name")).to_have_value("Li")
    other.locator("#police_statement-your_name").fill("Wang")
    expect(page.locator("#police_statement-your_name")).to_have_value("Wang")
    page.locator("#police_statement-payee_bank").fill("ICBC")
    page.reload()
    for name, value in [("payee_name", "Li"), ("your_name", "Wang"), ("payee_bank", "ICBC")]:
        expect(page.locator(f"#police_statement-{name}")).to_have_value(value)
    other.locator("#keep").uncheck()
    expect(page.locator("#keep")).not_to_be_checked()


def test_a_very_long_text_is_kept_whole_and_breaks_nothing(mine) -> None:
    page, _ = mine("papers")
    text = "长" * 20_000 + "w" * 2_000
    page.locator("#police_statement-what_happened").fill(text)
    expect(page.locator("#police_statement .paper-text")).to_contain_text(text[-100:])
    width = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_clearing_by_mistake_can_be_undone(mine) -> None:
    page, _ = mine("papers")
    name = page.locator("#police_statement-payee_name")
    name.fill("Li")
    page.get_by_role("button", name="清空").click()
    expect(name).to_have_value("")
    expect(page.locator("#police_statement-amount")).to_have_value("")
    page.locator(".made .link-button").click()
    expect(name).to_have_value("Li")
    expect(page.locator("#police_statement-amount")).not_to_have_value("")


def test_one_paper_is_copied_and_printed_as_it_reads(mine) -> None:
    page, _ = mine("papers", "en", "yesterday I paid a scammer 30000 yuan by Alipay and WeChat Pay")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ids = page.locator(".paper").evaluate_all("all => all.map((paper) => paper.id)")
    assert ids == ["police_statement", "platform_complaint-alipay", "platform_complaint-wechat_pay"]
    mine_, theirs = page.locator(f"#{ids[1]}"), page.locator(f"#{ids[2]}")
    for paper in (mine_, theirs):
        paper.locator("> summary").click()
    page.locator(f"#{ids[1]}-payee_name").fill("Li")
    expect(page.locator(f"#{ids[2]}-payee_name")).to_have_value("")
    page.locator(f"#{ids[1]}-your_name").fill("Wang")
    expect(page.locator(f"#{ids[2]}-your_name")).to_have_value("Wang")
    mine_.get_by_role("button", name="Copy").click()
    expect(mine_.locator("[role=status]")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Payee: Li, " in copied and "Wang" in copied
    # Printing in a browser without a screen returns at once; what would be printed is looked at before.
    page.evaluate("window.print = () => {}")
    mine_.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    assert [page.locator(f"#{i}").is_visible() for i in ids] == [False, True, False]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert theirs.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_plan_to_a_link_and_to_the_papers(visit: Visit, language: str) -> None:
    page = visit(language, PHONE)
    page.locator("textarea").fill(TOLD[language])
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
    assert "#" not in papers.url, "one's own papers need no link, so none stands in the history"
    papers.locator(".toolbar a[href^=my-plan]").click()
    expect(papers.locator("[data-step=report_110] input")).to_be_visible()
