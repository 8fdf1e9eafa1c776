"""The plan, shown: the steps, the case they rest on, and the warning that every ending carries."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.context import case_of, language_of, now, pack_of
from knowledge.cards import case_card, steps_card
from knowledge.plan import build_plan


class ShowPlan(Action):
    def name(self) -> str:
        return "action_show_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        case, pack, language = case_of(tracker), pack_of(tracker), language_of(tracker)
        plan = build_plan(case, pack, now())
        intro = "utter_plan_family" if case.for_whom == "family" else "utter_plan_intro"
        dispatcher.utter_message(
            response=intro, json_message=steps_card(plan, pack, language, tracker.get_slot("done") or ())
        )
        dispatcher.utter_message(json_message=case_card(case, pack, language))
        dispatcher.utter_message(response="utter_recovery_warning")
        dispatcher.utter_message(response="utter_after_plan")
        return []
