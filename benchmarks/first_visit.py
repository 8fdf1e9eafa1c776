"""How long a first visit over a slow network takes until the first question is there, in Chromium."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import places, servers
from benchmarks.screenshots import PHONE, executable
from tests.browser.network import slow_down, until_the_first_question

VISITS = 5


def measure(model: Path, visits: int = VISITS) -> list[float] | None:
    """Seconds of each visit, each with an empty cache; ``None`` without Chromium."""
    program = executable()
    if program is None:
        return None
    with (
        tempfile.TemporaryDirectory(dir=places.home()) as scratch,
        servers.ours(model, Path(scratch)) as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        times = []
        for _ in range(1 + visits):  # the first one waits for the browser itself
            context = browser.new_context(viewport=PHONE)
            page = context.new_page()
            slow_down(context.new_cdp_session(page))
            times.append(until_the_first_question(page, running.url))
            context.close()
        return times[1:]
