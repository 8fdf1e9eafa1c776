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
    "second_channels",
    "second_platforms",
    "second_elapsed",
    "second_amount",
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


def labels_language_of(tracker: Tracker) -> str:
    """The language of buttons and labels: the staff member's, where the text is for a caller."""
    if tracker.get_slot("audience") == "staff" and tracker.get_slot("staff_language"):
        return pack_of(tracker).spoken(tracker.get_slot("staff_language"))
    return language_of(tracker)


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


def active_form(tracker: Tracker) -> str | None:
    return (tracker.active_loop or {}).get("name")


def open_question(tracker: Tracker) -> str | None:
    """The question of the case that is open now, if one is."""
    return tracker.get_slot("requested_slot") if active_form(tracker) == TRIAGE_FORM else None


def said_before(tracker: Tracker) -> list[Mapping[str, Any]]:
    """The bot's messages (Rasa's bot events) that the person's last message came after, in order."""
    found: list[Mapping[str, Any]] = []
    users = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            users += 1
            if users == 2:
                break
        elif event.get("event") == "bot" and users == 1:
            found.append(event)
    return found[::-1]


def responses_before(tracker: Tracker) -> frozenset[str]:
    """The names of the responses among them."""
    return frozenset((e.get("metadata") or {}).get("utter_action") or "" for e in said_before(tracker))


def asks_already(tracker: Tracker) -> bool:
    """Whether this turn has said something with buttons: a second menu would hide the first."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "bot" and (event.get("data") or {}).get("buttons"):
            return True
    return False


def asked_question(tracker: Tracker) -> str | None:
    """The open question, if it was just asked: after a crisis or a pause, "yes" is no answer to it."""
    question = open_question(tracker)
    cards = [(event.get("data") or {}).get("custom") or {} for event in said_before(tracker)]
    shown = [card.get("slot") for card in cards if card.get("type") == "question"]
    return question if question in shown else None


def has_run(tracker: Tracker, action: str) -> bool:
    """Whether this action has run since the person's last message."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") == action:
            return True
    return False


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
        asked=asked_question(tracker),
        pressed=pressed(tracker),
    )
