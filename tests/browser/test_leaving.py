"""Leaving at once, with nothing left on the device, and deleting the conversation on the server too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.conftest import DESKTOP
from tests.browser.seen import FOCUSED, menu, ready, stored, tell
from tests.servers import Running

Visit = Callable[..., Page]


@pytest.fixture
def exit_path(server: Running) -> str:
    """A page of ours that stands for the neutral one, so that no test reaches another host."""
    return f"{server.url}/chat/static/icon.svg"


def leads_to(page: Page, address: str) -> Page:
    page.evaluate("to => document.querySelector('steady-chat').setAttribute('exit', to)", address)
    return page


def is_gone(page: Page, address: str) -> None:
    page.wait_for_url(address)
    assert stored(page) == {}


def keep_papers(page: Page) -> None:
    page.evaluate("localStorage.setItem('steady.papers', '{}'); sessionStorage.setItem('steady.link', 'x.y')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_tap_leaves_and_clears_the_device(visit: Visit, exit_path: str, language: str) -> None:
    page = visit(language, path="/chat/emergency")
    page.goto(page.url.replace("/emergency", "/"))
    tell(leads_to(ready(page), exit_path), language)
    menu(page, 0)  # large text is kept on the device
    keep_papers(page)
    assert {"steady.token", "steady.text", "steady.papers", "steady.link"} <= stored(page).keys()
    page.locator(".head .exit-link").click()
    is_gone(page, exit_path)
    page.go_back()
    page.wait_for_url("**/chat/emergency*")


def test_escape_twice_leaves(visit: Visit, exit_path: str) -> None:
    page = leads_to(ready(visit("en", DESKTOP)), exit_path)
    expect(page.locator(".exit-link kbd")).to_be_visible()
    page.locator("textarea").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".status p")).to_be_visible()
    page.wait_for_timeout(1000)
    page.keyboard.press("Escape")  # too late for the first one
    page.wait_for_timeout(1000)
    assert stored(page), "one press leaves nothing"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    is_gone(page, exit_path)


def test_escape_that_closes_something_does_not_count(visit: Visit, exit_path: str) -> None:
    page = leads_to(ready(visit("zh")), exit_path)
    menu(page, -1)
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.locator(".menu-button").click()
    page.keyboard.press("Escape")
    page.wait_for_timeout(1000)
    assert "steady.token" in stored(page)


def test_every_tab_leaves(visit: Visit, exit_path: str) -> None:
    page = leads_to(ready(visit("zh")), exit_path)
    with page.context.expect_page() as opening:
        page.evaluate("window.open(location.href, '_blank')")
    other = leads_to(ready(opening.value), exit_path)
    page.locator(".head .exit-link").click()
    is_gone(other, exit_path)


def test_papers_open_in_another_tab_leave_too_and_back_brings_nothing(visit: Visit, exit_path: str) -> None:
    page = leads_to(ready(visit("zh")), exit_path)
    tell(page, "zh")
    with page.context.expect_page() as opening:
        page.evaluate("window.open('papers?lang=zh', '_blank')")
    papers = opening.value
    papers.locator("#police_statement input").first.fill("张三")
    papers.evaluate("to => document.querySelector('.exit-link').href = to", exit_path)
    # This tab goes to the plan and back to the conversation: Back could show the plan again.
    page.goto(page.url.replace("/chat/?", "/chat/my-plan?"))
    expect(page.locator("[data-step=report_110]").first).to_be_visible()
    page.goto(page.url.replace("/my-plan?", "/?"))
    leads_to(ready(page), exit_path).locator(".head .exit-link").click()
    is_gone(page, exit_path)
    is_gone(papers, exit_path)
    page.go_back()
    expect(page.locator("a[href='tel:110']:visible").first).to_be_visible()
    assert page.locator("[data-step]").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_delete_by_keyboard_deletes_on_the_server(visit: Visit, server: Running, language: str) -> None:
    page = visit(language)
    tell(page, language)
    token = stored(page)["steady.token"]
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    for _ in range(page.locator(".menu-item").count()):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".log .notice")).to_be_visible()
    assert "steady.token" not in stored(page)
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{server.url}/chat/history", headers=headers, timeout=30).status_code == 410
    # The focus is on the way on.
    assert page.evaluate(f"({FOCUSED})().classList.contains('strong-button')")
    page.keyboard.press("Enter")
    ready(page)


def test_without_script_leaving_is_a_link(visit: Visit) -> None:
    page = visit("zh", path="/chat/emergency", java_script_enabled=False)
    link = page.locator(".exit-link")
    assert str(link.get_attribute("href")).startswith("https://")
    assert link.get_attribute("rel") == "noopener noreferrer"
