"""How far someone is with the plan: what changed in it, what is done, what is next, what to chase."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from .case import Case
from .deadlines import due, events_of
from .intake import is_sentence
from .losses import PREFIX
from .pack import Pack, Text
from .plan import Plan, PlanStep, report_step
from .reading import normalise

#: Stages whose steps are done and ticked; what comes while waiting is to be known, not to be done.
TO_DO = ("now", "today", "this_week")
#: What a step of these saves is in danger whatever else is said.
STAYS_TRUE = ("person_safety", "access", "money_held")
#: Words of someone who says that the thing just named is done.
_DONE = re.compile(
    r"^(?:我)?(?:已经|刚|刚刚|都|也)*(?:做|打|办|弄|搞|说|报|交|投诉|联系|挂失|冻结|拿|去|处理|完成)(?:完|好|过|到|通)*了"
    r"|^(?:ok,? |yes,? )?(?:(?:it'?s |that'?s |i'?m |i am |all )?done|i(?:'?ve| have)?(?: just| already)? "
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
    covered = {step_id for step in plan.steps for step_id in step.covers}
    return Difference(
        added=tuple(step for step in plan.steps if step.id not in told),
        dropped=tuple(step_id for step_id in told if step_id not in there | covered),
    )


def may_be_needless(step_id: str, pack: Pack) -> bool:
    """Whether a person may be told that a step is no longer needed. What keeps them safe stays true."""
    step = pack.steps.get(step_id.removeprefix(PREFIX))
    return step is None or step.saves not in STAYS_TRUE


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
    """Something to ask after or to do by ``due`` (timezone aware): ``text`` is the rule in words."""

    due: datetime
    text: Text


def chases(plan: Plan, done_at: Mapping[str, str], pack: Pack, now: datetime) -> tuple[Chase, ...]:
    """The time limits of the plan that run at ``now``, from when steps were done; the earliest first.

    ``done_at`` maps step ids to ISO times; what is no time is left out.
    """
    times = {step_id.removeprefix(PREFIX): at for step_id, value in done_at.items() if (at := _time(value))}
    events = events_of(times, pack)
    running = [d for step in plan.steps for d in due(step, events, now) if not d.passed]
    found = {(d.ends, tuple(d.limit.text.items())): Chase(d.ends, d.limit.text) for d in running}
    return tuple(sorted(found.values(), key=lambda chase: chase.due))


def _time(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
