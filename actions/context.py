"""What every action needs: the pack, the case in the slots, and the events that write a case back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from knowledge.case import Case
from knowledge.intake import Heard
from knowledge.pack import Pack
from knowledge.regions import region
from knowledge.store import open_pack, pack_path

TRIAGE_FORM = "triage_form"
OFFER_FORM = "offer_form"
#: Slots that hold the case, as they are named in the domain.
CASE_SLOTS = (
    "situation",
    "channels",
    "channels_complete",
    "platforms",
    "elapsed",
    "amount",
    "exposure",
    "reported",
    "recovery",
    "for_whom",
    "circumstances",
    "skipped",
)


@lru_cache(maxsize=8)
def pack_for(name: str) -> Pack:
    """The compiled pack of a region; read once, because the servers never write it."""
    return open_pack(pack_path(name))


def pack_of(tracker: Tracker) -> Pack:
    return pack_for(tracker.get_slot("region") or region())


def language_of(tracker: Tracker) -> str:
    return pack_of(tracker).spoken(tracker.get_slot("language"))


def now() -> datetime:
    return datetime.now(timezone.utc)


def case_of(tracker: Tracker) -> Case:
    return Case.from_slots(tracker.slots)


def plain(case: Case) -> dict[str, Any]:
    """The case as slot values. An open question is ``None``, which is how a form knows it."""
    values = case.to_dict()
    values["channels_complete"] = case.channels_complete or None
    values["skipped"] = list(case.skipped) or None
    return {name: values[name] for name in CASE_SLOTS}


def changes(before: Case, after: Case) -> list[EventType]:
    """``SlotSet`` for every slot in which the two cases differ."""
    old, new = plain(before), plain(after)
    return [SlotSet(name, new[name]) for name in CASE_SLOTS if old[name] != new[name]]


def open_question(tracker: Tracker) -> str | None:
    """The question of the case that is open now, if one is."""
    if (tracker.active_loop or {}).get("name") != TRIAGE_FORM:
        return None
    return tracker.get_slot("requested_slot")


def pressed(tracker: Tracker) -> bool:
    """Whether the last message was a button: the channel lets no typed text begin with a slash."""
    return (tracker.latest_message.get("text") or "").startswith("/")


def said(tracker: Tracker) -> Mapping[str, list[Any]]:
    """Entity name -> values of the last message, in order."""
    found: dict[str, list[Any]] = {}
    for entity in tracker.latest_message.get("entities") or []:
        value = entity.get("value")
        values = value if isinstance(value, list) else [value]
        found.setdefault(entity.get("entity"), []).extend(values)
    return found


def intent_of(tracker: Tracker) -> str:
    return (tracker.latest_message.get("intent") or {}).get("name") or "nlu_fallback"


def heard(tracker: Tracker) -> Heard:
    return Heard(
        intent=intent_of(tracker),
        said=said(tracker),
        text=tracker.latest_message.get("text") or "",
        asked=open_question(tracker),
        pressed=pressed(tracker),
    )
