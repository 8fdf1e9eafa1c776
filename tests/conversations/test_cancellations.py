"""Cancellations: stopping, starting over, leaving a message unchecked; nothing is lost by accident."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.conversations.phrases import NO, SKIP, START_OVER, STOP, YES, Talk, at_elapsed, at_offer, at_plan


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("agree", ["button", "word"])
def test_start_over_asks_first(talk: Talk, language: str, agree: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(START_OVER[language])
    assert chat.question is None and chat.case["channels"] == ["bank_card"]
    chat.press("confirm_start_over") if agree == "button" else chat.say(YES[language])
    assert chat.question == "situation"
    assert chat.case["channels"] is None and chat.case["situation"] is None
    assert chat.case["language"] == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refuse", ["button", "word"])
def test_not_starting_over_keeps_everything(talk: Talk, language: str, refuse: str) -> None:
    chat = at_elapsed(talk, language)
    before = chat.case
    chat.say(START_OVER[language])
    chat.press("go_on") if refuse == "button" else chat.say(NO[language])
    assert chat.question == "elapsed" and chat.case == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_starting_over_after_the_plan_shows_a_whole_plan_again(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.press("start_over")
    chat.press("confirm_start_over")
    chat.answer("situation", "lost_money")
    chat.answer("channels", "cash")
    chat.press("finish")
    assert {step["id"] for step in chat.steps} == {step["id"] for step in chat.plan()["steps"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", [at_elapsed, at_plan, at_offer])
def test_stop_warns_asks_nothing_and_leads_back(talk: Talk, language: str, where: object) -> None:
    chat = where(talk, language)  # type: ignore[operator]
    before, question = chat.case, chat.question
    chat.say(STOP[language])
    assert chat.warned and chat.question is None
    chat.press("go_on")
    assert chat.case == before
    assert chat.question == (question if question != "offer_text" else None)
    assert chat.question or "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", ["button", "no", "skip"])
def test_a_message_need_not_be_checked(talk: Talk, language: str, how: str) -> None:
    chat = at_offer(talk, language)
    if how == "button":
        chat.press("go_on")
    else:
        chat.say({"no": NO, "skip": SKIP}[how][language])
    assert chat.question is None and "/show_plan" in chat.payloads
    assert not chat.cards("offer_check")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_to_what_next_ends_with_the_warning(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.say(NO[language])
    assert chat.warned and chat.question is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_skip_by_word(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(SKIP[language])
    assert chat.question == "amount"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_question_skipped_leads_to_the_plan(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    while chat.question != "recovery":
        chat.press("skip")
    chat.say(SKIP[language])
    assert chat.steps and chat.warned
