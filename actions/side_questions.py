"""Side questions: answered from the pack's FAQ, or not at all."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.context import language_of, pack_of, said
from knowledge.cards import contacts_card


class AnswerFaq(Action):
    def name(self) -> str:
        return "action_answer_faq"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if (tracker.get_slot("news") or {}).get("done") and tracker.get_slot("planned"):
            # "I called the police, what next": what is next is said, from this person's own plan.
            return []
        if not answer_faq(dispatcher, tracker):
            dispatcher.utter_message(response="utter_no_answer")
        return []


def answer_faq(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer the side question in the last message. Whether there was one that the pack answers."""
    pack, language = pack_of(tracker), language_of(tracker)
    known = [pack.faq[i] for i in said(tracker).get("faq", []) if i in pack.faq]
    if not known:
        return False
    faq = known[0]
    card = contacts_card(faq.contacts, pack, language) if faq.contacts else None
    dispatcher.utter_message(text=pack.fill(faq.answer, language), json_message=card)
    return True
