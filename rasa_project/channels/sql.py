"""The tracker store that serves: Rasa's SQL store, which reads only what is new and keeps no long past.

Rasa's own reads and replays every event of a conversation at every turn, counts them again before it writes,
and opens and closes the SQLite file each time. Here the table is the same, but a process keeps for the latest
conversations what the next turn needs, and asks the table only for the rows that were written since. The
table is the truth: another process may have written or deleted in between.
"""

from __future__ import annotations

import json
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.constants import DEFAULT_SENDER_ID
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    Restarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import URL, Engine  # type: ignore[import-untyped]
from sqlalchemy.pool import QueuePool  # type: ignore[import-untyped]

from rasa_project.channels.messages import Digest

#: A tracker holds at least this many of the latest turns, and less than twice as many.
TURNS = 4
#: For so many conversations a process keeps what it read; some 50 kB each.
CONVERSATIONS = 500
#: Set on every new SQLite connection: readers do not wait for the writer, and deleted rows are overwritten.
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "busy_timeout=1000")
#: How long, in milliseconds, PostgreSQL may keep us waiting: for a connection, a statement, a lost network.
PATIENCE = 3000
#: What the policy sees of a turn, beside the slots.
STEPS = (UserUttered, ActionExecuted, ActiveLoop)
#: After these events the state is not what the events before and after them add up to.
UNFOLDABLE = (UserUtteranceReverted, ActionReverted, Restarted, ConversationPaused)


@dataclass
class Known:
    """What this process knows of one conversation.

    ``last``: the id of the last row read. ``tail``: the events of the latest turns. ``base``: events that
    stand for all before them. ``said``: how often each response was said in those.
    """

    last: int = 0
    digest: Digest = field(default_factory=Digest)
    base: list[Event] = field(default_factory=list)
    tail: list[Event] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)


class ConversationStore(SQLTrackerStore):
    """Rasa's tracker store for SQLite and PostgreSQL; see the settings of ``SQLTrackerStore``.

    A tracker from :meth:`retrieve` has every slot and the active form, but of the events only the latest
    turns. :meth:`retrieve_full_tracker` has them all.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: Engine = self.engine
        given.dispose()
        self.engine: Engine = _engine(given.url)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        self._known: OrderedDict[str, Known] = OrderedDict()

    def digest(self, sender_id: str) -> Digest | None:
        """What the next message is judged by; ``None`` for a conversation that is not stored."""
        known = self._refreshed(sender_id)
        return known.digest if known else None

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker with the latest turns; ``None`` for a conversation that is not stored."""
        known = self._refreshed(sender_id)
        if known is None:
            return None
        tracker = _tracker(sender_id, (*known.base, *known.tail), self.domain)
        tracker.said_earlier = known.said
        tracker.stored = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are new since the tracker was read or saved, all or none."""
        await self.stream_events(tracker)
        new = list(tracker.events)[getattr(tracker, "stored", 0) :]
        if new:
            with self.engine.begin() as connection:
                connection.execute(
                    self.SQLEvent.__table__.insert(), [_row(tracker.sender_id, each) for each in new]
                )
        tracker.stored = len(tracker.events)

    def delete(self, sender_id: str) -> None:
        """Remove every event of the conversation, also from what this process keeps."""
        self._known.pop(sender_id, None)
        table = self.SQLEvent.__table__
        with self.engine.begin() as connection:
            connection.execute(table.delete().where(table.c.sender_id == sender_id))
        if self.engine.dialect.name == "sqlite":
            # Move the write-ahead log into the database, so that no copy of the deleted rows stays in it.
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def forget_deleted(self) -> int:
        """Drop what this process keeps of conversations that another has deleted; how many."""
        kept = list(self._known)
        if not kept:
            return 0
        row = self.SQLEvent.__table__.c
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(row.sender_id).where(row.sender_id.in_(kept)).distinct())
            gone = set(kept) - set(found.scalars())
        for sender_id in gone:
            self._known.pop(sender_id, None)
        return len(gone)

    def check_writable(self) -> None:
        """Raise what a turn's writing would raise; a row is written and taken out again.

        It has to be written in earnest: SQLite finds a full disk only then.
        """
        table = self.SQLEvent.__table__
        with self.engine.begin() as connection:
            made = connection.execute(table.insert(), _row(DEFAULT_SENDER_ID, SlotSet("ready", True)))
            connection.execute(table.delete().where(table.c.id == made.inserted_primary_key[0]))

    def _refreshed(self, sender_id: str) -> Known | None:
        """What is known, with the rows that were written since; ``None`` when the conversation is gone."""
        known = self._known.pop(sender_id, None)
        rows = self._rows(sender_id, known.last if known else 0)
        if known is not None and (not rows or rows[0][0] != known.last):
            # The last row we knew is not there any more: deleted, perhaps by another process.
            known, rows = None, self._rows(sender_id, 0) if rows else []
        if known is None:
            if not rows:
                return None
            known = Known()
        for number, data in rows:
            if number > known.last:
                self._add(known, json.loads(data))
                known.last = number
        self._fold(sender_id, known)
        self._known[sender_id] = known
        while len(self._known) > CONVERSATIONS:
            self._known.popitem(last=False)
        return known

    def _rows(self, sender_id: str, since: int) -> Sequence[tuple[int, str]]:
        table = self.SQLEvent.__table__
        wanted = (
            sa.select(table.c.id, table.c.data)
            .where(table.c.sender_id == sender_id, table.c.id >= since)
            .order_by(table.c.id)
        )
        with self.engine.connect() as connection:
            return connection.execute(wanted).fetchall()

    @staticmethod
    def _add(known: Known, stored: dict[str, Any]) -> None:
        known.digest.add(stored)
        event = Event.from_parameters(stored)
        if event is not None:
            known.tail.append(event)

    def _fold(self, sender_id: str, known: Known) -> None:
        """Put a few events in the place of all before the latest turns, once there are twice as many."""
        begins = [at for at, event in enumerate(known.tail) if isinstance(event, UserUttered)]
        if len(begins) < 2 * TURNS:
            return
        cut = begins[-TURNS]
        earlier = known.tail[:cut]
        if any(isinstance(event, UNFOLDABLE) for event in earlier):
            return
        state = _tracker(sender_id, (*known.base, *earlier), self.domain)
        waiting = state.latest_action_name == ACTION_LISTEN_NAME
        if not waiting or (state.active_loop is not None and state.active_loop.rejected):
            return  # after the next turn, when the form has run again
        known.base = list(_standing_for(state))
        known.said.update(
            event.metadata["utter_action"]
            for event in earlier
            if isinstance(event, BotUttered) and event.metadata.get("utter_action")
        )
        known.tail = known.tail[cut:]


def _engine(url: URL) -> Engine:
    """Connections that stay open, do not keep a person waiting, and put no content into their errors."""
    if url.get_backend_name() == "sqlite":
        threads = {"check_same_thread": False}
        engine = sa.create_engine(url, poolclass=QueuePool, connect_args=threads, hide_parameters=True)
        sa.event.listen(engine, "connect", _set_pragmas)
        return engine
    limits = {
        "connect_timeout": PATIENCE // 1000,
        "tcp_user_timeout": PATIENCE,
        "options": f"-c statement_timeout={PATIENCE} -c lock_timeout={PATIENCE}",
    }
    return sa.create_engine(url, pool_pre_ping=True, connect_args=limits, hide_parameters=True)


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _tracker(sender_id: str, events: Iterable[Event], domain: Domain) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender_id, list(events), domain.slots)


def _standing_for(state: DialogueStateTracker) -> Iterable[Event]:
    """The fewest events after which a tracker is in ``state``, where Rasa waits for a message.

    The policy looks back to the last turn that counts: with an open form, the one that opened it or came back
    to it, however long ago.
    """
    at = state.events[-1].timestamp
    for name, slot in state.slots.items():
        if slot.value != slot.initial_value:
            yield SlotSet(name, slot.value, timestamp=at)
    if state.active_loop is not None:
        yield ActiveLoop(state.active_loop.name, timestamp=at)
    applied = state.applied_events()
    users = [place for place, event in enumerate(applied) if isinstance(event, UserUttered)]
    yield ActionExecuted(ACTION_LISTEN_NAME, timestamp=at)
    if users:
        yield from (event for event in applied[users[-1] :] if isinstance(event, STEPS))


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """An event as Rasa's table has it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": _compact(data),
    }


def _compact(data: Mapping[str, Any]) -> str:
    """As short as JSON is: a Chinese character as itself takes half the bytes of its escape."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        written.encode()
    except UnicodeEncodeError:  # half a character, which no database takes
        return json.dumps(data, separators=(",", ":"))
    return written
