"""Side questions: answered from the pack's FAQ, or not at all."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.context import case_of, language_of, pack_of, said
from actions.remarks import say_something_new
from knowledge.cards import contacts_card
from knowledge.side_questions import side_question


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


class NearNeighbour(Action):
    """A trouble that is not fraud; of who has lost money it is taken in, and nobody doubts their case.

    After the plan such words may tell what came of it: what that can be is shown as buttons.
    """

    def name(self) -> str:
        return "action_near_neighbour"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        told = case_of(tracker).situation is not None and said(tracker).get("circumstances")
        if not told and tracker.get_slot("planned"):
            say_something_new(dispatcher, tracker)
        elif not told:
            dispatcher.utter_message(response="utter_near_neighbour")
        return []


def answer_faq(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Answer the side question in the last message. Whether there was one that the pack answers."""
    pack, language = pack_of(tracker), language_of(tracker)
    asked = said(tracker).get("faq") or [side_question(tracker.latest_message.get("text") or "", pack)]
    known = [pack.faq[i] for i in asked if i in pack.faq]
    if not known:
        return False
    faq = known[0]
    card = contacts_card(faq.contacts, pack, language) if faq.contacts else None
    # The language may have changed with this very message.
    dispatcher.utter_message(text=pack.fill(faq.answer, language), json_message=card, lang=language)
    return True
