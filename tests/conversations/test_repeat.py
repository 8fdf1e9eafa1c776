"""Repeat: the same question with its buttons, in other words; after the plan, what was said last."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.conversations.phrases import AGAIN, SIDE_QUESTION, Talk, at_elapsed, at_offer, at_plan


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_is_said_again_with_its_buttons(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    buttons, case = chat.payloads, chat.case
    for _ in range(4):
        chat.say(AGAIN[language])
        assert chat.question == "elapsed" and chat.payloads == buttons
    assert chat.case == case


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_plan_what_was_said_last(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.say(SIDE_QUESTION[language])
    said = [m.get("text") for m in chat.last]
    for _ in range(3):
        chat.say(AGAIN[language])
        assert [m.get("text") for m in chat.last][1:] == said
        assert "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_itself_can_be_repeated(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    steps = [step["id"] for step in chat.steps]
    chat.say(AGAIN[language])
    assert [step["id"] for step in chat.steps] == steps and chat.warned


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_an_offer_is_being_checked(talk: Talk, language: str) -> None:
    chat = at_offer(talk, language)
    chat.say(AGAIN[language])
    assert chat.question == "offer_text"
