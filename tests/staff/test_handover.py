"""From the person to staff and back: a code, both sides' messages, the bot's silence and its warnings."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import requests

from tests.chat import TIMEOUT, Chat
from tests.conversations.phrases import Talk
from tests.servers import Running
from tests.staff.console import Call, Console

PAID = {
    "zh": "我二十分钟前用支付宝给骗子转了3000元",
    "en": "I paid a scammer 3000 yuan with Alipay 20 minutes ago",
}
#: What of a case is known without the person: who it is for and where.
KEPT = ("language", "region", "audience", "channels_complete")
CRISIS = {"zh": "我不想活了", "en": "I want to kill myself"}


def person(chat: Chat, method: str, path: str, body: Any = None) -> requests.Response:
    return requests.request(
        method, f"{chat.url}/chat/{path}", json=body, headers=chat.headers, timeout=TIMEOUT
    )


def code_of(chat: Chat) -> str:
    asked = person(chat, "POST", "person")
    assert asked.status_code == 201, asked.text
    return str(asked.json()["code"])


def joined(console: Console, chat: Chat) -> Call:
    answer = console.do("POST", "handover", {"code": code_of(chat)}, 201)
    return Call(console, answer["call"], answer)


def texts(answer: dict[str, Any], who: str) -> list[str]:
    return [m["text"] for m in answer["messages"] if m["from"] == who and "text" in m]


@pytest.fixture
def chat(hotline: Running, talk: Talk) -> Chat:
    opened = talk("zh")
    opened.say(PAID["zh"])
    return opened


def test_a_code_lets_one_staff_member_in_once(chat: Chat, anna: Console, bert: Console) -> None:
    code = code_of(chat)
    call = anna.do("POST", "handover", {"code": code.lower().replace("-", "")}, 201)
    assert call["call"]["handover"] and call["sheet"]["case"]["platforms"] == ["alipay"]
    assert PAID["zh"] in [m["text"] for m in call["history"] if m["from"] == "person"]
    assert bert.ask("POST", "handover", {"code": code}).status_code == 404
    assert bert.ask("GET", f"calls/{call['call']['id']}").status_code == 404
    assert anna.ask("POST", "handover", {"code": "AAAA-AAAA"}).json()["error"] == "no_such_code"
    assert person(chat, "GET", "person").json()["joined"] is True


def test_codes_cannot_be_tried_by_the_thousand(chief: Console, hotline: Running) -> None:
    tries = [chief.ask("POST", "handover", {"code": f"AAAA-AA{n:02}"}).status_code for n in range(40)]
    assert tries[:5] == [404] * 5 and tries[-1] == 429
    plans = [
        requests.post(f"{hotline.url}/chat/code", json={"code": f"BB{n}"}, timeout=TIMEOUT) for n in range(14)
    ]
    assert plans[-1].status_code == 429


def test_both_sides_see_each_other_and_the_bot_is_silent(chat: Chat, anna: Console) -> None:
    call = joined(anna, chat)
    said = anna.ask("POST", f"{call.path}/say", {"id": "1", "text": "hello"})
    assert (said.status_code, said.json()["error"]) == (409, "not_taken")
    assert anna.do("POST", f"{call.path}/take")["call"]["holder"] == "staff"
    start = person(chat, "GET", "updates").json()
    assert start["holder"] == "staff" and start["messages"][-1]["event"] == "taken"

    body = {"id": uuid.uuid4().hex, "text": "您好，我是接线员"}
    first, second = (anna.do("POST", f"{call.path}/say", body) for _ in range(2))
    assert first == second
    heard = person(chat, "GET", f"updates?after={start['next']}").json()
    assert texts(heard, "staff") == [body["text"]] and heard["messages"][0]["n"] == first["n"]

    reply = chat.send(text="我还没有报警").json()
    assert reply["messages"] == [] and reply["holder"] == "staff"
    seen = anna.get(f"{call.path}/updates", after=first["n"])
    assert texts(seen, "person") == ["我还没有报警"]
    assert all(m.get("hidden") for m in seen["messages"] if m["from"] == "bot")
    assert call.sheet["case"]["reported"] == "no", "the case goes on filling"
    after = person(chat, "GET", f"updates?after={heard['next']}").json()
    assert [m["from"] for m in after["messages"]] == ["person"]


def test_staff_answer_for_the_person_out_of_their_sight(chat: Chat, anna: Console) -> None:
    call = joined(anna, chat)
    body = {"id": "x", "payload": '/answer{"reported":"receipt"}'}
    assert anna.ask("POST", f"{call.path}/messages", body).json()["error"] == "not_taken"
    anna.do("POST", f"{call.path}/take")
    before = person(chat, "GET", "updates").json()["next"]
    call.answer("reported", "receipt")
    assert call.last["messages"] and call.last["sheet"]["case"]["reported"] == "receipt"
    assert person(chat, "GET", f"updates?after={before}").json()["messages"] == []
    assert chat.case["reported"] == "receipt"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_crisis_is_answered_by_the_card_even_while_staff_have_it(
    hotline: Running, talk: Talk, anna: Console, language: str
) -> None:
    chat = talk(language)
    call = joined(anna, chat)
    anna.do("POST", f"{call.path}/take")
    body = {"id": uuid.uuid4().hex, "text": CRISIS[language]}
    replies = [chat.send(**body).json() for _ in range(2)]
    assert replies[0] == replies[1]
    assert [m["custom"]["kind"] for m in replies[0]["messages"]] == ["crisis"]
    assert replies[0]["messages"][0]["custom"]["contacts"]
    assert [m["custom"]["kind"] for m in chat.history() if m.get("custom", {}).get("type") == "warning"] == [
        "crisis"
    ]
    assert call.sheet["risks"] == ["crisis"]
    assert anna.get(call.path)["call"]["risk"] == "high"


def test_a_number_is_no_button_while_the_bots_buttons_are_out_of_sight(chat: Chat, anna: Console) -> None:
    call = joined(anna, chat)
    anna.do("POST", f"{call.path}/take")
    before = call.sheet["case"]
    chat.send(text="2")
    assert call.sheet["case"]["channels"] == before["channels"]


def test_given_back_the_bot_goes_on_from_the_same_place(chat: Chat, anna: Console) -> None:
    call = joined(anna, chat)
    asked = call.sheet["open"]
    anna.do("POST", f"{call.path}/take")
    anna.do("POST", f"{call.path}/say", {"id": "1", "text": "稍等"})
    before = person(chat, "GET", "updates").json()["next"]
    assert anna.do("POST", f"{call.path}/give")["call"]["holder"] == "bot"
    heard = person(chat, "GET", f"updates?after={before}").json()
    assert heard["holder"] == "bot" and heard["messages"][0]["event"] == "given"
    assert heard["messages"][-1]["custom"]["slot"] == asked
    anna.do("POST", f"{call.path}/give")
    chat.say("还没有报警")
    assert not [m for m in chat.history() if m.get("hidden")]


def test_secrets_in_staffs_words_are_masked_as_well(chat: Chat, anna: Console) -> None:
    call = joined(anna, chat)
    anna.do("POST", f"{call.path}/take")
    anna.do("POST", f"{call.path}/say", {"id": "1", "text": "您的卡号是6222021234567890128吗"})
    assert "6222021234567890128" not in person(chat, "GET", "updates").text


@pytest.mark.parametrize("words", [("您的卡号前面是62220212", "34567890128"), ("验证码是", "493022")])
def test_a_number_that_staff_split_over_two_messages_is_masked(
    chat: Chat, anna: Console, words: tuple[str, str]
) -> None:
    call = joined(anna, chat)
    anna.do("POST", f"{call.path}/take")
    for number, text in enumerate(words):
        said = anna.do("POST", f"{call.path}/say", {"id": str(number), "text": text})
    assert words[-1] not in person(chat, "GET", "updates").text
    assert words[-1] not in said["sent"]["text"], "the console shows what is kept"
    plain = anna.do("POST", f"{call.path}/say", {"id": "plain", "text": "请打 110，转账 30000 元的凭证拿好"})
    assert "sent" not in plain


def test_the_person_can_withdraw(chat: Chat, anna: Console, chief: Console) -> None:
    call = joined(anna, chat)
    anna.do("POST", f"{call.path}/take")
    assert person(chat, "DELETE", "person").status_code == 204
    for console in (anna, chief):
        assert console.ask("GET", f"{call.path}/updates").status_code == 410
    for path, body in (
        ("take", None), ("give", None), ("link", None),
        ("say", {"id": "late", "text": "?"}), ("messages", {"id": "late", "text": "?"}),
        ("plan/report_110", {"done": True}),
    ):  # fmt: skip
        refused = anna.ask("POST", f"{call.path}/{path}", body)
        assert refused.status_code in (409, 410), path
    assert anna.ask("PUT", f"{call.path}/since", {"since": "2026-11-23T08:00:00Z"}).status_code == 410
    assert chat.say("还没有报警"), "the bot answers again"
    assert person(chat, "GET", "updates").json()["holder"] == "bot"


def test_staffs_own_notes_stay_when_the_person_withdraws_and_nothing_of_the_person(
    chat: Chat, anna: Console, chief: Console
) -> None:
    call = joined(anna, chat)
    before = anna.do("PUT", f"{call.path}/notes", {"notes": "my own words", "version": 0})
    person(chat, "DELETE", "person")
    for console in (anna, chief):
        whole = console.get(call.path)
        assert whole["history"] == [] and whole["sheet"]["notes"] == "my own words"
        assert not [value for name, value in whole["sheet"]["case"].items() if value and name not in KEPT]
        assert (whole["sheet"]["steps"], whole["sheet"]["missing"]) == ([], [])
        listed = next(c for c in console.calls() if c["id"] == call.call["id"])
        assert (listed["amount"], listed["platforms"], listed["elapsed"]) == (None, [], None)
        for shape in ("json", "text", "csv"):
            told = console.ask("GET", f"{call.path}/summary", params={"format": shape, "lang": "en"})
            assert told.status_code == 200 and "my own words" in told.text
            assert "Alipay" not in told.text and "3,000" not in told.text
    assert not anna.calls(platform="alipay", q="my own words")
    after = anna.do("PUT", f"{call.path}/notes", {"notes": "and more", "version": before["version"]})
    assert anna.get(f"{call.path}/sheet")["version"] == after["version"]
    anna.do("POST", f"{call.path}/close", {"disposition": "cut_off"})


def test_a_code_that_was_withdrawn_opens_nothing(chat: Chat, anna: Console) -> None:
    code = code_of(chat)
    person(chat, "DELETE", "person")
    assert anna.ask("POST", "handover", {"code": code}).status_code == 404


def test_deleting_the_conversation_takes_it_from_staff(chat: Chat, anna: Console) -> None:
    call = joined(anna, chat)
    anna.do("PUT", f"{call.path}/notes", {"notes": "told me everything", "version": 0})
    code = code_of(chat)
    assert person(chat, "DELETE", "session").status_code == 204
    assert anna.ask("GET", call.path).status_code == 404
    assert call.call["id"] not in {c["id"] for c in anna.calls()}
    assert anna.ask("POST", "handover", {"code": code}).status_code == 404


def test_a_persons_conversation_outlives_the_call(chat: Chat, anna: Console, chief: Console) -> None:
    call = joined(anna, chat)
    anna.do("POST", f"{call.path}/take")
    anna.do("POST", f"{call.path}/close", {"disposition": "plan_given"})
    assert person(chat, "GET", "updates").json()["holder"] == "bot"
    assert chief.ask("DELETE", call.path).status_code == 204
    assert chat.plan()["case"]["platforms"] == ["alipay"]
