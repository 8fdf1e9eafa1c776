"""What a call is about: what list and counts need of its case, and the sheet beside it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from knowledge import cards
from knowledge.case import Case
from knowledge.losses import whole_plan
from knowledge.pack import Pack
from rasa_project.staff import calls
from rasa_project.staff.calls import About, Call
from rasa_project.staff.moments import Told

#: The phone is, or was, in a stranger's hands.
REMOTE = ("remote_control", "screen_share")


def warnings(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """The kinds of warnings that were given, each once, in order (Rasa's events as dicts)."""
    given = [
        ((event.get("data") or {}).get("custom") or {}) for event in events if event.get("event") == "bot"
    ]
    return list(dict.fromkeys(card["kind"] for card in given if card.get("type") == "warning"))


def risks(case: Case, given: Sequence[str]) -> list[str]:
    """Why a call is at high risk: something can still be saved, or somebody is in danger."""
    found = {
        "under_30min": "under_30min" in (case.elapsed, case.second_elapsed),
        "being_pressured_now": case.situation == "being_pressured_now" or "pressure" in given,
        "remote_control": any(each in (case.exposure or ()) for each in REMOTE),
        "crisis": "crisis" in given,
    }
    return [name for name, there in found.items() if there]


def about(case: Case, given: Sequence[str], pack: Pack) -> About:
    """What is copied into the database. ``given``: kinds of warnings that were given."""
    channels = tuple(dict.fromkeys((*(case.channels or ()), *(case.second_channels or ()))))
    platforms = tuple(dict.fromkeys((*(case.platforms or ()), *(case.second_platforms or ()))))
    names = [pack.channels[i].name for i in channels if i in pack.channels]
    names += [pack.platforms[i].name for i in platforms if i in pack.platforms]
    return About(
        language=pack.spoken(case.language),
        risk=bool(risks(case, given)),
        elapsed=case.elapsed,
        amount=case.amount.value if case.amount else None,
        currency=case.amount.currency if case.amount else None,
        channels=tuple(sorted(channels)),
        platforms=tuple(sorted(platforms)),
        words=" ".join(text for name in names for text in name.values()),
    )


def sheet(
    case: Case,
    call: Call,
    slots: Mapping[str, Any],
    given: Sequence[str],
    asked: str | None,
    told: Told,
    labels_in: str,
    pack: Pack,
) -> dict[str, Any]:
    """The case sheet: answers and plan with labels in ``labels_in``, lines to read in the case's language."""
    plan = whole_plan(case, pack, datetime.now(timezone.utc))
    done = slots.get("done") or ()
    answers = cards.case_card(case, pack, labels_in)
    steps = cards.steps_card(plan, pack, labels_in, done, staff=True, spoken=case.language)
    read_off = call.to_dict()["since"]
    return {
        "language": case.language,
        "case": case.to_dict(),
        "answers": answers,
        "missing": answers["missing"],
        "steps": steps["steps"],
        "warnings": list(given),
        "risks": risks(case, given),
        "open": asked,
        "since": read_off or _iso(told.since),
        "since_from": "receipt" if read_off else "told" if told.since else None,
        "elapsed_at": _iso(told.at),
        "notes": call.row["notes"],
        "version": call.row["notes_version"],
    }


def own_sheet(nothing: Case, call: Call, labels_in: str, pack: Pack) -> dict[str, Any]:
    """The sheet of a call whose person withdrew: staff's own notes, and ``nothing`` of the case."""
    empty = sheet(nothing, call, {}, (), None, Told(), labels_in, pack)
    return {**empty, "missing": [], "steps": [], "withdrawn": True}


def _iso(seconds: float | None) -> str | None:
    return calls.iso(datetime.fromtimestamp(seconds, timezone.utc)) if seconds else None
