"""How far someone is with the plan: what changed in it, what is done, what is next, what to chase."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .case import Case
from .intake import is_sentence
from .pack import Pack, Text
from .plan import Plan, PlanStep, report_step
from .reading import normalise

#: Stages whose steps are done and ticked; what comes while waiting is to be known, not to be done.
TO_DO = ("now", "today", "this_week")
#: Words of someone who says that the thing just named is done.
_DONE = re.compile(
    r"^(?:我)?(?:已经|刚|刚刚|都|也)*(?:做|打|办|弄|搞|说|报|交|投诉|联系|挂失|冻结|拿|去|处理|完成)(?:完|好|过|到|通)*了"
    r"|^(?:ok,? |yes,? )?(?:(?:it'?s |that'?s |i'?m |i am |all )?done|i (?:have |'?ve )?(?:just |already )?"
    r"(?:did (?:it|that)|done (?:it|that|so)|called(?: them)?|finished(?: it)?)|finished|completed)\b"
)


@dataclass(frozen=True)
class Difference:
    """What a change did to the plan: steps that are new to the person, ids that no longer apply."""

    added: tuple[PlanStep, ...] = ()
    dropped: tuple[str, ...] = ()


def difference(told: Collection[str], plan: Plan) -> Difference:
    """The plan beside the ids of the steps the person has been told of.

    A step that another one covers now is still there, under that one's name.
    """
    there = {step.id for step in plan.steps}
    covered = {step_id for step in plan.steps for step_id in getattr(step, "covers", ())}
    return Difference(
        added=tuple(step for step in plan.steps if step.id not in told),
        dropped=tuple(step_id for step_id in told if step_id not in there | covered),
    )


def done_by(before: Case, after: Case, pack: Pack) -> tuple[str, ...]:
    """The ids of the steps that the person says are done, by how the case changed."""
    reported, step = ("called_110", "receipt"), report_step(pack)
    newly = after.reported in reported and before.reported not in reported
    return (step,) if step and newly else ()


def says_done(text: str) -> bool:
    """Whether a short text says "done" of what was just spoken of."""
    return not is_sentence(text) and _DONE.search(normalise(text).strip()) is not None


def next_step(plan: Plan, done: Collection[str]) -> PlanStep | None:
    """The first step that is still to be done."""
    return next((s for s in plan.steps if s.stage in TO_DO and s.id not in done), None)


@dataclass(frozen=True)
class Chase:
    """Something to ask after or to do by a time: ``due`` (aware), the rule in words, whose time it is.

    ``since`` is the step that started the clock.
    """

    due: datetime
    text: Text
    who: str
    since: str


def chases(plan: Plan, done_at: Mapping[str, str]) -> tuple[Chase, ...]:
    """What has a time limit that runs, from the times at which steps were done; the earliest first.

    ``done_at`` maps step ids to ISO times. A step that ``marks`` an event starts every limit of the plan that
    counts from it. Working days are counted as Monday to Friday: public holidays are not known here.
    """
    events: dict[str, tuple[datetime, str]] = {}
    for step in plan.steps:
        event, at = getattr(step, "marks", None), _time(done_at.get(step.id))
        if event and at and (event not in events or at < events[event][0]):
            events[event] = (at, step.id)
    found = []
    for step in plan.steps:
        for limit in getattr(step, "limits", ()):
            if limit.counts_from in events:
                at, since = events[limit.counts_from]
                found.append(Chase(_due(at, limit), limit.text, limit.who, since))
    return tuple(sorted(found, key=lambda chase: chase.due))


def _due(start: datetime, limit: Any) -> datetime:
    if limit.hours is not None:
        return start + timedelta(hours=limit.hours)
    if limit.days is not None:
        return start + timedelta(days=limit.days)
    due, left = start, int(limit.working_days)
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < 5
    return due


def _time(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
