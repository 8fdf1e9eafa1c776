"""Coming back: after hours, after the token expired, and after the plan with something new."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import requests

from actions.intake import RETURN_HOURS
from knowledge.case import CIRCUMSTANCES, LANGUAGES
from rasa_project.channels.settings import Settings
from tests.chat import Chat
from tests.conversations.phrases import GREETING, Talk, at_elapsed, at_plan, done, step_ids
from tests.servers import Running, serving
from tests.time_passes import hours_go_by, token_expires

CALLED = {"zh": "我已经打了110报警，接下来怎么办", "en": "I have called the police, what next"}
FINISHED = {"zh": "做完了", "en": "done"}
WHO = {"zh": "你是机器人吗", "en": "are you a robot?"}
FOLLOW_UPS = {
    "police_declined": {"zh": "警察不给立案", "en": "the police refused to open a case"},
    "platform_refused": {"zh": "支付宝不给退", "en": "Alipay rejected my complaint"},
    "police_contact": {"zh": "有人打电话自称是警察", "en": "someone called me and says he is the police"},
    "account_frozen": {"zh": "我的卡被冻结了", "en": "they froze my card"},
}

REFUSALS = {
    "cannot": {"zh": "支付宝说退不了", "en": "Alipay refused"},
    "dispute": {"zh": "平台说这是购物纠纷", "en": "the platform says it is a shopping dispute"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_is_ticked_and_what_is_next_is_said(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.say(CALLED[language])
    assert chat.case["reported"] == "called_110"
    (card,) = [c for c in chat.cards("steps") if len(c["steps"]) == 1][-1:]
    first = card["steps"][0]["id"]
    assert "/step_done" in chat.payloads and chat.warned
    chat.say(FINISHED[language])
    assert first in done(chat)
    second = chat.steps[-1]["id"]
    assert second != first
    chat.press("step_done")
    assert {first, second} <= done(chat)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_can_be_done_one_after_the_other(talk: Talk, language: str) -> None:
    chat = at_plan(talk, language)
    chat.press("next_step")
    shown = []
    while "/step_done" in chat.payloads:
        shown.append(chat.steps[-1]["id"])
        assert len(shown) == len(set(shown)) < 60
        chat.press("step_done")
    assert chat.warned and set(shown) == done(chat)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", FOLLOW_UPS)
def test_a_follow_up_in_words_is_noted_and_leads_on(talk: Talk, language: str, what: str) -> None:
    chat = at_plan(talk, language)
    before = chat.case
    told = {step["id"] for step in chat.plan()["steps"]}
    chat.say(FOLLOW_UPS[what][language])
    assert what in chat.case["circumstances"]
    assert chat.case["channels"] == before["channels"], "a frozen card is no way the money moved"
    added = {step["id"] for step in chat.plan()["steps"]} - told
    assert added <= step_ids(chat), "what it adds is shown at once"
    assert "/show_plan" in chat.payloads


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", CIRCUMSTANCES)
def test_a_follow_up_by_button(talk: Talk, language: str, what: str) -> None:
    chat = at_plan(talk, language)
    told = {step["id"] for step in chat.plan()["steps"]}
    chat.press("something_new")
    chat.answer("circumstances", what)
    assert what in chat.case["circumstances"] and chat.warned
    added = {step["id"] for step in chat.plan()["steps"]} - told
    assert added <= step_ids(chat)
    chat.press("something_new")
    assert f'/answer{{"circumstances":"{what}"}}' not in chat.payloads, "what is known is not asked again"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", [at_elapsed, at_plan])
def test_who_comes_back_is_greeted_with_where_they_were(
    server: Running, talk: Talk, language: str, where: Callable[[Talk, str], Chat]
) -> None:
    chat = where(talk, language)
    question = chat.question
    chat.say(GREETING[language])
    usual = len(chat.last)
    hours_go_by(chat, server.home, RETURN_HOURS + 1)
    chat.say(GREETING[language])
    assert len(chat.last) > usual, "a welcome back"
    assert chat.question == question
    assert question or "/step_done" in chat.payloads, "after the plan: the next step"


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that greets nobody before two days are over."""
    with serving(tmp_path_factory.mktemp("patient") / "home", STEADY_RETURN_HOURS="48") as running:
        yield running


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", [at_elapsed, at_plan])
def test_after_how_long_one_is_greeted_is_a_setting(
    patient: Running, language: str, where: Callable[[Talk, str], Chat]
) -> None:
    chat = where(lambda spoken: Chat(patient.url, spoken).open(), language)
    question, case = chat.question, chat.case
    chat.say(GREETING[language])
    usual = len(chat.last)
    hours_go_by(chat, patient.home, 24)
    chat.say(WHO[language])
    assert "/step_done" not in chat.payloads, "a day is no long time there"
    hours_go_by(chat, patient.home, 49)
    chat.say(GREETING[language])
    assert len(chat.last) > usual, "a welcome back"
    assert chat.question == question and chat.case == case
    assert question or ("/step_done" in chat.payloads and chat.warned)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", [at_elapsed, at_plan])
def test_the_next_day_the_conversation_is_offered_again_with_nothing_lost(
    server: Running, talk: Talk, language: str, where: Callable[[Talk, str], Chat]
) -> None:
    chat = where(talk, language)
    question, case, ticked = chat.question, chat.case, done(chat)
    hours_go_by(chat, server.home, 24)
    token_expires(chat, server.home)
    assert chat.continue_().status_code == 201
    assert chat.warned and {"/go_on", "/start_over"} <= set(chat.payloads)
    chat.press("go_on")
    assert chat.question == question and chat.case == case and done(chat) == ticked
    assert question or "/step_done" in chat.payloads, "after the plan: the next step"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_is_continued_after_its_token_expired(
    server: Running, talk: Talk, language: str
) -> None:
    chat = talk(language)
    chat.answer("situation", "lost_money")
    token_expires(chat, server.home)
    old = chat.token
    assert chat.send(text="x").json()["error"] == "expired_token"
    reply = chat.continue_()
    assert reply.status_code == 201 and reply.json()["language"] == language
    assert chat.token != old and chat.warned and chat.question is None
    assert {"/go_on", "/start_over"} <= set(chat.payloads)
    chat.press("go_on")
    assert chat.question == "channels" and chat.case["situation"] == "lost_money"


def test_a_token_that_expired_long_ago_continues_nothing(server: Running, talk: Talk) -> None:
    chat = talk("zh")
    token_expires(chat, server.home, hours=Settings().grace_hours + 1)
    assert chat.continue_().json()["error"] == "expired_token"


def test_only_a_token_of_ours_continues(talk: Talk) -> None:
    chat = talk("zh")
    chat.token = chat.token[:-2] + "AA"
    assert chat.continue_().status_code == 401
    reply = requests.post(f"{chat.url}/chat/session", json={"continue": True}, timeout=30)
    assert reply.status_code == 401


def test_a_deleted_conversation_cannot_be_continued(talk: Talk) -> None:
    chat = talk("zh")
    assert requests.delete(f"{chat.url}/chat/session", headers=chat.headers, timeout=30).status_code == 204
    assert chat.continue_().status_code == 410


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", REFUSALS)
def test_a_refusal_told_in_any_words_is_no_reason_to_doubt_the_case(
    talk: Talk, language: str, what: str
) -> None:
    chat = at_plan(talk, language)
    chat.say(REFUSALS[what][language])
    refused = "platform_refused" in chat.case["circumstances"] if chat.case["circumstances"] else False
    button = '/answer{"circumstances":"platform_refused"}'
    assert refused or button in chat.payloads, chat.text
