"""Moving about: skip, the plan now, back, change, start over, why, again, yes and no, unclear, go on."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import (
    CASE_SLOTS,
    OFFER_FORM,
    TRIAGE_FORM,
    active_form,
    asked_question,
    asks_already,
    case_of,
    changes,
    intent_of,
    labels_language_of,
    language_of,
    open_question,
    pack_of,
    responses_before,
    said,
    said_before,
)
from actions.remarks import resume, say_something_new
from knowledge.cards import case_card
from knowledge.payloads import answer, payload
from knowledge.side_questions import is_question
from knowledge.triage import QUESTIONS, finish, leave_open, next_question, reopen

#: What else a conversation remembers; forgotten when it starts over.
MEMORY = ("given", "asked", "done", "done_at", "misses", "news", "planned", "reopened", "next_step")
#: Intent -> payload of the button that stands for it when the bot has to guess.
GUESSES = {
    **{s: answer("situation", s) for s in ("lost_money", "unauthorised", "not_paid_yet", "recovery_offer")},
    "being_pressured_now": answer("situation", "being_pressured_now"),
    "for_family": answer("for_whom", "family"),
    **{i: payload(i) for i in ("check_offer", "human", "show_plan")},
}


#: Responses that are whole without anything put in: they can be said again in another language.
PLAIN = frozenset(
    {
        "utter_crisis",
        "utter_not_now",
        "utter_stop",
        "utter_goodbye",
        "utter_come_back",
        "utter_ask_start_over",
        "utter_recovery_warning",
        "utter_anything_else",
    }
)


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
        return [
            *changes(before, reopen(before, question)),
            SlotSet("asked", asked),
            SlotSet("reopened", question),
        ]


class ChangeAnswer(Action):
    """Goes on where the message held the new answer; else lists the answers to choose from."""

    def name(self) -> str:
        return "action_change_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if (tracker.get_slot("news") or {}).get("noted"):
            return resume(dispatcher, tracker)
        answers = case_card(case_of(tracker), pack_of(tracker), labels_language_of(tracker))["answers"]
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
            return resume(dispatcher, tracker)
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
        return [*changes(before, after), *(SlotSet("reopened", name) for name in names[-1:])]


class StartOver(Action):
    """Clears the case and what was said around it; the language stays."""

    def name(self) -> str:
        return "action_start_over"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        return start_over(dispatcher)


def start_over(dispatcher: CollectingDispatcher) -> list[EventType]:
    dispatcher.utter_message(response="utter_started_over")
    return [*(SlotSet(name, None) for name in (*CASE_SLOTS, *MEMORY)), FollowupAction(TRIAGE_FORM)]


class Explain(Action):
    """Why the open question is asked."""

    def name(self) -> str:
        return "action_explain"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        question = "offer_text" if active_form(tracker) == OFFER_FORM else open_question(tracker)
        dispatcher.utter_message(response=f"utter_why_{question}" if question else "utter_bot_challenge")
        return []


class Repeat(Action):
    """Says it again: the open question, which then comes in other words, or else the last messages."""

    def name(self) -> str:
        return "action_repeat"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_again")
        if active_form(tracker) == OFFER_FORM or next_question(case_of(tracker)) is not None:
            return resume(dispatcher, tracker)
        language = language_of(tracker)
        for event in said_before(tracker):
            about = event.get("metadata") or {}
            name = about.get("utter_action")
            if name == "utter_again":
                continue
            if about.get("lang") not in (None, language):
                # Asked in the other language: again in that one, as far as it can be.
                if name in PLAIN:
                    dispatcher.utter_message(response=name)
                continue
            data = event.get("data") or {}
            dispatcher.utter_message(
                text=event.get("text"), buttons=data.get("buttons"), json_message=data.get("custom")
            )
        if not any(
            message.get("buttons") or message.get("response") in PLAIN for message in dispatcher.messages
        ):
            return resume(dispatcher, tracker)
        return []


class Yes(Action):
    """Yes to what was just said: starting over, going on after a pause, or the open question."""

    def name(self) -> str:
        return "action_yes"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if "utter_ask_start_over" in responses_before(tracker):
            return start_over(dispatcher)
        return resume(dispatcher, tracker)


class No(Action):
    """No to what was just said. Who has nothing more to ask, or does not want to go on now, is let go."""

    def name(self) -> str:
        return "action_no"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        said_last = responses_before(tracker)
        if "utter_crisis" in said_last:
            dispatcher.utter_message(response="utter_not_now")
            return []
        over = {"utter_anything_else", "utter_after_plan", "utter_next_step", "utter_stop", "utter_not_now"}
        if asked_question(tracker) is None and over & said_last:
            dispatcher.utter_message(response="utter_stop")
            return []
        return resume(dispatcher, tracker)


class Unclear(Action):
    """Not understood: the two best guesses as buttons, or the open question in other words."""

    def name(self) -> str:
        return "action_unclear"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if any((tracker.get_slot("news") or {}).values()):
            return resume(dispatcher, tracker)
        guesses = [GUESSES[i] for i in said(tracker).get("guess", []) if i in GUESSES][:2]
        if (
            guesses
            and (tracker.get_slot("misses") or 0) <= 1
            and "utter_guess" not in responses_before(tracker)
        ):
            dispatcher.utter_message(response="utter_guess", only=[*guesses, "/go_on"])
            return []
        if next_question(case_of(tracker)) is None:
            asks = is_question(tracker.latest_message.get("text") or "")
            dispatcher.utter_message(response="utter_no_answer" if asks else "utter_not_understood")
        return resume(dispatcher, tracker)


class Resume(Action):
    """Goes on where the conversation was; after a crisis with a word before the next question."""

    def name(self) -> str:
        return "action_resume"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        if intent_of(tracker) == "go_on" and "utter_crisis" in responses_before(tracker):
            dispatcher.utter_message(response="utter_after_crisis")
        if intent_of(tracker) == "near_neighbour" and asks_already(tracker):
            return []
        return resume(dispatcher, tracker)


class SomethingNew(Action):
    """What may have happened since, as buttons: what the case already has is left out."""

    def name(self) -> str:
        return "action_something_new"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        say_something_new(dispatcher, tracker)
        return []
