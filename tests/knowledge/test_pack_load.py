"""Reading a pack: the fixture as values, the schemas beside the dataclasses, and mistakes of shape."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from knowledge.case import CHANNELS, CHOICES
from knowledge.load import ITEMS, KINDS, SCHEMAS, PackError, Problem, load, load_with_places, schema
from knowledge.pack import CONFIDENCES, STAGES, Pack
from tests.knowledge.pack_files import FIXTURE, copy_of, edit


def problems_of(directory: Path) -> list[Problem]:
    with pytest.raises(PackError) as caught:
        load(directory)
    return caught.value.problems


def test_values_arrive_as_they_were_written() -> None:
    pack = load(FIXTURE)
    assert pack.contacts["police_110"].phone == "110"  # typed without quotes, still text
    assert pack.contacts["police_110"].checked == date(2026, 1, 1)
    assert pack.steps["get_receipt"].when["reported"] == ("called_110", "no")  # `no` is not false
    assert pack.sources["T-1.01"].published == "2016-10"
    assert pack.platforms["wallet"].venue is True and pack.platforms["wallet"].button is False
    assert pack.platforms["wallet"].aliases["en"] == ()
    assert pack.steps["report_police"].body["zh"].count("\n") == 1  # a block text has no line end at its end


def test_order_is_that_of_the_files_and_all_steps_files_are_read() -> None:
    assert list(load(FIXTURE).steps) == ["report_police", "call_platform", "get_receipt"]


def test_places_know_the_file_and_line_of_a_field() -> None:
    _, places = load_with_places(FIXTURE)
    place = places["steps[get_receipt].title.en"]
    line = (FIXTURE / place.file).read_text("utf-8").splitlines()[place.line - 1]
    assert place.file == "steps_later.yml" and "title:" in line


def test_fill_puts_the_number_in_place() -> None:
    pack = load(FIXTURE)
    assert "110" in pack.fill(pack.steps["report_police"].body, "zh")
    assert "{" not in pack.fill(pack.steps["report_police"].body, "en")


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_and_complete_for_editors(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    raw = json.loads((SCHEMAS / f"{kind}.json").read_text("utf-8"))
    assert raw["title"].startswith(f"{kind}")


@pytest.mark.parametrize("kind", ITEMS)
def test_schema_has_the_fields_of_the_dataclass(kind: str) -> None:
    item = schema(kind)["properties"][kind]["items"]
    fields = dataclasses.fields(ITEMS[kind])
    assert set(item["properties"]) == {f.name for f in fields}
    needed = {
        f.name
        for f in fields
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }
    assert set(item["required"]) == needed


def test_schema_of_the_pack_has_the_fields_of_the_dataclass() -> None:
    assert set(schema("pack")["properties"]) == {f.name for f in dataclasses.fields(Pack)} - set(ITEMS)


def test_schema_knows_the_values_of_the_case() -> None:
    step = schema("steps")["properties"]["steps"]["items"]["properties"]
    assert tuple(step["stage"]["enum"]) == STAGES
    for test in ("when", "unless"):
        conditions = step[test]["properties"]
        assert set(conditions) == {*CHOICES, "platforms"}
        for name, values in CHOICES.items():
            assert tuple(conditions[name]["items"]["enum"]) == values
    contact = schema("contacts")["properties"]["contacts"]["items"]["properties"]
    assert tuple(contact["confidence"]["enum"]) == CONFIDENCES
    channel = schema("channels")["properties"]["channels"]["items"]["properties"]
    assert tuple(channel["id"]["enum"]) == CHANNELS


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("    stage: now\n", "\tstage: now\n", "steps[report_police]", "tab"),
        ("    rank: 1\n", "    rank: 1\n    rank: 2\n", "steps[report_police].rank", "twice"),
        ("en: Call the police}", "en: Call the police", "steps[report_police]", "YAML"),
        ("{zh: 拨打报警电话, en: Call the police}", "Call: the: police", "steps[report_police]", "quotes"),
        ("    rank: 1\n", "    rank: first\n", "steps[report_police].rank", "whole number"),
        ("    rank: 1\n", "    rank:\n", "steps[report_police].rank", "empty"),
        ("    stage: now\n", "    stage: nwo\n", "steps[report_police].stage", "`now`"),
        ("    stage: now\n", "    stge: now\n", "steps[report_police].stge", "`stage`"),
        ("    stage: now\n", "", "steps[report_police].stage", "missing"),
        (", en: Call the police}", "}", "steps[report_police].title.en", "English"),
        ("Call the police}", "Call, now}", "steps[report_police].title.now", "comma"),
        ("en: Call the police}", 'en: ""}', "steps[report_police].title.en", "empty"),
        ("{zh: 拨打报警电话, en: Call the police}", "拨打", "steps[report_police].title", "named fields"),
        ("[police_110, advice_line]", "police_110", "steps[report_police].contacts", "list"),
        (
            "[police_110, advice_line]",
            "[police_110, police_110]",
            "steps[report_police].contacts[1]",
            "twice",
        ),
        ("[police_110, advice_line]", "&a [*a]", "steps[report_police].contacts[0]", "alias"),
        ("contacts_of: platforms", "contacts_of: banks", "steps[call_platform].contacts_of", "platforms"),
        ("[receipt]", "[receit]", "steps[call_platform].unless.reported[0]", "`receipt`"),
        (
            "unless: {reported: [receipt],",
            "unless: {amount: [receipt],",
            "steps[call_platform].unless.amount",
            "",
        ),
        ("id: call_platform", "id: report_police", "steps[report_police].id", "used twice"),
        ("rank: 1\n", "rank: !!python/object:os.system 1\n", "steps[report_police].rank", "tag"),
    ],
)
def test_mistakes_of_shape(tmp_path: Path, old: str, new: str, field: str, said: str) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "steps.yml", old, new)
    found = [p for p in problems_of(directory) if p.field == field]
    assert found, problems_of(directory)
    assert found[0].file == "steps.yml"
    assert found[0].line > 0
    assert said in found[0].message
    assert found[0].severity == "error"


def test_the_line_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "steps.yml", "    rank: 2\n", "    rank: two\n")
    (problem,) = problems_of(directory)
    rows = (directory / "steps.yml").read_text("utf-8").splitlines()
    assert rows[problem.line - 1] == "    rank: two"
    assert str(problem).startswith(f"steps.yml:{problem.line}: steps[call_platform].rank: ")


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "steps.yml", "    rank: 1\n", "    rank: one\n")
    edit(directory, "contacts.yml", "kind: police", "kind: polic")
    edit(directory, "faq.yml", ", 损失少警察管吗", "")
    (directory / "sources.yml").write_text("sources: [\n", "utf-8")
    assert {p.file for p in problems_of(directory)} == {"steps.yml", "contacts.yml", "faq.yml", "sources.yml"}


def test_an_id_may_not_be_used_in_two_files(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    edit(directory, "steps_later.yml", "id: get_receipt", "id: call_platform")
    (problem,) = problems_of(directory)
    assert (problem.file, problem.field) == ("steps_later.yml", "steps[call_platform].id")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"contacts:\n  - id: \xff\xfe\n", "UTF-8"),
        (b"", "contacts"),
        (b"# only a comment\n", "contacts"),
        (b"- 1\n- 2\n", "contacts"),
        (b"just words\n", "contacts"),
        (b"contacts: []\n---\ncontacts: []\n", "---"),
        (b"contacts: \x07\n", "YAML"),
        (b"contacts: *nothing\n", "YAML"),
        (b"? [a]\n: b\n", "plain word"),
        (b"contacts: " + b"[" * 20, "YAML"),
        (b"contacts: " + b"[" * 200000, "brackets"),
    ],
)
def test_a_file_that_is_no_pack_file(tmp_path: Path, data: bytes, said: str) -> None:
    directory = copy_of(tmp_path)
    (directory / "contacts.yml").write_bytes(data)
    found = problems_of(directory)
    assert all(p.file == "contacts.yml" and p.line > 0 and p.field for p in found)
    assert any(said in p.message for p in found), found


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    path = directory / "pack.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(directory) == load(FIXTURE)


def test_missing_and_foreign_files_are_named(tmp_path: Path) -> None:
    directory = copy_of(tmp_path)
    (directory / "faq.yml").unlink()
    (directory / "contact.yml").write_text("contacts: []\n")
    (directory / "notes.md").write_text("not read")
    assert {p.file for p in problems_of(directory)} == {"faq.yml", "contact.yml"}


def test_a_directory_that_is_not_there_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere")[0].line == 1
