"""The views for people who open the built pack with Datasette: there, filled, and every join resolves."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.build import build
from knowledge.load import load
from knowledge.pack import PLACEHOLDER, Pack
from knowledge.store import connect
from knowledge.views import SELECTS
from tests.knowledge.pack_files import FIXTURE

ROOT = Path(__file__).resolve().parents[2]
PACKS = (FIXTURE, ROOT / "knowledge" / "cn")
#: view -> the items it has a row for
ITEMS = {
    "view_contacts": "contacts",
    "view_platforms": "platforms",
    "view_steps": "steps",
    "view_faq": "faq",
    "view_red_flags": "red_flags",
    "view_sources_usage": "sources",
}


@pytest.fixture(scope="module", params=PACKS, ids=lambda directory: directory.name)
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Pack, sqlite3.Connection]]:
    connection = connect(build(request.param, tmp_path_factory.mktemp("views") / "t.sqlite"))
    connection.row_factory = sqlite3.Row
    yield load(request.param), connection
    connection.close()


def rows(connection: sqlite3.Connection, view: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: dict(row) for row in connection.execute(f"select * from {view}")}


def test_each_view_has_a_row_for_each_item_in_the_order_of_the_files(
    opened: tuple[Pack, sqlite3.Connection],
) -> None:
    pack, connection = opened
    there = {name for (name,) in connection.execute("select name from sqlite_master where type = 'view'")}
    assert there == set(SELECTS) == {*ITEMS, "view_due"}
    for view, table in ITEMS.items():
        assert list(rows(connection, view)) == list(getattr(pack, table)), view


@pytest.mark.parametrize("view", SELECTS)
def test_a_view_shows_texts_and_contacts_never_placeholders(
    opened: tuple[Pack, sqlite3.Connection], view: str
) -> None:
    pack, connection = opened
    for row in connection.execute(f"select * from {view}"):
        for column in row.keys():  # noqa: SIM118 - iterating a Row gives its values
            for name in PLACEHOLDER.findall(str(row[column])):
                assert name not in pack.contacts, f"{view}.{column}: {row[0]}"
            if column.endswith(tuple(f"_{language}" for language in pack.languages)) or column == "way":
                assert row[column] or row["kind"], f"{view}.{column} of {row[0]} is empty"


def test_every_join_resolves(opened: tuple[Pack, sqlite3.Connection]) -> None:
    pack, connection = opened
    contacts, steps = rows(connection, "view_contacts"), rows(connection, "view_steps")
    for contact in pack.contacts.values():
        row = contacts[contact.id]
        assert row["way"] == pack.reach(contact.id, pack.languages[0])
        assert tuple(row["sources"].split(", ")) == contact.sources
    for step in pack.steps.values():
        row = steps[step.id]
        assert tuple((row["sources"] or "").split(", ")) == (step.sources or ("",))
        said = row["contacts"] or ""
        for contact_id in step.contacts:
            assert pack.reach(contact_id, pack.languages[0]) in said
        for test in ("when", "unless"):
            for field, values in getattr(step, test).items():
                assert all(f"{test} {field} = {value}" in row["shown"] for value in values)
    for platform_id, row in rows(connection, "view_platforms").items():
        platform = pack.platforms[platform_id]
        assert row["channels"].split(", ") == list(platform.channels)
        if platform.contact:
            assert row["way"] == pack.reach(platform.contact, pack.languages[0])


def test_sources_say_what_rests_on_them(opened: tuple[Pack, sqlite3.Connection]) -> None:
    pack, connection = opened
    kinds = {"contact": pack.contacts, "step": pack.steps, "faq": pack.faq, "red_flag": pack.red_flags}
    citing: dict[str, set[str]] = {source: set() for source in pack.sources}
    for kind, items in kinds.items():
        for item in items.values():
            for source in item.sources:
                citing[source].add(f"{kind} {item.id}")
    for source, row in rows(connection, "view_sources_usage").items():
        assert set(filter(None, (row["used_by"] or "").split(", "))) == citing[source], source
        assert row["uses"] == len(citing[source])


def test_what_is_due_first_comes_first(opened: tuple[Pack, sqlite3.Connection]) -> None:
    pack, connection = opened
    due = connection.execute("select review_by, what, id from view_due").fetchall()
    assert [day for day, _, _ in due] == sorted(day for day, _, _ in due)
    assert {(what, id_) for _, what, id_ in due} == {
        *(("contact", id_) for id_ in pack.contacts),
        *(("source", id_) for id_ in pack.sources),
    }


def test_datasette_is_told_only_of_what_is_there(tmp_path: Path) -> None:
    metadata = json.loads((ROOT / "docs" / "pack-in-datasette.json").read_text("utf-8"))
    connection = connect(build(ROOT / "knowledge" / "cn", tmp_path / "cn.sqlite"))
    told = metadata["databases"]["cn"]["tables"]
    assert set(SELECTS) <= set(told)
    for table, about in told.items():
        cursor = connection.execute(f"select * from {table} limit 1")
        columns = {column[0] for column in cursor.description}
        named = {*about.get("columns", ()), *about.get("facets", ())}
        named |= {about[key] for key in ("sort", "label_column") if key in about}
        assert named <= columns, table
    page = (ROOT / "docs" / "pack-in-datasette.md").read_text("utf-8")
    assert set(re.findall(r"`(view_\w+)`", page)) == set(SELECTS)
    (block,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    for query in block.split(";\n"):
        if query.strip():
            assert connection.execute(query).fetchall(), query
    connection.close()
