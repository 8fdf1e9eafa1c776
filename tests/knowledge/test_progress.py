"""What changed in a plan, what is done, what is next and what to chase."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.case import Case
from knowledge.load import load
from knowledge.pack import Pack, Text
from knowledge.plan import Plan, PlanStep, build_plan
from knowledge.progress import TO_DO, chases, difference, done_by, next_step, says_done

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


@dataclass(frozen=True)
class Limit:
    """A time limit as the pack's steps hold it."""

    who: str
    counts_from: str
    text: Text
    hours: int | None = None
    days: int | None = None
    working_days: int | None = None


@dataclass(frozen=True)
class Limited(PlanStep):
    marks: str | None = None
    limits: tuple[Limit, ...] = ()


def limited(pack: Pack, marks: str | None = None, *limits: Limit) -> Limited:
    known = build_plan(Case(), pack, NOW).steps[0]
    fields = {name: getattr(known, name) for name in PlanStep.__dataclass_fields__}
    return Limited(**{**fields, "marks": marks, "limits": limits})


@pytest.mark.parametrize(
    ("length", "due"),
    [
        ({"hours": 48}, NOW + timedelta(days=2)),
        ({"days": 3}, NOW + timedelta(days=3)),
        ({"working_days": 5}, NOW + timedelta(days=7)),
    ],
)
def test_a_limit_runs_from_when_the_step_was_done(pack: Pack, length: dict[str, int], due: datetime) -> None:
    made = replace(limited(pack, "report_made"), id="made")
    limit = Limit("they", "report_made", {"zh": "x", "en": "x"}, **length)
    waits = replace(limited(pack, None, limit), id="waits")
    plan = Plan((made, waits), ())
    (chase,) = chases(plan, {"made": NOW.isoformat()})
    assert (chase.due, chase.who, chase.since) == (due, "they", "made")
    assert chases(plan, {}) == () and chases(plan, {"made": "yesterday"}) == ()
