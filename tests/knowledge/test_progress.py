"""What changed in a plan, what is done, what is next and what to chase."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.case import Case
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.plan import build_plan
from knowledge.progress import (
    STAYS_TRUE,
    TO_DO,
    chases,
    difference,
    done_by,
    may_be_needless,
    next_step,
    says_done,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


def test_the_difference_is_what_is_new_and_what_no_longer_applies(pack: Pack) -> None:
    one = build_plan(Case(situation="lost_money", channels=("bank_card",)), pack, NOW)
    other = build_plan(Case(situation="lost_money", channels=("cash",)), pack, NOW)
    told = [step.id for step in one.steps]
    found = difference(told, other)
    assert {s.id for s in found.added} | set(told) - set(found.dropped) == {s.id for s in other.steps}
    assert "first_cash" in {s.id for s in found.added} and "first_bank_card" in found.dropped
    assert difference(told, one).added == () and difference(told, one).dropped == ()


def test_reporting_to_the_police_ticks_its_step_once(pack: Pack) -> None:
    before, after = Case(), Case(reported="called_110")
    assert done_by(before, after, pack) == ("report_110",)
    assert done_by(after, Case(reported="receipt"), pack) == ()
    assert done_by(before, Case(reported="no"), pack) == ()


@pytest.mark.parametrize(
    "text", ["做完了", "已经打过了", "办好了", "done", "I've done it", "I have called them", "finished"]
)
def test_done_in_words(text: str) -> None:
    assert says_done(text)


@pytest.mark.parametrize(
    "text", ["钱没了", "我被骗了", "被转走了", "I paid them", "not done yet", "他们把我拉黑了"]
)
def test_other_words_are_not_done(text: str) -> None:
    assert not says_done(text)


def test_next_goes_through_every_step_to_do_in_order(pack: Pack) -> None:
    plan = build_plan(Case(situation="lost_money", channels=("bank_card",)), pack, NOW)
    done: list[str] = []
    while (step := next_step(plan, done)) is not None:
        done.append(step.id)
    assert done == [step.id for step in plan.steps if step.stage in TO_DO]


def test_a_limit_runs_from_when_the_step_that_starts_it_was_done(pack: Pack) -> None:
    plan = build_plan(Case(situation="lost_money", channels=("bank_card",), reported="receipt"), pack, NOW)
    marking = [step.id for step in pack.steps.values() if step.marks == "case_accepted"]
    assert marking, "a step says when the police took the case"
    done_at = {marking[0]: NOW.isoformat()}
    running = chases(plan, done_at, pack, NOW)
    assert running and list(running) == sorted(running, key=lambda chase: chase.due)
    assert all(chase.due > NOW for chase in running)
    assert chases(plan, done_at, pack, running[-1].due + timedelta(days=1)) == (), "what is past is over"
    assert chases(plan, {}, pack, NOW) == chases(plan, {marking[0]: "yesterday"}, pack, NOW) == ()


def test_nobody_is_told_that_what_keeps_them_safe_is_needless(pack: Pack) -> None:
    for step in pack.steps.values():
        for step_id in (step.id, f"second.{step.id}"):
            assert may_be_needless(step_id, pack) is (step.saves not in STAYS_TRUE), step_id
    assert may_be_needless("gone_from_the_pack", pack)
