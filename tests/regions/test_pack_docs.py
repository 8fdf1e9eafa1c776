"""docs/packs.md against the schemas: every field is told, every field told exists, its example is a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.build import build
from knowledge.case import CHANNELS, Case
from knowledge.check import check
from knowledge.labels import LABELS
from knowledge.load import BY_LANGUAGE, KINDS, OPTIONAL, load, schema
from knowledge.plan import first_steps
from knowledge.store import open_pack
from rasa_project.dialogue import domain_responses, errors, sends

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `([a-z_]+)\.yml`\n(.*?)(?=^##)", PAGE, re.S | re.M))
BLOCKS = re.findall(r"^```yaml\n# (\S+?\.yml)(.*?)\n(.*?)^```", PAGE, re.S | re.M)
EXAMPLE = {name: body for name, more, body in BLOCKS if not more}
CONDITIONS = ("when", "unless")


def fields(part: dict[str, Any], before: str = "") -> Iterator[tuple[str, bool]]:
    """(dotted name, whether it must be there) of every field; what is keyed by language is one field."""
    for name, inner in part.get("properties", {}).items():
        yield before + name, name in part.get("required", ())
        if BY_LANGUAGE not in inner and name not in CONDITIONS:
            yield from fields(inner, f"{before}{name}.")


def of_kind(kind: str) -> dict[str, Any]:
    whole = schema(kind)
    return whole if kind == "pack" else whole["properties"][kind]["items"]  # type: ignore[no-any-return]


def told(kind: str) -> dict[str, bool]:
    rows = SECTIONS[kind].partition("| condition |")[0]
    return {name: bool(mark) for name, mark in re.findall(r"^\| `([a-z_.]+)` \| (•?)", rows, re.M)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_told_and_every_field_told_exists(kind: str) -> None:
    there = dict(fields(of_kind(kind)))
    assert told(kind).keys() == there.keys(), f"docs/packs.md, {kind}.yml: rows and schema differ"
    assert told(kind) == there, f"docs/packs.md, {kind}.yml: • stands at the fields that must be there"


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_to_choose_from_is_told(kind: str) -> None:
    for name, inner in of_kind(kind)["properties"].items():
        for value in inner.get("enum", ()):
            if name != "confidence" or kind == "contacts":
                assert f"`{value}`" in SECTIONS[kind], f"{kind}.{name}: {value}"


def test_every_condition_is_told() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| [a-z]", SECTIONS["steps"].partition("| condition |")[2], re.M)
    for name in CONDITIONS:
        assert set(rows) == set(of_kind("steps")["properties"][name]["properties"])


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("packs") / "yy"
    folder.mkdir()
    for name, body in EXAMPLE.items():
        (folder / name).write_text(body, encoding="utf-8")
    return folder


def test_the_example_is_a_whole_pack_without_a_complaint(example: Path, tmp_path: Path) -> None:
    assert set(EXAMPLE) == {f"{kind}.yml" for kind in KINDS if kind not in OPTIONAL}
    assert check(example, date(2026, 11, 23)) == [] and errors(example) == []
    pack = load(example)
    assert pack.id == example.name
    assert open_pack(build(example, tmp_path / "yy.sqlite")) == pack


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_example_gives_the_first_step_at_once(example: Path, channel: str) -> None:
    case = Case(situation="lost_money", channels=(channel,), language="en", region="yy")
    given = {step.id for step in first_steps(case, load(example), datetime.now(timezone.utc), ())}
    assert given == {f"first_{channel}", "call_police"}


def test_the_beginning_of_a_dialogue_names_what_there_is() -> None:
    ((name, body),) = [(name, body) for name, more, body in BLOCKS if more]
    assert name == "dialogue_fr.yml"
    (dialogue,) = yaml.safe_load(body)["dialogue"]
    assert set(dialogue) <= set(of_kind("dialogue")["properties"])
    assert set(dialogue["labels"]) <= set(LABELS)
    assert set(dialogue["responses"]) <= set(domain_responses())
    offered = {
        sends(button)
        for variations in domain_responses().values()
        for variation in variations
        for button in variation.get("buttons", ())
    }
    for key in dialogue["buttons"]:
        response, _, payload = key.rpartition(" ")
        assert payload in offered and (not response or response in domain_responses())
