"""Twice is once: double clicks, sending again, reloading, going back, two tabs of one conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from knowledge.case import LANGUAGES
from tests.browser.seen import FIRST, live_buttons, menu, persons_words, ready, say, tell, wait_for_more

Visit = Callable[..., Page]


@pytest.fixture
def sent() -> list[str]:
    """Filled by :func:`watch` with the body of every message that was sent."""
    return []


def watch(page: Page, sent: list[str]) -> None:
    page.on("request", lambda r: sent.append(r.post_data or "") if r.url.endswith("/chat/message") else None)


def test_a_double_click_sends_once(visit: Visit, sent: list[str]) -> None:
    page = ready(visit("en"))
    watch(page, sent)
    page.locator("textarea").fill(FIRST["en"])
    page.locator("button.send").dblclick()
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    ready(page)
    before = page.locator(".message.bot").count()
    live_buttons(page).last.dblclick()
    wait_for_more(page, before)
    ready(page)
    assert len(sent) == 2
    assert len(persons_words(page)) == 2


def test_the_number_of_a_button_presses_it(visit: Visit) -> None:
    page = ready(visit("zh"))
    before = page.locator(".message.bot").count()
    title = live_buttons(page).nth(0).locator(".choice-title").inner_text()
    say(page, "1")
    wait_for_more(page, before)
    page.reload()
    ready(page)
    assert persons_words(page) == [title], "kept as the button it stands for"


def test_an_answer_that_was_lost_on_the_way_is_not_asked_for_twice(visit: Visit, sent: list[str]) -> None:
    """The server got the message, the network lost its answer, both times; the person sends it again."""
    page = ready(visit("zh"))
    watch(page, sent)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/chat/message", lose)
    say(page, FIRST["zh"])
    again = page.locator(".message.person .link-button")
    expect(again).to_be_visible()
    expect(page.locator(".emergency a[href='tel:110']:visible").first).to_be_visible()
    page.unroute("**/chat/message")
    again.click()
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    assert len(set(sent)) == 1, "always with the same id"
    assert persons_words(page) == [FIRST["zh"]]
    page.reload()
    ready(page)
    assert len(persons_words(page)) == 1


def test_what_was_not_sent_survives_a_reload(visit: Visit) -> None:
    page = ready(visit("en"))
    page.route("**/chat/message", lambda route: route.abort())
    say(page, FIRST["en"])
    expect(page.locator(".message.person .link-button")).to_be_visible()
    page.unroute("**/chat/message")
    page.reload()
    page.locator(".message.person .link-button").click()
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    page.reload()
    ready(page)
    assert persons_words(page) == [FIRST["en"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_and_reload_bring_the_conversation_and_the_plan_back(visit: Visit, language: str) -> None:
    page = visit(language)
    tell(page, language)
    said, shown = persons_words(page), page.locator(".message.bot").count()
    page.goto(page.url.replace("/chat/?", "/chat/emergency?"))
    page.go_back()
    ready(page)
    assert persons_words(page) == said
    assert page.locator(".message.bot").count() == shown
    page.reload()
    page.locator(".bar-button").last.click()
    expect(page.locator(".plan [data-step=report_110]")).to_be_visible()


def same_conversation(page: Page) -> Page:
    """A second tab of the conversation, as "duplicate this tab" makes one."""
    with page.context.expect_page() as opening:
        page.evaluate("window.open(location.href, '_blank')")
    other = opening.value
    other.set_default_timeout(30_000)
    return ready(other)


def test_two_tabs_show_one_conversation(visit: Visit) -> None:
    page = ready(visit("zh"))
    other = same_conversation(page)
    tell(other, "zh")
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    assert persons_words(page) == persons_words(other)
    # A button of an old turn, pressed before the other tab's news came.
    before = page.locator(".message.bot").count()
    live_buttons(page).last.click()
    wait_for_more(page, before)
    menu(page, -1)
    page.locator("dialog .strong-button").click()
    expect(other.locator(".log .notice")).to_be_visible()
    assert persons_words(other) == []


def test_a_tab_that_was_asleep_catches_up_when_it_is_looked_at(visit: Visit) -> None:
    page = ready(visit("en"))
    other = same_conversation(page)
    # It hears nothing of the others.
    other.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    tell(other, "en")
    assert persons_words(page) == []
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()
    assert persons_words(page) == persons_words(other)


def test_a_picture_is_declined_and_words_beside_it_are_taken(visit: Visit) -> None:
    page = ready(visit("zh"))
    paste = """([field, withWords]) => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'x.png', {type: 'image/png'}));
        if (withWords) data.setData('text/plain', 'words');
        return field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true, composed: true}));
    }"""  # noqa: E501
    field = page.locator("textarea").element_handle()
    assert page.evaluate(paste, [field, True]) is True
    expect(page.locator(".status p")).to_have_count(0)
    assert page.evaluate(paste, [field, False]) is False, "not taken"
    expect(page.locator(".status p")).to_be_visible()


def test_the_text_box_grows_and_the_waiting_shows_after_a_moment(visit: Visit) -> None:
    page = ready(visit("en"))
    field = page.locator("textarea")
    low = field.bounding_box()["height"]
    field.fill("one\ntwo\nthree\nfour")
    assert field.bounding_box()["height"] > low * 1.5
    field.fill("")
    assert field.bounding_box()["height"] == low

    held: list[Route] = []
    page.route("**/chat/message", lambda route: held.append(route))
    say(page, "hello")
    expect(page.locator(".message.person[data-state=sending]")).to_be_visible()
    assert page.locator(".wait > *").count() == 0, "a quick answer needs no animation"
    expect(page.locator(".wait .dots")).to_be_visible()
    held[0].continue_()
    expect(page.locator(".wait > *")).to_have_count(0)
