"""A slow network for a page of Chromium, and how long the first question takes on it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

LATENCY = 0.4  # seconds for a round trip
BANDWIDTH = 400_000 / 8  # bytes a second
QUESTION = "button.choice:not([disabled])"


def slow_down(devtools: Any) -> None:
    """400 kbit/s and 400 ms, both ways. ``devtools``: the page's session."""
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY * 1000,
            "downloadThroughput": BANDWIDTH,
            "uploadThroughput": BANDWIDTH,
        },
    )


def until_the_first_question(page: Page, url: str) -> float:
    """Seconds from opening the chat page until a question can be answered."""
    page.goto(f"{url}/chat/", wait_until="commit")
    page.locator(QUESTION).first.wait_for()
    return float(page.evaluate("performance.now()")) / 1000
