"""The drawing says what the code does: the order, what is left out, where the first steps come."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import branches as telling
from knowledge.branches import branches
from knowledge.case import SITUATIONS, Case
from knowledge.drawing import page, svg
from knowledge.load import load
from knowledge.pack import PLACEHOLDER, Pack
from knowledge.triage import PATHS, path
from tests.knowledge.pack_files import FIXTURE

ROOT = Path(__file__).resolve().parents[2]
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=(FIXTURE, ROOT / "knowledge" / "cn"), ids=lambda each: each.name)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load(request.param)


def texts(drawing: str) -> list[str]:
    root = ElementTree.fromstring(drawing)
    return ["".join(element.itertext()) for element in root.iter(f"{NAMESPACE}text")]


def test_every_situation_is_in_one_branch_with_its_own_questions(pack: Pack) -> None:
    found = branches(pack)
    assert sorted(s for branch in found for s in branch.situations) == sorted(SITUATIONS)
    for branch in found:
        for situation in branch.situations:
            assert tuple(question.id for question in branch.questions) == PATHS[situation]


def test_what_is_left_out_is_what_the_path_leaves_out(pack: Pack) -> None:
    everything = Case(channels=("cash",), recovery="paid", second_channels=("cash",))
    facts = {"paid": everything.with_(recovery="offered"), "moved": everything.with_(channels=())}
    for branch in branches(pack):
        for situation in branch.situations:
            for word, without in facts.items():
                asked = set(path(everything.with_(situation=situation)))
                left_out = asked - set(path(without.with_(situation=situation)))
                assert left_out == {q.id for q in branch.questions if word in q.unless}, (situation, word)


def test_the_first_steps_are_marked_where_they_come() -> None:
    china = load(ROOT / "knowledge" / "cn")
    for branch in branches(china):
        marked = {question.id for question in branch.questions if question.urgent}
        assert {"channels", "exposure"} <= marked, branch.situations
        assert not marked & {"amount", "platforms"}
        if branch.situations == ("being_pressured_now",):
            assert branch.urgent


def test_without_urgent_steps_nothing_is_marked() -> None:
    china = load(ROOT / "knowledge" / "cn")
    later = {id_: replace(step, stage="today") for id_, step in china.steps.items()}
    for branch in branches(replace(china, steps=later)):
        assert not branch.urgent and not any(question.urgent for question in branch.questions)


def test_another_order_is_another_drawing(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    before = svg(pack)
    turned = {name: tuple(reversed(questions)) for name, questions in PATHS.items()}
    monkeypatch.setattr(telling, "PATHS", turned)
    assert svg(pack) != before


def test_the_drawing_is_whole_and_its_own(pack: Pack) -> None:
    drawing = svg(pack)
    said = texts(drawing)
    assert drawing == svg(pack)
    for language in pack.languages:
        for channel in pack.channels.values():
            assert any(channel.name[language] in line for line in said)
    assert not [line for line in said if PLACEHOLDER.search(line)]
    assert not re.search(r"<(script|image|foreignObject)|(href|src)=|@import|url\((?!#)", drawing)


def test_nothing_is_drawn_outside_the_picture(pack: Pack) -> None:
    root = ElementTree.fromstring(svg(pack))
    _, _, width, height = (float(n) for n in root.attrib["viewBox"].split())
    for box in root.iter(f"{NAMESPACE}rect"):
        x, y = float(box.get("x", 0)), float(box.get("y", 0))
        assert x >= 0 and y >= 0
        assert x + float(box.attrib["width"]) <= width and y + float(box.attrib["height"]) <= height


def test_the_page_tells_the_same_in_words(pack: Pack) -> None:
    told = page(pack)
    for branch in branches(pack):
        assert told.count("## ") == len(branches(pack)) + 1
        assert f"{len(branch.questions) + 1}. **" in told
    assert "(questions.svg)" in told
