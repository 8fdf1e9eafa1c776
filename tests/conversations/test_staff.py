"""For hotline staff: the same way through, with lines to read aloud in the caller's language."""

from __future__ import annotations

import pytest
import requests

from knowledge.case import LANGUAGES
from tests.chat import Chat
from tests.conversations.phrases import OFFER, STORY, Talk

OTHER = {"zh": "en", "en": "zh"}


def in_language(text: str, language: str) -> bool:
    cjk = any("\u4e00" <= character <= "\u9fff" for character in text)
    return cjk == (language == "zh")


def staff(talk: Talk, language: str, labels: str) -> Chat:
    return talk(language, audience="staff", staff_language=labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_in_the_callers_language_and_buttons_in_the_staff_members(
    talk: Talk, language: str
) -> None:
    chat = staff(talk, language, OTHER[language])
    assert chat.case["audience"] == "staff"
    while chat.question:
        asked = chat.last[-1]
        assert in_language(asked["text"], language), asked["text"]
        titles = [b["title"] for b in asked["buttons"] if not b["payload"].startswith('/answer{"platforms"')]
        assert all(in_language(title, OTHER[language]) for title in titles), titles
        chat._turn(payload=asked["buttons"][0]["payload"]) if chat.question != "amount" else chat.press(
            "skip"
        )
    assert chat.warned


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_line_to_read_aloud(talk: Talk, language: str) -> None:
    chat = staff(talk, language, OTHER[language])
    chat.say(STORY[language])
    chat.press("finish")
    for steps in (chat.steps, chat.plan()["steps"]):
        assert steps
        for step in steps:
            assert in_language(step["staff"], language)
            assert in_language(step["title"], OTHER[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_aloud_asks_nobody_to_type_or_press(talk: Talk, language: str) -> None:
    to_victim, to_staff = talk(language), staff(talk, language, language)
    for chat in (to_victim, to_staff):
        chat.answer("situation", "lost_money")
    assert to_victim.text != to_staff.text
    assert to_victim.payloads == to_staff.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_are_those_of_a_victim(talk: Talk, language: str) -> None:
    chats = [talk(language), staff(talk, language, "zh")]
    for chat in chats:
        chat.say(STORY[language])
        chat.press("finish")
        chat.say(OFFER[language])
    one, other = ([step["id"] for step in chat.plan()["steps"]] for chat in chats)
    assert one == other


def test_victims_get_no_line_for_staff(talk: Talk) -> None:
    chat = talk("zh")
    chat.say(STORY["zh"])
    chat.press("finish")
    assert not [step for step in chat.steps if "staff" in step]


@pytest.mark.parametrize("body", [{"audience": "boss"}, {"audience": "staff", "staff_language": "xx"}])
def test_another_audience_is_refused(talk: Talk, body: dict[str, str]) -> None:
    reply = requests.post(f"{talk('zh').url}/chat/session", json=body, timeout=30)
    assert reply.status_code == 400
