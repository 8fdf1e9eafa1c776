"""The questions: which one is open, what is said before it, and the buttons that come from the pack."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import (
    case_of,
    changes,
    intent_of,
    labels_language_of,
    now,
    open_question,
    pack_of,
    plain,
    pressed,
)
from actions.intake import ANSWERS, OFF_TOPIC
from actions.remarks import card_of, remark
from actions.side_questions import answer_faq
from knowledge.intake import turn_down
from knowledge.losses import urgent_steps
from knowledge.payloads import answer
from knowledge.side_questions import is_question
from knowledge.triage import next_question

#: More buttons than this are not read; the name can always be typed.
PLATFORM_BUTTONS = 8


class ValidateTriageForm(FormValidationAction):
    """Before each question: the urgent steps that the last answer calls for, or a word on a miss."""

    def name(self) -> str:
        return "validate_triage_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        question = next_question(case_of(tracker))
        return [question] if question else []

    async def next_requested_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> EventType:
        return SlotSet("requested_slot", next_question(case_of(tracker)))

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Nothing: action_take_in has written the slots before the form runs."""
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        case = case_of(tracker)
        events: list[EventType] = []
        misses = tracker.get_slot("misses") or 0
        intent = intent_of(tracker)
        missed = misses and intent in ANSWERS | OFF_TOPIC and not pressed(tracker)
        if missed and misses > 1:
            # Nobody is asked a third time: the question is left open.
            after = turn_down(case, open_question(tracker))
            dispatcher.utter_message(response="utter_leave_open")
            events += [*changes(case, after), SlotSet("misses", 0)]
            case = after
            tracker.slots.update(plain(case))

        question = next_question(case)
        if question is not None:
            events += remark(dispatcher, tracker, asking=question)
            # An answer and a side question in one message: both count.
            asks = intent in ANSWERS and not pressed(tracker) and answer_faq(dispatcher, tracker)
            if missed and misses == 1 and intent in ANSWERS and not asks:
                unknown = intent == "nlu_fallback" and is_question(tracker.latest_message.get("text") or "")
                dispatcher.utter_message(
                    response="utter_no_answer" if unknown else f"utter_unclear_{question}"
                )
            given = list(tracker.get_slot("given") or [])
            urgent = urgent_steps(case, pack_of(tracker), now(), given)
            if urgent:
                dispatcher.utter_message(
                    response="utter_first_steps", json_message=card_of(urgent, tracker, pack_of(tracker))
                )
                given += [step.id for step in urgent]
                events.append(SlotSet("given", given))
            asked = list(tracker.get_slot("asked") or [])
            if asked[-1:] != [question]:
                events.append(SlotSet("asked", [*asked, question]))
        # Always set: a form to which nothing was written takes the message for refused.
        return [*events, SlotSet("misses", 0 if missed and misses > 1 else misses)]


class AskChannelsComplete(Action):
    """Asks for further ways, with the ways not named yet as buttons."""

    def name(self) -> str:
        return "action_ask_channels_complete"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        case, language = case_of(tracker), labels_language_of(tracker)
        buttons = [
            {"title": channel.name[language], "payload": answer("channels", channel.id)}
            for channel in pack_of(tracker).channels.values()
            if channel.id not in (case.channels or ())
        ]
        dispatcher.utter_message(response="utter_ask_channels_complete", buttons=buttons)
        return []


class AskPlatforms(Action):
    """Asks for the bank or platform, with the usual ones of the channels named as buttons."""

    question = "platforms"
    channels = "channels"

    def name(self) -> str:
        return f"action_ask_{self.question}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        case, language = case_of(tracker), labels_language_of(tracker)
        channels = getattr(case, self.channels) or ()
        each = max(2, PLATFORM_BUTTONS // max(1, len(channels)))
        platforms = pack_of(tracker).platforms.values()
        chosen = {
            platform.id: platform
            for channel in channels
            for platform in [p for p in platforms if p.button and channel in p.channels][:each]
        }
        buttons = [
            {"title": platform.name[language], "payload": answer(self.question, platform.id)}
            for platform in chosen.values()
        ]
        dispatcher.utter_message(response=f"utter_ask_{self.question}", buttons=buttons)
        return []


class AskSecondPlatforms(AskPlatforms):
    question = "second_platforms"
    channels = "second_channels"
