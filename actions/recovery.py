"""Checking a message that promises the money back: each red flag marked, explained and sourced."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import intent_of, language_of, pack_of, pressed
from actions.side_questions import answer_faq
from knowledge.cards import offer_check_card
from knowledge.offers import check_offer


class CheckOffer(Action):
    def name(self) -> str:
        return "action_check_offer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        typed = "" if pressed(tracker) else tracker.latest_message.get("text")
        text = tracker.get_slot("offer_text") or typed or ""
        pack = pack_of(tracker)
        flags = check_offer(text, pack)
        if not flags and intent_of(tracker) == "ask_faq" and answer_faq(dispatcher, tracker):
            # A question, and no message of somebody else's.
            return [SlotSet("offer_text", None)]
        if flags:
            card = offer_check_card(text, flags, pack, language_of(tracker))
            dispatcher.utter_message(response="utter_offer_flagged", json_message=card)
        else:
            dispatcher.utter_message(response="utter_offer_unflagged")
        dispatcher.utter_message(response="utter_recovery_warning")
        dispatcher.utter_message(response="utter_offer_next")
        return [SlotSet("offer_text", None)]
