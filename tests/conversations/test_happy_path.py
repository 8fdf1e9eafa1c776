"""A whole case, by buttons and in free words, in both languages, for every way money moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from knowledge.case import CHANNELS, LANGUAGES
from tests.chat import Chat

Talk = Callable[..., Chat]

#: For each way: how somebody says it, in each language, and a platform that the plan must then know.
IN_WORDS = {
    "bank_card": (
        "骗子让我用工商银行的银行卡转了两万块过去",
        "I sent the scammer 20000 yuan from my ICBC bank card",
        "icbc",
    ),
    "third_party_payment": (
        "我用支付宝给骗子转了三万",
        "I paid the scammer 30000 yuan through Alipay",
        "alipay",
    ),
    "point_card": (
        "他让我买苹果礼品卡,把卡密发给他了,一共2000",
        "he made me buy Apple gift cards and send him the codes, 2000 yuan",
        "apple_card",
    ),
    "online_shopping": (
        "在闲鱼上买手机付了钱,卖家把我拉黑了,被骗1500",
        "I paid a fake seller on Taobao 1500 yuan and was scammed",
        None,
    ),
    "cash": (
        "我被骗了,把五万现金交给了上门来取钱的人",
        "I was scammed and handed 50000 yuan in cash to a courier",
        None,
    ),
    "crypto": (
        "被骗了,我把USDT转到了他给的钱包地址",
        "I was scammed, I sent USDT to the wallet address he gave me",
        "usdt",
    ),
    "loan": (
        "骗子叫我在借呗上贷款三万再转给他",
        "the scammer made me take out a loan of 30000 yuan and pass it on",
        None,
    ),
}


def finish_by_buttons(chat: Chat) -> list[str]:
    """Answer every open question with its first real button until the plan is there."""
    asked = []
    while chat.question:
        asked.append(chat.question)
        assert len(asked) < 20, f"no end: {asked}"
        answers = [p for p in chat.payloads if p.startswith("/answer") and '"none"' not in p]
        if chat.question == "channels_complete":
            chat.answer("channels_complete", "yes")
        elif answers:
            chat._turn(payload=answers[0])
        else:
            chat.press("skip")
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_greeting_gives_the_first_step_and_asks(talk: Talk, language: str) -> None:
    chat = talk(language)
    assert chat.question == "situation"
    assert "110" in chat.text
    assert {m["lang"] for m in chat.last} == {language}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_by_buttons_to_the_plan(talk: Talk, language: str, channel: str) -> None:
    chat = talk(language)
    chat.answer("situation", "lost_money")
    assert chat.question == "channels", "how the money moved is the second question"
    chat.answer("channels", channel)
    shown = {step["id"] for step in chat.steps}
    assert f"first_{channel}" in shown, "the stop-loss step comes at once"
    asked = finish_by_buttons(chat)
    assert len(set(asked)) == len(asked)
    assert chat.warned
    steps = {step["id"]: step for step in chat.plan()["steps"]}
    assert f"first_{channel}" in steps and "warn_recovery" in steps
    assert chat.case["channels"] == [channel]
    assert {m["lang"] for m in chat.last} == {language}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_free_words_to_the_plan(talk: Talk, language: str, channel: str) -> None:
    chat = talk(language)
    said = IN_WORDS[channel]
    chat.say(said[LANGUAGES.index(language)])
    case = chat.case
    assert channel in (case["channels"] or []), f"not heard: {case}"
    assert case["situation"] is not None
    assert chat.question not in ("situation", "channels"), "what was said is not asked again"
    assert f"first_{channel}" in {step["id"] for step in chat.steps}
    if said[2]:
        assert said[2] in (case["platforms"] or [])
    chat.press("finish")
    assert chat.warned
    assert "110" in chat.phones()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "situation", ["unauthorised", "being_pressured_now", "not_paid_yet", "recovery_offer"]
)
def test_every_other_situation_to_its_plan(talk: Talk, language: str, situation: str) -> None:
    chat = talk(language)
    chat.answer("situation", situation)
    assert chat.question
    finish_by_buttons(chat)
    assert chat.warned
    assert chat.case["situation"] == situation
    assert "warn_recovery" in {step["id"] for step in chat.plan()["steps"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_for_someone_else(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.answer("for_whom", "family")
    assert chat.question == "situation"
    chat.answer("situation", "lost_money")
    chat.press("skip")
    finish_by_buttons(chat)
    assert chat.case["for_whom"] == "family"
    assert chat.warned


def test_the_readme_conversation(talk: Talk) -> None:
    chat = talk(None)
    chat.say("我昨天用支付宝给骗子转了3万")
    case = chat.case
    assert case["situation"] == "lost_money"
    assert case["channels"] == ["third_party_payment"]
    assert case["platforms"] == ["alipay"]
    assert case["elapsed"] in ("days", "under_24h")
    assert case["amount"] == {"value": 30000, "currency": "CNY"}
    chat.press("finish")
    assert {"110", "95188"} <= chat.phones()
    assert chat.warned


def test_two_ways_in_one_message(talk: Talk) -> None:
    chat = talk("zh")
    chat.say("先用微信转了2000给骗子,后来又买了苹果礼品卡把卡密给他")
    assert set(chat.case["channels"]) == {"third_party_payment", "point_card"}
    assert chat.question == "channels_complete"
    assert {"first_third_party_payment", "first_point_card"} <= {step["id"] for step in chat.steps}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_skipped(talk: Talk, language: str) -> None:
    chat = talk(language)
    chat.answer("situation", "lost_money")
    while chat.question:
        chat.press("skip") if "/skip" in chat.payloads else chat.answer("channels_complete", "yes")
    assert chat.warned
    assert "report_110" in {step["id"] for step in chat.plan()["steps"]}


def test_a_tick_is_in_the_plan_and_in_the_history(talk: Talk) -> None:
    chat = talk("zh")
    chat.say("我昨天用支付宝给骗子转了3万")
    chat.press("finish")
    reply = requests.post(
        f"{chat.url}/chat/plan/report_110", json={"done": True}, headers=chat.headers, timeout=30
    )
    assert reply.status_code == 200
    assert [step["done"] for step in chat.plan()["steps"] if step["id"] == "report_110"] == [True]
    shown = [step for card in chat.cards("steps", chat.history()) for step in card["steps"]]
    assert {step["done"] for step in shown if step["id"] == "report_110"} == {True}


def test_the_same_message_is_answered_once_and_a_deleted_conversation_is_gone(talk: Talk) -> None:
    chat = talk("en")
    first = chat.send(id="one", text="I sent the scammer 2000 yuan by bank card").json()
    again = chat.send(id="one", text="I sent the scammer 2000 yuan by bank card").json()
    assert first["messages"] == again["messages"]
    assert len([m for m in chat.history() if m["from"] == "person"]) == 1
    assert requests.delete(f"{chat.url}/chat/session", headers=chat.headers, timeout=30).status_code == 204
    assert chat.send(text="hello").status_code == 410


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x" * 5000}, 413),
        ({"text": "   "}, 400),
        ({"payload": "/restart"}, 400),
        ({"text": "a", "payload": "/skip"}, 400),
        ({"id": "no spaces!", "text": "a"}, 400),
        ({"text": 5}, 400),
    ],
)
def test_a_bad_request_gets_a_status_and_a_code_and_harms_nothing(
    talk: Talk, body: dict[str, object], status: int
) -> None:
    chat = talk("zh")
    reply = chat.send(**body)
    assert reply.status_code == status
    assert reply.json()["error"]
    chat.answer("situation", "lost_money")
    assert chat.question == "channels"
