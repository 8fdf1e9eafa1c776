"""The plan for cases and packs nobody thought of: what must hold whatever the answers and the steps are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from knowledge.case import CHOICES, LIST_FIELDS, Case
from knowledge.deadlines import due, ends
from knowledge.load import load
from knowledge.pack import EVENTS, LIMITED, SAVES, STAGES, Pack, Step, TimeLimit
from knowledge.plan import FIRST_STEPS_AT_MOST, applies, build_plan, chosen, first_steps, urgency

NOW = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
PACK = load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")
# The same examples on every machine: a red test must be red for everyone.
quick = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# A whole pack takes long to make up.
quicker = settings(quick, max_examples=40)


def answer(name: str, values: tuple[str, ...]) -> st.SearchStrategy[Any]:
    if name in LIST_FIELDS:
        return st.none() | st.lists(st.sampled_from(values), unique=True).map(tuple)
    return st.none() | st.sampled_from(values)


answers: dict[str, st.SearchStrategy[Any]] = {
    **{name: answer(name, values) for name, values in CHOICES.items()},
    "platforms": answer("platforms", tuple(PACK.platforms)),
    "language": st.sampled_from(PACK.languages),
}
cases = st.builds(Case, **answers)

text = st.just({"zh": "字", "en": "word"})
lengths = st.sampled_from(("hours", "days", "working_days")).flatmap(
    lambda name: st.integers(1, 60).map(lambda n: {name: n})
)
limits = st.builds(
    lambda who, event, words, length: TimeLimit(who, event, words, **length),
    st.sampled_from(LIMITED),
    st.sampled_from(EVENTS),
    text,
    lengths,
)
conditions = st.dictionaries(st.sampled_from(sorted(CHOICES)), st.just(()), max_size=2).flatmap(
    lambda names: st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(CHOICES[name]), min_size=1, max_size=2, unique=True).map(tuple)
            for name in names
        }
    )
)
IDS = [f"step_{i}" for i in range(5)]


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """The contacts of the real pack with steps of no sense, which may even cover each other."""
    steps = {}
    for step_id in draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True)):
        steps[step_id] = Step(
            id=step_id,
            stage=draw(st.sampled_from(STAGES)),
            saves=draw(st.sampled_from(SAVES)),
            title=draw(text),
            body=draw(text),
            why=draw(text),
            staff=draw(text),
            sources=("S.1",),
            rank=draw(st.integers(0, 2)),
            when=draw(conditions),
            unless=draw(conditions),
            until=draw(st.none() | st.sampled_from(CHOICES["elapsed"])),
            covered_by=draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(tuple)),
            contacts=draw(st.lists(st.sampled_from(sorted(PACK.contacts)), max_size=3).map(tuple)),
            contacts_of=draw(st.none() | st.just("platforms")),
            limits=draw(st.lists(limits, max_size=2).map(tuple)),
        )
    return replace(PACK, steps=steps)


@quick
@given(cases)
def test_any_answers_get_a_plan_that_warns(case: Case) -> None:
    plan = build_plan(case, PACK, NOW)
    assert plan.steps[0].stage == "now"
    assert "warn_recovery" in plan
    told = case.situation == "not_paid_yet" or case.reported in ("called_110", "receipt")
    assert told or "report_110" in plan


@quick
@given(cases, st.data())
def test_the_order_of_answers_changes_neither_steps_nor_contacts(case: Case, data: st.DataObject) -> None:
    shuffled = {
        name: tuple(data.draw(st.permutations(value)))
        for name in LIST_FIELDS
        if (value := getattr(case, name)) is not None
    }
    one, other = build_plan(case, PACK, NOW), build_plan(case.with_(**shuffled), PACK, NOW)
    assert [s.id for s in one.steps] == [s.id for s in other.steps]
    for a, b in zip(one.steps, other.steps, strict=True):
        assert {c.id for c in a.contacts} == {c.id for c in b.contacts}


@quick
@given(cases)
def test_the_language_and_the_hour_change_nothing(case: Case) -> None:
    later = build_plan(case, PACK, NOW + timedelta(days=400))
    assert build_plan(case, PACK, NOW) == later
    for language in PACK.languages:
        assert build_plan(case.with_(language=language), PACK, NOW) == later


@quick
@given(cases)
def test_one_more_way_takes_no_channel_step_away(case: Case) -> None:
    """A step of one way may join another, but what is said about it stays."""
    assume(case.channels)
    assert case.channels
    fewer = case.with_(channels=case.channels[1:])
    before = {s.id for group in chosen(fewer, PACK) for s in group}
    after = {s.id for group in chosen(case, PACK) for s in group}
    assert before <= after


@quick
@given(cases, st.sets(st.sampled_from(sorted(PACK.steps))))
def test_first_steps_are_few_new_and_of_now(case: Case, given_before: set[str]) -> None:
    first = first_steps(case, PACK, NOW, given_before)
    assert len(first) <= FIRST_STEPS_AT_MOST
    assert not {s.id for s in first} & given_before
    order = [s.id for s in build_plan(case, PACK, NOW).steps if s.stage == "now"]
    assert [s.id for s in first] == [i for i in order if i in {s.id for s in first}]


@quicker
@given(cases, packs())
def test_any_pack_is_ordered_and_loses_no_step(case: Case, pack: Pack) -> None:
    groups = chosen(case, pack)
    shown = [group[0] for group in groups]
    assert [urgency(s, case) for s in shown] == sorted(urgency(s, case) for s in shown)
    found = [s.id for group in groups for s in group]
    assert sorted(found) == sorted(s.id for s in pack.steps.values() if applies(s, case))
    for group in groups:
        for joined in group[1:]:
            assert set(joined.covered_by) & {s.id for s in group}
            assert urgency(group[0], case) <= urgency(joined, case)


@quicker
@given(cases, packs())
def test_any_pack_keeps_every_contact(case: Case, pack: Pack) -> None:
    plan = build_plan(case, pack, NOW)
    for step, group in zip(plan.steps, chosen(case, pack), strict=True):
        ids = [c.id for c in step.contacts]
        assert len(set(ids)) == len(ids)
        assert {i for s in group for i in s.contacts} <= set(ids)


@quick
@given(st.permutations(range(6)), st.permutations(range(6)))
def test_rank_settles_what_the_rest_leaves_open(ranks: list[int], order: list[int]) -> None:
    """Steps that differ in nothing else come by rank, however the files are ordered."""
    plain = replace(PACK.steps["tell_family"], when={}, unless={})
    steps = [replace(plain, id=f"step_{rank}", rank=rank) for rank in ranks]
    pack = replace(PACK, steps={steps[i].id: steps[i] for i in order})
    assert [s.id for s in build_plan(Case(), pack, NOW).steps] == [f"step_{i}" for i in range(6)]


@quick
@given(limits, st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(0, 3600 * 24 * 90))
def test_a_limit_is_over_exactly_once_its_end_is_past(limit: TimeLimit, start: datetime, after: int) -> None:
    start = start.replace(tzinfo=timezone.utc)
    end = ends(limit, start)
    assert end > start
    whole_days = (end.date() - start.date()).days
    assert whole_days >= (limit.days or limit.working_days or 0)
    step = replace(PACK.steps["report_110"], limits=(limit,))
    (found,) = due(step, {limit.counts_from: start}, start + timedelta(seconds=after))
    assert found.passed == (start + timedelta(seconds=after) > end)


@pytest.mark.parametrize("days", [1, 5, 7, 45])
def test_working_days_never_end_on_a_weekend(days: int) -> None:
    limit = TimeLimit("they", "complaint_made", {"zh": "", "en": ""}, working_days=days)
    for offset in range(14):
        assert ends(limit, NOW + timedelta(days=offset)).weekday() < 5
