"""When the time limits of steps end, from when their clock started. Pure functions; no clock in here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .pack import Pack, Step, TimeLimit
from .plan import PlanStep

SATURDAY = 5
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Due:
    """A time limit whose clock runs: its last moment, in the zone it started in, and whether that is past."""

    limit: TimeLimit
    ends: datetime
    passed: bool


def ends(limit: TimeLimit, started: datetime, holidays: Collection[date] = ()) -> datetime:
    """The last moment of ``limit``. ``started`` is timezone aware.

    Hours count from the moment. Days count from the next day, and the last one counts whole. Working days
    leave out Saturdays, Sundays and ``holidays``; days off that are not known make the result early, and a
    person who asks a day early has lost nothing.
    """
    if limit.hours is not None:
        return started + timedelta(hours=limit.hours)
    if limit.days is not None:
        last = started.date() + timedelta(days=limit.days)
    else:
        last = started.date()
        left = limit.working_days or 0
        while left:
            last += timedelta(days=1)
            left -= last.weekday() < SATURDAY and last not in holidays
    return datetime.combine(last, END_OF_DAY, started.tzinfo)


def due(
    step: Step | PlanStep,
    events: Mapping[str, datetime],
    now: datetime,
    holidays: Collection[date] = (),
) -> tuple[Due, ...]:
    """The limits of ``step`` whose clock has started, the earliest end first.

    ``events``: name (one of :data:`knowledge.pack.EVENTS`) -> when it happened. One that is not known yet
    has no date, so its limits are left out.
    """
    running = []
    for limit in step.limits:
        started = events.get(limit.counts_from)
        if started is not None:
            end = ends(limit, started, holidays)
            running.append(Due(limit, end, now > end))
    return tuple(sorted(running, key=lambda d: d.ends))


def events_of(done: Mapping[str, datetime], pack: Pack) -> dict[str, datetime]:
    """The events that ticked steps amount to. ``done``: step id -> when the person said it was done.

    Where several steps mark the same event, the first time counts: an early date is the safe one.
    """
    found: dict[str, datetime] = {}
    for step_id, when in done.items():
        step = pack.steps.get(step_id)
        if step is None or step.marks is None:
            continue
        found[step.marks] = min(when, found.get(step.marks, when))
    return found
