"""A staff member at the console's keyboard: acts are keys, what is read is structure, keys are counted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playwright.sync_api import Page, Response, expect

from tests.servers import Running
from tests.staff.console import PASSWORD, staff_command

#: Longest answer of the server that a turn waits for, in milliseconds; the machine may be busy.
TURN = 60_000
MESSAGES = "**/staff/api/calls/*/messages"


def supervisor(server: Running, name: str) -> str:
    """Make an account that sees everybody's calls; its name."""
    return account(server, name, "supervisor")


def account(server: Running, name: str, role: str) -> str:
    """Make an account; its name."""
    made = staff_command(server.home, "add", name, "--role", role, stdin=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    return name


@dataclass
class Desk:
    """The console in one browser. ``keys`` counts the keys pressed in a call that typed no text."""

    page: Page
    keys: int = 0

    def sign_in(self, name: str, language: str) -> Desk:
        page = self.page
        expect(page.locator("#login-name")).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator(".list h1")).to_be_visible()
        if not (page.locator("html").get_attribute("lang") or "").startswith(language):
            other = page.locator(f".top button[lang^={language}]")
            other.focus()
            page.keyboard.press("Enter")
            expect(page.locator(f"html[lang^={language}]")).to_be_attached()
        return self

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def begin(self, caller: str) -> Desk:
        """A new call in the caller's language: one key opens the question, a digit answers it."""
        self.page.keyboard.press("Alt+a")
        wanted = self.page.locator(f"dialog .answer[lang^={caller}]")
        expect(wanted).to_be_visible()
        self.page.keyboard.press(wanted.get_attribute("aria-keyshortcuts") or "")
        expect(self.page.locator(".ask[data-slot=situation]")).to_be_visible(timeout=TURN)
        self.keys = 0
        return self

    # One turn

    @property
    def question(self) -> str:
        """The slot of the question on the screen; empty when the plan is there."""
        return self.page.locator(".ask").get_attribute("data-slot") or ""

    def turn(self, key: str) -> Response:
        """Press ``key`` and wait until its turn is on the screen."""
        with self.page.expect_response(MESSAGES, timeout=TURN) as found:
            self.press(key)
        self.settled()
        return found.value

    def settled(self) -> None:
        expect(self.page.locator(".call")).to_have_attribute("aria-busy", "false", timeout=TURN)

    def choose(self, payload: str) -> Response:
        """The answer with this payload, by its number key."""
        answer = self.page.locator(f".answer[data-payload='{payload}']")
        expect(answer).to_be_visible()
        digit = answer.get_attribute("aria-keyshortcuts")
        assert digit, f"no key chooses {payload}"
        return self.turn(digit)

    def answer(self, slot: str, value: str) -> Response:
        assert self.question == slot, f"asked is {self.question}, not {slot}"
        return self.choose(f"/answer{json.dumps({slot: value}, separators=(',', ':'))}")

    def tell(self, text: str) -> Response:
        """Type what the caller says, and enter it."""
        self.page.keyboard.type(text)
        return self.turn("Enter")

    def answer_rest(self, answers: dict[str, str], said: dict[str, str]) -> int:
        """Answer what is asked until the plan is there: by ``answers``, typed from ``said``, else skipped."""
        asked = 0
        while slot := self.question:
            asked += 1
            assert asked < 20, f"still asked after 20 answers: {slot}"
            if slot in said:
                self.tell(said[slot])
            elif slot in answers:
                self.answer(slot, answers[slot])
            else:
                self.turn("F8")
        return asked

    # What is on the sheet

    def fact(self, slot: str) -> str:
        fact = self.page.locator(f".facts [data-slot={slot}] dd")
        return fact.inner_text() if fact.count() else ""

    def warned(self, kind: str) -> bool:
        return self.page.locator(f".chip-{kind}").count() > 0

    def steps(self) -> list[str]:
        return [
            step.get_attribute("data-step") or ""
            for step in self.page.locator(".plan-steps [data-step]").all()
        ]

    # The end

    def close(self) -> None:
        """Close the call with the first disposition and wait for the summary."""
        self.page.keyboard.press("F10")
        expect(self.page.locator(".panel .answer").first).to_be_visible()
        self.page.keyboard.press("1")
        expect(self.page.locator(".closed h2")).to_be_visible(timeout=TURN)
        expect(self.page.locator(".summary")).not_to_be_empty(timeout=TURN)
