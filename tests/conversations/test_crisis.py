"""Crisis: before everything, everywhere; nothing is asked on top of it, and there is a way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.case import LANGUAGES
from tests.chat import Chat
from tests.conversations.phrases import CRISIS, NO, YES, Talk, at_elapsed, at_offer, at_plan


def at_start(talk: Talk, language: str) -> Chat:
    return talk(language)


WHERE = [at_start, at_elapsed, at_plan, at_offer]
Where = Callable[[Talk, str], Chat]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", WHERE)
def test_it_comes_first_and_pushes_nothing(talk: Talk, language: str, where: Where) -> None:
    chat = where(talk, language)
    before = chat.case
    chat.say(CRISIS[language])
    assert [card["kind"] for card in chat.cards("warning")] == ["crisis"]
    assert len(chat.last) == 1 and chat.question is None, "no question on top of a crisis"
    for number in ("110", "120", "12356"):
        assert number in chat.text
    assert set(chat.payloads) == {"/go_on", "/not_now"}
    assert chat.case == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", WHERE)
def test_a_second_message_gets_other_words(talk: Talk, language: str, where: Where) -> None:
    chat = where(talk, language)
    first = chat.say(CRISIS[language])[0]["text"]
    second = chat.say(CRISIS[language])[0]["text"]
    assert first != second
    for number in ("110", "120", "12356"):
        assert number in second


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("how", ["button", "word"])
def test_the_way_back(talk: Talk, language: str, where: Where, how: str) -> None:
    chat = where(talk, language)
    before, question = chat.case, chat.question
    chat.say(CRISIS[language])
    chat.press("go_on") if how == "button" else chat.say(YES[language])
    assert chat.case == before, "yes to going on is no answer to the question"
    assert chat.question == (question if question != "offer_text" else None)
    assert chat.question or "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("how", ["button", "word"])
def test_not_now(talk: Talk, language: str, where: Where, how: str) -> None:
    chat = where(talk, language)
    before = chat.case
    chat.say(CRISIS[language])
    chat.press("not_now") if how == "button" else chat.say(NO[language])
    assert chat.question is None and chat.warned
    assert "12356" in chat.text
    assert chat.case == before
    chat.press("go_on")
    assert chat.question or "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_message_about_the_loss_goes_on(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(CRISIS[language])
    chat.say({"zh": "是三天前转的", "en": "it was three days ago"}[language])
    assert chat.case["elapsed"] == "days" and chat.question == "amount"


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_crisis_nothing_said_is_taken_for_a_message_to_check(talk: Talk, language: str) -> None:
    chat = at_offer(talk, language)
    chat.say(CRISIS[language])
    chat.say({"zh": "我好一点了", "en": "I feel a bit better"}[language])
    assert not chat.cards("offer_check") and chat.payloads
