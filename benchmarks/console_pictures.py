"""The pictures of the hotline's console: a call in each language of staff, worked by the keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from rasa_project import places

DESK: ViewportSize = {"width": 1280, "height": 800}
NAME, PASSWORD = "anna", "only for the pictures"
#: Language of staff -> the caller's language, what the caller says, what is looked up, the picture.
CALLS: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("zh", "我刚才用支付宝给骗子转了3万", "", "console"),
    "zh": ("en", "I paid a scammer 30,000 yuan through Alipay", "能追回", "console-look-up"),
}
BUSY = "() => document.querySelector('.call').getAttribute('aria-busy') === 'false'"


def take(browser: Browser, url: str, home: Path, folder: Path) -> list[Path]:
    """Make an account in the server's ``home``, have the calls, write the pictures; their paths."""
    subprocess.run(
        [sys.executable, "-m", "rasa_project.cli", "staff", "add", NAME],
        cwd=places.ROOT,
        env={**os.environ, "STEADY_HOME": str(home)},
        input=f"{PASSWORD}\n",
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    made = []
    for language, (caller, told, looked_up, name) in CALLS.items():
        context = browser.new_context(viewport=DESK, color_scheme="light", reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{url}/staff/?lang={language}")
        _call(page, language, caller, told)
        if looked_up:
            page.keyboard.press("F3")
            page.keyboard.type(looked_up)
            page.locator(".result .kind").nth(2).wait_for()
        made.append(folder / f"{name}.png")
        page.screenshot(path=made[-1])
        context.close()
    return made


def _call(page: Page, language: str, caller: str, told: str) -> None:
    """Sign in, begin a call, enter what the caller says, and tick the first step."""
    page.locator("#login-name").wait_for()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".list h1").wait_for()
    if not (page.locator("html").get_attribute("lang") or "").startswith(language):
        page.locator(f".top button[lang^={language}]").click()
        page.locator(f"html[lang^={language}]").wait_for(state="attached")
    page.keyboard.press("Alt+a")
    page.locator(f"dialog .answer[lang^={caller}]").click()
    page.locator(".ask[data-slot=situation]").wait_for()
    page.keyboard.type(told)
    page.keyboard.press("Enter")
    page.locator(".facts [data-slot=channels]").wait_for()
    page.wait_for_function(BUSY)
    page.keyboard.press("Alt+p")
    with page.expect_response("**/plan/*"):
        page.keyboard.press("Space")
    page.locator(".plan-steps [data-done=true]").wait_for()
    page.keyboard.press("Escape")
