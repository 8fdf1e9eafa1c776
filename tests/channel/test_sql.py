"""The serving store: the latest turns make the same tracker as all, and the table is always the truth."""

import asyncio
import json
import sqlite3

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_project.channels.sql import CONVERSATIONS, TURNS, ConversationStore
from rasa_project.components.nlg import times_said

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [say]
forms: {a_form: {required_slots: [count]}}
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  count: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  filled: {type: text, initial_value: something, mappings: [{type: custom}]}
"""
)
ONE = "one"


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "tracker.db")


@pytest.fixture
def store(path):
    return ConversationStore(DOMAIN, db=path)


async def begin(store, sender=ONE):
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    opening = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    tracker.update_with_events([*opening, SlotSet("language", "en"), SlotSet("filled", None)], DOMAIN)
    await store.save(tracker)


async def turn(store, number, *more, sender=ONE):
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    said = BotUttered(f"answer {number}", {"buttons": [{"title": "b", "payload": f"/b{number}"}]})
    said.metadata["utter_action"] = f"utter_{number % 2}"
    happened = [
        UserUttered(f"text {number}", {"name": "say", "confidence": 1.0}, message_id=f"m{number}"),
        ActionExecuted("a_form"),
        *([ActiveLoop("a_form")] if number == 0 else []),
        SlotSet("count", number),
        said,
        *more,
        ActionExecuted("action_listen"),
    ]
    tracker.update_with_events(happened, DOMAIN)
    await store.save(tracker)


def state(tracker):
    """What the next prediction and the next action may look at."""
    return {
        "slots": tracker.current_slot_values(),
        "loop": tracker.active_loop_name,
        "last": tracker.past_states(DOMAIN)[-2:],
        "message": tracker.latest_message.message_id,
        "action": tracker.latest_action_name,
        "said": [times_said(f"utter_{kind}", tracker) for kind in range(2)],
        "recent": [e.as_dict() for e in tracker.applied_events()[-8:]],
    }


@pytest.mark.parametrize("turns", [1, TURNS, 2 * TURNS - 1, 2 * TURNS, 5 * TURNS + 1])
@pytest.mark.parametrize("ends", [False, True])
def test_the_latest_turns_say_what_all_say(store, path, turns, ends):
    async def talk():
        await begin(store)
        for number in range(turns):
            await turn(store, number)
        if ends:
            await turn(store, turns, SlotSet("filled", "again"), ActiveLoop(None))
        return await store.retrieve(ONE), await SQLTrackerStore(DOMAIN, db=path).retrieve_full_tracker(ONE)

    recent, whole = asyncio.run(talk())
    assert state(recent) == state(whole)
    users = sum(isinstance(e, UserUttered) for e in recent.events)
    assert users == min(turns + ends, users) and users < 2 * TURNS
    assert len(whole.events) > 5 * turns, "nothing was taken from the table"


def test_a_long_conversation_is_no_longer_in_memory_than_a_short_one(store):
    async def talk(turns):
        await begin(store, str(turns))
        for number in range(turns):
            await turn(store, number, sender=str(turns))
        return len((await store.retrieve(str(turns))).events)

    assert asyncio.run(talk(100)) <= asyncio.run(talk(2 * TURNS)) + 10 * TURNS


def test_what_another_process_wrote_is_read(store, path):
    other = ConversationStore(DOMAIN, db=path)

    async def talk():
        await begin(store)
        for number in range(20):
            await turn((store, other)[number % 2], number)
        return [each.digest(ONE) for each in (store, other)], await store.retrieve(ONE)

    digests, tracker = asyncio.run(talk())
    assert digests[0] == digests[1]
    assert digests[0].turns == 20 and digests[0].ids == {f"m{n}" for n in range(20)}
    assert set(digests[0].offered) == {f"/b{n}" for n in range(20)} and digests[0].language == "en"
    assert tracker.get_slot("count") == 19


def test_what_another_process_deleted_is_gone(store, path):
    other = ConversationStore(DOMAIN, db=path)

    async def talk():
        await begin(store)
        await turn(store, 0)
        assert store.digest(ONE) and other.digest(ONE)
        other.delete(ONE)
        return store.digest(ONE), await store.retrieve(ONE)

    assert asyncio.run(talk()) == (None, None)


def test_what_another_process_deleted_is_forgotten_unasked(store, path):
    other = ConversationStore(DOMAIN, db=path)

    async def talk():
        await begin(store)
        await turn(store, 0)
        other.delete(ONE)
        await begin(store, "another")
        assert store.digest("another")
        store.forget_deleted()

    asyncio.run(talk())
    assert set(store._known) == {"another"}


def test_a_turn_that_was_not_saved_leaves_nothing_behind(store):
    async def talk():
        await begin(store)
        await turn(store, 0)
        lost = await store.retrieve(ONE)
        lost.update_with_events([UserUttered("lost"), SlotSet("count", "lost")], DOMAIN)
        lost.get_slot("count")
        return await store.retrieve(ONE)

    tracker = asyncio.run(talk())
    assert tracker.get_slot("count") == 0 and tracker.latest_message.text == "text 0"


def test_a_turn_taken_back_is_not_folded_away(store, path):
    async def talk():
        await begin(store)
        for number in range(3 * TURNS):
            await turn(store, number, *([UserUtteranceReverted()] if number == 2 else []))
        return await store.retrieve(ONE), await SQLTrackerStore(DOMAIN, db=path).retrieve_full_tracker(ONE)

    recent, whole = asyncio.run(talk())
    assert recent.applied_events() == whole.applied_events()


def test_a_clock_that_jumps_back_changes_nothing(store, monkeypatch):
    async def talk():
        for number in range(12):
            monkeypatch.setattr("time.time", lambda number=number: 2e9 - 3600.0 * number)
            if number == 0:
                await begin(store)
            await turn(store, number)
        fresh = ConversationStore(DOMAIN, db=store.engine.url.database)
        return await fresh.retrieve(ONE), fresh.digest(ONE)

    tracker, digest = asyncio.run(talk())
    assert tracker.get_slot("count") == 11 and tracker.latest_message.message_id == "m11"
    assert digest.turns == 12


def test_only_so_many_conversations_are_kept(store):
    async def talk():
        for number in range(CONVERSATIONS + 5):
            await begin(store, f"sender-{number}")
            store.digest(f"sender-{number}")

    asyncio.run(talk())
    assert len(store._known) == CONVERSATIONS
    assert store.digest("sender-0").language == "en"


def test_a_store_that_cannot_be_written_says_so(store):
    store.check_writable()
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(Exception, match="readonly"):
        store.check_writable()
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 0


def test_what_is_stored_is_short_and_what_was_stored_longer_is_read(path: str) -> None:
    """Earlier versions wrote every Chinese character as its escape."""
    store = ConversationStore(DOMAIN, db=path)
    stored = [UserUttered("支付宝", timestamp=1.0), UserUttered("half a character \ud83d", timestamp=2.0)]
    tracker = DialogueStateTracker.from_events("a", stored, DOMAIN.slots)
    asyncio.run(store.save(tracker))
    long = json.dumps(UserUttered("微信", timestamp=3.0).as_dict())
    with sqlite3.connect(path) as db:
        db.execute("insert into events (sender_id, type_name, data) values ('a', 'user', ?)", (long,))
        texts = [data for (data,) in db.execute("select data from events where data like '%支付宝%'")]
    assert len(texts) == 1 and ", " not in texts[0]
    read = asyncio.run(store.retrieve("a"))
    assert read is not None
    said = [event.text for event in read.events if isinstance(event, UserUttered)]
    assert said == ["支付宝", "half a character \ud83d", "微信"]
