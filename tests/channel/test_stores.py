"""Tracker stores: reading events without a tracker, and deletion that leaves nothing."""

import asyncio

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from rasa_project.channels import stores
from rasa_project.channels.messages import Digest
from rasa_project.channels.sql import ConversationStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  other: {type: any, influence_conversation: false, mappings: [{type: custom}]}
"""
)


def events():
    return [
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActionExecuted("action_listen"),
        UserUttered("canary-text", message_id="m1"),
        SlotSet("language", "en"),
        SlotSet("other", "canary-slot"),
        BotUttered("canary-answer", {"buttons": [{"title": "a", "payload": "/a"}]}, {"lang": "en"}),
    ]


@pytest.fixture(params=["memory", "rasa's", "ours"])
def store(request, tmp_path):
    if request.param == "memory":
        inner = InMemoryTrackerStore(DOMAIN)
    else:
        kind = SQLTrackerStore if request.param == "rasa's" else ConversationStore
        inner = kind(DOMAIN, db=str(tmp_path / "tracker.db"))
    return FailSafeTrackerStore(inner)


def save(store, sender):
    tracker = DialogueStateTracker.from_events(sender, events(), DOMAIN.slots, domain=DOMAIN)
    asyncio.run(store.save(tracker))


def test_only_what_the_channel_needs_is_read_in_order(store):
    save(store, "one")
    read = asyncio.run(stores.read_events(store, "one"))
    assert [(e["event"], e.get("name") or e.get("text")) for e in read] == [
        ("user", "canary-text"),
        ("slot", "language"),
        ("bot", "canary-answer"),
    ]
    assert read[0]["message_id"] == "m1"
    assert read[2]["metadata"]["lang"] == "en"
    assert asyncio.run(stores.read_events(store, "nobody")) == []
    assert asyncio.run(stores.digest(store, "one")) == Digest.of(read)
    assert asyncio.run(stores.digest(store, "nobody")) is None


def test_one_conversation_does_not_read_another(store):
    save(store, "one")
    for other in ("on", "One", "one%", "'; drop table events; --"):
        assert asyncio.run(stores.read_events(store, other)) == []


def test_deletion_takes_one_conversation_and_leaves_the_others(store):
    save(store, "one")
    save(store, "two")
    asyncio.run(stores.delete(store, "one"))
    asyncio.run(stores.delete(store, "one"))
    assert asyncio.run(stores.read_events(store, "one")) == []
    assert asyncio.run(store.retrieve("one")) is None
    assert len(asyncio.run(stores.read_events(store, "two"))) == 3


def test_deletion_leaves_nothing_in_the_files(tmp_path):
    store = ConversationStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    for number in range(20):
        save(store, f"sender-{number}")
    held = b"".join(f.read_bytes() for f in tmp_path.iterdir())
    assert b"canary" in held and b"sender-7" in held
    for number in range(20):
        asyncio.run(stores.delete(store, f"sender-{number}"))
    left = b"".join(f.read_bytes() for f in tmp_path.iterdir())
    assert b"canary" not in left and b"sender-" not in left


def test_a_store_that_cannot_be_read_says_so(tmp_path):
    store = SQLTrackerStore(DOMAIN, db=str(tmp_path / "tracker.db"))
    (tmp_path / "tracker.db").write_bytes(b"this is no database, it only has the name of one" * 100)
    store.engine.dispose()
    with pytest.raises(Exception, match="not a database"):
        asyncio.run(stores.read_events(FailSafeTrackerStore(store), "one"))


class FakeAgent:
    """What fail_aloud touches of an agent."""

    def __init__(self, store):
        self.tracker_store = store
        self.processor = type("Processor", (), {"tracker_store": store})()


def test_the_fail_safe_is_taken_off_everywhere():
    inner = InMemoryTrackerStore(DOMAIN)
    agent = FakeAgent(FailSafeTrackerStore(inner))
    stores.fail_aloud(agent)
    stores.fail_aloud(agent)
    assert agent.tracker_store is inner is agent.processor.tracker_store
