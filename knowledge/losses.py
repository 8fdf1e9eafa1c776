"""The second loss: money paid to someone who promised the first loss back. It gets steps of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from .case import Case
from .labels import label
from .pack import STAGES, Pack, Step
from .plan import Plan, PlanStep, build_plan, first_steps

#: Before the id of a step that is about the second loss.
PREFIX = "second."
#: A step that depends on one of these is about a payment, and is done for each payment.
PAYMENT_FIELDS = ("channels", "platforms", "elapsed")


def second_loss(case: Case) -> Case | None:
    """The second loss as a case of its own; None while there is none, or nothing is known of its payment."""
    if case.recovery != "paid" or not case.second_channels:
        return None
    return Case(
        situation="lost_money",
        channels=case.second_channels,
        channels_complete=True,
        platforms=case.second_platforms,
        elapsed=case.second_elapsed,
        amount=case.second_amount,
        reported=case.reported,
        for_whom=case.for_whom,
        language=case.language,
        region=case.region,
        audience=case.audience,
    )


def whole_plan(case: Case, pack: Pack, now: datetime) -> Plan:
    """The plan for every loss of the case: the first's steps, and stage by stage the second's payment steps.

    Steps of the second loss have ids that begin with ``second.`` and titles that say what they are about.
    """
    plan = build_plan(case, pack, now)
    second = second_loss(case)
    if second is None:
        return plan
    more = [_marked(s, pack) for s in build_plan(second, pack, now).steps if _about_payment(pack.steps[s.id])]
    steps = sorted([*plan.steps, *more], key=lambda step: STAGES.index(step.stage))
    return replace(plan, steps=tuple(steps))


def urgent_steps(case: Case, pack: Pack, now: datetime, given: Collection[str]) -> tuple[PlanStep, ...]:
    """What :func:`knowledge.plan.first_steps` gives before the next question, for every loss."""
    first = first_steps(case, pack, now, given)
    second = second_loss(case)
    if second is None:
        return first
    told = {step_id.removeprefix(PREFIX) for step_id in given if is_second(step_id)}
    more = first_steps(second, pack, now, told)
    return (*first, *(_marked(step, pack) for step in more if _about_payment(pack.steps[step.id])))


def is_second(step_id: str) -> bool:
    """Whether a step of a plan is about the second loss."""
    return step_id.startswith(PREFIX)


def _about_payment(step: Step) -> bool:
    return any(name in step.when for name in PAYMENT_FIELDS)


def _marked(step: PlanStep, pack: Pack) -> PlanStep:
    title = {language: label("second_loss", pack, language) + words for language, words in step.title.items()}
    return replace(step, id=PREFIX + step.id, title=title)
