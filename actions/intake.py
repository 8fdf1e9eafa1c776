"""Every message: write into the case what it says. Runs before anything else is decided."""

from __future__ import annotations

import os
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import (
    OFFER_FORM,
    active_form,
    case_of,
    changes,
    has_run,
    heard,
    now,
    open_question,
    pack_of,
    said,
)
from knowledge.intake import Heard, replaced, take_in, writes_in
from knowledge.pack import Pack
from knowledge.progress import done_by, says_done

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
#: Hours of silence after which a person is greeted with where they were (``STEADY_RETURN_HOURS``).
RETURN_HOURS = 6.0


class TakeIn(Action):
    """Fills the case's slots from the last message, counts misses, and notes what there is to say about it.

    The notes are the slot ``news``; actions/remarks.py says them, before the conversation goes on.
    """

    def name(self) -> str:
        return "action_take_in"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        message = heard(tracker)
        checking = active_form(tracker) == OFFER_FORM or has_run(tracker, "action_check_offer")
        if checking and not message.pressed:
            # What is pasted there is the swindler's text, not an answer, also once the form is done with it.
            return []
        pack = pack_of(tracker)
        before = case_of(tracker)
        after = take_in(before, message, pack)
        events = changes(before, after)

        # Hotline staff write in their own language; the caller's is switched on purpose only.
        language = None if before.audience == "staff" else writes_in(message, pack)
        if language and language != tracker.get_slot("language"):
            events.append(SlotSet("language", language))

        done = list(done_by(before, after, pack))
        if open_question(tracker) is None and not message.pressed and says_done(message.text):
            done += [tracker.get_slot("next_step")] if tracker.get_slot("next_step") else []
        events += tick(tracker, done)

        news = {
            "changed": list(replaced(before, after)),
            "done": done,
            "noted": after != before,
            "away": away(tracker),
            "foreign": speaks_another(tracker, message, pack),
        }
        if any(news.values()):
            held = tracker.get_slot("news") or {}
            events.append(SlotSet("news", {k: held.get(k) or v for k, v in news.items()}))

        missed = not message.pressed and after == before and not done and counts_as_miss(message)
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


def tick(tracker: Tracker, step_ids: list[str]) -> list[EventType]:
    """Tick these steps, with the time."""
    old = list(tracker.get_slot("done") or [])
    new = [step_id for step_id in dict.fromkeys(step_ids) if step_id not in old]
    if not new:
        return []
    at = dict(tracker.get_slot("done_at") or {}) | {step_id: now().isoformat() for step_id in new}
    return [SlotSet("done", [*old, *new]), SlotSet("done_at", at)]


def away(tracker: Tracker) -> bool:
    """Whether the person was away for so long before this message that they may not know where they were."""
    users = [i for i, e in enumerate(tracker.events) if e.get("event") == "user"]
    if len(users) < 2:
        return False
    last = tracker.events[users[-1]]
    before = [float(e["timestamp"]) for e in tracker.events[: users[-1]] if e.get("event") in ("user", "bot")]
    limit = float(os.environ.get("STEADY_RETURN_HOURS") or RETURN_HOURS)
    return float(last["timestamp"]) - max(before) >= limit * 3600


def speaks_another(tracker: Tracker, message: Heard, pack: Pack) -> bool:
    """Whether a typed message is in a language that is not spoken here."""
    languages = [value for value in said(tracker).get("language", []) if value]
    return not message.pressed and bool(languages) and languages[-1] not in pack.languages
