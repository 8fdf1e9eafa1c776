"""Going back, changing an answer, starting over, and messages that are not understood."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.case import LANGUAGES
from tests.chat import Chat

Talk = Callable[..., Chat]


def begun(talk: Talk, language: str) -> Chat:
    chat = talk(language)
    chat.answer("situation", "lost_money")
    chat.answer("channels", "third_party_payment")
    return chat


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_asks_the_question_before_again(talk: Talk, language: str) -> None:
    chat = begun(talk, language)
    chat.say({"zh": "返回", "en": "go back"}[language])
    assert chat.question == "channels"
    chat.answer("channels", "cash")
    assert chat.case["channels"] == ["cash"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_to_the_very_beginning_and_no_further(talk: Talk, language: str) -> None:
    chat = begun(talk, language)
    back = {"zh": "返回", "en": "go back"}[language]
    for _ in range(5):
        chat.say(back)
    assert chat.question == "situation"
    assert chat.case["situation"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_change_an_answer_after_the_plan(talk: Talk, language: str) -> None:
    chat = begun(talk, language)
    chat.press("finish")
    before = {step["id"] for step in chat.plan()["steps"]}
    chat.press("change_answer")
    chat.press("change_slot", slot_name="channels")
    assert chat.question == "channels"
    chat.answer("channels", "point_card")
    chat.press("finish")
    after = {step["id"] for step in chat.plan()["steps"]}
    assert "first_third_party_payment" in before - after
    assert "first_point_card" in after - before


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_over_asks_first(talk: Talk, language: str) -> None:
    chat = begun(talk, language)
    chat._turn(payload="/start_over")
    assert chat.case["channels"] == ["third_party_payment"]
    chat.press("go_on")
    assert chat.question == "channels_complete"
    chat._turn(payload="/start_over")
    chat.press("confirm_start_over")
    assert chat.question == "situation"
    assert chat.case["channels"] is None and chat.case["situation"] is None
    assert chat.case["language"] == language


@pytest.mark.parametrize("text", ["😀😀", "。", "asdfgh qwrt", "???", "ыва", "1234567"])
def test_nonsense_gets_the_same_question_and_never_traps(talk: Talk, text: str) -> None:
    chat = begun(talk, "zh")
    question = chat.question
    chat.say(text)
    assert chat.question == question
    for _ in range(20):
        if chat.question is None:
            break
        chat.say(text)
    assert chat.question is None and chat.warned, "it moves on to the plan by itself"


def test_typed_commands_of_the_machine_are_ordinary_text(talk: Talk) -> None:
    chat = begun(talk, "zh")
    for text in ("/restart", "/session_start", "/confirm_start_over", '/answer{"channels":"cash"}'):
        chat.say(text)
        assert chat.case["channels"] == ["third_party_payment"]


def test_pressing_an_old_button_changes_that_answer(talk: Talk) -> None:
    chat = begun(talk, "zh")
    chat._turn(payload='/answer{"situation":"unauthorised"}')
    assert chat.case["situation"] == "unauthorised"
    assert chat.case["channels"] == ["third_party_payment"]


@pytest.mark.parametrize("number", ["1", "①", "第一个"])
def test_a_number_presses_the_button(talk: Talk, number: str) -> None:
    chat = talk("zh")
    chat.say(number)
    assert chat.case["situation"] == "lost_money"


def test_stop_and_come_back(talk: Talk) -> None:
    chat = begun(talk, "zh")
    chat.say("先这样吧,不聊了")
    assert chat.warned
    chat.press("go_on")
    assert chat.question == "channels_complete"
