"""Negation: "no", "none of these", "not yet" and "not X but Y" mean what people mean by them."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.conversations.phrases import Talk, at_elapsed

NO = {"zh": "没有", "en": "no"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answers_the_question_that_was_asked(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.press("skip")
    chat.press("skip")
    for question, value in (("exposure", []), ("reported", "no"), ("recovery", "none")):
        assert chat.question == question
        chat.say(NO[language])
        assert chat.case[question] == value
    assert chat.question is None and chat.warned


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_after_a_pause_answers_nothing(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    for _ in range(3):
        chat.press("skip")
    assert chat.question == "reported"
    chat.say({"zh": "重新开始", "en": "start over"}[language])
    chat.say(NO[language])
    assert chat.case["reported"] is None and chat.question == "reported"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_has_moved(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.answer("situation", "not_paid_yet")
    assert chat.case["channels"] == []
    assert chat.question == "exposure"


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_this_but_that(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.say(
        {
            "zh": "我被骗了，不是用支付宝，是用银行卡转的",
            "en": "I was scammed, not by Alipay but by bank card",
        }[language]
    )
    assert chat.case["channels"] == ["bank_card"]
    assert not chat.case["platforms"]
