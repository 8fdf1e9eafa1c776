"""What to say on the telephone: made of the person's own answers, only where there is somebody to ring."""

from __future__ import annotations

from datetime import datetime, timezone
from itertools import product
from pathlib import Path

import pytest

from knowledge.calling import what_to_say
from knowledge.case import CHANNELS, LANGUAGES, Case, Money
from knowledge.load import load
from knowledge.losses import PREFIX, whole_plan
from knowledge.pack import Pack
from knowledge.plan import LOSSES

NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
SITUATIONS = ("lost_money", "unauthorised", "being_pressured_now", "not_paid_yet", "recovery_offer", "other")


@pytest.fixture(scope="module")
def cn() -> Pack:
    return load(Path(__file__).parents[2] / "knowledge" / "cn")


def said(case: Case, pack: Pack) -> dict[str, list[str]]:
    return {step.id: what_to_say(step, case, pack) for step in whole_plan(case, pack, NOW).steps}


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_steps_with_somebody_to_ring_have_words_and_none_has_a_number(cn: Pack, language: str) -> None:
    for situation, channel in product(SITUATIONS, CHANNELS):
        case = Case(situation=situation, channels=(channel,), language=language)
        for step in whole_plan(case, cn, NOW).steps:
            lines = what_to_say(step, case, cn)
            assert not lines or step.contacts
            assert not any("{" in line or any(c.isdigit() for c in line) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_are_told_as_they_were_given(cn: Pack, language: str) -> None:
    case = Case(
        situation="lost_money",
        channels=("third_party_payment",),
        platforms=("alipay",),
        amount=Money(1234.5, "CNY"),
        elapsed="under_30min",
        language=language,
    )
    call = " ".join(said(case, cn)["report_110"])
    assert "1,234.50" in call and cn.platforms["alipay"].name[language] in call
    assert "1,234.50" not in " ".join(said(case.with_(amount=None), cn)["report_110"])


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_stop_payment_is_asked_for_only_where_money_has_gone(cn: Pack, situation: str) -> None:
    lines = said(Case(situation=situation, language="en"), cn).get("report_110", [])
    asked = any("stop-payment" in line for line in lines)
    assert asked == (situation in LOSSES and bool(lines))
    if situation in LOSSES:
        assert any("receipt" in line for line in lines), "the four things are read out"


def test_the_second_loss_is_told_by_its_own_answers(cn: Pack) -> None:
    case = Case(
        situation="lost_money",
        channels=("third_party_payment",),
        platforms=("alipay",),
        recovery="paid",
        second_channels=("bank_card",),
        second_platforms=("icbc",),
        language="en",
    )
    second = [lines for step, lines in said(case, cn).items() if step.startswith(PREFIX) and lines]
    assert second
    assert all("ICBC" in " ".join(lines) and "Alipay" not in " ".join(lines) for lines in second)
