"""The plan: the only place that decides which steps a case gets, and in what order. Pure functions.

Steps are ordered by what can still be saved (docs/adr/0005): inside a stage first by what a step saves, then
by the time a rule or the way of paying leaves for it, last by the pack's own rank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from .case import CHOICES, ELAPSED, Case
from .pack import SAVES, STAGES, Contact, Pack, Step, Text, TimeLimit

#: The most steps shown in the middle of the questions: a frightened person reads three things, not nine.
FIRST_STEPS_AT_MOST = 3
#: What police and bank compare before a stop-payment; a mismatch stops it (CN-1.27, CN-2.38).
STOP_PAYMENT_NEEDS = ("payee_name", "payee_account", "amount_exact", "time_exact")

#: Once days have passed most payments have arrived: what is in hand, and what can vanish, comes before them.
LATE = ("days", "over_week")
SAVES_WHEN_LATE = (
    *SAVES[: SAVES.index("money_moving")],
    "money_held",
    "evidence",
    "money_moving",
    *SAVES[SAVES.index("evidence") + 1 :],
)
_EARLY_ORDER = {name: i for i, name in enumerate(SAVES)}
_LATE_ORDER = {name: i for i, name in enumerate(SAVES_WHEN_LATE)}
_STAGE_ORDER = {name: i for i, name in enumerate(STAGES)}

#: Hours that each answer to "when" stands for at most; used to compare, never shown.
HOURS = {"under_30min": 0.5, "under_24h": 24.0, "days": 168.0}
NO_LIMIT = float("inf")
#: Situations in which money has gone.
LOSSES = ("lost_money", "unauthorised")
#: What is worth giving before the next question, if this case made it apply.
URGENT = ("person_safety", "access", "accounts", "money_moving")

_T = TypeVar("_T")
#: field of the case -> the values it has; empty while unanswered
Answers = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan, with its contacts resolved for this case. ``covers``: steps that joined it."""

    id: str
    stage: str
    saves: str
    title: Text
    body: Text
    why: Text
    staff: Text
    contacts: tuple[Contact, ...]
    deadline: Text | None
    evidence: tuple[str, ...]
    sources: tuple[str, ...]
    limits: tuple[TimeLimit, ...] = ()
    marks: str | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Steps in order, and the ids (pack evidence) that a stop-payment still needs from the receipt."""

    steps: tuple[PlanStep, ...]
    missing: tuple[str, ...]

    def __contains__(self, step_id: str) -> bool:
        return any(step.id == step_id for step in self.steps)


def applies(step: Step, case: Case) -> bool:
    """Whether ``step`` is of use in this case."""
    return _applies(step, _answers(case))


def _answers(case: Case) -> Answers:
    held = {name: getattr(case, name) for name in (*CHOICES, "platforms")}
    return {
        name: frozenset(value if isinstance(value, tuple) else () if value is None else (value,))
        for name, value in held.items()
    }


def meets(case: Case, conditions: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether every field named in ``conditions`` has one of the values named there."""
    return _meets(_answers(case), conditions)


def _meets(answers: Answers, conditions: Mapping[str, tuple[str, ...]]) -> bool:
    return not any(answers[name].isdisjoint(wanted) for name, wanted in conditions.items())


def _applies(step: Step, answers: Answers) -> bool:
    if not _meets(answers, step.when):
        return False
    for name, unwanted in step.unless.items():
        if not answers[name].isdisjoint(unwanted):
            return False
    return step.until is None or not any(_later(e, step.until) for e in answers["elapsed"])


def _later(elapsed: str, until: str) -> bool:
    return ELAPSED.index(elapsed) > ELAPSED.index(until)


def urgency(step: Step, case: Case) -> tuple[int, int, float, int]:
    """What steps are ordered by, smallest first: stage, what it saves, hours left for it at most, rank."""
    order = _LATE_ORDER if case.elapsed in LATE else _EARLY_ORDER
    return _STAGE_ORDER[step.stage], order[step.saves], _hours(step), step.rank


def _hours(step: Step) -> float:
    """The shortest time that a rule, or the way of paying, leaves for the step; a working day is 24 hours."""
    shortest = HOURS.get(step.until, NO_LIMIT) if step.until else NO_LIMIT
    for limit in step.limits:
        days = limit.days or limit.working_days or 0
        shortest = min(shortest, float(limit.hours or 24 * days))
    return shortest


def chosen(case: Case, pack: Pack) -> list[list[Step]]:
    """The steps for ``case`` in order, each followed by those that joined it and are not shown."""
    answers = _answers(case)
    steps = [step for step in pack.steps.values() if _applies(step, answers)]
    steps.sort(key=lambda step: urgency(step, case))
    shown: dict[str, list[Step]] = {}
    joins: dict[str, str] = {}
    for step in steps:
        # Only a step that stands earlier covers another, so steps cannot cover each other out of the plan.
        over = next((joins[i] for i in step.covered_by if i in joins), step.id)
        joins[step.id] = over
        shown.setdefault(over, []).append(step)
    return list(shown.values())


def contacts_for(step: Step, case: Case, pack: Pack) -> tuple[Contact, ...]:
    """The step's contacts: the person's own platforms first, because they can act on the account."""
    ids: list[str] = []
    if step.contacts_of == "platforms":
        channels = step.when.get("channels")
        for platform_id in case.platforms or ():
            platform = pack.platforms.get(platform_id)
            if platform is None or platform.contact is None:
                continue
            if channels is None or set(platform.channels) & set(channels):
                ids.append(platform.contact)
    ids.extend(step.contacts)
    return tuple(pack.contacts[i] for i in dict.fromkeys(ids))


def missing_for_stop_payment(case: Case, pack: Pack) -> tuple[str, ...]:
    """What to copy from the receipt for a stop-payment, while money is gone and there is no case receipt yet.

    An amount told in the conversation does not count: people round, and a mismatch stops the stop-payment.
    Names and account numbers of the payee are never asked for (privacy), so they are always listed.
    """
    if not case.channels or case.reported == "receipt":
        return ()
    return tuple(i for i in STOP_PAYMENT_NEEDS if i in pack.evidence)


def build_plan(case: Case, pack: Pack, now: datetime) -> Plan:
    """The steps for ``case`` in the order to do them; the same case gives the same plan.

    ``now`` is the time of asking (timezone aware). It is part of the contract; when time limits end is worked
    out by deadlines.py, from when a step was ticked.
    """
    steps = tuple(_plan_step(group, case, pack) for group in chosen(case, pack))
    return Plan(steps=steps, missing=missing_for_stop_payment(case, pack))


def _plan_step(group: list[Step], case: Case, pack: Pack) -> PlanStep:
    step, *joined = group
    return PlanStep(
        id=step.id,
        stage=step.stage,
        saves=step.saves,
        title=step.title,
        body=step.body,
        why=step.why,
        staff=step.staff,
        contacts=_union(contacts_for(s, case, pack) for s in group),
        deadline=next((s.deadline for s in group if s.deadline), None),
        evidence=_union(s.evidence for s in group),
        sources=_union(s.sources for s in group),
        limits=_union(s.limits for s in group),
        marks=step.marks,
        covers=tuple(s.id for s in joined),
    )


def report_step(pack: Pack) -> str | None:
    """The id of the step that calls the police: of stage ``now``, with the police, for whatever happened."""
    police = pack.emergency["police"]
    calls = [step for step in pack.steps.values() if step.stage == "now" and police in step.contacts]
    calls.sort(key=lambda step: (len(step.when), step.rank))
    return calls[0].id if calls else None


def _union(parts: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    kept: list[_T] = []
    for part in parts:
        kept += [item for item in part if item not in kept]
    return tuple(kept)


def first_steps(case: Case, pack: Pack, now: datetime, given: Collection[str]) -> tuple[PlanStep, ...]:
    """The stop-loss steps to give before the next question: what this answer made urgent, in plan order.

    Those are the steps of stage ``now`` that depend on how the money moved, on what the swindler holds, on
    being pressed, or on what else is true of the case; the police step goes with the first of them. When
    there are too many, every way the money moved gets its first step before one of them gets its second.
    """
    report = report_step(pack)
    steps = [s for s in build_plan(case, pack, now).steps if s.stage == "now" and s.id not in given]
    urgent = [s for s in steps if s.id != report and _is_urgent(pack.steps[s.id], case)]
    if not urgent:
        # Who leaves open how the money moved, or what happened, still gets a first step.
        saves = "stop_payment" if _may_be_lost(case) else "money_held" if _may_be_asked_to_pay(case) else None
        return tuple(s for s in steps if s.saves == saves)[:FIRST_STEPS_AT_MOST]
    police = [s for s in steps if s.id == report]
    room = FIRST_STEPS_AT_MOST - len(police)
    first = {s.id for s in urgent if s.saves in ("person_safety", "access")}
    for channel in case.channels or ():
        first.update([s.id for s in urgent if _is_for_all(pack.steps[s.id], channel)][:1])
    kept = sorted(urgent, key=lambda s: s.id not in first)[:room]
    return tuple(s for s in steps if s in kept or s in police)


def _may_be_lost(case: Case) -> bool:
    """Whether money may be gone although nobody says how it moved."""
    if case.channels:
        return False
    if "channels" in case.skipped:
        return case.situation in (*LOSSES, "other", None)
    return case.channels == () and case.situation in LOSSES


def _may_be_asked_to_pay(case: Case) -> bool:
    """Whether no money has moved, and nobody says what else happened."""
    return case.channels == () and case.situation in (None, "other")


def _is_urgent(step: Step, case: Case) -> bool:
    if step.saves in URGENT and step.when:
        return True
    return case.situation is not None and step.when.get("situation") == (case.situation,)


def _is_for_all(step: Step, channel: str) -> bool:
    """For everyone who paid this way, whatever the platform."""
    return channel in step.when.get("channels", ()) and "platforms" not in step.when
