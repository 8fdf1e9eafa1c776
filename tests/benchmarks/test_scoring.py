"""What counts as understood."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import scoring


def row(**more: Any) -> dict[str, Any]:
    return {"id": "a", "channels": ["unknown"], "alt_channels": [], **more}


def reading(**more: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "situation": "other",
        "channels": [],
        "amount": None,
        "crisis": False,
        "recovery_offer": False,
        "in_scope": True,
    }
    return {**nothing, **more}


@pytest.mark.parametrize(
    ("gold", "alternatives", "found", "accepted"),
    [
        (["unknown"], [], [], True),
        (["unknown"], [], ["loan"], False),
        (["unknown"], ["loan"], ["loan"], True),
        (["unknown"], ["loan", "cash"], ["loan", "cash"], True),
        (["bank_card"], [], ["bank_card"], True),
        (["bank_card"], [], [], False),
        (["bank_card"], ["unknown"], [], True),
        (["bank_card"], ["loan"], ["loan"], True),
        (["bank_card"], ["loan"], ["loan", "bank_card"], True),
        (["bank_card"], ["loan"], ["bank_card", "cash"], False),
        (["bank_card", "cash"], [], ["cash", "bank_card"], True),
        (["bank_card", "cash"], [], ["bank_card"], False),
        (["bank_card", "cash"], ["loan"], ["bank_card", "loan"], False),
    ],
)
def test_channels(gold: list[str], alternatives: list[str], found: list[str], accepted: bool) -> None:
    assert scoring.channels_accepted(row(channels=gold, alt_channels=alternatives), found) is accepted


def test_claims_are_counted_where_the_text_names_none() -> None:
    rows = [row(), row(id="b"), row(id="c", channels=["cash"]), row(id="d", alt_channels=["cash"])]
    readings = {each["id"]: reading(channels=["cash"]) for each in rows}
    readings["b"] = reading()
    assert scoring.claims_from_nothing(rows, readings) == (1, 3)
    assert scoring.channels(rows, readings) == (3, 4)


@pytest.mark.parametrize(
    ("amount", "right"),
    [
        ({"value": 40000.0, "currency": "CNY"}, 1),
        ({"value": 42000.0, "currency": "CNY"}, 1),
        ({"value": 40000.0, "currency": "USD"}, 0),
        ({"value": 4.0, "currency": "CNY"}, 0),
        (None, 0),
    ],
)
def test_amounts_in_yuan(amount: dict[str, Any] | None, right: int) -> None:
    rows = [row(amount_yuan=40000, amount_alt=[42000]), row(id="b", amount_yuan=None)]
    readings = {"a": reading(amount=amount), "b": reading(amount={"value": 1.0, "currency": "CNY"})}
    assert scoring.amounts(rows, readings) == (right, 1)


def test_found_and_false_alarms_are_counted_apart() -> None:
    rows = [row(id=name, crisis=name in "ab") for name in "abcd"]
    readings = {name: reading(crisis=name in "bc") for name in "abcd"}
    assert scoring.fired(rows, readings, "crisis", True) == (1, 2)
    assert scoring.fired(rows, readings, "crisis", False) == (1, 2)


@pytest.mark.parametrize(
    ("found", "starts"),
    [
        (reading(), False),
        (reading(situation=None), False),
        (reading(situation="lost_money"), True),
        (reading(situation="lost_money", in_scope=False), False),
        (reading(channels=["cash"]), True),
        (reading(channels=["cash"], in_scope=False), False),
        (reading(crisis=True, in_scope=False), True),
        (reading(recovery_offer=True, in_scope=False), True),
    ],
)
def test_what_starts_something(found: dict[str, Any], starts: bool) -> None:
    assert scoring.starts(found) is starts
    assert scoring.started([row()], {"a": found}) == (int(starts), 1)


def test_by_intent() -> None:
    rows = [row(id=name, crisis=name == "a") for name in "abc"]
    intents = {"a": "crisis", "b": "crisis", "c": "greet"}
    crisis = frozenset({"crisis"})
    assert scoring.intent_is(rows, intents, crisis) == (2, 3)
    assert scoring.intent_is(rows, intents, crisis, "crisis") == (1, 1)
    assert scoring.intent_is(rows, intents, crisis, "crisis", False) == (1, 2)
