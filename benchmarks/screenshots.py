"""``python -m benchmarks.screenshots``: the pages as they are, taken in Chromium.

Pictures for the README (docs/pictures): the conversation on two telephones, on a desk, and the plan as it is
printed. With ``--every FOLDER`` also every page in every width, language and light, to be looked at.
"""

from __future__ import annotations

import argparse
import base64
import itertools
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks import console_pictures, places, servers
from knowledge.case import LANGUAGES
from rasa_project import packs, processes, serve, train

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
#: An A4 sheet at 96 dots an inch, with the margins that printing has.
SHEET_OF_PAPER: ViewportSize = {"width": 794, "height": 1123}
MARGIN = 64
WIDTHS: Sequence[ViewportSize] = (PHONE, {"width": 768, "height": 1024}, DESK)
SCHEMES = ("light", "dark")
SCALE = 2
COLOURS = 64
WAIT = 60_000  # milliseconds
FIRST = {
    "zh": "我昨天用支付宝给骗子转了3万",
    "en": "Yesterday I paid a scammer 30,000 yuan through Alipay",
}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
#: Windows next to each other on a quiet ground.
GROUND = """<body style="margin:0;display:inline-flex;gap:24px;padding:24px;background:#dfe6e4">{}</body>"""
FRAME = (
    '<img style="width:{width}px;height:{height}px;border-radius:{round}px;box-shadow:0 0 0 1px #b9c4c2" '
    'src="data:image/png;base64,{data}">'
)


def executable() -> str | None:
    """The Chromium of this machine, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def take(browser: Browser, url: str, folder: Path) -> list[Path]:
    """Drive the pages in every language and write the README's pictures; their paths."""
    phones, desk, papers = [], [], []
    for language in LANGUAGES:
        with _page(browser, url, language) as page:
            _tell(page, language)
            phones.append(page.screenshot())
            _finish(page)
            token = page.evaluate("sessionStorage.getItem('steady.token')")
        with _page(browser, url, language, SHEET_OF_PAPER) as page:
            _take_up(page, url, token)
            papers.append(_printed(page, url, language))
    with _page(browser, url, LANGUAGES[-1], DESK, scale=1) as page:
        _tell(page, LANGUAGES[-1])
        _to_top(page, ".message.person")
        desk.append(page.screenshot())
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _beside(browser, phones, PHONE, 20, folder / "conversation.png"),
        _beside(browser, desk, DESK, 12, folder / "desktop.png", scale=1),
        _beside(browser, papers, SHEET_OF_PAPER, 0, folder / "plan.png", scale=1),
    ]


def take_every(browser: Browser, url: str, folder: Path) -> list[Path]:
    """Every page in every width, language and light, in full length; the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for language, size, scheme in itertools.product(LANGUAGES, WIDTHS, SCHEMES):
        with _page(browser, url, language, size, scheme, scale=1) as page:
            for name, show in _states(page, url, language).items():
                show()
                made.append(folder / f"{name}-{language}-{size['width']}-{scheme}.png")
                page.screenshot(path=made[-1], full_page=True)
    return made


def _states(page: Page, url: str, language: str) -> Mapping[str, Callable[[], Any]]:
    """name -> how to come to it from the one before."""

    def document(name: str) -> Callable[[], Any]:
        def show() -> None:
            page.goto(f"{url}/chat/{name}?lang={language}")
            page.locator("h1").first.wait_for()

        return show

    return {
        "opening": lambda: _live(page).first.wait_for(),
        "chat": lambda: _tell(page, language),
        "plan-view": lambda: _open_plan(page),
        "my-plan": document("my-plan"),
        "papers": document("papers"),
        "emergency": document("emergency"),
    }


@contextmanager
def _page(
    browser: Browser,
    url: str,
    language: str,
    size: ViewportSize = PHONE,
    scheme: Any = "light",
    *,
    scale: float = SCALE,
) -> Iterator[Page]:
    context = browser.new_context(
        viewport=size,
        locale=LOCALES[language],
        device_scale_factor=scale,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{url}/chat/?lang={language}")
    yield page
    context.close()


def _live(page: Page) -> Any:
    return page.locator("button.choice:not([disabled])")


def _tell(page: Page, language: str) -> None:
    """Say what happened, and wait for the first step and the next question."""
    _live(page).first.wait_for()
    page.locator("textarea").fill(FIRST[language])
    page.keyboard.press("Enter")
    page.locator("[data-step=first_third_party_payment]").first.wait_for()
    _live(page).first.wait_for()
    _to_top(page, ".message.person" if language == LANGUAGES[0] else ".message.bot")


def _finish(page: Page) -> None:
    """Leave the other questions open: the whole plan comes."""
    _live(page).last.click()
    page.locator(".message.bot [data-step=warn_recovery]").first.wait_for(state="attached")


def _open_plan(page: Page) -> None:
    """Look at the plan in its own view, from its beginning."""
    _finish(page)
    page.locator(".bar .bar-button").last.click()
    page.locator(".plan .step").first.wait_for()
    page.evaluate("() => document.activeElement?.shadowRoot?.activeElement?.blur()")


def _take_up(page: Page, url: str, token: str) -> None:
    """Give this tab the conversation of another."""
    page.goto(f"{url}/chat/emergency")
    page.evaluate("token => sessionStorage.setItem('steady.token', token)", token)


def _printed(page: Page, url: str, language: str) -> bytes:
    """The first sheet of the plan, as it comes out of a printer."""
    page.goto(f"{url}/chat/my-plan?lang={language}")
    page.locator(".paper-step").first.wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".toolbar")).to_be_hidden()
    page.evaluate(
        "margin => { const sheet = document.querySelector('.sheet').style;"
        " sheet.margin = '0'; sheet.padding = `${margin}px`; document.activeElement.blur(); }",
        MARGIN,
    )
    # Where the printer would begin a new sheet.
    page.evaluate(
        "end => { for (const step of document.querySelectorAll('.paper-step, .paper-stage > h2'))"
        " if (step.getBoundingClientRect().bottom > end) step.style.visibility = 'hidden'; }",
        SHEET_OF_PAPER["height"] - MARGIN,
    )
    return page.screenshot()


def _to_top(page: Page, selector: str) -> None:
    """Scroll the conversation to the last such message, and take the cursor out of the field."""
    page.wait_for_timeout(400)  # the page's own scrolling comes first
    page.locator(selector).last.evaluate(
        "message => { const thread = message.closest('.thread');"
        " thread.scrollTop += message.getBoundingClientRect().top - thread.getBoundingClientRect().top - 12;"
        " message.getRootNode().activeElement?.blur(); }"
    )
    page.wait_for_timeout(200)


def _beside(
    browser: Browser,
    windows: Sequence[bytes],
    size: ViewportSize,
    corner: int,
    path: Path,
    *,
    scale: float = SCALE,
) -> Path:
    frames = [
        FRAME.format(**size, round=corner, data=base64.b64encode(window).decode()) for window in windows
    ]
    page = browser.new_page(viewport={"width": 1800, "height": 1300}, device_scale_factor=scale)
    page.set_content(GROUND.format("".join(frames)))
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
    parser.add_argument("--every", type=Path, metavar="FOLDER", help="also every page in every look")
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
            if options.every:
                made += take_every(browser, url.rstrip("/"), options.every)
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
