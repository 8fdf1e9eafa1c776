"""The audit trail: what is in it, who may read it, how it is narrowed, turned over and exported."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from rasa_project.staff import accounts, audit, signin
from rasa_project.staff.audit import Wanted
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings
from rasa_project.staff.signin import utc_now
from rasa_project.staff.summary import DID, NOBODY
from rasa_project.staff.tables import audit as lines
from tests.staff.console import PASSWORD, Console, staff_command

WORDS = "something that only the caller knows"
#: What somebody typed into the wrong field.
SECRET = "three geese in my garden"


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
    assert [row[1:] for row in rows[1:]] == [["anna", DID["opened"]["en"], str(call.call["number"])]]
    assert chief.get("audit")["entries"][0]["action"] == "exported", "reading it out is in it as well"


# Signing in, and what is done to accounts


def signs_in(database: Database, name: str, times: int = 1, at: datetime | None = None, **more: int) -> None:
    """Tries that fail, each from an address of its own."""
    for number in range(times):
        address = f"198.51.{number // 250}.{number % 250}"
        signin.sign_in(database, name, SECRET, address, StaffSettings(**more), at or utc_now())


def noted(database: Database) -> list[tuple[str, str]]:
    return [(e["account"], e["action"]) for e in reversed(database.do(audit.everything, Wanted()))]


@pytest.mark.parametrize("name", ["Dora", " dora "])
def test_a_try_that_fails_is_under_the_accounts_own_name_also_when_it_is_disabled(
    database: Database, name: str
) -> None:
    database.do(accounts.add, "dora", "staff", PASSWORD, "zh")
    database.do(accounts.disable, "dora")
    signs_in(database, name)
    assert noted(database) == [("dora", "refused")]


@pytest.mark.parametrize("name", [SECRET, "eva", "(unknown)", "王小明", "' or 1=1 --", "x" * 200, "\ud800"])
def test_nothing_that_a_stranger_typed_is_kept(database: Database, name: str) -> None:
    signs_in(database, name)
    assert noted(database) == [(audit.UNKNOWN, "refused")]
    assert not accounts.NAME.fullmatch(audit.UNKNOWN), "an account could have this name"


def test_tries_by_the_thousand_are_two_lines_of_each_account_until_the_lock_ends(database: Database) -> None:
    for name in ("dora", "emil"):
        database.do(accounts.add, name, "staff", PASSWORD, "zh")
    now, settings = utc_now(), StaffSettings(failures=1)
    for at in (now, now + timedelta(minutes=settings.lock_minutes, seconds=1)):
        for name in ("dora", "emil", "nobody", "nobody else"):
            signs_in(database, name, signin.ACCOUNT_SHARE + 3, at, failures=1)
    lines_of = [(name, act) for name in ("dora", "emil", audit.UNKNOWN) for act in ("refused", "locked")]
    assert sorted(noted(database)) == sorted(2 * lines_of)


def test_the_lock_is_noted_with_the_try_that_sets_it(database: Database) -> None:
    database.do(accounts.add, "dora", "staff", PASSWORD, "zh")
    settings = StaffSettings(failures=3)
    for tries in (1, 2, 3):
        assert signin.sign_in(database, "dora", SECRET, "192.0.2.1", settings, utc_now()) is None
        assert ("dora", "locked") in noted(database) or tries < 3
        assert ("dora", "locked") not in noted(database) or tries == 3


def test_whoever_signs_in_leaves_no_line_of_a_failure(database: Database) -> None:
    database.do(accounts.add, "dora", "staff", PASSWORD, "zh")
    assert isinstance(
        signin.sign_in(database, "dora", PASSWORD, "192.0.2.1", StaffSettings(), utc_now()), tuple
    )
    assert noted(database) == []


def test_what_the_operator_does_to_an_account_is_there_and_what_failed_is_not(tmp_path: Path) -> None:
    def run(*arguments: str, password: str = PASSWORD) -> int:
        return staff_command(tmp_path, *arguments, stdin=f"{password}\n", STEADY_CASES_URL=url).returncode

    url = f"sqlite:///{tmp_path / 'staff.db'}"
    database = Database(url)
    database.migrate()
    database.do(accounts.add, "Dora", "staff", PASSWORD, "zh")
    assert run("disable", "nobody") == run("reset", "dora", password="short") == 1
    assert noted(database) == []
    assert run("disable", "dora") == run("enable", "DORA") == run("reset", "dora") == 0
    assert run("add", "emil") == 0
    done = [*(("Dora", act) for act in ("disabled", "enabled", "reset")), ("emil", "made")]
    assert noted(database) == done


def test_what_the_operator_does_to_the_database_is_there_and_what_failed_is_not(tmp_path: Path) -> None:
    def run(*arguments: str) -> int:
        return staff_command(tmp_path, *arguments, STEADY_CASES_URL=url).returncode

    url, copy = f"sqlite:///{tmp_path / 'staff.db'}", str(tmp_path / "copy.db")
    database = Database(url)
    database.migrate()
    assert run("restore", copy) == 1 and noted(database) == []
    assert run("purge") == run("backup", copy) == 0
    assert run("backup", copy) == 1  # there is a file of that name
    done = [(audit.OPERATOR, "purged"), (audit.OPERATOR, "backed_up")]
    assert noted(database) == done
    assert run("restore", copy) == 0
    # The copy was made before its own line was written.
    assert noted(database) == [done[0], (audit.OPERATOR, "restored")]


def test_the_trail_tells_who_was_not_let_in_without_what_was_typed(anna: Console, chief: Console) -> None:
    typed = f"my password is {uuid.uuid4().hex}"
    stranger = Console(chief.url)
    assert stranger.sign_in("bert", typed).status_code == stranger.sign_in(typed, "x").status_code == 401
    page = chief.ask("GET", "audit", params={"action": "refused"})
    assert {"bert", audit.UNKNOWN} <= {e["account"] for e in page.json()["entries"]}
    assert set(page.json()["names"]["actions"]) == set(audit.ACTIONS)
    for language, word in NOBODY[audit.UNKNOWN].items():
        wanted = {"account": audit.UNKNOWN, "lang": language}
        exported = chief.ask("GET", "audit.csv", params=wanted).content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(exported)))[1:]
        assert {row[1] for row in rows} == {word} and {row[3] for row in rows} == {""}
        assert typed not in exported and typed not in page.text


# Pages and lines


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
    names = [e["account"] for e in database.do(audit.everything, Wanted(call=1))]
    assert names == ["anna", "bert", "anna"]
    assert len(database.do(audit.everything, Wanted(call=2))) == 2, "minutes later it is another change"


def old() -> datetime:
    return datetime.now(timezone.utc) - 2 * audit.ONE_LINE


def test_every_act_has_its_words() -> None:
    assert set(DID) == set(audit.ACTIONS)
