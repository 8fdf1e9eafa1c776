"""The plan: shown, or what changed in it; the next step, and what was done."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import case_of, intent_of, labels_language_of, now, pack_of
from actions.intake import tick
from actions.remarks import card_of, remark, say_next
from knowledge.cards import case_card
from knowledge.losses import whole_plan

#: Messages that ask for the whole plan, shown before or not.
ASKS_FOR_PLAN = frozenset({"show_plan", "finish"})


class ShowPlan(Action):
    """The steps, the case they rest on, and the warning that every ending carries.

    Who has seen the plan is told what changed in it; the whole of it is shown again when they ask.
    """

    def name(self) -> str:
        return "action_show_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        news = tracker.get_slot("news") or {}
        whole = not tracker.get_slot("planned") or intent_of(tracker) in ASKS_FOR_PLAN
        given = list(tracker.get_slot("given") or [])
        events = remark(dispatcher, tracker, asking=None, whole=whole)
        if not whole:
            if news.get("done") or news.get("away"):
                return [*events, *say_next(dispatcher, tracker)]
            if given == (tracker.get_slot("given") or []):
                said = "utter_plan_same" if news.get("noted") else "utter_not_understood"
                dispatcher.utter_message(response=said)
            dispatcher.utter_message(response="utter_recovery_warning")
            dispatcher.utter_message(response="utter_anything_else")
            return events
        case, pack = case_of(tracker), pack_of(tracker)
        plan = whole_plan(case, pack, now())
        intro = "utter_plan_family" if case.for_whom == "family" else "utter_plan_intro"
        dispatcher.utter_message(response=intro, json_message=card_of(plan.steps, tracker, pack))
        labels_in = labels_language_of(tracker)
        dispatcher.utter_message(json_message=case_card(case, pack, labels_in), lang=labels_in)
        dispatcher.utter_message(response="utter_recovery_warning")
        dispatcher.utter_message(response="utter_after_plan")
        shown = list(dict.fromkeys([*(tracker.get_slot("given") or []), *(s.id for s in plan.steps)]))
        return [*events, SlotSet("planned", True), SlotSet("given", shown)]


class NextStep(Action):
    """What has a time limit that runs, and the next step to do."""

    def name(self) -> str:
        return "action_next_step"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        return say_next(dispatcher, tracker)


class StepDone(Action):
    """Ticks the step that was said to be next, and says the one after it."""

    def name(self) -> str:
        return "action_step_done"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        step_id = tracker.get_slot("next_step")
        events = tick(tracker, [step_id] if step_id else [])
        for event in events:
            tracker.slots[event["name"]] = event["value"]
        return [*events, *say_next(dispatcher, tracker)]
