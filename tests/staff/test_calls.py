"""Calls at the console: a turn with its sheet, the list, notes, closing, what each role may see."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import uuid
from datetime import datetime, timedelta

import pytest
import requests
import sqlalchemy as sa

from knowledge.case import LANGUAGES
from knowledge.triage import QUESTIONS
from rasa_project.channels.tokens import conversation_id
from rasa_project.staff.calls import NOT_KNOWN
from rasa_project.staff.database import Database
from rasa_project.staff.signin import utc_now
from rasa_project.staff.tables import calls
from tests.servers import Running
from tests.staff.console import TIMEOUT, Console, staff_command

OTHER = {"zh": "en", "en": "zh"}
PAID = {
    "zh": "我二十分钟前用支付宝给骗子转了3000元",
    "en": "I paid a scammer 3000 yuan with Alipay 20 minutes ago",
}
CARD = "6222 0212 3456 7890 128"


def is_chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_writes_itself_and_the_line_is_in_the_callers_language(
    anna: Console, language: str
) -> None:
    anna.do("PUT", "me", {"language": OTHER[language]})
    call = anna.call(language)
    assert call.last["sheet"]["open"] == "situation"
    call.tell(PAID[language])
    sheet = call.last["sheet"]
    assert sheet["case"]["platforms"] == ["alipay"] and sheet["case"]["amount"]["value"] == 3000
    assert [item["id"] for item in sheet["missing"]]
    assert sheet["risks"] == ["under_30min"] and call.call["risk"] == "high"
    asked = call.last["messages"][-1]
    assert is_chinese(asked["text"]) == (language == "zh")
    assert is_chinese(asked["note"]) == (language != "zh")
    assert all(is_chinese(a["label"]) == (language != "zh") for a in sheet["answers"]["answers"])
    assert all(is_chinese(step["staff"]) == (language == "zh") for step in sheet["steps"])
    assert sheet == call.sheet


def test_typing_in_ones_own_language_does_not_switch_the_callers(anna: Console) -> None:
    call = anna.call("en")
    call.tell("来电人说昨天用银行卡转了五万块钱")
    assert call.last["sheet"]["language"] == "en"
    call.press('/switch_language{"language":"zh"}')
    assert call.last["sheet"]["language"] == "zh"


def test_the_same_message_is_answered_once(anna: Console) -> None:
    call = anna.call("zh")
    body = {"id": uuid.uuid4().hex, "text": PAID["zh"]}
    first, second = (anna.do("POST", f"{call.path}/messages", body)["messages"] for _ in range(2))
    assert first == second
    said = [m for m in anna.get(call.path)["history"] if m["from"] == "person"]
    assert len(said) == 1


def test_any_question_can_be_answered_at_any_time(anna: Console) -> None:
    call = anna.call("zh")
    call.answer("reported", "called_110")
    call.answer("elapsed", "days")
    case = call.last["sheet"]["case"]
    assert (case["reported"], case["elapsed"]) == ("called_110", "days")
    call.press('/change_slot{"slot_name":"elapsed"}')
    assert call.last["sheet"]["case"]["elapsed"] is None


@pytest.mark.parametrize(
    "payload", ['/open_session{"audience":"victim"}', "/restart", '/answer{"amount":"1"}']
)
def test_what_is_no_answer_is_refused(anna: Console, payload: str) -> None:
    call = anna.call("zh")
    body = {"id": "x", "payload": payload}
    assert anna.ask("POST", f"{call.path}/messages", body).json()["error"] == "payload_not_offered"


def test_crisis_is_one_payload_away_and_makes_the_call_urgent(anna: Console) -> None:
    call = anna.call("zh")
    call.press("/crisis")
    assert call.last["sheet"]["warnings"][-1] == "crisis"
    assert call.call["risk"] == "high"


def test_secrets_are_masked_before_they_are_stored(anna: Console, hotline: Running) -> None:
    call = anna.call("zh")
    call.tell(f"来电人的银行卡号是{CARD}，转走了2000元")
    assert CARD not in json.dumps(anna.get(call.path), ensure_ascii=False)
    log = (hotline.home / "logs" / "rasa.log").read_text(errors="replace")
    assert "来电人的银行卡" not in log and CARD not in log


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_has_every_question_with_its_answers(anna: Console, language: str) -> None:
    questions = anna.get("script", lang=language, staff_lang=OTHER[language])["questions"]
    assert [q["slot"] for q in questions] == list(QUESTIONS)
    for question in questions:
        assert is_chinese(question["line"]) == (language == "zh")
        assert is_chinese(question["title"]) != (language == "zh")
        assert question["answers"] or question["slot"] in ("amount", "second_amount")
    call = anna.call(language)
    for question in questions:
        for answer in question["answers"][:1]:
            call.press(answer["payload"])


def test_search_finds_in_either_language_and_shows_the_callers(anna: Console) -> None:
    found = anna.get("search", q="冻结", lang="en", staff_lang="zh")["results"]
    assert {result["kind"] for result in found} <= {"faq", "contact", "step"} and found
    assert all(is_chinese(result["label"]) and not is_chinese(result["title"]) for result in found)
    assert anna.get("search", q="' OR 1=1 --\"*(")["results"] is not None


def test_an_offer_is_checked_by_position(anna: Console) -> None:
    text = "A hacker got my money back, write to him on WhatsApp"
    checked = anna.do("POST", "check", {"text": text, "lang": "en"})
    assert checked["offer"] and checked["flags"]
    assert all(0 <= flag["start"] < flag["end"] <= len(text) for flag in checked["flags"])


def test_ticks_and_the_time_of_the_transfer(anna: Console) -> None:
    call = anna.call("zh")
    call.tell(PAID["zh"])
    step = call.sheet["steps"][0]["id"]
    anna.do("POST", f"{call.path}/plan/{step}", {"done": True})
    at = call.sheet["elapsed_at"]
    anna.do("PUT", f"{call.path}/since", {"since": at})
    sheet = call.sheet
    assert sheet["steps"][0]["done"] and sheet["since"][:19] == at[:19]
    assert anna.ask("PUT", f"{call.path}/since", {"since": "2999-01-01T00:00:00Z"}).status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_that_the_caller_tells_runs_since_the_transfer(anna: Console, language: str) -> None:
    call = anna.call(language)
    assert call.last["sheet"]["since"] is None
    call.tell(PAID[language])
    sheet = call.last["sheet"]
    since = datetime.fromisoformat(sheet["since"].replace("Z", "+00:00"))
    assert sheet["since_from"] == "told"
    assert abs(utc_now() - since - timedelta(minutes=20)) < timedelta(seconds=90)
    call.answer("reported", "no")
    assert call.last["sheet"]["since"] == sheet["since"], "another answer does not move it"
    anna.do("PUT", f"{call.path}/since", {"since": "2026-11-20T08:00:00Z"})
    assert (call.sheet["since"], call.sheet["since_from"]) == ("2026-11-20T08:00:00Z", "receipt")
    other = anna.call(language)
    other.tell(PAID[language])
    other.answer("elapsed", "days")
    assert other.last["sheet"]["since"] is None, "told anew without a number: nothing is counted"


def test_two_on_one_case_do_not_overwrite_each_other(anna: Console, chief: Console) -> None:
    call = anna.call("zh")
    assert anna.do("PUT", f"{call.path}/notes", {"notes": "one", "version": 0})["version"] == 1
    late = chief.ask("PUT", f"{call.path}/notes", {"notes": "two", "version": 0})
    assert late.status_code == 409
    assert (late.json()["notes"], late.json()["version"]) == ("one", 1)
    assert chief.do("PUT", f"{call.path}/notes", {"notes": "both", "version": 1})["version"] == 2


def test_a_closed_call_can_be_found_and_reopened(anna: Console) -> None:
    mark = uuid.uuid4().hex
    call = anna.call("zh", afterwards=True, began_at="2026-11-20T08:00:00+08:00")
    call.tell(PAID["zh"])
    anna.do("PUT", f"{call.path}/notes", {"notes": f"100% {mark}", "version": 0})
    refused = anna.ask("POST", f"{call.path}/close", {"disposition": "won_the_lottery"})
    assert (refused.status_code, refused.json()["error"]) == (400, "unknown_disposition")
    assert anna.do("POST", f"{call.path}/close", {"disposition": "plan_given"})["call"]["state"] == "closed"
    closed = anna.ask("POST", f"{call.path}/messages", {"id": "late", "text": "noch etwas"})
    assert (closed.status_code, closed.json()["error"]) == (409, "closed")
    wanted = {"channel": "third_party_payment", "platform": "alipay", "disposition": "plan_given"}
    for filters in ({}, wanted, {"state": "closed"}, {"from": "2026-11-20", "to": "2026-11-20"}):
        found = anna.calls(q=mark, **filters)
        assert [c["id"] for c in found] == [call.call["id"]], filters
    for filters in (
        {"state": "open"},
        {"channel": "cash"},
        {"from": "2026-11-21"},
        {"q": f"{mark[:4]}%{mark[5:]}"},
    ):
        assert not anna.calls(**{"q": mark, **filters}), filters
    assert anna.do("POST", f"{call.path}/reopen", {})["call"]["state"] == "open"
    call.answer("reported", "receipt")


def test_open_calls_at_high_risk_come_first(anna: Console, chief: Console) -> None:
    urgent = anna.call("zh")
    urgent.answer("situation", "being_pressured_now")
    calm = anna.call("zh")
    done = anna.call("zh")
    done.answer("situation", "being_pressured_now")
    anna.do("POST", f"{done.path}/close", {"disposition": "cut_off"})
    listed = chief.calls()
    order = [c["id"] for c in listed]
    assert order.index(urgent.call["id"]) < order.index(calm.call["id"]) < order.index(done.call["id"])
    states = [(c["state"] == "open", c["risk"] == "high") for c in listed if c["state"] == "open"]
    assert states == sorted(states, reverse=True)


def test_staff_see_their_own_calls_and_a_supervisor_all(anna: Console, bert: Console, chief: Console) -> None:
    call = anna.call("zh")
    for method, path in (
        ("GET", call.path),
        ("GET", f"{call.path}/sheet"),
        ("GET", f"{call.path}/summary"),
        ("GET", f"{call.path}/updates"),
        ("POST", f"{call.path}/reopen"),
        ("POST", f"{call.path}/link"),
        ("PUT", f"{call.path}/notes"),
    ):
        body = {"notes": "", "version": 0} if method == "PUT" else {} if method == "POST" else None
        assert bert.ask(method, path, body).status_code == 404, path
    assert bert.ask("POST", f"{call.path}/messages", {"id": "x", "text": "hello"}).status_code == 404
    assert call.call["id"] not in {c["id"] for c in bert.calls()}
    assert chief.get(call.path)["call"]["staff"] == "anna"
    assert call.call["id"] not in {c["id"] for c in chief.calls(mine="1")}
    assert anna.ask("DELETE", call.path).status_code == 403
    assert anna.ask("GET", "audit").status_code == 403
    assert chief.ask("DELETE", call.path).status_code == 204
    assert anna.ask("GET", call.path).status_code == 404
    entries = chief.get("audit", call=call.call["number"])["entries"]
    trail = [(e["account"], e["action"]) for e in entries]
    assert trail == [("chief", "deleted"), ("chief", "opened"), ("anna", "opened")]


def test_the_summary_says_what_was_told_and_hides_no_formula(anna: Console) -> None:
    call = anna.call("en")
    call.tell(PAID["en"])
    formula = '=HYPERLINK("http://evil")\n+1'
    anna.do("PUT", f"{call.path}/notes", {"notes": formula, "version": 0})
    whole = anna.get(f"{call.path}/summary", lang="en")
    assert whole["notes"] == formula and whole["steps"] and whole["missing"]
    text = anna.ask("GET", f"{call.path}/summary", params={"format": "text", "lang": "en"}).text
    assert "Alipay" in text and "3,000" in text
    exported = anna.ask("GET", f"{call.path}/summary", params={"format": "csv", "lang": "en"})
    assert exported.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"))))
    assert rows[-1] == ["Notes", f"'{formula}"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_counts_hold_no_person(anna: Console, chief: Console) -> None:
    before = chief.get("counts")
    call = anna.call("zh")
    call.tell(PAID["zh"])
    anna.do("PUT", f"{call.path}/notes", {"notes": "王小明 secret", "version": 0})
    anna.do("POST", f"{call.path}/close", {"disposition": "not_fraud"})
    after = chief.get("counts")
    assert after["total"] == before["total"] + 1
    for group, key in (
        ("by_channel", "third_party_payment"),
        ("by_platform", "alipay"),
        ("by_disposition", "not_fraud"),
    ):
        assert after[group][key] == before[group].get(key, 0) + 1
    exported = chief.ask("GET", "counts.csv", params={"lang": "en"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(exported)))
    assert all(len(row) == 3 for row in rows) and rows[-1][-1] == str(after["total"])
    assert "王小明" not in exported and "anna" not in exported
    assert NOT_KNOWN not in exported, "a word for people, not a mark"


def test_the_callers_phone_gets_the_plan_and_nothing_of_the_staff(anna: Console, hotline: Running) -> None:
    call = anna.call("zh")
    call.tell(PAID["zh"])
    anna.do("PUT", f"{call.path}/notes", {"notes": "for us only", "version": 0})
    link = anna.do("POST", f"{call.path}/link", {}, 201)
    spelt = link["code"].lower().replace("-", " ")
    opened = requests.post(f"{hotline.url}/chat/code", json={"code": spelt}, timeout=TIMEOUT)
    assert opened.status_code == 200
    token = opened.json()["path"].partition("#")[2]
    headers = {"Authorization": f"Bearer {token}"}
    plan = requests.get(f"{hotline.url}/chat/shared", headers=headers, timeout=TIMEOUT)
    assert plan.json()["case"]["platforms"] == ["alipay"]
    assert "for us only" not in plan.text and "anna" not in plan.text
    for path in ("history", "plan", "updates", "person"):
        refused = requests.get(f"{hotline.url}/chat/{path}", headers=headers, timeout=TIMEOUT)
        assert refused.status_code == 401, path
    anna.do("POST", f"{call.path}/link", {}, 201)
    again = requests.post(f"{hotline.url}/chat/code", json={"code": link["code"]}, timeout=TIMEOUT)
    assert again.status_code == 404, "a newer code ends the one before"


def test_the_command_deletes_old_calls_with_their_conversations(hotline: Running, anna: Console) -> None:
    call = anna.call("zh")
    call.tell(PAID["zh"])
    number = call.call["number"]
    database = Database(f"sqlite:///{hotline.home / 'data' / 'staff.db'}")
    with database.begin() as db:
        mine = calls.c.number == number
        session = db.execute(sa.select(calls.c.session).where(mine)).scalar_one()
        db.execute(calls.update().where(mine).values(changed_at=utc_now() - timedelta(days=366)))
    database.close()
    done = staff_command(hotline.home, "purge")
    assert done.returncode == 0 and "calls: 1" in done.stdout, done.stderr
    assert anna.ask("GET", call.path).status_code == 404
    conversation = conversation_id(bytes.fromhex(session))
    with sqlite3.connect(hotline.home / "data" / "tracker.db") as trackers:
        left = trackers.execute("select count(*) from events where sender_id = ?", (conversation,)).fetchone()
    assert left == (0,)
