"""Our own texts and what is made of their scores: tables, confusions, calibration, the picture."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import keywords, own
from benchmarks.understanding_picture import picture
from benchmarks.understanding_report import calibration_error, confusions, table
from knowledge.case import CHANNELS
from tests.data.test_nlu_balance import Sentence, alike, grams

ROW: dict[str, Any] = {
    "id": "a",
    "topic": "told",
    "lang": "zh",
    "person": "first",
    "channels": ["loan", "bank_card"],
    "channels_also": [["loan"]],
    "amount": [{"value": 5, "currency": "CNY"}],
    "situation": ["lost_money", "unauthorised"],
}
READING: dict[str, Any] = {
    "channels": ["loan"],
    "amount": {"value": 5.0, "currency": "CNY"},
    "situation": "unauthorised",
    "in_scope": True,
    "crisis": False,
    "recovery_offer": False,
}


def test_the_texts_are_labelled_and_split() -> None:
    rows = [*own.rows("dev"), *own.rows("test")]
    assert len(rows) > 400 and len({row["id"] for row in rows}) == len(rows)
    assert all(set(row.get("channels", ())) <= set(CHANNELS) for row in rows)
    assert min(len(own.rows("dev")), len(own.rows("test"))) > len(rows) / 3


def test_no_text_is_learnt() -> None:
    texts = [row["text"] for split in ("dev", "test") for row in own.rows(split)]
    measured = [grams(Sentence(text, "", "").key) for text in texts]
    found = [(s.file, s.text) for s in alike(measured)]
    assert not found, found


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"channels": ["bank_card"]}, {"channels, told by the person"}),
        ({"amount": None}, {"amount"}),
        ({"situation": None}, {"situation"}),
    ],
)
def test_a_row_counts_for_what_is_labelled(changed: dict[str, Any], wrong: set[str]) -> None:
    counted = own.scores([ROW], {"a": READING | changed})
    assert {name for (name, _), (right, total) in counted.items() if right < total} == wrong
    assert len(counted) == 3


def test_the_table_says_what_is_short() -> None:
    more, less = ("x", "at least", (9, 10), 0.95, True), ("y", "at most", (1, 10), 0.1, False)
    assert [line[-1] for line in table([[more, less], [more, less]])] == ["short", "yes"]


def test_an_accepted_situation_is_no_confusion() -> None:
    assert confusions([ROW], {"a": READING}) == {("unauthorised", "unauthorised"): 1}
    other = READING | {"situation": None}
    assert confusions([ROW], {"a": other}) == {("lost_money", "other"): 1}


def test_calibration_error_weighs_by_number() -> None:
    assert calibration_error([(30, 0.5, 0.6), (10, 0.9, 0.9), (0, 0.0, 0.0)]) == pytest.approx(0.075)


def test_the_picture_is_drawn_from_the_scores() -> None:
    drawn = picture({("a < b", "zh"): (3, 4)}, {("lost_money", "other"): 2}, [(5, 0.5, 0.4)])
    words = "".join(ElementTree.fromstring(drawn).itertext())
    assert "a < b" in words and "zh 3/4" in words and "lost_money" in words


def test_words_of_an_intent_are_those_said_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keywords, "WORDS", 5)
    own_words = keywords.own_words([("red apple", "fruit"), ("red car", "vehicle"), ("green apple", "fruit")])
    assert set(own_words) == {"fruit", "vehicle"} and all(len(runs) == 5 for runs in own_words.values())
    assert not any(run.strip() in "red" for runs in own_words.values() for run in runs)
