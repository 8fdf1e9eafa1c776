"""The audit trail: what is in it, who may read it, how it is narrowed, turned over and exported."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from rasa_project.staff import audit
from rasa_project.staff.audit import Wanted
from rasa_project.staff.database import Database
from rasa_project.staff.summary import DID
from rasa_project.staff.tables import audit as lines
from tests.staff.console import Console

WORDS = "something that only the caller knows"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = Database(f"sqlite:///{tmp_path / 'staff.db'}")
    opened.migrate()
    return opened


def test_every_act_at_a_call_is_there_in_order_without_what_was_said(anna: Console, chief: Console) -> None:
    call = anna.call("en")
    call.tell(WORDS)
    anna.do("PUT", f"{call.path}/notes", {"notes": WORDS, "version": 0})
    anna.ask("GET", f"{call.path}/summary", params={"format": "csv"})
    anna.do("POST", f"{call.path}/link", {}, 201)
    anna.do("POST", f"{call.path}/close", {"disposition": "plan_given"})
    anna.do("POST", f"{call.path}/reopen", {})
    chief.get(call.path)
    assert chief.ask("DELETE", call.path).status_code == 204
    found = chief.ask("GET", "audit", params={"call": call.call["number"]})
    acts = [(e["account"], e["action"]) for e in reversed(found.json()["entries"])]
    assert acts == [
        *(("anna", act) for act in ("opened", "changed", "exported", "linked", "closed", "reopened")),
        ("chief", "opened"),
        ("chief", "deleted"),
    ]
    assert WORDS not in found.text


@pytest.mark.parametrize("path", ["audit", "audit?account=anna", "audit.csv", "audit.csv?lang=en"])
def test_only_a_supervisor_reads_it(anna: Console, chief: Console, path: str) -> None:
    refused = anna.ask("GET", path)
    assert (refused.status_code, refused.json()["error"]) == (403, "not_allowed")
    assert chief.ask("GET", path).status_code == 200


def test_it_is_narrowed_by_person_case_kind_and_day(anna: Console, chief: Console) -> None:
    call = anna.call("zh")
    today = datetime.now(timezone.utc).date()
    number = call.call["number"]
    for wanted, there in (
        ({"account": "anna"}, True), ({"account": "bert"}, False), ({"call": f"#{number}"}, True),
        ({"call": number + 1}, False), ({"action": "opened"}, True), ({"action": "deleted"}, False),
        ({"from": today, "to": today}, True), ({"to": today - timedelta(days=1)}, False),
        ({"from": today + timedelta(days=1)}, False),
    ):  # fmt: skip
        found = chief.get("audit", **wanted)
        assert (number in {e["call"] for e in found["entries"]}) == there, wanted
    assert {"anna", "chief"} <= set(found["accounts"]) and found["actions"] == list(audit.ACTIONS)
    for bad in ({"action": "hacked"}, {"call": "x"}, {"from": "yesterday"}, {"page": "-1"}):
        assert chief.ask("GET", "audit", params=bad).status_code == 400, bad


def test_the_export_holds_what_is_narrowed_to_on_all_pages(anna: Console, chief: Console) -> None:
    call = anna.call("zh")
    wanted = {"account": "anna", "call": call.call["number"], "lang": "en", "page": 7}
    exported = chief.ask("GET", "audit.csv", params=wanted)
    assert exported.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"))))
    assert [row[1:] for row in rows[1:]] == [["anna", "opened", str(call.call["number"])]]
    assert chief.get("audit")["entries"][0]["action"] == "exported", "reading it out is in it as well"


def test_it_comes_in_pages_with_nothing_twice(database: Database) -> None:
    many = 2 * audit.PAGE + 1
    for number in range(many):
        database.do(audit.note, "anna", "opened", number)
    pages = [database.do(audit.page, Wanted(page=page)) for page in (1, 2, 3, 4)]
    assert [len(page["entries"]) for page in pages] == [audit.PAGE, audit.PAGE, 1, 0]
    assert {page["pages"] for page in pages} == {3} and pages[0]["total"] == many
    seen = [entry["call"] for page in pages for entry in page["entries"]]
    assert seen == list(reversed(range(many)))
    assert len(database.do(audit.everything, Wanted(page=2))) == many


def test_changes_one_after_another_are_one_line_until_somebody_else_comes(database: Database) -> None:
    for account in ("anna", "anna", "bert", "anna"):
        database.do(audit.note, account, "changed", 1)
    database.do(audit.note, "anna", "changed", 2)
    with database.begin() as db:
        db.execute(lines.update().values(at=old()))
    database.do(audit.note, "anna", "changed", 2)
    accounts = [e["account"] for e in database.do(audit.everything, Wanted(call=1))]
    assert accounts == ["anna", "bert", "anna"]
    assert len(database.do(audit.everything, Wanted(call=2))) == 2, "minutes later it is another change"


def old() -> datetime:
    return datetime.now(timezone.utc) - 2 * audit.ONE_LINE


def test_every_act_has_its_words() -> None:
    assert set(DID) == set(audit.ACTIONS)
