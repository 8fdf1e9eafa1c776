"""What is said before going on: welcome back, what was changed, what is done, what is next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.context import (
    OFFER_FORM,
    TRIAGE_FORM,
    active_form,
    case_of,
    labels_language_of,
    language_of,
    now,
    pack_of,
    responses_before,
)
from knowledge.cards import Card, case_card, steps_card
from knowledge.case import CIRCUMSTANCES
from knowledge.labels import label
from knowledge.losses import PREFIX, is_second, whole_plan
from knowledge.pack import Pack
from knowledge.payloads import answer
from knowledge.plan import Plan, PlanStep
from knowledge.progress import TO_DO, chases, difference, may_be_needless, next_step
from knowledge.triage import next_question

#: So many things to chase are named; the plan has the rest.
CHASES_AT_MOST = 3


def card_of(steps: tuple[PlanStep, ...], tracker: Tracker, pack: Pack) -> Card:
    """The steps as a card. Hotline staff read its labels in their own language and its lines aloud."""
    language = language_of(tracker)
    done = tracker.get_slot("done") or ()
    if tracker.get_slot("audience") != "staff":
        return steps_card(Plan(steps, ()), pack, language, done)
    labels_in = labels_language_of(tracker)
    return steps_card(Plan(steps, ()), pack, labels_in, done, staff=True, spoken=language)


def remark(
    dispatcher: CollectingDispatcher, tracker: Tracker, *, asking: str | None, whole: bool = False
) -> list[EventType]:
    """Say what there is to say about the last message, once; the slots that remember it.

    ``asking`` is the question that follows; ``whole``: the whole plan follows, so nothing new in it is told.
    """
    case, pack, language = case_of(tracker), pack_of(tracker), language_of(tracker)
    news = tracker.get_slot("news") or {}
    plan = whole_plan(case, pack, now())
    done = tracker.get_slot("done") or []
    planned = bool(tracker.get_slot("planned"))
    events: list[EventType] = [SlotSet("news", None)] if news else []

    if news.get("away"):
        if planned:
            to_do = [step for step in plan.steps if step.stage in TO_DO]
            count = sum(step.id in done for step in to_do)
            left = len(to_do) - count
            dispatcher.utter_message(response="utter_welcome_back_plan", finished=count, left=left)
        else:
            dispatcher.utter_message(response="utter_welcome_back")
    if news.get("foreign") and "utter_two_languages" not in responses_before(tracker):
        dispatcher.utter_message(response="utter_two_languages")
    if changed := news.get("changed"):
        answers = case_card(case, pack, language)["answers"]
        said = [f"{item['label']}: {item['value']}" for item in answers if item["slot"] in changed]
        if said:
            dispatcher.utter_message(response="utter_changed", answers="\n".join(said))
    if planned and (finished := news.get("done")):
        dispatcher.utter_message(response="utter_noted_done", steps=_titles(finished, pack, language))

    reopened = tracker.get_slot("reopened")
    if reopened and asking == reopened:
        # The answer to compare with is still to come.
        return events
    if reopened:
        events.append(SlotSet("reopened", None))
    given = list(tracker.get_slot("given") or [])
    changes = difference(given, plan)
    if needless := [i for i in changes.dropped if i not in done and may_be_needless(i, pack)]:
        dispatcher.utter_message(response="utter_steps_dropped", steps=_titles(needless, pack, language))
    if planned and asking is None:
        if changes.added and not whole:
            dispatcher.utter_message(
                response="utter_steps_added", json_message=card_of(changes.added, tracker, pack)
            )
        given += [step.id for step in changes.added]
    left_over = [step_id for step_id in given if step_id not in changes.dropped]
    if left_over != (tracker.get_slot("given") or []):
        events.append(SlotSet("given", left_over))
        tracker.slots["given"] = left_over
    return events


def _titles(step_ids: tuple[str, ...] | list[str], pack: Pack, language: str) -> str:
    lines = []
    for step_id in step_ids:
        step = pack.steps.get(step_id.removeprefix(PREFIX))
        if step is not None:
            prefix = label("second_loss", pack, language) if is_second(step_id) else ""
            lines.append(f"· {prefix}{pack.fill(step.title, language)}")
    return "\n".join(lines)


def say_next(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Say what has a time limit that runs, and the next step to do."""
    case, pack, language = case_of(tracker), pack_of(tracker), language_of(tracker)
    plan = whole_plan(case, pack, now())
    running = chases(plan, tracker.get_slot("done_at") or {}, pack, now())
    if running:
        lines = [f"· {day(c.due, language)}: {pack.fill(c.text, language)}" for c in running[:CHASES_AT_MOST]]
        dispatcher.utter_message(response="utter_chase", limits="\n".join(lines))
    dispatcher.utter_message(response="utter_recovery_warning")
    step = next_step(plan, tracker.get_slot("done") or ())
    if step is None:
        dispatcher.utter_message(response="utter_all_done")
        return [SlotSet("next_step", None)]
    dispatcher.utter_message(response="utter_next_step", json_message=card_of((step,), tracker, pack))
    return [SlotSet("next_step", step.id)]


def say_something_new(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Ask what has happened since, with buttons: what the case already has is left out."""
    case = case_of(tracker)
    new = [answer("circumstances", c) for c in CIRCUMSTANCES if c not in (case.circumstances or ())]
    if case.recovery != "paid":
        new.append(answer("recovery", "paid"))
    dispatcher.utter_message(response="utter_something_new", only=[*new, "/go_on"])


def day(at: datetime, language: str) -> str:
    """A date as it is said: 11月26日, 26 November."""
    return f"{at.month}月{at.day}日" if language == "zh" else f"{at.day} {at:%B}"


def resume(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Go on where the conversation was: with the open question, or with what can be done after the plan."""
    if active_form(tracker) == OFFER_FORM:
        return [FollowupAction(OFFER_FORM)]
    if active_form(tracker) == TRIAGE_FORM or next_question(case_of(tracker)) is not None:
        # With nothing left to ask the form ends, and the plan follows.
        return [FollowupAction(TRIAGE_FORM)]
    news: dict[str, Any] = tracker.get_slot("news") or {}
    events = remark(dispatcher, tracker, asking=None)
    if news.get("done") or news.get("away"):
        return [*events, *say_next(dispatcher, tracker)]
    if news.get("noted") and not dispatcher.messages:
        dispatcher.utter_message(response="utter_plan_same")
    dispatcher.utter_message(response="utter_anything_else")
    return events
