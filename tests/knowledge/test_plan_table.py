"""Every case there can be, as a table: what no plan may break, and that no step is in vain.

The table is every situation with every set of up to two channels, every time, exposure, report and recovery;
beside it stand each circumstance, each platform and each person asked for. What a plan is held against is
written out here and not read from the policy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from knowledge.cards import contact as contact_card
from knowledge.case import (
    CHANNELS,
    CIRCUMSTANCES,
    ELAPSED,
    EXPOSURES,
    FOR_WHOM,
    RECOVERY,
    REPORTED,
    SITUATIONS,
    Case,
)
from knowledge.load import load
from knowledge.pack import Pack, Step
from knowledge.plan import build_plan, chosen

NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
STAGES = ["now", "today", "this_week", "while_waiting"]
ORDER = ["person_safety", "access", "stop_payment", "accounts", "money_moving", "money_held", "evidence",
         "rights", "recovery", "support"]  # fmt: skip
ORDER_LATE = ["person_safety", "access", "stop_payment", "accounts", "money_held", "evidence", "money_moving",
              "rights", "recovery", "support"]  # fmt: skip
#: A plan longer than this is not used by somebody who is frightened; nor is a longer list of what to do now.
STEPS_AT_MOST, NOW_AT_MOST = 31, 10
TYPICAL_STEPS_AT_MOST, TYPICAL_NOW_AT_MOST = 25, 7

Ids = tuple[str, ...]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


CHANNEL_SETS: list[Ids | None] = [None, *((c,) for c in CHANNELS), *combinations(CHANNELS, 2)]
EXPOSURE_SETS: list[Ids | None] = [None, *((e,) for e in EXPOSURES)]


def table() -> Iterator[Case]:
    for situation, channels, elapsed, exposure, reported, recovery in product(
        (None, *SITUATIONS), CHANNEL_SETS, (None, *ELAPSED), EXPOSURE_SETS, REPORTED, RECOVERY
    ):
        yield Case(
            situation=situation,
            channels=channels,
            elapsed=elapsed,
            exposure=exposure,
            reported=reported,
            recovery=recovery,
        )


def beside_the_table(pack: Pack) -> Iterator[Case]:
    """What would make the table too long: one more answer at a time."""
    situations, singles = (None, *SITUATIONS), CHANNEL_SETS[: len(CHANNELS) + 1]
    for situation, channels, reported, told in product(situations, singles, (None, *REPORTED), CIRCUMSTANCES):
        yield Case(situation=situation, channels=channels, reported=reported, circumstances=(told,))
    for situation, whom, reported in product(situations, FOR_WHOM, REPORTED):
        yield Case(situation=situation, for_whom=whom, reported=reported)
    for situation, pair in product(situations, combinations(EXPOSURES, 2)):
        yield Case(situation=situation, channels=("bank_card",), exposure=pair)
    for situation, platform, elapsed in product(situations, pack.platforms.values(), (None, "over_week")):
        yield Case(
            situation=situation,
            channels=platform.channels[:1],
            platforms=(platform.id,),
            elapsed=elapsed,
            reported="no",
            recovery="none",
        )


# --- what is true of every plan -----------------------------------------------------------------------


def police_where_money_may_be_gone(case: Case, ids: Ids) -> bool:
    told = case.reported in ("called_110", "receipt")
    return told or case.situation == "not_paid_yet" or "report_110" in ids


def warns_of_the_second_fraud(case: Case, ids: Ids) -> bool:
    return "warn_recovery" in ids


def every_channel_has_its_first_step(case: Case, ids: Ids) -> bool:
    return case.situation == "not_paid_yet" or all(f"first_{c}" in ids for c in case.channels or ())


def whoever_is_worked_on_gets_away_first(case: Case, ids: Ids) -> bool:
    first = {
        "being_pressured_now": "pressure_hang_up",
        "recovery_offer": "recovery_stop",
        "not_paid_yet": "not_paid_stop",
    }.get(case.situation or "")
    return first is None or ids[0] == first


def the_hold_on_the_phone_is_cut_before_any_call(case: Case, ids: Ids) -> bool:
    if not set(case.exposure or ()) & {"screen_share", "remote_control"}:
        return True
    cut = [i for i in ids if i in ("cut_phone", "pressure_cut_phone")]
    return len(cut) == 1 and ("report_110" not in ids or ids.index(cut[0]) < ids.index("report_110"))


def what_they_hold_is_answered(case: Case, ids: Ids) -> bool:
    answers = {
        "code_given": {"code_given", "not_paid_exposed", "unauthorised_lock", "secure_from_other_device"},
        "password_given": {"password_given"},
        "id_given": {"id_given"},
    }
    return all(set(ids) & answers[e] for e in case.exposure or () if e in answers)


def a_second_loss_is_reported_as_its_own(case: Case, ids: Ids) -> bool:
    return case.recovery != "paid" or "recovery_paid_report" in ids


def an_offer_is_turned_away(case: Case, ids: Ids) -> bool:
    told = case.recovery in ("offered", "paid") or case.situation == "recovery_offer"
    return not told or bool({"recovery_stop", "recovery_stop_offered"} & set(ids))


def the_report_is_not_asked_for_twice(case: Case, ids: Ids) -> bool:
    return case.reported not in ("called_110", "receipt") or "report_110" not in ids


def a_receipt_is_asked_for_or_kept(case: Case, ids: Ids) -> bool:
    return case.situation == "not_paid_yet" or bool({"report_statement", "receipt_next"} & set(ids))


def nothing_that_time_has_made_useless(case: Case, ids: Ids) -> bool:
    gone = {"days": DAY, "over_week": {*DAY, *WEEK}}.get(case.elapsed or "", set())
    return not gone & set(ids)


DAY = {"bank_pending", "wechat_delayed", "alipay_delayed", "unauthorised_card_proof"}
WEEK = {"cash_intercept"}

ALWAYS: tuple[Callable[[Case, Ids], bool], ...] = (
    police_where_money_may_be_gone,
    warns_of_the_second_fraud,
    every_channel_has_its_first_step,
    whoever_is_worked_on_gets_away_first,
    the_hold_on_the_phone_is_cut_before_any_call,
    what_they_hold_is_answered,
    a_second_loss_is_reported_as_its_own,
    an_offer_is_turned_away,
    the_report_is_not_asked_for_twice,
    a_receipt_is_asked_for_or_kept,
    nothing_that_time_has_made_useless,
)


@dataclass
class Seen:
    """What one pass over the table found."""

    cases: int = 0
    #: the shown steps, and whether days had passed -> the first case with that plan
    plans: dict[tuple[Ids, bool], Case] = field(default_factory=dict)
    #: a shown step and those that joined it -> the first case with them
    joined: dict[Ids, Case] = field(default_factory=dict)
    #: rule -> the first cases that broke it
    broken: dict[str, list[Any]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(pack: Pack) -> Seen:
    found = Seen()
    for cases in (table(), beside_the_table(pack)):
        for case in cases:
            groups = chosen(case, pack)
            ids = tuple([group[0].id for group in groups])
            found.cases += 1
            found.plans.setdefault((ids, case.elapsed in ("days", "over_week")), case)
            for group in groups:
                if len(group) > 1:
                    found.joined.setdefault(tuple([step.id for step in group]), case)
            for rule in ALWAYS:
                if not rule(case, ids):
                    found.broken.setdefault(rule.__name__, []).append((case, ids))
    return found


def steps_of(seen: Seen, pack: Pack) -> Iterator[tuple[Case, list[Step], bool]]:
    for (ids, late), case in seen.plans.items():
        yield case, [pack.steps[i] for i in ids], late


def test_the_table_is_the_whole_table(seen: Seen) -> None:
    assert seen.cases > 50_000
    assert len(seen.plans) > 5_000


@pytest.mark.parametrize("rule", [rule.__name__ for rule in ALWAYS])
def test_every_case(seen: Seen, rule: str) -> None:
    broken = seen.broken.get(rule, [])
    assert not broken, f"{len(broken)} cases, such as {broken[0]}"


def test_every_plan_is_in_the_order_of_the_policy(seen: Seen, pack: Pack) -> None:
    for case, steps, late in steps_of(seen, pack):
        order = ORDER_LATE if late else ORDER
        keys = [(STAGES.index(step.stage), order.index(step.saves)) for step in steps]
        assert keys == sorted(keys), case


def test_every_plan_has_something_to_do_now(seen: Seen, pack: Pack) -> None:
    for case, steps, _ in steps_of(seen, pack):
        assert steps[0].stage == "now", case


def test_rights_with_the_shortest_time_come_first(seen: Seen, pack: Pack) -> None:
    def hours(step: Step) -> float:
        return min(
            (x.hours or 24 * (x.days or x.working_days or 0) for x in step.limits), default=float("inf")
        )

    for case, steps, _ in steps_of(seen, pack):
        for stage in STAGES:
            times = [hours(s) for s in steps if s.stage == stage and s.saves == "rights"]
            assert times == sorted(times), case


def test_no_plan_says_a_thing_twice(seen: Seen, pack: Pack) -> None:
    for ids, _ in seen.plans:
        assert len(set(ids)) == len(ids)
    for language, name in product(pack.languages, ("title", "body", "why", "staff")):
        texts = Counter(getattr(step, name)[language] for step in pack.steps.values())
        # A reason may be shared; what to do may not.
        assert name == "why" or max(texts.values()) == 1, texts.most_common(1)


def test_every_contact_of_every_plan_can_be_shown(pack: Pack) -> None:
    for case in beside_the_table(pack):
        for step in build_plan(case, pack, NOW).steps:
            assert len({c.id for c in step.contacts}) == len(step.contacts), (case, step.id)
            for found in step.contacts:
                assert pack.contacts[found.id] is found
            assert step.id != "report_110" or "110" in {c.phone for c in step.contacts}
    for language, found in product(pack.languages, pack.contacts.values()):
        card = contact_card(found, language)
        assert sum(way in card for way in ("phone", "url", "where")) == 1, found.id


def test_a_step_that_joins_another_leaves_nothing_behind(seen: Seen, pack: Pack) -> None:
    assert {i for joined in seen.joined for i in joined[1:]} == {
        step.id for step in pack.steps.values() if step.covered_by
    }, "a step that never joins any"
    for (leader, *joined), case in seen.joined.items():
        shown = next(s for s in build_plan(case, pack, NOW).steps if s.id == leader)
        assert shown.covers == tuple(joined)
        for other in (pack.steps[i] for i in joined):
            assert set(other.contacts) <= {c.id for c in shown.contacts}
            assert set(other.evidence) <= set(shown.evidence)
            assert set(other.sources) <= set(shown.sources)
            assert all(limit in shown.limits for limit in other.limits)


def test_no_plan_is_too_long_to_use(seen: Seen, pack: Pack) -> None:
    for case, steps, _ in steps_of(seen, pack):
        assert len(steps) <= STEPS_AT_MOST, case
        assert sum(step.stage == "now" for step in steps) <= NOW_AT_MOST, case
        if len(case.channels or ()) < 2 and not case.exposure and case.recovery != "paid":
            assert len(steps) <= TYPICAL_STEPS_AT_MOST, case
            assert sum(step.stage == "now" for step in steps) <= TYPICAL_NOW_AT_MOST, case


def test_no_step_is_in_vain(seen: Seen, pack: Pack) -> None:
    shown = {i for ids, _ in seen.plans for i in ids}
    assert not set(pack.steps) - shown, "in no plan of the table"


# --- what has steps of its own ------------------------------------------------------------------------


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("stage", ["now", "today", "this_week"])
def test_every_channel_has_a_step_of_its_own_in_each_stage(pack: Pack, stage: str, channel: str) -> None:
    plain = {s.id for s in build_plan(Case(situation="lost_money"), pack, NOW).steps}
    steps = build_plan(Case(situation="lost_money", channels=(channel,)), pack, NOW).steps
    own = [s.id for s in steps if s.stage == stage and s.id not in plain]
    assert any(pack.steps[i].when.get("channels") == (channel,) for i in own), own


@pytest.mark.parametrize("told", CIRCUMSTANCES)
@pytest.mark.parametrize("situation", [s for s in SITUATIONS if s != "not_paid_yet"])
@pytest.mark.parametrize("reported", REPORTED)
def test_every_circumstance_changes_what_to_do(pack: Pack, reported: str, situation: str, told: str) -> None:
    case = Case(situation=situation, reported=reported)
    before = {s.id for s in build_plan(case, pack, NOW).steps}
    after = {s.id for s in build_plan(case.with_(circumstances=(told,)), pack, NOW).steps}
    assert any(told in pack.steps[i].when.get("circumstances", ()) for i in after - before)


@pytest.mark.parametrize("channels", combinations(CHANNELS, 2))
def test_the_order_in_which_ways_were_named_changes_nothing(pack: Pack, channels: Ids) -> None:
    one = Case(situation="lost_money", channels=channels, platforms=("alipay", "icbc"))
    other = one.with_(channels=channels[::-1], platforms=("icbc", "alipay"))
    plans = [build_plan(case, pack, NOW).steps for case in (one, other)]
    assert [s.id for s in plans[0]] == [s.id for s in plans[1]]
    for a, b in zip(*plans, strict=True):
        assert {c.id for c in a.contacts} == {c.id for c in b.contacts}
