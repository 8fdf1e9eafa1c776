"""SQLite and PostgreSQL alike: migrations, lists and counts, retention, backup and restore."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rasa_project.staff import accounts, audit, backup, calls, codes, retention, signin
from rasa_project.staff.accounts import Account
from rasa_project.staff.calls import About, Call, Filter
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings
from rasa_project.staff.signin import Locked, utc_now
from rasa_project.staff.tables import calls as call_table
from rasa_project.staff.tables import metadata
from tests.servers import free_port
from tests.staff.console import PASSWORD

SECRET = b"0123456789abcdef"
ALIPAY = About(
    "zh", risk=True, elapsed="under_30min", amount=3000.0, currency="CNY",
    channels=("third_party_payment",), platforms=("alipay",), words="支付宝 Alipay",
)  # fmt: skip


def postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found and shutil.which("pg_dump") else None


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of its own, as Debian installs it; its URL."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path("/tmp") / f"steady-postgres-{os.getpid()}"
    folder.mkdir(mode=0o700)
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    port = free_port()
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd="/")

    try:
        run(str(programs / "initdb"), "-D", f"{folder}/data", "-A", "trust", "-U", "steady", "-E", "UTF8")
        run(
            str(programs / "pg_ctl"),
            "-D",
            f"{folder}/data",
            "-o",
            options,
            "-l",
            f"{folder}/log",
            "-w",
            "start",
        )
        try:
            yield f"postgresql://steady@127.0.0.1:{port}"
        finally:
            run(str(programs / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it, not even tables."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'staff.db'}")
    else:
        server = request.getfixturevalue("postgres")
        maker = Database(f"{server}/postgres")
        name = f"test_{os.urandom(6).hex()}"
        with maker.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"create database {name}")
        maker.close()
        opened = Database(f"{server}/{name}")
    yield opened
    opened.close()


@pytest.fixture
def database(empty: Database) -> Database:
    empty.migrate()
    empty.do(accounts.add, "anna", "staff", PASSWORD, "zh")
    empty.do(accounts.add, "chief", "supervisor", PASSWORD, "en")
    return empty


def account(database: Database, name: str) -> Account:
    found = database.do(accounts.find, name)
    assert found is not None
    return found[0]


def call_of(database: Database, name: str, number: int = 1, **more: object) -> Call:
    return database.do(calls.open_call, account(database, name), bytes([number]) * 16, "zh", "cn", **more)


def test_migrations_make_the_tables_that_the_code_knows(empty: Database) -> None:
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: empty.migrate(), range(4)))
    with empty.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert not [d for d in differences if "sqlite_sequence" not in str(d)]


def test_workers_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rasa_project.cli", "staff", "migrate"]
    url = f"sqlite:///{tmp_path / 'new' / 'staff.db'}"
    environment = {**os.environ, "STEADY_CASES_URL": url}
    starting = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(each.communicate()[1], each.returncode) for each in starting] == [(b"", 0)] * 2
    assert (tmp_path / "new" / "staff.db").stat().st_mode & 0o077 == 0, "others could read it"


def test_list_search_and_counts(database: Database) -> None:
    anna, chief = account(database, "anna"), account(database, "chief")
    call = call_of(database, "anna", began_at=utc_now() - timedelta(days=3))
    call = database.do(calls.describe, call, ALIPAY)
    assert call.about == ALIPAY and database.do(calls.describe, call, ALIPAY).about == ALIPAY
    other = call_of(database, "chief", 2)
    listed = [c["number"] for c in database.do(calls.listing, chief, Filter())["calls"]]
    assert listed == [call.number, other.number]
    for text in ("支付宝", "ALIPAY", f"#{call.number}", "anna"):
        assert database.do(calls.listing, anna, Filter(text=text))["total"] == 1, text
    for text in ("%", "_", "'; drop table calls; --", "cash"):
        assert database.do(calls.listing, anna, Filter(text=text))["total"] == 0, text
    day = (utc_now() - timedelta(days=3)).date()
    counted = database.do(calls.counts, chief, Filter())
    assert counted["by_platform"] == {"alipay": 1, calls.NOT_KNOWN: 1} and counted["total"] == 2
    assert counted["by_day"] == {day.isoformat(): 1, date.today().isoformat(): 1}
    assert database.do(calls.counts, anna, Filter(since=day, to=day))["by_day"] == {day.isoformat(): 1}
    assert database.do(calls.find, other.row["id"], anna) is None


def test_a_call_whose_person_withdrew_is_still_counted_and_nothing_of_it(database: Database) -> None:
    chief = account(database, "chief")
    handed, told, both = (call_of(database, "anna", n, handover=n == 1) for n in (1, 2, 3))
    call_of(database, "anna", 4)
    for call in (handed, told):
        database.do(calls.describe, call, ALIPAY)
    database.do(calls.describe, both, replace(ALIPAY, channels=("cash", "third_party_payment")))
    database.do(calls.close, both, "plan_given")
    before = database.do(calls.counts, chief, Filter())
    assert before["by_channel"] == {"cash": 1, "third_party_payment": 3, calls.NOT_KNOWN: 1}
    database.do(calls.withdrawn, handed.session)
    after = database.do(calls.counts, chief, Filter())
    assert after["by_channel"] == {"cash": 1, "third_party_payment": 2, calls.NOT_KNOWN: 2}
    assert after["by_platform"] == {"alipay": 2, calls.NOT_KNOWN: 2}
    assert after["by_disposition"] == {"plan_given": 1, calls.NOT_KNOWN: 3}
    for counted in (before, after):
        assert counted["total"] == 4
        for group in ("by_platform", "by_disposition", "by_day"):
            assert sum(counted[group].values()) == 4, group


def test_of_two_who_write_the_notes_at_once_one_is_told(database: Database) -> None:
    call = call_of(database, "anna")
    with ThreadPoolExecutor(4) as writers:
        done = list(writers.map(lambda n: database.do(calls.write_notes, call, f"by {n}", 0), range(4)))
    assert sorted(written for written, _, _ in done) == [False, False, False, True]
    assert {(notes, version) for _, notes, version in done} == {(next(n for w, n, _ in done if w), 1)}


def test_many_guesses_at_once_are_all_counted(database: Database) -> None:
    settings, now = StaffSettings(failures=3), utc_now()

    def guess(number: int) -> object:
        return signin.sign_in(database, "anna", f"guess {number}", "192.0.2.1", settings, now)

    with ThreadPoolExecutor(4) as guessers:
        answers = list(guessers.map(guess, range(12)))
    # Two that read the count at the same moment may both go through; no more than the workers there are.
    assert sum(isinstance(answer, Locked) for answer in answers) >= 5
    assert isinstance(guess(13), Locked)


def test_what_is_too_old_is_deleted_with_its_conversation(database: Database) -> None:
    settings, now = StaffSettings(keep_days=30, keep_audit_days=60), utc_now()
    old, handed, new = (call_of(database, "anna", n, handover=n == 2) for n in (1, 2, 3))
    for call in (old, handed, new):
        database.do(calls.describe, call, ALIPAY)
        database.do(codes.make, codes.PLAN, call.session, SECRET, now + timedelta(days=1))
    with database.begin() as db:
        stale = call_table.c.number.in_([old.number, handed.number])
        db.execute(call_table.update().where(stale).values(changed_at=now - timedelta(days=31)))
    ended: list[bytes] = []

    async def end(session: bytes) -> None:
        ended.append(session)

    deleted = asyncio.run(retention.purge(database, settings, end))
    assert deleted["calls"] == 2
    assert ended == [old.session], "the conversation that was handed over is the person's"
    chief = account(database, "chief")
    assert [c["number"] for c in database.do(calls.listing, chief, Filter())["calls"]] == [new.number]
    assert not database.do(codes.active, codes.PLAN, old.session, now)
    assert database.do(calls.counts, chief, Filter())["by_platform"] == {"alipay": 1}
    assert call_of(database, "anna", 9).number > new.number
    database.do(audit.note, "anna", "opened", 1)
    kept = asyncio.run(retention.purge(database, StaffSettings(keep_days=0, keep_audit_days=0), end))
    assert kept["calls"] == kept["audit"] == 0


def test_a_call_whose_conversation_cannot_be_deleted_stays(database: Database) -> None:
    call = call_of(database, "anna")
    with database.begin() as db:
        db.execute(call_table.update().values(changed_at=utc_now() - timedelta(days=400)))

    async def fail(session: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        asyncio.run(retention.purge(database, StaffSettings(), fail))
    assert database.do(calls.find, call.row["id"], account(database, "anna"))


def test_a_copy_made_in_use_can_be_put_back(database: Database, tmp_path: Path) -> None:
    call = database.do(calls.describe, call_of(database, "anna"), ALIPAY)
    database.do(calls.write_notes, call, "备注", 0)
    copy = tmp_path / "copy"
    with database.begin() as db:
        calls.write_notes(db, call, "not committed yet", 1)
        backup.save(database, copy)
        assert copy.stat().st_mode & 0o077 == 0
    with pytest.raises(backup.BackupError):
        backup.save(database, copy)  # never over another copy
    database.do(calls.delete, call)
    backup.restore(database, copy)
    database.migrate()
    back = database.do(calls.find, call.row["id"], account(database, "anna"))
    assert back is not None and back.about == ALIPAY and back.row["notes"] == "备注"
    nothing = tmp_path / "nothing"
    nothing.write_bytes(b"")
    with pytest.raises(backup.BackupError):
        backup.restore(database, nothing)
    assert database.do(calls.find, call.row["id"], account(database, "anna")), "a bad copy changes nothing"


def test_without_pg_dump_the_reason_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    remote = Database("postgresql://steady@127.0.0.1:1/steady")
    with pytest.raises(backup.BackupError, match=r"pg_dump is not installed.*postgresql-client"):
        backup.save(remote, tmp_path / "copy")
    assert not (tmp_path / "copy").exists(), "an empty file would be taken for a copy"
    (tmp_path / "copy").write_bytes(b"PGDMP")
    with pytest.raises(backup.BackupError, match=r"pg_restore is not installed"):
        backup.restore(remote, tmp_path / "copy")
    remote.close()


def test_a_deleted_note_is_not_left_in_the_file(tmp_path: Path) -> None:
    opened = Database(f"sqlite:///{tmp_path / 'staff.db'}")
    opened.migrate()
    opened.do(accounts.add, "anna", "staff", PASSWORD, "zh")
    call = call_of(opened, "anna")
    opened.do(calls.write_notes, call, "something very private", 0)
    opened.do(retention.delete, call)
    opened.tidy()
    opened.close()
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"very private" not in files


def test_the_code_is_not_in_the_database_and_ends(database: Database) -> None:
    now = utc_now()
    code = database.do(codes.make, codes.PERSON, b"s" * 16, SECRET, now + timedelta(minutes=1))
    assert database.do(codes.open_, codes.PLAN, code, SECRET, now) is None, "of another kind"
    assert database.do(codes.open_, codes.PERSON, code, b"another secret ..", now) is None
    assert database.do(codes.open_, codes.PERSON, code, SECRET, now + timedelta(minutes=2)) is None
    assert database.do(codes.open_, codes.PERSON, code, SECRET, now, once=True) == b"s" * 16
    assert database.do(codes.open_, codes.PERSON, code, SECRET, now, once=True) is None
