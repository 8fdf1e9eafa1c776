"""The plan of the mainland-China pack, by examples. What is true of every plan: test_plan_table.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from knowledge.case import CHANNELS, ELAPSED, Case
from knowledge.load import load, schema
from knowledge.pack import EVENTS, LIMITED, SAVES, Pack
from knowledge.plan import FIRST_STEPS_AT_MOST, SAVES_WHEN_LATE, Plan, build_plan, first_steps

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
        (Case(**LOST, for_whom="family"), ["report_for_other", "support_family_member"], ["tell_family"], []),
        (Case(**LOST, circumstances=("minor",)), ["minor_guardian"], [], ["youth_12355"]),
        (Case(**LOST, circumstances=("abroad",)), ["abroad_report", "report_110"], [], ["consular_12308"]),
        (
            Case(**LOST, circumstances=("foreign_speaker",)),
            ["foreign_speaker"],
            [],
            ["city_12345", "nia_12367"],
        ),
        (Case(**LOST, circumstances=("small_amount",)), ["small_amount", "report_110"], [], []),
        (
            Case(**LOST, circumstances=("hardship",)),
            ["hardship_help"],
            ["legal_aid"],
            ["legal_12348"],
        ),
        (Case(**LOST, circumstances=("card_lent",)), ["card_lent"], [], ["card_back", "legal_12348"]),
        (Case(**LOST, circumstances=("account_frozen",)), ["account_frozen"], [], ["card_back"]),
        (
            Case(**LOST, reported="receipt", circumstances=("police_declined",)),
            ["declined_review"],
            ["if_not_opened", "if_not_accepted"],
            ["legal_12348"],
        ),
        (
            Case(**LOST, channels=("bank_card", "third_party_payment"), circumstances=("platform_refused",)),
            ["platform_refused"],
            ["regulator_bank", "regulator_payment"],
            ["pbc_12363", "nfra_12378"],
        ),
        (
            Case(**LOST, circumstances=("police_contact",)),
            ["police_contact_check"],
            ["verify_officer"],
            ["police_110"],
        ),
        (
            Case(**LOST, circumstances=("return_offered",)),
            ["return_offered_check"],
            ["real_return"],
            ["police_110"],
        ),
        (Case(**LOST, circumstances=("still_contacted",)), ["contact_stop"], ["contact_again"], []),
        (
            Case(**LOST, channels=("third_party_payment",), platforms=("ecny",)),
            ["ecny_complaint"],
            ["payment_record"],
            ["ecny_wallet"],
        ),
        (Case(**LOST, channels=("third_party_payment",)), ["payment_record"], [], []),
        (
            Case(**LOST, channels=("point_card",), reported="no", elapsed="over_week"),
            ["first_point_card", "not_yet_reported"],
            [],
            [],
        ),
    ],
)
def test_the_table_of_cases(
    pack: Pack, case: Case, has: list[str], lacks: list[str], contacts: list[str]
) -> None:
    plan = build_plan(case, pack, NOW)
    assert set(has) <= set(ids(plan))
    assert not set(lacks) & set(ids(plan))
    assert set(contacts) <= {contact.id for step in plan.steps for contact in step.contacts}


def test_the_same_case_gives_the_same_plan(pack: Pack) -> None:
    case = Case(**LOST, channels=("crypto", "bank_card"), platforms=("usdt", "icbc"))
    assert build_plan(case, pack, NOW) == build_plan(case, pack, NOW)


def test_the_policy_knows_what_the_pack_may_say() -> None:
    step = schema("steps")["properties"]["steps"]["items"]["properties"]
    limit = step["limits"]["items"]["properties"]
    assert tuple(step["saves"]["enum"]) == SAVES
    assert tuple(step["until"]["enum"]) == ELAPSED
    assert tuple(limit["who"]["enum"]) == LIMITED
    assert tuple(limit["counts_from"]["enum"]) == tuple(step["marks"]["enum"]) == EVENTS
    assert sorted(SAVES_WHEN_LATE) == sorted(SAVES)


def test_money_on_its_way_comes_early_and_gives_way_once_days_have_passed(pack: Pack) -> None:
    case = Case(**LOST, channels=("cash", "bank_card"))
    for elapsed in (None, "under_30min", "under_24h"):
        now = ids(build_plan(case.with_(elapsed=elapsed), pack, NOW), "now")
        assert {"cash_intercept", "bank_pending"} <= set(now)
        assert now.index("first_cash") < now.index("pay_nothing_more")
    days = ids(build_plan(case.with_(elapsed="days"), pack, NOW), "now")
    assert "bank_pending" not in days and "cash_intercept" in days
    assert days.index("pay_nothing_more") < days.index("first_cash")
    weeks = ids(build_plan(case.with_(elapsed="over_week"), pack, NOW), "now")
    assert not {"cash_intercept", "bank_pending"} & set(weeks)
    assert "report_110" in weeks, "however late, it can be reported"


def test_steps_that_say_the_same_are_one_step(pack: Pack) -> None:
    case = Case(situation="unauthorised", exposure=("remote_control", "code_given"), platforms=("icbc",))
    plan = build_plan(case, pack, NOW)
    lock = next(step for step in plan.steps if step.id == "unauthorised_lock")
    assert set(lock.covers) == {"secure_from_other_device", "code_given"}
    assert not set(lock.covers) & set(ids(plan))
    assert lock.contacts[0].id == "icbc", "the person's own bank comes first"
    alone = build_plan(Case(**LOST, exposure=("code_given",)), pack, NOW)
    assert "code_given" in ids(alone)


def test_what_covers_a_step_must_stand_before_it(pack: Pack) -> None:
    """Two steps that name each other would otherwise both be gone."""
    one, other = pack.steps["keep_evidence"], pack.steps["write_timeline"]
    steps = {
        one.id: replace(one, covered_by=(other.id,)),
        other.id: replace(other, covered_by=(one.id,)),
    }
    plan = build_plan(Case(**LOST), replace(pack, steps=steps), NOW)
    assert [(step.id, step.covers) for step in plan.steps] == [(one.id, (other.id,))]


@pytest.mark.parametrize("channel", CHANNELS)
def test_first_steps_follow_from_how_the_money_moved(pack: Pack, channel: str) -> None:
    case = Case(**LOST, channels=(channel,))
    first = [step.id for step in first_steps(case, pack, NOW, ())]
    assert first[0] == "report_110" and f"first_{channel}" in first
    assert first_steps(case, pack, NOW, first) == ()


@pytest.mark.parametrize("channels", combinations(CHANNELS, 2))
def test_each_way_gets_its_first_step_before_one_gets_its_second(
    pack: Pack, channels: tuple[str, ...]
) -> None:
    case = Case(**LOST, channels=channels, platforms=("wechat_pay",))
    first = first_steps(case, pack, NOW, ())
    assert len(first) == FIRST_STEPS_AT_MOST and "report_110" in {step.id for step in first}
    for channel in channels:
        assert any(channel in pack.steps[step.id].when.get("channels", ()) for step in first)


def test_who_is_in_touch_now_is_answered_first(pack: Pack) -> None:
    case = Case(**LOST, channels=("bank_card",), circumstances=("police_contact",))
    assert first_steps(case, pack, NOW, ())[0].id == "police_contact_check"


def test_pressed_now_hears_hang_up_before_anything_else(pack: Pack) -> None:
    first = [step.id for step in first_steps(Case(situation="being_pressured_now"), pack, NOW, ())]
    assert first[0] == "pressure_hang_up" and "report_110" in first
    assert len(first) <= FIRST_STEPS_AT_MOST


def test_nothing_urgent_before_anything_is_known(pack: Pack) -> None:
    assert first_steps(Case(), pack, NOW, ()) == ()
    assert first_steps(Case(**LOST), pack, NOW, ()) == ()
    for_everyone = replace(pack.steps["first_bank_card"], when={})
    always = replace(pack, steps={**pack.steps, for_everyone.id: for_everyone})
    assert first_steps(Case(**LOST), always, NOW, ()) == (), "no answer made it urgent"


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (Case(**LOST, channels=()), {"stop_payment"}),
        (Case(**LOST, skipped=("channels",)), {"stop_payment"}),
        (Case(skipped=("situation", "channels")), {"stop_payment"}),
        (Case(channels=(), skipped=("situation",)), {"money_held"}),
        (Case(situation="other", channels=()), {"stop_payment", "support", "money_held"}),
        (Case(situation="recovery_offer", skipped=("channels",)), {"person_safety", "stop_payment"}),
        (Case(), set()),
    ],
)
def test_who_leaves_open_how_the_money_moved_still_gets_a_first_step(
    pack: Pack, case: Case, told: set[str]
) -> None:
    first = first_steps(case, pack, NOW, ())
    more = first_steps(case, pack, NOW, [step.id for step in first])
    assert {step.saves for step in (*first, *more)} == told
    assert first_steps(case, pack, NOW, [step.id for step in (*first, *more)]) == ()


@pytest.mark.parametrize("situation", ["lost_money", "unauthorised"])
def test_a_stop_payment_needs_what_the_receipt_says(pack: Pack, situation: str) -> None:
    case = Case(situation=situation, channels=("bank_card",))
    assert {"payee_name", "payee_account", "amount_exact", "time_exact"} == set(
        build_plan(case, pack, NOW).missing
    )
    assert build_plan(case.with_(reported="receipt"), pack, NOW).missing == ()
