"""When time limits end: by hand, over weekends and holidays, and in the mainland-China pack."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.deadlines import due, ends, events_of
from knowledge.load import load
from knowledge.pack import EVENTS, Pack, TimeLimit

CHINA = timezone(timedelta(hours=8))
TEXT = {"zh": "期限", "en": "limit"}
#: A Monday.
START = datetime(2026, 11, 23, 15, 30, tzinfo=CHINA)
LAST = (23, 59, 59)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(Path(__file__).resolve().parents[2] / "knowledge" / "cn")


def limit(**length: int) -> TimeLimit:
    return TimeLimit(who="they", counts_from="report_made", text=TEXT, **length)


@pytest.mark.parametrize(
    ("length", "start", "end"),
    [
        ({"hours": 48}, START, datetime(2026, 11, 25, 15, 30, tzinfo=CHINA)),
        ({"days": 3}, START, datetime(2026, 11, 26, *LAST, tzinfo=CHINA)),
        ({"days": 7}, START, datetime(2026, 11, 30, *LAST, tzinfo=CHINA)),
        ({"working_days": 4}, START, datetime(2026, 11, 27, *LAST, tzinfo=CHINA)),
        ({"working_days": 5}, START, datetime(2026, 11, 30, *LAST, tzinfo=CHINA)),
        ({"working_days": 7}, START, datetime(2026, 12, 2, *LAST, tzinfo=CHINA)),
        # told on a Saturday: the first working day is Monday
        (
            {"working_days": 1},
            datetime(2026, 11, 28, 1, tzinfo=CHINA),
            datetime(2026, 11, 30, *LAST, tzinfo=CHINA),
        ),
        # over the end of a year and a leap day
        (
            {"days": 30},
            datetime(2028, 2, 1, tzinfo=timezone.utc),
            datetime(2028, 3, 2, *LAST, tzinfo=timezone.utc),
        ),
    ],
)
def test_when_a_limit_ends(length: dict[str, int], start: datetime, end: datetime) -> None:
    assert ends(limit(**length), start) == end


def test_holidays_make_working_days_longer_and_nothing_else() -> None:
    off = {date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28)}
    assert ends(limit(working_days=2), START, off).date() == date(2026, 11, 27)
    assert ends(limit(days=2), START, off) == ends(limit(days=2), START)
    assert ends(limit(hours=2), START, off) == ends(limit(hours=2), START)


def test_only_clocks_that_run_and_the_earliest_end_first(pack: Pack) -> None:
    step = pack.steps["if_not_opened"]
    assert due(step, {}, START) == ()
    running = due(step, {"notice_received": START, "reconsideration_asked": START}, START)
    assert [(d.limit.who, d.ends.date()) for d in running] == [
        ("you", date(2026, 11, 30)),
        ("they", date(2026, 12, 23)),
    ]
    assert not any(d.passed for d in running)
    later = due(step, {"notice_received": START}, START + timedelta(days=7, hours=9))
    assert [d.passed for d in later] == [True]
    same_day = due(step, {"notice_received": START}, START + timedelta(days=7, hours=8))
    assert [d.passed for d in same_day] == [False], "the last day counts whole"


def test_a_ticked_step_starts_the_clock(pack: Pack) -> None:
    events = events_of({"report_statement": START, "keep_evidence": START, "gone": START}, pack)
    assert events == {"case_accepted": START}
    review = due(pack.steps["follow_decision"], events, START)
    assert [(d.ends.date() - START.date()).days for d in review] == [3, 7, 30]


def test_of_two_steps_that_mark_an_event_the_first_counts(pack: Pack) -> None:
    later = START + timedelta(days=2)
    for done in (
        {"report_statement": START, "receipt_next": later},
        {"receipt_next": START, "report_statement": later},
    ):
        assert events_of(done, pack) == {"case_accepted": START}


def test_the_limits_of_the_rules(pack: Pack) -> None:
    """CN-1.20, 1.21, 1.27, 1.32, 1.39, 5.01, 5.03: the numbers, beside the texts that say them."""
    found = {
        (s.id, limit.counts_from, limit.who, limit.hours, limit.days, limit.working_days)
        for s in pack.steps.values()
        for limit in s.limits
    }
    review = {
        ("not_opened", "they", None, 3, None),
        ("notice_received", "you", None, 7, None),
        ("reconsideration_asked", "they", None, 30, None),
        ("reconsideration_received", "you", None, 7, None),
        ("review_asked", "they", None, 30, None),
    }
    assert found == {
        *(("declined_review", *rule) for rule in review),
        *(("if_not_opened", *rule) for rule in review),
        *(("follow_decision", "case_accepted", "they", None, days, None) for days in (3, 7, 30)),
        ("if_not_accepted", "report_made", "they", 24, None, None),
        ("what_happens_now", "payment_stopped", "they", 48, None, None),
        ("real_return", "return_announced", "they", None, 30, None),
        ("real_return", "return_ordered", "they", None, None, 3),
        ("regulator_shop", "goods_received", "you", None, 7, None),
        ("regulator_shop", "complaint_made", "they", None, None, 7),
        ("regulator_shop", "complaint_accepted", "they", None, None, 45),
    }
    for step in pack.steps.values():
        for rule in step.limits:
            number = str(rule.hours or rule.days or rule.working_days)
            assert all(number in text for text in rule.text.values()), (step.id, rule.text)


def test_every_event_is_used(pack: Pack) -> None:
    assert {x.counts_from for s in pack.steps.values() for x in s.limits} == set(EVENTS)
