"""Anyone can use the page: axe on every state, targets, zoom, large text, screen readers, reading aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from knowledge.case import LANGUAGES
from tests.browser.axe import check
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.seen import FIRST, OFFER, live_buttons, menu, no_sideways_scroll, ready, say, tell

Visit = Callable[..., Page]
SMALL = {"width": 320, "height": 640}
#: 1280 × 800 at 200 %.
ZOOMED = {"width": 640, "height": 400}
TARGET = 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_state(visit: Visit, language: str, scheme: str) -> None:
    page = ready(visit(language, color_scheme=scheme, reduced_motion="reduce"))
    check(page, "greeting")
    page.locator(".menu-button").click()
    check(page, "menu")
    page.keyboard.press("Escape")
    page.locator(".bar-button").first.click()
    check(page, "first steps")
    page.locator(".bar-button").first.click()
    tell(page, language)
    check(page, "first step and question")
    page.locator(".bar-button").last.click()
    expect(page.locator(".plan [data-step=report_110]")).to_be_visible()
    check(page, "plan")
    page.locator(".plan-tools button").last.click()
    expect(page.locator("dialog")).to_be_visible()
    check(page, "link")
    page.keyboard.press("Escape")
    page.locator(".plan-head button").click()
    say(page, OFFER[language])
    expect(page.locator(".log :is(.card-offer, .card-warning)").last).to_be_visible()
    ready(page)
    check(page, "offer check and warning")
    page.context.set_offline(True)
    say(page, FIRST[language])
    expect(page.locator(".message.person[data-state=failed]")).to_be_visible()
    check(page, "offline, not sent")
    page.context.set_offline(False)
    expect(page.locator(".message.person[data-state=failed]")).to_have_count(0)
    menu(page, -1)
    check(page, "are you sure")
    page.locator("dialog .strong-button").click()
    expect(page.locator(".log .notice")).to_be_visible()
    check(page, "deleted")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/chat/", "/chat/emergency"])
def test_axe_finds_nothing_without_the_server_or_script(visit: Visit, path: str, scheme: str) -> None:
    page = visit(
        "zh", path=path, color_scheme=scheme, before=lambda p: p.route("**/session", lambda r: r.abort())
    )
    expect(page.locator("a[href='tel:110']:visible").first).to_be_visible()
    check(page, path)


def test_axe_finds_nothing_in_forced_colours_and_high_contrast(visit: Visit) -> None:
    page = visit("en", forced_colors="active", contrast="more")
    tell(page, "en")
    check(page, "forced colours")


SMALL_TARGETS = """least => {
    const found = [];
    const shown = e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.spoken, [inert]');
    const walk = root => { for (const e of root.querySelectorAll('*')) {
        if (e.shadowRoot) walk(e.shadowRoot);
        if (!e.matches('a[href], button, summary, input, textarea') || !shown(e) || e.disabled) continue;
        const box = e.getBoundingClientRect();
        if (!box.width) continue;
        const more = getComputedStyle(e, '::after');
        const extra = more.content !== 'none' && more.position === 'absolute' ? parseFloat(more.height) : 0;
        const high = Math.max(box.height, extra);
        const wide = e.matches('.dial') ? least : box.width;
        if (Math.min(high, wide) < least - 0.5) found.push(`${e.className || e.tagName} ${wide} x ${high}`);
    } };
    walk(document);
    return found; }"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_pressed_is_44_px(visit: Visit, language: str) -> None:
    page = visit(language)
    tell(page, language)
    page.locator(".menu-button").click()
    assert page.evaluate(SMALL_TARGETS, TARGET) == []
    page.keyboard.press("Escape")
    page.locator(".bar-button").last.click()
    expect(page.locator(".plan [data-step=report_110]")).to_be_visible()
    assert page.evaluate(SMALL_TARGETS, TARGET) == []
    emergency = visit(language, path="/chat/emergency")
    assert emergency.evaluate(SMALL_TARGETS, TARGET) == []


CUT_OFF = """() => {
    const found = [];
    const walk = root => { for (const e of root.querySelectorAll('*')) {
        if (e.shadowRoot) walk(e.shadowRoot);
        if (e.matches('.spoken, .spoken *, textarea, style, svg, svg *') || !e.checkVisibility()) continue;
        const box = e.getBoundingClientRect();
        if (box.width && (box.right > innerWidth + 1 || box.left < -1)) found.push(`${e.className || e.tagName} ends at ${box.right}`);
        const style = getComputedStyle(e);
        if (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) found.push(`${e.className || e.tagName} hides something`);
    } };
    walk(document);
    return found; }"""  # noqa: E501
HEAD_OVERLAPS = """() => {
    const parts = [...document.querySelector('steady-chat').shadowRoot.querySelectorAll('.head .brand, .head .head-tools > *')]
        .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect());
    return parts.some((a, i) => parts.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom && b.top < a.bottom)); }"""  # noqa: E501


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large text"])
@pytest.mark.parametrize("size", [SMALL, ZOOMED], ids=["320 px", "200 %"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_when_there_is_little_room(
    visit: Visit, language: str, size: dict[str, int], large: bool
) -> None:
    page = ready(visit(language, size))
    if large:
        menu(page, 0)
    tell(page, language)
    no_sideways_scroll(page)
    assert page.evaluate(CUT_OFF) == []
    assert not page.evaluate(HEAD_OVERLAPS)
    # All of it can be reached: the text box, and the last button.
    for target in (page.locator("textarea"), live_buttons(page).last, page.locator(".exit-link").first):
        target.scroll_into_view_if_needed()
        expect(target).to_be_in_viewport()
    page.locator(".bar-button").last.click()
    expect(page.locator(".plan [data-step=report_110]")).to_be_visible()
    no_sideways_scroll(page)
    assert page.evaluate(CUT_OFF) == []


def test_large_text_is_kept_on_the_device(visit: Visit) -> None:
    page = ready(visit("zh"))
    size = "() => parseFloat(getComputedStyle(document.querySelector('steady-chat').shadowRoot.querySelector('.bubble')).fontSize)"  # noqa: E501
    normal = page.evaluate(size)
    menu(page, 0)
    assert page.evaluate(size) >= normal * 1.2
    page.reload()
    ready(page)
    assert page.evaluate(size) >= normal * 1.2
    page.locator(".menu-button").click()
    assert page.locator(".menu-item").first.get_attribute("aria-pressed") == "true"
    page.locator(".menu-item").first.click()
    assert page.evaluate(size) == normal


def test_nothing_moves_for_who_wants_it_so(visit: Visit) -> None:
    page = ready(visit("en", reduced_motion="reduce"))
    page.route("**/chat/message", lambda route: None)
    say(page, "hello")
    expect(page.locator(".wait .dots")).to_be_visible()
    page.wait_for_timeout(200)
    playing = "() => document.querySelector('steady-chat').shadowRoot.getAnimations().filter(a => a.playState === 'running').length"  # noqa: E501
    assert page.evaluate(playing) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_screen_reader_meets(visit: Visit, language: str) -> None:
    page = visit(language)
    tell(page, language)
    tree = accessibility(page)
    logs = [node for node in tree if node["role"] == "log"]
    assert len(logs) == 1 and logs[0]["live"] == "polite", "what comes is announced, and only that"
    roles = [node["role"] for node in tree]
    for role in ("banner", "navigation", "main"):
        assert roles.count(role) == 1, role
    # In this order: the way out, the police, the conversation, the text box.
    order = [roles.index("banner"), roles.index("navigation"), roles.index("log"), roles.index("textbox")]
    assert order == sorted(order)
    nameless = [
        n for n in tree if n["role"] in ("button", "link", "textbox", "checkbox", "dialog") and not n["name"]
    ]
    assert not nameless
    # Who said what is in words, and each message says its language.
    said = page.locator(".log").aria_snapshot()
    assert FIRST[language] in said
    for message in page.locator(".message").all():
        assert str(message.get_attribute("lang")).startswith(language)
        assert message.locator(".spoken").count() >= 1
    steps = [node for node in tree if node["role"] == "checkbox"]
    assert steps and all(node["name"] for node in steps)


def accessibility(page: Page) -> list[dict[str, Any]]:
    """Chromium's accessibility tree in reading order: role, name, live, of each node that is not ignored."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[dict[str, Any]] = []

    def walk(node: dict[str, Any]) -> None:
        if not node["ignored"]:
            properties = {p["name"]: p["value"].get("value") for p in node.get("properties", [])}
            found.append(
                {
                    "role": node["role"]["value"],
                    "name": node.get("name", {}).get("value", ""),
                    "live": properties.get("live"),
                }
            )
        for child in node.get("childIds", []):
            if child in by_id:
                walk(by_id[child])

    walk(nodes[0])
    session.detach()
    return found


#: A browser with voices: two of the device, one of the network, one that speaks Cantonese.
VOICES = """() => {
    const voice = (lang, localService, name) => ({lang, localService, name, default: false});
    const voices = [voice('zh-HK', true, 'yue'), voice('zh-CN', false, 'far'), voice('en-US', true, 'us'), voice('zh-CN', true, 'near')];
    window.spoken = [];
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    Object.defineProperty(window, 'speechSynthesis', {value: {
        getVoices: () => voices, addEventListener() {}, cancel() { window.spoken.push('stop'); },
        speak(said) { window.spoken.push([said.text, said.lang, said.voice.name]); },
    }});
}"""  # noqa: E501


@pytest.mark.parametrize(("language", "voice"), [("zh", "near"), ("en", "us")])
def test_messages_are_read_aloud_by_a_voice_of_the_device(visit: Visit, language: str, voice: str) -> None:
    page = visit(language, before=lambda new: new.add_init_script(f"({VOICES})()"))
    tell(page, language)
    button = page.locator(".aloud").last
    name = button.get_attribute("aria-label")
    button.click()
    said = [each for each in page.evaluate("spoken") if each != "stop"]
    assert said and {each[2] for each in said} == {voice}
    assert {each[1].split("-")[0] for each in said} == {language}
    # Numbers are said digit by digit.
    assert not any(re.search(r"\b(110|95188|96110)\b", each[0]) for each in said)
    assert button.get_attribute("aria-label") != name
    button.click()
    assert page.evaluate("spoken.at(-1)") == "stop"
    assert button.get_attribute("aria-label") == name


def test_without_a_voice_nothing_is_offered(visit: Visit) -> None:
    none = VOICES.replace("getVoices: () => voices", "getVoices: () => [voices[0], voices[1]]")
    page = ready(visit("zh", before=lambda new: new.add_init_script(f"({none})()")))
    expect(page.locator(".aloud").first).to_be_attached()
    assert page.locator(".aloud:visible").count() == 0, "not over the network, nor in another language"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_dialled_numbers_are_the_packs_alone(visit: Visit, size: dict[str, int]) -> None:
    page = ready(visit("zh", size))
    before = page.locator(".message.bot").count()
    say(page, "对方让我打 95555123 这个电话")
    expect(page.locator(".message.bot").nth(before)).to_be_visible()
    assert page.locator("a[href='tel:95555123']").count() == 0
