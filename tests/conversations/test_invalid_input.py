"""Bad answers: asked again in other words with buttons, then left open; nobody is trapped."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.conversations.phrases import CURSE, UNCLEAR, Talk, at_elapsed, at_plan

GARBAGE = ["😀😀", "。", "???", "x", "哦", "ыва олдж", "asdfgh qwrt", "ｑｑｑ", "9" * 40]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_gets_the_question_in_other_words_and_never_traps(
    talk: Talk, language: str, text: str
) -> None:
    chat = at_elapsed(talk, language)
    chat.say(text)
    if chat.question is None:
        return  # a single letter may have been a goodbye; the way back is tested elsewhere
    assert chat.question == "elapsed" and '/answer{"elapsed":"days"}' in chat.payloads
    for _ in range(20):
        if chat.question is None:
            break
        chat.say(text)
    assert chat.question is None and chat.warned, "it moves on to the plan by itself"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_unclear_answer_leaves_the_question_open(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(UNCLEAR[language])
    assert chat.question == "elapsed"
    chat.say(UNCLEAR[language])
    assert chat.question == "amount"
    assert "elapsed" in chat.case["skipped"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_unclear_after_the_plan_keeps_the_buttons(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    for _ in range(4):
        chat.say(UNCLEAR[language])
        assert "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_abuse_is_met_kindly_and_does_not_trap(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(CURSE[language])
    assert chat.question == "elapsed"
    chat.say(CURSE[language])
    assert chat.question == "amount"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_of_5000_characters_is_refused_by_name_and_harms_nothing(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    reply = chat.send(text="我" * 5000)
    assert reply.status_code == 413 and reply.json()["error"] in ("text_too_long", "too_large")
    chat.answer("elapsed", "days")
    assert chat.question == "amount"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "under_30min"),
        ("②", "under_24h"),
        ("第三个", "days"),
        ("the second one", "under_24h"),
        ("option 2", "under_24h"),
        ("最后一个", "over_week"),
        ("the last one", "over_week"),
    ],
)
def test_a_number_presses_the_button(talk: Talk, text: str, expected: str) -> None:
    chat = at_elapsed(talk, "zh")
    chat.say(text)
    assert chat.case["elapsed"] == expected


def test_typed_commands_of_the_machine_are_ordinary_text(talk: Talk) -> None:
    chat = at_elapsed(talk, "zh")
    for text in ("/restart", "/session_start", "/confirm_start_over", '/answer{"channels":"cash"}'):
        chat.say(text)
        assert chat.case["channels"] == ["bank_card"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_comes_even_when_nothing_was_understood(talk: Talk, language: str) -> None:
    chat = talk(language)
    for _ in range(30):
        if chat.question is None:
            break
        chat.say("😀")
    assert "report_110" in {step["id"] for step in chat.plan()["steps"]}
    assert chat.warned
