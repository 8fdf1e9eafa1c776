"""Corrections: by word, from the list, by going back; what they change in the plan is told."""

from __future__ import annotations

import pytest

from knowledge.case import LANGUAGES
from tests.chat import Chat
from tests.conversations.phrases import BACK, STORY, Said, Talk, at_elapsed, at_plan, step_ids


def begun(talk: Talk, language: str) -> Chat:
    chat = talk(language)
    chat.say(STORY[language])
    assert chat.question == "channels_complete"
    return chat


#: kind -> what is said, the field it changes, and the new value
BY_WORD: dict[str, tuple[Said, str, object]] = {
    "platform": (
        {"zh": "不是支付宝，是微信", "en": "not Alipay, it was WeChat"},
        "platforms",
        ["wechat_pay"],
    ),
    "channel": ({"zh": "其实是银行卡转的", "en": "actually it was a bank card"}, "channels", ["bank_card"]),
    "amount": (
        {"zh": "金额说错了，是5万", "en": "the amount was wrong, it was 50000"},
        "amount",
        {"value": 50000, "currency": "CNY"},
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BY_WORD)
def test_by_word_during_the_questions(talk: Talk, language: str, kind: str) -> None:
    chat = begun(talk, language)
    words, field, value = BY_WORD[kind]
    messages = chat.say(words[language])
    assert chat.case[field] == value
    assert chat.question == "channels_complete", "the open question is asked again"
    assert len(messages) >= 2, "what was changed is said"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BY_WORD)
def test_by_word_after_the_plan(talk: Talk, language: str, kind: str) -> None:
    chat = at_plan(talk, language)
    words, field, value = BY_WORD[kind]
    chat.say(words[language])
    assert chat.case[field] == value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stale_answer_is_dropped_and_its_step_taken_back(talk: Talk, language: str) -> None:
    chat = begun(talk, language)
    taken_back = next(s["title"] for s in chat.steps if s["id"] == "first_third_party_payment")
    chat.say(BY_WORD["channel"][0][language])
    assert chat.case["platforms"] is None, "Alipay is no bank card"
    assert taken_back in chat.text, "the step that was given is named as not needed any more"
    assert "first_bank_card" in step_ids(chat)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_list_after_the_plan_tells_what_changed(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    before = {step["id"]: step["title"] for step in chat.plan()["steps"]}
    chat.press("change_answer")
    chat.press("change_slot", slot_name="channels")
    assert chat.question == "channels"
    told = chat.text
    chat.answer("channels", "point_card")
    told += chat.text
    shown = step_ids(chat)
    while chat.question:
        chat.answer("channels_complete", "yes") if chat.question == "channels_complete" else chat.press(
            "skip"
        )
        told += chat.text
        shown |= step_ids(chat)
    after = {step["id"]: step["title"] for step in chat.plan()["steps"]}
    assert "first_third_party_payment" in before and "first_third_party_payment" not in after
    assert "first_point_card" in after
    for step_id in set(before) - set(after):
        assert before[step_id] in told, f"{step_id} is not said to be needless"
    assert set(after) - set(before) <= shown, "every new step is shown"
    assert chat.warned and "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_changes_no_step_says_so(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.press("change_answer")
    chat.press("change_slot", slot_name="amount")
    chat.say("5000")
    assert chat.case["amount"]["value"] == 5000
    assert not chat.steps and "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_asks_the_question_before_again(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat.answer("elapsed", "days")
    chat.say(BACK[language])
    assert chat.question == "elapsed"
    chat.answer("elapsed", "over_week")
    assert chat.case["elapsed"] == "over_week" and chat.question == "amount"


@pytest.mark.parametrize("language", LANGUAGES)
def test_back_to_the_very_beginning_and_no_further(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    for _ in range(6):
        chat.say(BACK[language])
    assert chat.question == "situation"
    assert chat.case["situation"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_pressing_an_old_button_changes_that_answer(talk: Talk, language: str) -> None:
    chat = at_elapsed(talk, language)
    chat._turn(payload='/answer{"situation":"unauthorised"}')
    assert chat.case["situation"] == "unauthorised"
    assert chat.case["channels"] == ["bank_card"]
    assert chat.question == "elapsed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_ways_are_both_kept_when_nothing_is_corrected(talk: Talk, language: str) -> None:
    chat = begun(talk, language)
    chat.say(
        {
            "zh": "还有苹果礼品卡",
            "en": "I also bought Apple gift cards and gave him the codes",
        }[language]
    )
    assert set(chat.case["channels"]) == {"third_party_payment", "point_card"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sum_is_put_right_without_its_currency_and_the_question_beside_it_is_answered(
    talk: Talk, language: str
) -> None:
    chat = begun(talk, language)
    chat.say(
        {
            "zh": "其实不是3万是35000，这个能追回来吗",
            "en": "actually it was 35000 not 30000, can I get it back?",
        }[language]
    )
    assert chat.case["amount"]["value"] == 35000
    assert chat.question == "channels_complete" and len(chat.last) > 1
