"""Moving about in the questions: skip, show the plan now, back, change an answer, start over, why, go on."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import (
    CASE_SLOTS,
    TRIAGE_FORM,
    case_of,
    changes,
    language_of,
    open_question,
    pack_of,
    said,
)
from knowledge.cards import case_card
from knowledge.payloads import payload
from knowledge.triage import QUESTIONS, finish, leave_open, next_question, reopen


class Skip(Action):
    def name(self) -> str:
        return "action_skip"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        question = open_question(tracker)
        if question is None:
            return []
        before = case_of(tracker)
        dispatcher.utter_message(response="utter_skipped")
        return changes(before, leave_open(before, question))


class Finish(Action):
    """Leaves every open question open, so that the plan follows at once."""

    def name(self) -> str:
        return "action_finish"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        before = case_of(tracker)
        return changes(before, finish(before))


class GoBack(Action):
    """Takes back the answer before the open question, which is then asked again."""

    def name(self) -> str:
        return "action_go_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        before = case_of(tracker)
        asked = list(tracker.get_slot("asked") or [])
        if asked and asked[-1] == open_question(tracker):
            asked.pop()
        if not asked:
            dispatcher.utter_message(response="utter_nothing_before")
            return []
        question = asked.pop()
        dispatcher.utter_message(response="utter_back")
        return [*changes(before, reopen(before, question)), SlotSet("asked", asked)]


class ChangeAnswer(Action):
    """Confirms the change, where the message held the new answer; else lists the answers to choose from."""

    def name(self) -> str:
        return "action_change_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if any(said(tracker).get(question) for question in QUESTIONS):
            dispatcher.utter_message(response="utter_changed")
            return [FollowupAction(TRIAGE_FORM)]
        answers = case_card(case_of(tracker), pack_of(tracker), language_of(tracker))["answers"]
        buttons = [
            {
                "title": f"{item['label']}: {item['value']}",
                "payload": payload("change_slot", slot_name=item["slot"]),
            }
            for item in answers
            if item["slot"] in QUESTIONS
        ]
        if not buttons:
            dispatcher.utter_message(response="utter_nothing_to_change")
            return [FollowupAction(TRIAGE_FORM)]
        dispatcher.utter_message(response="utter_list_answers", buttons=buttons)
        return []


class ChangeSlot(Action):
    def name(self) -> str:
        return "action_change_slot"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        names = [name for name in said(tracker).get("slot_name", []) if name in QUESTIONS]
        before = case_of(tracker)
        after = before
        for name in names:
            after = reopen(after, name)
        return changes(before, after)


class StartOver(Action):
    """Clears the case and what was said around it; the language stays."""

    def name(self) -> str:
        return "action_start_over"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_started_over")
        return [SlotSet(name, None) for name in (*CASE_SLOTS, "given", "asked", "done", "misses")]


class Explain(Action):
    """Why the open question is asked."""

    def name(self) -> str:
        return "action_explain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        question = open_question(tracker)
        dispatcher.utter_message(response=f"utter_why_{question}" if question else "utter_bot_challenge")
        return []


class Resume(Action):
    """Goes on where the conversation was: with the open question, or with what can be done after the plan."""

    def name(self) -> str:
        return "action_resume"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if next_question(case_of(tracker)) is not None:
            return [FollowupAction(TRIAGE_FORM)]
        dispatcher.utter_message(response="utter_anything_else")
        return []
