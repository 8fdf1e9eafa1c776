"""An unclear message: the two best guesses as buttons, once; and a language that is not spoken here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.context import TRIAGE_FORM, heard, pack_for
from actions.intake import speaks_another
from actions.moving import GUESSES, Unclear
from rasa_project import packs

ASKED = {"event": "bot", "data": {"custom": {"type": "question", "slot": "elapsed"}}, "metadata": {}}
SLOTS = {"situation": "lost_money", "channels": ["cash"], "channels_complete": True, "language": "en"}


@pytest.fixture(scope="module", autouse=True)
def pack() -> None:
    packs.ensure_pack()


def tracker(entities: dict[str, list[str]], *before: dict[str, Any], **slots: Any) -> Tracker:
    """A conversation with ``elapsed`` open, in which something unclear was just typed."""
    message = {
        "text": "hmm",
        "intent": {"name": "nlu_fallback"},
        "entities": [{"entity": name, "value": v} for name, values in entities.items() for v in values],
    }
    events = [{"event": "user", "text": "x", "timestamp": 1.0}, *before, {"event": "user", "timestamp": 2.0}]
    form = {"name": TRIAGE_FORM}
    held = {**SLOTS, "requested_slot": "elapsed", **slots}
    return Tracker("t", held, message, events, False, None, form, "action_listen")


def unclear(conversation: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    dispatcher = CollectingDispatcher()
    events = asyncio.run(Unclear().run(dispatcher, conversation, {}))
    return dispatcher.messages, events


def test_the_two_best_guesses_and_neither_are_offered() -> None:
    guesses = ["human", "lost_money", "check_offer"]
    ((message,), events) = unclear(tracker({"guess": guesses}, ASKED, misses=1))
    assert message["response"] == "utter_guess"
    assert message["only"] == [GUESSES["human"], GUESSES["lost_money"], "/go_on"]
    assert not events, "the question waits for the choice"


@pytest.mark.parametrize(
    ("entities", "before", "misses"),
    [
        ({}, ASKED, 1),
        ({"guess": ["inform"]}, ASKED, 1),
        ({"guess": ["human"]}, ASKED, 2),
        ({"guess": ["human"]}, {**ASKED, "metadata": {"utter_action": "utter_guess"}}, 1),
    ],
    ids=["none", "of what has no button", "second miss", "twice running"],
)
def test_otherwise_the_question_is_asked_again(
    entities: dict[str, list[str]], before: dict[str, Any], misses: int
) -> None:
    messages, events = unclear(tracker(entities, before, misses=misses))
    assert not messages
    assert [event["name"] for event in events] == [TRIAGE_FORM]


@pytest.mark.parametrize(("language", "another"), [("ja", True), ("zh", False), ("en", False)])
def test_a_language_that_is_not_spoken_here(language: str, another: bool) -> None:
    conversation = tracker({"language": [language]}, ASKED)
    assert speaks_another(conversation, heard(conversation), pack_for("cn")) is another
    assert not speaks_another(tracker({}, ASKED), heard(conversation), pack_for("cn"))
