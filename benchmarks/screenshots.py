"""``python -m benchmarks.screenshots``: the pictures in docs/pictures, taken of the real page in Chromium.

A telephone's window in each language, side by side. The conversation: on the left the first step, as it comes
at once, on the right how the same turn ends, with the next question. The plan: its beginning.
"""

from __future__ import annotations

import argparse
import base64
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks import console_pictures, places, servers
from knowledge.case import LANGUAGES
from rasa_project import packs, processes, serve, train

PHONE: ViewportSize = {"width": 360, "height": 740}
SCALE = 2
COLOURS = 64
WAIT = 60_000  # milliseconds
FIRST = {
    "zh": "我昨天用支付宝给骗子转了3万",
    "en": "Yesterday I paid a scammer 30,000 yuan through Alipay",
}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
#: The two windows next to each other on a quiet ground.
SHEET = """<body style="margin:0;display:inline-flex;gap:24px;padding:24px;background:#dfe6e4">{}</body>"""
FRAME = (
    '<img style="width:{width}px;height:{height}px;border-radius:20px;box-shadow:0 0 0 1px #b9c4c2" '
    'src="data:image/png;base64,{data}">'
)


def executable() -> str | None:
    """The Chromium of this machine, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def take(browser: Browser, url: str, folder: Path) -> list[Path]:
    """Drive the page in every language and write the pictures; their paths."""
    shots: dict[str, list[bytes]] = {"conversation": [], "plan": []}
    for language in LANGUAGES:
        with _page(browser, url, language) as page:
            _tell(page, language)
            shots["conversation"].append(page.screenshot())
            _open_plan(page)
            shots["plan"].append(page.screenshot())
    folder.mkdir(parents=True, exist_ok=True)
    return [_side_by_side(browser, windows, folder / f"{name}.png") for name, windows in shots.items()]


@contextmanager
def _page(browser: Browser, url: str, language: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport=PHONE,
        locale=LOCALES[language],
        device_scale_factor=SCALE,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{url}/chat/?lang={language}")
    yield page
    context.close()


def _live(page: Page) -> Locator:
    return page.locator("button.choice:not([disabled])")


def _tell(page: Page, language: str) -> None:
    """Say what happened, and wait for the first step and the next question."""
    _live(page).first.wait_for()
    page.locator("textarea").fill(FIRST[language])
    page.keyboard.press("Enter")
    page.locator("[data-step=first_third_party_payment]").first.wait_for()
    _live(page).first.wait_for()
    _to_top(page, ".message.person" if language == LANGUAGES[0] else ".message.bot")


def _open_plan(page: Page) -> None:
    """Leave the other questions open and look at the plan, in its own view, from its beginning."""
    _live(page).last.click()
    page.locator(".message.bot [data-step=warn_recovery]").first.wait_for(state="attached")
    page.locator(".bar .bar-button").last.click()
    page.locator(".plan .step").first.wait_for()
    page.evaluate("() => document.activeElement?.shadowRoot?.activeElement?.blur()")


def _to_top(page: Page, selector: str) -> None:
    """Scroll the conversation to the last such message, and take the cursor out of the field."""
    page.wait_for_timeout(400)  # the page's own scrolling comes first
    page.locator(selector).last.evaluate(
        "message => { const thread = message.closest('.thread');"
        " thread.scrollTop += message.getBoundingClientRect().top - thread.getBoundingClientRect().top - 12;"
        " message.getRootNode().activeElement?.blur(); }"
    )
    page.wait_for_timeout(200)


def _side_by_side(browser: Browser, windows: Sequence[bytes], path: Path) -> Path:
    frames = [FRAME.format(**PHONE, data=base64.b64encode(window).decode()) for window in windows]
    page = browser.new_page(viewport={"width": 1000, "height": 900}, device_scale_factor=SCALE)
    page.set_content(SHEET.format("".join(frames)))
    page.locator("body").screenshot(path=path)
    page.close()
    _slim(path)
    return path


def _slim(path: Path) -> None:
    """Keep the few colours that a page has: a third of the size, and nobody sees it."""
    from PIL import Image  # comes with Rasa (matplotlib)

    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures; the exit status is 1 if something failed, 2 without Chromium or a model."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.screenshots", description=__doc__)
    parser.add_argument("--url", help="of a running server; default: start one for the while")
    parser.add_argument("--out", type=Path, default=places.PICTURES, help="the folder for the pictures")
    options = parser.parse_args(arguments)
    chromium, model = executable(), train.current_model()
    if chromium is None:
        print("No Chromium found: run `make chromium`.", file=sys.stderr)
        return 2
    if model is None and not options.url:
        print("No model fits the files as they are: run `make train`.", file=sys.stderr)
        return 2
    try:
        with processes.stop_requests(), ExitStack() as opened:
            playwright = opened.enter_context(sync_playwright())
            url: str | None = options.url
            home: Path | None = None
            if url is None:
                assert model is not None
                packs.ensure_pack()
                home = Path(opened.enter_context(tempfile.TemporaryDirectory()))
                url = opened.enter_context(servers.ours(model, home)).url
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            made = take(browser, url.rstrip("/"), options.out)
            if home:  # the console needs an account, and that is made beside the server's own data
                made += console_pictures.take(browser, url, home, options.out)
                for path in made[-len(console_pictures.CALLS) :]:
                    _slim(path)
    except processes.Stopped as asked:
        return 128 + asked.number
    except (serve.CannotServe, packs.PackInvalid, PlaywrightError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in made:
        print(f"{path}  {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
