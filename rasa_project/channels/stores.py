"""The tracker store as the channel uses it: read a conversation's events cheaply, delete it, fail aloud.

Everything here works on the store that Rasa was given in endpoints.yml: SQL, Redis, MongoDB or memory.
"""

from __future__ import annotations

import json

import sqlalchemy as sa  # type: ignore[import-untyped]
from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    MongoTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)

from rasa_project.channels.messages import AGENT, BOT, DONE, ELAPSED, LANGUAGE, SLOT, USER, Digest, Event
from rasa_project.channels.redis_locks import RedisLocks
from rasa_project.channels.sql import ConversationStore

#: The slots whose changes a history and staff's sheet need.
SLOTS = (LANGUAGE, DONE, ELAPSED)


def fail_aloud(agent: Agent) -> None:
    """Take Rasa's fail-safe wrapper off the agent's tracker store.

    The wrapper answers from an empty memory when the database is gone, so a person's answers seem lost, and
    the turns of that time vanish later. Without it the turn fails, and the channel says what to do meanwhile.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        agent.tracker_store = store._tracker_store
        if agent.processor is not None:
            agent.processor.tracker_store = store._tracker_store


def unwrap(store: TrackerStore) -> TrackerStore:
    """The store that really holds the trackers."""
    while isinstance(store, (FailSafeTrackerStore, AwaitableTrackerStore)):
        store = store._tracker_store
    return store


async def read_events(store: TrackerStore, sender_id: str) -> list[Event]:
    """The user, bot and staff events, languages and ticks of a conversation, oldest first; [] when unknown.

    In SQL only these rows are read and no tracker is replayed.
    """
    inner = unwrap(store)
    if isinstance(inner, SQLTrackerStore):
        return _read_rows(inner, sender_id)
    tracker = await store.retrieve_full_tracker(sender_id)
    events = [e.as_dict() for e in tracker.events] if tracker else []
    return [e for e in events if e.get("event") in (USER, BOT, AGENT) or e.get("name") in SLOTS]


def _read_rows(store: SQLTrackerStore, sender_id: str) -> list[Event]:
    row = store.SQLEvent
    wanted = sa.or_(
        row.type_name.in_((USER, BOT, AGENT)), sa.and_(row.type_name == SLOT, row.action_name.in_(SLOTS))
    )
    with store.session_scope() as session:
        found = session.query(row.data).filter(row.sender_id == sender_id, wanted).order_by(row.id).all()
        return [json.loads(data) for (data,) in found]


async def read_everything(store: TrackerStore, sender_id: str) -> list[Event]:
    """All that is stored of a conversation, as it is stored, oldest first; [] when unknown."""
    inner = unwrap(store)
    if isinstance(inner, SQLTrackerStore):
        row = inner.SQLEvent
        with inner.session_scope() as session:
            found = session.query(row.data).filter(row.sender_id == sender_id).order_by(row.id).all()
            return [json.loads(data) for (data,) in found]
    tracker = await store.retrieve_full_tracker(sender_id)
    return [e.as_dict() for e in tracker.events] if tracker else []


def unused_since(store: TrackerStore, moment: float, sender_id: str | None = None) -> list[str]:
    """The conversations whose last event is older than ``moment`` (seconds since 1970); or only this one.

    Only SQL can be asked; the other stores forget by a setting of their own (Redis: ``record_exp``).
    """
    inner = unwrap(store)
    if not isinstance(inner, SQLTrackerStore):
        return []
    row = inner.SQLEvent
    with inner.session_scope() as session:
        asked = session.query(row.sender_id).group_by(row.sender_id)
        if sender_id is not None:
            asked = asked.filter(row.sender_id == sender_id)
        return [found for (found,) in asked.having(sa.func.max(row.timestamp) < moment).all()]


async def forget_deleted(store: TrackerStore) -> None:
    """Drop what this process keeps in memory of conversations that another process has deleted."""
    inner = unwrap(store)
    if isinstance(inner, ConversationStore):
        inner.forget_deleted()


async def digest(store: TrackerStore, sender_id: str) -> Digest | None:
    """What the next message of a conversation is judged by; ``None`` when it is unknown."""
    inner = unwrap(store)
    if isinstance(inner, ConversationStore):
        return inner.digest(sender_id)
    events = await read_events(store, sender_id)
    return Digest.of(events) if events else None


async def check_writing(store: TrackerStore) -> None:
    """Raise when a turn could not be stored now, as far as that can be tried."""
    inner = unwrap(store)
    if isinstance(inner, ConversationStore):
        inner.check_writable()
    else:
        await read_events(store, "ready")


async def check_locks(locks: LockStore) -> None:
    """Raise when no lock can be taken now. Those in memory always can."""
    if isinstance(locks, RedisLocks):
        await locks.check()


async def delete(store: TrackerStore, sender_id: str) -> None:
    """Remove every event of the conversation from the store. Raises when the store cannot be reached."""
    inner = unwrap(store)
    if isinstance(inner, ConversationStore):
        inner.delete(sender_id)
    elif isinstance(inner, SQLTrackerStore):
        with inner.session_scope() as session:
            session.query(inner.SQLEvent).filter(inner.SQLEvent.sender_id == sender_id).delete()
            session.commit()
    elif isinstance(inner, InMemoryTrackerStore):
        inner.store.pop(sender_id, None)
    elif isinstance(inner, RedisTrackerStore):
        inner.red.delete(inner.key_prefix + sender_id)
    elif isinstance(inner, MongoTrackerStore):
        inner.conversations.delete_many({"sender_id": sender_id})
    else:
        raise NotImplementedError(f"deleting conversations from {type(inner).__name__} is not supported")
