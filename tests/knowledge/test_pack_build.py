"""The built pack: the whole pack comes back, the file is fresh or stale, whole or not there, and readable."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import build as building
from knowledge.__main__ import main
from knowledge.build import build, content_hash, is_fresh
from knowledge.load import PackError, load
from knowledge.store import StoreError, connect, open_pack, pack_path
from tests.knowledge.pack_files import FIXTURE, TODAY, copy_of, edit


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(FIXTURE, tmp_path_factory.mktemp("built") / "pack" / "test.sqlite")


@pytest.fixture
def db(built: Path) -> Iterator[sqlite3.Connection]:
    connection = connect(built)
    yield connection
    connection.close()


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_the_whole_pack_comes_back(built: Path) -> None:
    loaded, opened = load(FIXTURE), open_pack(built)
    for name in loaded.__dataclass_fields__:
        assert getattr(opened, name) == getattr(loaded, name), name
        if isinstance(getattr(loaded, name), dict):
            assert list(getattr(opened, name)) == list(getattr(loaded, name)), f"order of {name}"
    assert opened == loaded


def test_the_same_files_give_the_same_rows(built: Path, tmp_path: Path) -> None:
    assert dump(build(copy_of(tmp_path), tmp_path / "again.sqlite")) == dump(built)


def test_rows_can_be_read_by_a_person(db: sqlite3.Connection) -> None:
    tables = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
    assert tables >= {
        "contacts", "channels", "platforms", "platform_aliases", "steps", "step_conditions", "step_contacts",
        "red_flags", "faq", "faq_wordings", "documents", "sources", "phrases", "meta", "search",
    }  # fmt: skip
    assert db.execute("select phone, name_zh from contacts where id = 'police_110'").fetchone() == (
        "110",
        "报警电话",
    )
    assert db.execute(
        "select value from step_conditions where step = 'get_receipt' and field = 'reported'"
    ).fetchall()


def test_foreign_keys_hold(db: sqlite3.Connection) -> None:
    declared = sum(
        len(db.execute(f"pragma foreign_key_list({name})").fetchall())
        for (name,) in db.execute("select name from sqlite_master where type = 'table'").fetchall()
    )
    assert declared >= 15
    assert db.execute("pragma foreign_key_check").fetchall() == []


def test_the_file_cannot_be_written(db: sqlite3.Connection, built: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        db.execute("delete from contacts")
    assert built.stat().st_mode & 0o222 == 0


def test_a_spoiled_pack_is_not_built_and_the_old_file_stays(tmp_path: Path) -> None:
    directory, target = copy_of(tmp_path), tmp_path / "t.sqlite"
    build(directory, target)
    before = target.read_bytes()
    edit(directory, "steps.yml", "[T-1.01]", "[T-9.99]")
    with pytest.raises(PackError) as caught:
        build(directory, target)
    assert caught.value.problems[0].field == "steps[report_police].sources[0]"
    assert target.read_bytes() == before


def test_a_build_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "_write_search", broken)
    with pytest.raises(KeyboardInterrupt):
        build(FIXTURE, tmp_path / "t.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_an_overdue_review_does_not_stop_a_build(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "contacts.yml", "review_by: 2027-01-01", "review_by: 2026-01-02")
    assert build(directory, tmp_path / "t.sqlite").is_file()


def test_fresh_until_a_file_or_the_code_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory, target = copy_of(tmp_path), tmp_path / "t.sqlite"
    assert not is_fresh(directory, target)
    build(directory, target)
    assert is_fresh(directory, target)
    os.utime(directory / "faq.yml", (0, 0))
    assert is_fresh(directory, target), "time does not matter"
    old = content_hash(directory)
    edit(directory, "faq.yml", "Yes.", "It is.")
    assert content_hash(directory) != old
    assert not is_fresh(directory, target)
    build(directory, target)
    monkeypatch.setattr(building, "code_hash", lambda: "other code")
    assert not is_fresh(directory, target)


@pytest.mark.parametrize("content", [None, b"", b"not a database", b"SQLite format 3\0" + b"\0" * 100])
def test_a_file_that_is_no_built_pack_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "t.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match="steady build"):
        open_pack(path)
    assert not is_fresh(FIXTURE, path)


def test_a_file_of_other_code_says_what_to_do(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    path.write_bytes(built.read_bytes())
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("update meta set value = 'older' where key = 'code'")
    connection.close()
    with pytest.raises(StoreError, match="steady build"):
        open_pack(path)


def test_paths_with_odd_characters(tmp_path: Path) -> None:
    target = build(FIXTURE, tmp_path / "a b?c#d%20 目录" / "包.sqlite")
    assert open_pack(target).id == "test"


def test_command_builds_once_and_again_when_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEADY_HOME", str(tmp_path / "home"))
    command = ["build", str(FIXTURE), "--region", "test"]
    assert main(command) == 0
    target = pack_path("test")
    assert target == tmp_path / "home" / "pack" / "test.sqlite"
    first = target.stat().st_mtime_ns
    assert main(command) == 0
    assert target.stat().st_mtime_ns == first
    assert main([*command, "--force"]) == 0
    assert target.stat().st_mtime_ns != first
    assert "contacts" in capsys.readouterr().out


def test_command_refuses_a_spoiled_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STEADY_HOME", str(tmp_path / "home"))
    directory = copy_of(tmp_path)
    edit(directory, "steps.yml", "    rank: 1\n", "    rank: one\n")
    assert main(["build", str(directory), "--region", "test"]) == 1
    assert "steps.yml:5: steps[report_police].rank: " in capsys.readouterr().out
    assert main(["check", str(directory), "--today", str(TODAY)]) == 1
