"""The plan: the only place that decides which steps a case gets, and in what order. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from .case import Case
from .pack import STAGES, Contact, Pack, Step, Text

#: The most steps shown in the middle of the questions: a frightened person reads three things, not nine.
FIRST_STEPS_AT_MOST = 3
#: What police and bank compare before a stop-payment; a mismatch stops it (CN-1.27, CN-2.38).
STOP_PAYMENT_NEEDS = ("payee_name", "payee_account", "amount_exact", "time_exact")


@dataclass(frozen=True)
class PlanStep:
    """One step of a plan, with its contacts resolved for this case."""

    id: str
    stage: str
    title: Text
    body: Text
    why: Text
    staff: Text
    contacts: tuple[Contact, ...]
    deadline: Text | None
    evidence: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Steps in order, and the ids (pack evidence) that a stop-payment still needs from the receipt."""

    steps: tuple[PlanStep, ...]
    missing: tuple[str, ...]

    def __contains__(self, step_id: str) -> bool:
        return any(step.id == step_id for step in self.steps)


def meets(case: Case, conditions: Mapping[str, tuple[str, ...]]) -> bool:
    """Every field named in ``conditions`` has one of the values named there."""
    return all(_has(case, name, wanted) for name, wanted in conditions.items())


def _has(case: Case, name: str, wanted: tuple[str, ...]) -> bool:
    value = getattr(case, name)
    held = value if isinstance(value, tuple) else (value,)
    return any(item in wanted for item in held)


def applies(step: Step, case: Case) -> bool:
    """Whether ``step`` is part of this case's plan."""
    if not meets(case, step.when):
        return False
    return not any(_has(case, name, unwanted) for name, unwanted in step.unless.items())


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
    """The steps for ``case`` in the order to do them: by stage, then by rank, then as written in the pack.

    ``now`` is the time of asking (timezone aware); it is part of the contract so that deadlines that count
    from a moment can be worked out without a clock in here.
    """
    chosen = [step for step in pack.steps.values() if applies(step, case)]
    chosen.sort(key=lambda step: (STAGES.index(step.stage), step.rank))
    steps = tuple(
        PlanStep(
            id=step.id,
            stage=step.stage,
            title=step.title,
            body=step.body,
            why=step.why,
            staff=step.staff,
            contacts=contacts_for(step, case, pack),
            deadline=step.deadline,
            evidence=step.evidence,
            sources=step.sources,
        )
        for step in chosen
    )
    return Plan(steps=steps, missing=missing_for_stop_payment(case, pack))


def report_step(pack: Pack) -> str | None:
    """The id of the step that calls the police: of stage ``now``, with the police, for whatever happened."""
    police = pack.emergency["police"]
    calls = [step for step in pack.steps.values() if step.stage == "now" and police in step.contacts]
    calls.sort(key=lambda step: (len(step.when), step.rank))
    return calls[0].id if calls else None


def first_steps(case: Case, pack: Pack, now: datetime, given: Collection[str]) -> tuple[PlanStep, ...]:
    """The stop-loss steps to give before the next question: what this answer made urgent.

    Those are the steps of stage ``now`` that depend on how the money moved, on what the swindler holds, or
    on being pressed now; the police step goes with the first of them.
    """
    steps = build_plan(case, pack, now).steps
    plan = [step for step in steps if step.stage == "now" and step.id not in given]
    urgent = [step for step in plan if _is_urgent(pack.steps[step.id], case)]
    police = [step for step in plan if step.id == report_step(pack)]
    if not urgent:
        return ()
    kept = [*urgent[: FIRST_STEPS_AT_MOST - len(police)], *police]
    return tuple(step for step in plan if step in kept)


def _is_urgent(step: Step, case: Case) -> bool:
    if step.id in {f"first_{channel}" for channel in case.channels or ()}:
        return True
    if "exposure" in step.when:
        return True
    return case.situation is not None and step.when.get("situation") == (case.situation,)
