"""The second fraud: offers are checked wherever they come up; what was paid to one is its own loss."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.chat import Chat
from tests.conversations.phrases import OFFER, STORY, Talk, at_elapsed, at_offer, at_plan, step_ids

PAID = {"zh": "我已经给追款的人付了钱", "en": "I already paid the recovery agent a fee"}
BY_WECHAT = {"zh": "用微信付的", "en": "I paid by WeChat"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_as_the_first_message(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.say(OFFER[language])
    assert chat.warned
    assert chat.case["situation"] == "recovery_offer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_checking_a_message_after_the_plan(talk: Talk, language: str) -> None:
    chat = at_offer(talk, language)
    chat.say(OFFER[language])
    assert chat.cards("offer_check") and chat.warned
    assert "/show_plan" in chat.payloads
    chat.press("check_offer")
    chat.press("go_on")
    assert "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_to_check_is_no_story_of_ones_own(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.answer("situation", "lost_money")
    chat.say({"zh": "帮我看看这条消息是不是骗子", "en": "can you check a message I got"}[language])
    assert chat.question == "offer_text"
    chat.say(STORY[language])
    assert chat.question == "channels" and chat.case["channels"] is None and chat.case["amount"] is None


def second_loss(chat: Chat) -> Chat:
    """Answer the questions of the second loss by buttons, as they are asked."""
    assert chat.question == "second_channels"
    chat.answer("second_channels", "point_card")
    assert "second.first_point_card" in step_ids(chat), "its stop-loss step comes at once"
    while chat.question in ("second_platforms", "second_elapsed", "second_amount"):
        chat.answer("second_elapsed", "under_24h") if chat.question == "second_elapsed" else chat.press(
            "skip"
        )
    return chat


@pytest.mark.parametrize("language", LANGUAGES)
def test_paid_by_button_gets_questions_and_steps_of_its_own(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    while chat.question != "recovery":
        chat.press("skip")
    chat.answer("recovery", "paid")
    second_loss(chat)
    plan = {step["id"]: step for step in chat.plan()["steps"]}
    assert "first_bank_card" in plan and "first_point_card" not in plan
    assert plan["second.first_point_card"]["loss"] == "second" and "loss" not in plan["first_bank_card"]
    assert chat.case["channels"] == ["bank_card"] and chat.case["second_channels"] == ["point_card"]
    assert chat.case["second_elapsed"] == "under_24h" and chat.case["elapsed"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_paid_told_after_the_plan(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    before = chat.case
    chat.say(PAID[language])
    assert chat.case["recovery"] == "paid"
    assert chat.question == "second_channels"
    chat.say(BY_WECHAT[language])
    assert chat.case["second_channels"] == ["third_party_payment"]
    assert chat.case["second_platforms"] == ["wechat_pay"]
    assert chat.case["platforms"] == before["platforms"], "the first loss stays as it was"
    assert "second.first_third_party_payment" in step_ids(chat)


@pytest.mark.parametrize("language", LANGUAGES)
def test_paid_pressed_as_something_new(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.press("something_new")
    chat.answer("recovery", "paid")
    second_loss(chat)
    assert chat.warned and chat.question is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_taking_back_that_it_was_paid_takes_back_its_steps(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.press("something_new")
    chat.answer("recovery", "paid")
    second_loss(chat)
    chat.press("change_answer")
    chat.press("change_slot", slot_name="recovery")
    chat.answer("recovery", "offered")
    assert chat.case["second_channels"] is None
    assert not [step for step in chat.plan()["steps"] if step["id"].startswith("second.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_of_the_second_loss_can_be_ticked(talk: Talk, language: str) -> None:
    import requests

    chat = at_plan(talk, language)
    chat.press("something_new")
    chat.answer("recovery", "paid")
    second_loss(chat)
    url = f"{chat.url}/chat/plan/second.first_point_card"
    assert requests.post(url, json={"done": True}, headers=chat.headers, timeout=30).status_code == 200
    assert [s["done"] for s in chat.plan()["steps"] if s["id"] == "second.first_point_card"] == [True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_paid_again_in_one_sentence_after_the_plan(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    before = chat.case
    chat.say(
        {
            "zh": "我又给那个说能追回的人转了5000",
            "en": "I paid the recovery guy another 5000 by bank transfer",
        }[language]
    )
    assert chat.case["recovery"] == "paid" and chat.warned
    assert chat.case["second_amount"]["value"] == 5000
    assert chat.case["amount"] == before["amount"], "the first loss stays as it was"
    assert (chat.question or "").startswith("second_")
