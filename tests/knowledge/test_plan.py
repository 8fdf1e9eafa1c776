"""The plan of the mainland-China pack: a table of cases, and what is true of every case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from knowledge.case import CHANNELS, EXPOSURES, RECOVERY, REPORTED, SITUATIONS, Case
from knowledge.load import load
from knowledge.pack import STAGES, Pack
from knowledge.plan import FIRST_STEPS_AT_MOST, Plan, applies, build_plan, first_steps

NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
LOST: dict[str, Any] = {"situation": "lost_money"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


def ids(plan: Plan, stage: str | None = None) -> list[str]:
    return [step.id for step in plan.steps if stage in (None, step.stage)]


@pytest.mark.parametrize(
    ("case", "has", "lacks", "contacts"),
    [
        (
            Case(**LOST, channels=("bank_card",)),
            ["report_110", "first_bank_card"],
            ["first_cash"],
            ["police_110"],
        ),
        (
            Case(**LOST, channels=("bank_card",), platforms=("icbc",)),
            ["first_bank_card"],
            ["first_third_party_payment"],
            ["police_110", "icbc"],
        ),
        (
            Case(**LOST, channels=("third_party_payment",), platforms=("alipay",)),
            ["first_third_party_payment"],
            ["first_bank_card"],
            ["police_110", "alipay"],
        ),
        (
            Case(**LOST, channels=("third_party_payment",), platforms=("wechat_pay",)),
            ["first_third_party_payment"],
            [],
            ["wechat_pay"],
        ),
        (
            Case(**LOST, channels=("point_card",), platforms=("apple_card",)),
            ["first_point_card"],
            ["first_crypto"],
            ["apple"],
        ),
        (
            Case(**LOST, channels=("online_shopping",), platforms=("jd",)),
            ["first_online_shopping"],
            [],
            ["jd"],
        ),
        (Case(**LOST, channels=("cash",)), ["first_cash"], ["first_bank_card"], ["police_110"]),
        (Case(**LOST, channels=("crypto",), platforms=("usdt",)), ["first_crypto"], [], ["police_110"]),
        (Case(**LOST, channels=("loan",)), ["first_loan"], [], ["police_110"]),
        (
            Case(**LOST, channels=("bank_card", "point_card")),
            ["first_bank_card", "first_point_card"],
            ["first_loan"],
            [],
        ),
        (
            Case(situation="unauthorised", channels=("bank_card",)),
            ["report_110", "unauthorised_lock"],
            [],
            [],
        ),
        (Case(**LOST, exposure=("screen_share",)), ["cut_phone"], [], []),
        (Case(**LOST, exposure=("code_given",)), ["code_given"], ["cut_phone"], []),
        (Case(situation="being_pressured_now"), ["pressure_hang_up", "report_110"], [], ["police_110"]),
        (
            Case(situation="not_paid_yet"),
            ["not_paid_stop"],
            ["report_110", "first_bank_card"],
            ["antifraud_96110"],
        ),
        (
            Case(situation="recovery_offer", recovery="offered"),
            ["recovery_stop"],
            ["recovery_paid_report"],
            [],
        ),
        (
            Case(situation="recovery_offer", recovery="paid"),
            ["recovery_stop", "recovery_paid_report"],
            [],
            [],
        ),
        (Case(**LOST, channels=("cash",), reported="receipt"), ["first_cash"], ["report_110"], []),
        (Case(**LOST, channels=("cash",), reported="called_110"), ["first_cash"], ["report_110"], []),
        (Case(), ["report_110", "warn_recovery"], [], ["police_110"]),
    ],
)
def test_the_table_of_cases(
    pack: Pack, case: Case, has: list[str], lacks: list[str], contacts: list[str]
) -> None:
    plan = build_plan(case, pack, NOW)
    assert set(has) <= set(ids(plan))
    assert not set(lacks) & set(ids(plan))
    assert set(contacts) <= {contact.id for step in plan.steps for contact in step.contacts}


def some_cases() -> Iterator[Case]:
    """Every situation with every set of up to two channels, and each value of the other answers."""
    sets: list[tuple[str, ...] | None] = [None, (), *((c,) for c in CHANNELS), *combinations(CHANNELS, 2)]
    others = list(product(REPORTED, RECOVERY))
    exposures: list[tuple[str, ...] | None] = [None, (), *((e,) for e in EXPOSURES)]
    for number, (situation, channels) in enumerate(product((None, *SITUATIONS), sets)):
        reported, recovery = others[number % len(others)]
        yield Case(
            situation=situation,
            channels=channels,
            exposure=exposures[number % len(exposures)],
            reported=None if number % 4 == 0 else reported,
            recovery=None if number % 3 == 0 else recovery,
            elapsed=(None, "under_30min", "under_24h", "days", "over_week")[number % 5],
        )


def test_what_is_true_of_every_plan(pack: Pack) -> None:
    for case in some_cases():
        plan = build_plan(case, pack, NOW)
        stages = [STAGES.index(step.stage) for step in plan.steps]
        assert stages == sorted(stages), case
        assert len(set(ids(plan))) == len(plan.steps), case
        assert "warn_recovery" in plan, f"an ending without the warning of the second fraud: {case}"
        assert ids(plan, "now"), f"nothing to do now: {case}"
        if case.situation != "not_paid_yet":
            phones = {contact.phone for step in plan.steps for contact in step.contacts}
            assert "110" in phones or case.reported in ("called_110", "receipt"), case
        for channel in case.channels or ():
            if case.situation not in ("not_paid_yet",):
                assert f"first_{channel}" in plan, case


def test_the_same_case_gives_the_same_plan(pack: Pack) -> None:
    case = Case(**LOST, channels=("crypto", "bank_card"), platforms=("usdt", "icbc"))
    assert build_plan(case, pack, NOW) == build_plan(case, pack, NOW)


def test_every_step_is_reached_by_some_case(pack: Pack) -> None:
    for step in pack.steps.values():
        fields = {name: list(values) for name, values in step.when.items()}
        choices = [
            {
                name: (v,) if name in ("channels", "platforms", "exposure") else v
                for name, v in zip(fields, combo, strict=True)
            }
            for combo in product(*fields.values())
        ]
        assert any(applies(step, Case(**choice)) for choice in choices), f"{step.id} is in no plan"


@pytest.mark.parametrize("channel", CHANNELS)
def test_first_steps_follow_from_how_the_money_moved(pack: Pack, channel: str) -> None:
    case = Case(**LOST, channels=(channel,))
    first = [step.id for step in first_steps(case, pack, NOW, ())]
    assert first[0] == "report_110" and f"first_{channel}" in first
    assert first_steps(case, pack, NOW, first) == ()


def test_pressed_now_hears_hang_up_before_anything_else(pack: Pack) -> None:
    first = [step.id for step in first_steps(Case(situation="being_pressured_now"), pack, NOW, ())]
    assert first[0] == "pressure_hang_up" and "report_110" in first
    assert len(first) <= FIRST_STEPS_AT_MOST


def test_nothing_urgent_before_anything_is_known(pack: Pack) -> None:
    assert first_steps(Case(), pack, NOW, ()) == ()
    assert first_steps(Case(**LOST), pack, NOW, ()) == ()


@pytest.mark.parametrize("situation", ["lost_money", "unauthorised"])
def test_a_stop_payment_needs_what_the_receipt_says(pack: Pack, situation: str) -> None:
    case = Case(situation=situation, channels=("bank_card",))
    assert {"payee_name", "payee_account", "amount_exact", "time_exact"} == set(
        build_plan(case, pack, NOW).missing
    )
    assert build_plan(case.with_(reported="receipt"), pack, NOW).missing == ()
