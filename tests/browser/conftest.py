"""Debian's Chromium, driven by Playwright: pages that may reach only our server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.servers import Running

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# An answer may take seconds while other tests keep a small machine busy.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with its module: while it lives, Playwright keeps an event loop that other tests must not meet."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.fail("Chromium is not installed. As root: apt-get install -y chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )


@pytest.fixture
def visit(browser: Browser, server: Running) -> Iterator[Callable[..., Page]]:
    """Opens the chat page: ``visit("en", DESKTOP)``. Fails on a script error or a request to another host.

    ``base``: another server than the shared one; ``before(page)`` is called before the page is opened.
    """
    troubles: list[str] = []
    contexts = []

    def open_page(
        language: str = "zh",
        size: dict[str, int] = PHONE,
        path: str = "/chat/",
        base: str = server.url,
        before: Callable[[Page], object] = lambda page: None,
        **more: object,
    ) -> Page:
        context = browser.new_context(viewport=size, locale="zh-CN" if language == "zh" else "en-GB", **more)
        contexts.append(context)
        page = context.new_page()
        host = urlsplit(base).netloc
        page.on(
            "request", lambda r: troubles.append(r.url) if urlsplit(r.url).netloc not in ("", host) else None
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_default_timeout(30_000)
        before(page)
        page.goto(f"{base}{path}?lang={language}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles, f"script errors, or requests to other hosts: {troubles}"
