"""What is asked next: every situation, every question, answered, skipped and taken back."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from knowledge.case import CHANNELS, CHOICES, SITUATIONS, Case, Money
from knowledge.triage import QUESTIONS, answered, finish, leave_open, next_question, path, reopen

ANSWERS: dict[str, tuple[Any, ...]] = {
    "situation": SITUATIONS,
    "channels": ((), *((c,) for c in CHANNELS), ("bank_card", "cash")),
    "channels_complete": (True,),
    "platforms": ((), ("alipay",)),
    "elapsed": CHOICES["elapsed"],
    "amount": (Money(31200, "CNY"),),
    "exposure": ((), ("screen_share", "code_given")),
    "reported": CHOICES["reported"],
    "recovery": CHOICES["recovery"],
    "second_channels": ((), *((c,) for c in CHANNELS)),
    "second_platforms": ((), ("alipay",)),
    "second_elapsed": CHOICES["elapsed"],
    "second_amount": (Money(7500, "CNY"),),
}


def walk(case: Case, pick: int) -> tuple[list[str], Case]:
    """Answer every question with its ``pick``-th answer (or the last it has)."""
    asked = []
    while (question := next_question(case)) is not None:
        assert question not in asked, f"{question} asked twice"
        asked.append(question)
        options = ANSWERS[question]
        case = case.with_(**{question: options[min(pick, len(options) - 1)]})
    return asked, case


def test_the_first_question_is_what_happened() -> None:
    assert next_question(Case()) == "situation"


@pytest.mark.parametrize(("situation", "pick"), list(product(SITUATIONS, range(9))))
def test_every_path_ends_and_asks_nothing_twice(situation: str, pick: int) -> None:
    asked, case = walk(Case(situation=situation), pick)
    assert next_question(case) is None
    assert "situation" not in asked
    assert set(asked) <= set(QUESTIONS)


@pytest.mark.parametrize("situation", ["lost_money", "unauthorised", "other"])
def test_how_the_money_moved_comes_within_two_questions(situation: str) -> None:
    assert next_question(Case(situation=situation)) == "channels"


def test_pressed_now_asks_about_the_phone_first() -> None:
    assert next_question(Case(situation="being_pressured_now")) == "exposure"


def test_nothing_about_the_payment_is_asked_when_no_money_moved() -> None:
    case = Case(situation="lost_money", channels=())
    assert not {"channels_complete", "platforms", "elapsed", "amount"} & set(path(case))


def test_an_offer_that_was_not_paid_is_not_asked_how_it_was_paid() -> None:
    assert "channels" not in path(Case(situation="recovery_offer", recovery="offered"))
    assert "channels" in path(Case(situation="recovery_offer", recovery="paid"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_left_open(question: str) -> None:
    case = leave_open(Case(), question)
    assert answered(case, question)
    assert leave_open(case, question) == case


@pytest.mark.parametrize("situation", [None, *SITUATIONS])
def test_finish_leaves_nothing_to_ask_and_keeps_every_answer(situation: str | None) -> None:
    case = Case(situation=situation, amount=Money(5, "CNY"), channels=("cash",))
    done = finish(case)
    assert next_question(done) is None
    assert (done.situation, done.amount, done.channels) == (case.situation, case.amount, case.channels)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("pick", range(3))
def test_back_to_any_question_asks_it_again(situation: str, pick: int) -> None:
    asked, case = walk(Case(situation=situation), pick)
    for question in asked:
        assert next_question(reopen(case, question)) == question


def test_taking_back_how_the_money_moved_takes_back_what_rested_on_it() -> None:
    case = Case(
        situation="lost_money",
        channels=("bank_card",),
        channels_complete=True,
        platforms=("icbc",),
        elapsed="days",
    )
    again = reopen(case, "channels")
    assert again.channels is None and again.platforms is None and not again.channels_complete
    assert again.elapsed == "days"


def test_slots_round_trip() -> None:
    case = Case(
        situation="unauthorised",
        channels=("crypto",),
        channels_complete=True,
        platforms=("usdt",),
        amount=Money(12.5, "USDT"),
        exposure=(),
        skipped=("recovery",),
        language="en",
    )
    assert Case.from_slots(case.to_dict()) == case


def test_old_or_foreign_slot_values_are_dropped() -> None:
    case = Case.from_slots({"situation": "nonsense", "channels": ["cash", "teleport"], "amount": "3", "x": 1})
    assert case == Case(channels=("cash",))
