"""Digressions: whatever comes in between is answered, and the open question comes back with nothing lost."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.conversations.phrases import (
    CURSE,
    GREETING,
    HUMAN,
    OFFER,
    PRESSED,
    SIDE_QUESTION,
    THANKS,
    UNRELATED,
    WHY,
    Said,
    Talk,
    at_elapsed,
    at_offer,
    at_plan,
)

BESIDE = {
    "faq": SIDE_QUESTION,
    "unrelated": UNRELATED,
    "why": WHY,
    "greeting": GREETING,
    "thanks": THANKS,
    "human": HUMAN,
    "abuse": CURSE,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BESIDE)
def test_the_open_question_comes_back(talk: Talk, language: str, kind: str) -> None:
    chat = at_elapsed(talk, language)
    before = chat.case
    assert len(chat.say(BESIDE[kind][language])) >= 2
    assert chat.question == "elapsed" and "/skip" in chat.payloads
    assert chat.case == before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [k for k in BESIDE if k not in ("unrelated", "abuse", "faq")])
def test_the_message_to_check_is_asked_for_again(talk: Talk, language: str, kind: str) -> None:
    chat = at_offer(talk, language)
    assert len(chat.say(BESIDE[kind][language])) >= 2
    assert chat.question == "offer_text"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BESIDE)
def test_after_the_plan_there_is_always_a_way_on(talk: Talk, language: str, kind: str) -> None:
    chat = at_plan(talk, language)
    before = chat.case
    chat.say(BESIDE[kind][language])
    assert {"/show_plan", "/check_offer"} <= set(chat.payloads)
    assert chat.case == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_question_beside_an_answer(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    both: Said = {"zh": "三天前转的，聊天记录要不要删", "en": "three days ago. should I delete the chat?"}
    messages = chat.say(both[language])
    assert chat.case["elapsed"] == "days"
    assert chat.question == "amount"
    assert len(messages) >= 2, "the side question is answered too"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_side_question_in_the_first_story(talk: Talk, language: str) -> None:
    chat = talk(language)
    both = {
        "zh": "我昨天用支付宝给骗子转了3万，这个钱还能追回来吗",
        "en": "I paid the scammer 3000 yuan with Alipay, can I get it back?",
    }
    chat.say(both[language])
    assert chat.case["platforms"] == ["alipay"]
    assert chat.question == "channels_complete"
    assert "first_third_party_payment" in {step["id"] for step in chat.steps}
    assert len(chat.last) >= 3, "answer, first step, question"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pressed_right_now(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(PRESSED[language])
    assert "pressure" in [card["kind"] for card in chat.cards("warning")]
    assert chat.question
    assert chat.case["situation"] == "being_pressured_now"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pressed_right_now_after_the_plan(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.say(PRESSED[language])
    assert next(card["kind"] for card in chat.cards("warning")) == "pressure"
    assert "pressure_hang_up" in {step["id"] for step in chat.steps}, "what that adds is shown at once"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_interrupts_is_marked_and_warned_of(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.say(OFFER[language])
    assert chat.warned
    (card,) = chat.cards("offer_check")
    assert card["flags"]
    for flag in card["flags"]:
        assert 0 <= flag["start"] < flag["end"] <= len(card["text"])
        assert flag["explanation"]
    assert chat.question == "elapsed"
    assert chat.case["recovery"] == "offered"
    assert chat.case["situation"] == "lost_money"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_unrelated_starts_a_plan(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.say(UNRELATED[language])
    assert chat.question == "situation"
    assert not chat.steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_to_a_question_of_two_turns_ago(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.press("skip")
    chat.press("skip")
    assert chat.question == "exposure"
    chat.say({"zh": "三天前转的", "en": "it was three days ago"}[language])
    assert chat.case["elapsed"] == "days"
    assert chat.question == "exposure"
