"""The widget on other people's pages: hostile styles, a strict policy, an old page, a frame, a refused origin."""

# ruff: noqa: E501 - a page a line reads best

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import check
from tests.browser.conftest import DESKTOP, PHONE
from tests.servers import Running, serving

HOSTILE = """
* { color: red !important; font: italic 40px/3 cursive !important; display: inline !important; direction: rtl;
    text-transform: uppercase !important; box-sizing: content-box !important; letter-spacing: 1em !important;
    transform: rotate(3deg) !important; }
html { font-size: 4px !important; }
button, div, p, steady-help, steady-chat { display: none !important; background: lime !important; --rem: 90px; --ink: red; }
"""
OLD = """
window.jQuery = window.$ = function () { return { on: function () {} }; };
Element.prototype.closestOld = function () {};
Array.prototype.each = function (f) { this.forEach(f); };
Object.prototype.inherits = function () {};
document.onkeydown = function (e) { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); window.stolen = true; } };
"""


@dataclass
class Sites:
    """Pages of another origin; ``pages`` maps a path to (headers, HTML with {tag} where the script goes)."""

    url: str
    steady: Running
    pages: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)

    def tag(self, **attributes: str) -> str:
        data = " ".join(f'data-{name}="{value}"' for name, value in attributes.items())
        return f'<script src="{self.steady.url}/chat/embed.js" {data} async></script>'

    def put(self, path: str, html: str, headers: dict[str, str] | None = None, **attributes: str) -> str:
        self.pages[path] = (headers or {}, html.replace("{tag}", self.tag(**attributes)))
        return f"{self.url}{path}"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    made: list[Sites] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers, html = made[0].pages.get(self.path, ({}, ""))
            self.send_response(200 if html else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    host = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{host.server_address[1]}"
    home: Path = tmp_path_factory.mktemp("embed") / "home"
    try:
        with serving(home, STEADY_WEB_ALLOWED_ORIGINS=url) as running:
            made.append(Sites(url, running))
            yield made[0]
    finally:
        host.shutdown()


@pytest.fixture
def look(browser: Browser, sites: Sites) -> Iterator[Callable[..., Page]]:
    """Opens an address; fails on a script error or a request to anyone but the two sites."""
    contexts, troubles = [], []
    ours = {urlsplit(sites.url).netloc, urlsplit(sites.steady.url).netloc, ""}

    def visit(url: str, size: dict[str, int] = DESKTOP, **more: object) -> Page:
        context = browser.new_context(viewport=size, locale="en-GB", **more)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: troubles.append(r.url) if urlsplit(r.url).netloc not in ours else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_default_timeout(30_000)
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not troubles


def talk(page: Page, text: str = "yesterday I paid a scammer 30000 yuan through Alipay") -> None:
    """Open the widget, tell what happened, and read the first step."""
    page.locator("steady-help .launch").click()
    expect(page.locator("button.choice:not([disabled])").first).to_be_visible()
    page.locator("steady-chat textarea").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("[data-step=first_third_party_payment]").first).to_be_visible()


HOSTS = {
    "plain": ({}, "<!doctype html><h1>A town's page</h1><p>Text</p>{tag}"),
    "hostile styles": ({}, f"<!doctype html><style>{HOSTILE}</style><h1>Loud</h1>{{tag}}"),
    "old jQuery page": ({}, f"<html><head><script>{OLD}</script></head><body><table><tr><td>Old{{tag}}</td></tr></table></body></html>"),
}  # fmt: skip


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", HOSTS)
def test_it_works_on(sites: Sites, look: Callable[..., Page], name: str, size: dict[str, int]) -> None:
    headers, html = HOSTS[name]
    page = look(sites.put("/host", html, headers, language="en"), size)
    before = page.locator("h1, td").first.bounding_box()
    talk(page)
    body = page.locator("steady-chat .message.bot .bubble p").first
    style = body.evaluate(
        "e => { const s = getComputedStyle(e); return [s.fontSize, s.fontStyle, s.textTransform, s.color] }"
    )
    assert style[:3] == ["16px", "normal", "none"] and style[3] != "rgb(255, 0, 0)"
    button = page.locator("button.choice:not([disabled])").first.bounding_box()
    assert button and button["height"] >= 44
    assert page.locator("h1, td").first.bounding_box() == before, "the page itself must not move"
    page.keyboard.press("Escape")
    expect(page.locator("steady-help .launch")).to_be_visible()


def test_it_works_under_a_strict_policy(sites: Sites, look: Callable[..., Page]) -> None:
    steady = sites.steady.url
    policy = (
        f"default-src 'none'; script-src {steady}; connect-src {steady}; require-trusted-types-for 'script'"
    )
    page = look(
        sites.put(
            "/strict", "<!doctype html><h1>Bank</h1>{tag}", {"Content-Security-Policy": policy}, language="en"
        )
    )
    talk(page)


def test_it_works_in_a_frame_without_storage(sites: Sites, look: Callable[..., Page]) -> None:
    sites.put("/inner", "<!doctype html><p>Inner</p>{tag}", language="en")
    page = look(
        sites.put(
            "/outer", f'<!doctype html><iframe src="{sites.url}/inner" width="700" height="700"></iframe>'
        )
    )
    frame = page.frame_locator("iframe")
    frame.locator("steady-help .launch").click()
    expect(frame.locator("button.choice:not([disabled])").first).to_be_visible()


def test_a_page_keeps_its_own_storage_when_the_person_leaves(sites: Sites, look: Callable[..., Page]) -> None:
    sites.put("/neutral", "<!doctype html><p>Weather</p>")
    page = look(sites.put("/host", HOSTS["plain"][1], language="en", exit=f"{sites.url}/neutral"))
    page.evaluate("sessionStorage.setItem('basket', '3 apples')")
    talk(page)
    page.locator("steady-chat .head .exit-link").click()
    page.wait_for_url("**/neutral")
    assert page.evaluate("({...sessionStorage})") == {"basket": "3 apples"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_is_there_when_the_server_is_not(
    sites: Sites, look: Callable[..., Page], language: str
) -> None:
    page = look(sites.put("/host", HOSTS["plain"][1], language=language))
    expect(page.locator("steady-help .launch")).to_be_visible()
    page.route(f"{sites.steady.url}/**", lambda route: route.abort())
    page.locator("steady-help .launch").click()
    expect(page.locator("steady-help a[href='tel:110']:visible").first).to_be_visible()
    expect(page.locator("steady-help [role=status]")).to_be_visible()


def test_a_site_that_is_not_allowed_gets_the_help_but_no_conversation(sites: Sites, browser: Browser) -> None:
    sites.put("/host", HOSTS["plain"][1], language="en")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{sites.url.replace('127.0.0.1', 'localhost')}/host")
    page.locator("steady-help .launch").click()
    expect(page.locator("steady-help a[href='tel:110']:visible").first).to_be_visible()
    expect(page.locator("steady-help button", has_text="Try again")).to_be_visible()
    assert page.locator("steady-chat textarea").count() == 0
    context.close()


PLAIN = '<!doctype html><html lang="en"><title>Town</title><header>Town</header><main><h1>A town</h1><p>Text</p></main>{tag}</html>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_panel_open(sites: Sites, look: Callable[..., Page], scheme: str) -> None:
    page = look(sites.put("/host", PLAIN, language="en"), color_scheme=scheme)
    check(page, "closed")
    talk(page)
    check(page, "open")


def test_large_text_is_large_inside_the_panel_alone(sites: Sites, look: Callable[..., Page]) -> None:
    page = look(sites.put("/host", PLAIN, language="en"))
    talk(page)
    page.locator("steady-chat .menu-button").click()
    page.locator("steady-chat .menu-item").first.click()
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator("steady-chat .message.bot .bubble p").first.evaluate(size) >= 19
    assert page.locator("main p").first.evaluate(size) == 16


def test_escape_closes_what_is_innermost_and_twice_leaves(sites: Sites, look: Callable[..., Page]) -> None:
    sites.put("/neutral", "<!doctype html><p>Weather</p>")
    page = look(sites.put("/host", PLAIN, language="en", exit=f"{sites.url}/neutral"))
    talk(page)
    page.locator("steady-chat .menu-button").click()
    page.keyboard.press("Escape")
    expect(page.locator("steady-chat .menu")).to_be_hidden()
    expect(page.locator("steady-chat textarea")).to_be_visible()
    page.wait_for_timeout(1000)
    page.keyboard.press("Escape")
    expect(page.locator("steady-help .launch")).to_be_visible()
    page.locator("steady-help .launch").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/neutral")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
