"""The second loss: asked about, planned and marked as its own, and gone when it was taken back."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from knowledge.case import CHANNELS, Case
from knowledge.intake import Heard, take_in
from knowledge.load import load
from knowledge.losses import is_second, second_loss, urgent_steps, whole_plan
from knowledge.pack import STAGES, Pack
from knowledge.plan import build_plan
from knowledge.triage import SECOND_LOSS, next_question, path

NOW = datetime(2026, 11, 23, tzinfo=timezone.utc)
FIRST = Case(situation="lost_money", channels=("bank_card",), recovery="paid")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


@pytest.mark.parametrize("recovery", [None, "none", "offered"])
def test_it_is_asked_about_only_when_something_was_paid(recovery: str | None) -> None:
    assert not set(SECOND_LOSS) & set(path(FIRST.with_(recovery=recovery)))
    assert "second_channels" in path(FIRST)


def test_who_came_because_of_an_offer_has_no_second_loss() -> None:
    assert not set(SECOND_LOSS) & set(path(FIRST.with_(situation="recovery_offer")))


def test_nothing_more_is_asked_of_a_payment_left_open() -> None:
    case = FIRST.with_(skipped=("second_channels",))
    assert next_question(case) not in SECOND_LOSS


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_plan_has_the_steps_of_both_and_marks_the_second(pack: Pack, channel: str) -> None:
    case = FIRST.with_(second_channels=(channel,))
    plan = whole_plan(case, pack, NOW)
    first = [step for step in plan.steps if not is_second(step.id)]
    second = [step for step in plan.steps if is_second(step.id)]
    assert first == list(build_plan(case, pack, NOW).steps)
    assert f"second.first_{channel}" in {step.id for step in second}
    stages = [STAGES.index(step.stage) for step in plan.steps]
    assert stages == sorted(stages)
    for step in second:
        for language, title in step.title.items():
            usual = pack.steps[step.id.removeprefix("second.")].title[language]
            assert title.endswith(usual) and title != usual


def test_its_stop_loss_step_comes_before_the_next_question_and_once(pack: Pack) -> None:
    case = FIRST.with_(second_channels=("point_card",))
    told = [step.id for step in urgent_steps(case, pack, NOW, ())]
    assert "second.first_point_card" in told
    assert "second.first_point_card" not in {s.id for s in urgent_steps(case, pack, NOW, told)}


def test_what_answers_a_question_of_the_second_loss_leaves_the_first_alone(pack: Pack) -> None:
    said = {"channels": ["third_party_payment"], "platforms": ["wechat_pay"], "elapsed": ["days"]}
    after = take_in(FIRST, Heard("inform", said, "昨天用微信", asked="second_channels"), pack)
    assert (after.second_channels, after.second_platforms) == (("third_party_payment",), ("wechat_pay",))
    assert (after.channels, after.platforms, after.second_elapsed) == (("bank_card",), None, "days")


def test_taken_back_it_is_gone(pack: Pack) -> None:
    case = FIRST.with_(second_channels=("cash",), second_elapsed="days")
    after = take_in(case, Heard("answer", {"recovery": ["offered"]}, "/answer", pressed=True), pack)
    assert second_loss(after) is None and after.second_channels is None and after.second_elapsed is None
