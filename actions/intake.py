"""Every message: write into the case what it says. Runs before anything else is decided."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import OFFER_FORM, case_of, changes, heard, pack_of
from knowledge.intake import Heard, take_in, writes_in

#: Messages that the open question hears as its answer; one that changes nothing was not understood.
ANSWERS = frozenset(
    {
        "inform",
        "affirm",
        "deny",
        "lost_money",
        "unauthorised",
        "not_paid_yet",
        "for_family",
        "nlu_fallback",
    }
)
#: Messages that answer nothing; someone who keeps sending them is not asked the same thing for ever.
OFF_TOPIC = frozenset({"out_of_scope", "near_neighbour", "abuse"})


class TakeIn(Action):
    """Fills the case's slots from the last message, and counts misses of the open question."""

    def name(self) -> str:
        return "action_take_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if (tracker.active_loop or {}).get("name") == OFFER_FORM:
            # What is pasted there is the swindler's text, not an answer.
            return []
        message = heard(tracker)
        before = case_of(tracker)
        pack = pack_of(tracker)
        after = take_in(before, message, pack)
        events = changes(before, after)

        language = writes_in(message, pack)
        if language and language != tracker.get_slot("language"):
            events.append(SlotSet("language", language))

        missed = not message.pressed and after == before and counts_as_miss(message)
        misses = (tracker.get_slot("misses") or 0) + 1 if missed else 0
        if misses != (tracker.get_slot("misses") or 0):
            events.append(SlotSet("misses", misses))
        return events


def counts_as_miss(message: Heard) -> bool:
    """Whether this message, if it changed nothing, missed the open question.

    Talk of something else does not move anyone past the first question: it must not start a plan.
    """
    if message.asked is None:
        return False
    return message.intent in ANSWERS or (message.intent in OFF_TOPIC and message.asked != "situation")
