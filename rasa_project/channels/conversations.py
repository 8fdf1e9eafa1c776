"""What can be done with a conversation: open, send, read, plan, tick, delete. HTTP is in web.py.

A turn either is stored and answered, or the person gets the emergency messages and can send it again.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from knowledge import cards
from knowledge.case import MONEY_FIELDS, Case
from knowledge.losses import whole_plan
from knowledge.mask import mask_next
from knowledge.pack import Pack
from knowledge.papers import plan_document
from knowledge.plan import Plan
from knowledge.reading import is_last_option, option_number
from rasa_project.channels import handover, incoming, logs, messages, metrics, stores, watch
from rasa_project.channels.collect import Collector
from rasa_project.channels.emergency import emergency_messages, masked_notice
from rasa_project.channels.errors import ApiError, bad_request, gone, unavailable
from rasa_project.channels.incoming import Incoming
from rasa_project.channels.locks import Locks
from rasa_project.channels.messages import DONE, DONE_AT, LANGUAGE, MASKED, Digest, Event, Message
from rasa_project.channels.settings import Settings

logger = structlog.get_logger(__name__)

#: The message id of the turn that opens a conversation.
OPENING = "open"
#: Begins the message id of a turn that takes a conversation up again.
COMING_BACK = "come-back"
#: Rasa's locks are polled; this often, in seconds (Rasa's own default is 1).
LOCK_POLL = 0.05
#: For so many seconds it is believed what was found to work.
TRIED_FOR = 1.0


@dataclass(frozen=True)
class Reply:
    """The messages of one turn. ``degraded``: something failed, and the messages say what to do meanwhile.

    ``sent`` is the person's text as it is kept, when something in it was hidden.
    """

    messages: list[Message]
    degraded: bool = False
    sent: str | None = None
    #: Staff have the conversation: the bot says no more than its warnings.
    held: bool = False

    def to_dict(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"messages": self.messages}
        if self.degraded:
            answer["degraded"] = True
        if self.sent is not None:
            answer["sent"] = {"text": self.sent}
        if self.held:
            answer["holder"] = handover.STAFF
        return answer

    def kept_silent(self) -> Reply:
        """The reply as a person gets it while staff have the conversation."""
        if self.degraded:
            return replace(self, held=True)
        notice = self.messages[:1] if self.sent is not None else []
        warnings = [m for m in self.messages if handover.still_shown(m)]
        return replace(self, messages=notice + warnings, held=True)


class Conversations:
    """The conversations of one channel. ``agent`` gives Rasa's agent, or None while it is not there."""

    def __init__(
        self,
        agent: Callable[[], Agent | None],
        pack: Pack,
        settings: Settings,
        channel: str,
        audience: str,
        controls: Collection[str] = (),
    ) -> None:
        """``controls``: payloads that may be sent unoffered, beside those that every client may send."""
        self._controls = (*incoming.always_allowed(pack.languages), *controls)
        self._agent = agent
        self._pack = pack
        self._settings = settings
        self._channel = channel
        self._audience = audience
        self._locks = Locks()
        self._tried: tuple[float, tuple[bool, dict[str, Any]]] = (0.0, (False, {}))

    async def open(
        self, conversation: str, language: str, region: str, audience: dict[str, str] | None = None
    ) -> Reply:
        """Begin a conversation. ApiError 503, with the emergency messages, when it could not be stored.

        ``audience``: ``audience`` and ``staff_language``, where they are not the channel's own.
        """
        slots = {"language": language, "region": region, "audience": self._audience, **(audience or {})}
        payload = f"/open_session{json.dumps(slots, separators=(',', ':'))}"
        try:
            async with self._alone(conversation) as agent:
                reply, stored = await self._turn(agent, conversation, OPENING, payload, language, {})
        except ApiError as error:
            error.more["messages"] = emergency_messages(self._pack, language)
            raise
        if not stored:
            raise unavailable(messages=reply.messages)
        metrics.CONVERSATIONS.inc()
        return reply

    async def come_back(self, conversation: str, language: str, expires: int) -> tuple[Reply, str]:
        """Offer to go on with a conversation whose token had expired, and its language.

        ``expires`` names the turn, so that it is answered once. ApiError 410 when it is not there any more.
        """
        async with self._alone(conversation) as agent:
            language = (await self._digest(agent, conversation)).language or language
            turn = f"{COMING_BACK}-{expires}"
            reply, stored = await self._turn(agent, conversation, turn, "/come_back", language, {})
        if not stored:
            raise unavailable(messages=reply.messages)
        return reply, language

    async def send(
        self, conversation: str, message: Incoming, language: str, by_staff: bool = False
    ) -> Reply:
        """Answer one message; the same id is answered once. ``language`` is used while the store is silent.

        While staff have the conversation, what they send for the person (``by_staff``) is answered to them
        alone, and the person is only warned. ApiError 400 payload_not_offered, 410 conversation_full or
        conversation_deleted.
        """
        try:
            async with self._alone(conversation) as agent:
                digest = await self._digest(agent, conversation)
                language = digest.language or language
                if message.id in digest.ids:
                    events = await self._events(agent, conversation)
                    if known := messages.answer_to(message.id, events):
                        return self._recorded(*known, language)
                if digest.turns >= self._settings.max_turns:
                    raise ApiError(410, "conversation_full", "This conversation is full. Start a new one.")
                held = digest.holder == handover.STAFF
                text, metadata = self._said(message, digest, as_written=held and not by_staff)
                if held:
                    metadata |= {handover.HELD: True, **({handover.BY: handover.STAFF} if by_staff else {})}
                reply, _ = await self._turn(agent, conversation, message.id, text, language, metadata)
                return reply.kept_silent() if held and not by_staff else reply
        except ApiError as error:
            if error.status != 503:
                raise
            return Reply(emergency_messages(self._pack, language, message.payload), degraded=True)

    async def history(self, conversation: str, language: str, for_staff: bool = False) -> dict[str, Any]:
        """``{"language", "messages", "next", "holder"}``: all that was said, the number of the last message,
        and who answers now. ApiError 410 when it does not exist (any more).
        """
        events = await self._events(self._ready(), conversation)
        language = messages.language_of(events) or language
        shown = messages.history(
            events,
            language,
            lambda lang: masked_notice(self._pack, lang),
            lambda lang: emergency_messages(self._pack, lang),
            for_staff,
        )
        last = shown[-1]["n"] if shown else 0
        return {"language": language, "messages": shown, "next": last, "holder": handover.holder(events)}

    async def plan(self, conversation: str) -> dict[str, Any]:
        """``{"language", "steps", "case", "answers"}``: the general steps while nothing is known yet.

        ``case`` are the bare answers, ``answers`` the card that puts them into words.
        """
        tracker = await self._tracker(self._ready(), conversation)
        slots = tracker.current_slot_values()
        case = Case.from_slots(slots)
        case = case.with_(language=self._pack.spoken(slots.get(LANGUAGE)), region=self._pack.id)
        plan = whole_plan(case, self._pack, datetime.now(timezone.utc))
        steps = self._steps(plan, case, slots)
        return {
            "language": case.language,
            "steps": steps["steps"],
            "case": case.to_dict(),
            "answers": cards.case_card(case, self._pack, case.language),
        }

    async def papers(self, conversation: str, language: str | None = None) -> dict[str, Any]:
        """The plan as a document and the papers to complete, in ``language`` or the conversation's own.

        :meth:`plan` with ``missing`` (what a stop-payment needs), ``warning`` and ``papers`` beside it.
        """
        tracker = await self._tracker(self._ready(), conversation)
        slots = tracker.current_slot_values()
        wanted = language if language in self._pack.languages else slots.get(LANGUAGE)
        case = Case.from_slots(slots).with_(language=self._pack.spoken(wanted), region=self._pack.id)
        return plan_document(case, self._pack, slots.get(DONE) or (), datetime.now(timezone.utc))

    def _steps(self, plan: Plan, case: Case, slots: dict[str, Any]) -> dict[str, Any]:
        """The plan as a card; for staff with the lines to read aloud, labels in their own language."""
        done = slots.get(DONE) or ()
        if case.audience != "staff":
            return cards.steps_card(plan, self._pack, case.language, done)
        labels_in = self._pack.spoken(slots.get("staff_language") or case.language)
        return cards.steps_card(plan, self._pack, labels_in, done, staff=True, spoken=case.language)

    async def tick(self, conversation: str, step_id: str, done: bool) -> dict[str, Any]:
        """Tick a step of the plan or take the tick back. ApiError 404 when the plan has no such step."""
        async with self._alone(conversation) as agent:
            tracker = await self._tracker(agent, conversation)
            slots = tracker.current_slot_values()
            plan = whole_plan(Case.from_slots(slots), self._pack, datetime.now(timezone.utc))
            if step_id not in plan:
                raise ApiError(404, "no_such_step", "The plan has no such step.")
            ticked = [s for s in slots.get(DONE) or () if s != step_id] + ([step_id] if done else [])
            times = {s: at for s, at in (slots.get(DONE_AT) or {}).items() if s in ticked}
            if done:
                times.setdefault(step_id, datetime.now(timezone.utc).isoformat())
            tracker.update(SlotSet(DONE, ticked), agent.domain)
            tracker.update(SlotSet(DONE_AT, times), agent.domain)
            await self._save(agent, tracker)
        return {"id": step_id, "done": done}

    async def delete(self, conversation: str) -> None:
        """Remove the conversation from the store. Deleting twice is no error. ApiError 503 when it failed."""
        async with self._alone(conversation) as agent:
            try:
                await stores.delete(agent.tracker_store, conversation)
            except Exception as error:
                raise _failed("deleting", error) from error

    async def export(self, conversation: str, language: str) -> dict[str, Any]:
        """All that is held of the conversation, to read and as it is stored. ApiError 410: there is none."""
        shown = await self.history(conversation, language)
        agent = self._ready()
        tracker = await self._tracker(agent, conversation)
        try:
            events = await stores.read_everything(agent.tracker_store, conversation)
        except Exception as error:
            raise _failed("reading", error) from error
        return {
            **shown,
            "case": Case.from_slots(tracker.current_slot_values()).to_dict(),
            "kept_for_days": self._settings.retention_days,
            "stored": events,
        }

    async def expire(self, moment: float) -> int:
        """Delete what was last used before ``moment`` (seconds since 1970); how many conversations."""
        agent, deleted = self._ready(), 0
        for conversation in stores.unused_since(agent.tracker_store, moment):
            async with self._alone(conversation):
                # Somebody may have come back to it meanwhile, or another worker have deleted it.
                if stores.unused_since(agent.tracker_store, moment, conversation):
                    await stores.delete(agent.tracker_store, conversation)
                    deleted += 1
        return deleted

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether this process answers with a model and a store, and the parts.

        Without the action server only the plain responses and the emergency messages are left.
        """
        agent = self._agent()
        model = getattr(agent.processor, "model_filename", None) if agent is not None else None
        readable = await self._works(lambda ready: stores.read_events(ready.tracker_store, "health"))
        parts = {
            "status": "ok" if readable else "unavailable",
            "model": model,
            "pack": {"id": self._pack.id, "version": self._pack.version},
            "store": readable,
            "actions": agent is not None and await watch.reachable(agent),
        }
        return readable, parts

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether a turn would be answered and stored now, and what of that works: each part is tried.

        Tried at most once in :data:`TRIED_FOR` seconds, however often it is asked.
        """
        if time.monotonic() < self._tried[0]:
            return self._tried[1]
        agent = self._agent()
        parts = {
            "model": agent is not None and agent.is_ready(),
            "store": await self._works(lambda ready: stores.check_writing(ready.tracker_store)),
            "locks": await self._works(lambda ready: stores.check_locks(ready.lock_store)),
            "actions": agent is not None and await watch.reachable(agent),
        }
        found = all(parts.values()), {"ready": all(parts.values()), **parts}
        for part, works in parts.items():
            metrics.READY.labels(part).set(works)
        self._tried = (time.monotonic() + TRIED_FOR, found)
        return found

    async def _works(self, attempt: Callable[[Agent], Awaitable[Any]]) -> bool:
        try:
            await attempt(self._ready())
        except Exception as error:
            logger.warning("not ready", error=type(error).__name__)
            return False
        return True

    @asynccontextmanager
    async def _alone(self, conversation: str) -> AsyncIterator[Agent]:
        """One turn at a time: in this process by our lock (no polling), across workers by Rasa's."""
        logs.about(conversation)
        agent = self._ready()
        async with self._locks.hold(conversation):
            try:
                async with agent.lock_store.lock(conversation, wait_time_in_seconds=LOCK_POLL):
                    yield agent
            except (LockError, ConnectionError) as error:
                raise _failed("locking", error) from error

    def _ready(self) -> Agent:
        agent = self._agent()
        if agent is None or not agent.is_ready():
            raise unavailable()
        return agent

    async def _events(self, agent: Agent, conversation: str) -> list[Event]:
        try:
            events = await stores.read_events(agent.tracker_store, conversation)
        except Exception as error:
            raise _failed("reading", error) from error
        if not events:
            raise gone()
        return events

    async def _digest(self, agent: Agent, conversation: str) -> Digest:
        try:
            digest = await stores.digest(agent.tracker_store, conversation)
        except Exception as error:
            raise _failed("reading", error) from error
        if digest is None:
            raise gone()
        return digest

    async def _tracker(self, agent: Agent, conversation: str) -> DialogueStateTracker:
        try:
            tracker = await agent.tracker_store.retrieve(conversation)
        except Exception as error:
            raise _failed("reading", error) from error
        if tracker is None or not tracker.events:
            raise gone()
        return tracker

    async def _save(self, agent: Agent, tracker: DialogueStateTracker) -> None:
        try:
            await agent.tracker_store.save(tracker)
        except Exception as error:
            raise _failed("saving", error) from error

    def _said(
        self, message: Incoming, digest: Digest, as_written: bool = False
    ) -> tuple[str, dict[str, Any]]:
        """What Rasa is given for this message, and the metadata stored beside it.

        ``as_written``: "2" is no button, because the bot's buttons are not what the person sees.
        """
        if message.payload is not None:
            payload = incoming.offered(message.payload, (*digest.offered, *self._controls))
            if payload is None:
                raise bad_request("This conversation was not offered that button.", "payload_not_offered")
            return payload, {}
        last = not as_written and is_last_option(message.text or "")
        number = None if as_written else option_number(message.text or "")
        buttons = messages.open_buttons(digest.latest) if number or last else []
        if last and buttons:
            # "The last one" of the answers, not of the ways round the question that stand below them.
            return next((b for b in reversed(buttons) if b.startswith("/answer")), buttons[-1]), {}
        if number and number <= len(buttons):
            # "2" or 第二个 is the second button, as it stands on the screen.
            return buttons[number - 1], {}
        titles = {} if as_written else messages.open_titles(digest.latest)
        if payload := titles.get(messages.folded(message.text or "")):
            return payload, {}
        hidden = mask_next(
            message.text or "",
            messages.awaited(digest.latest),
            messages.open_slot(digest.latest) in MONEY_FIELDS,
        )
        return incoming.as_typed(hidden.text), messages.masking(hidden)

    async def _turn(
        self,
        agent: Agent,
        conversation: str,
        message_id: str,
        text: str,
        language: str,
        metadata: dict[str, Any],
    ) -> tuple[Reply, bool]:
        """Let Rasa answer. The reply, and whether the turn is stored."""
        collector = Collector(self._channel)
        message = UserMessage(
            text,
            collector,
            conversation,
            input_channel=self._channel,
            message_id=message_id,
            metadata=metadata or None,
        )
        failures = watch.start_turn()
        retry = _retry(message_id, text)
        processor = agent.processor
        assert isinstance(processor, MessageProcessor)
        begun = time.perf_counter()
        kind = "open" if message_id == OPENING else "button" if text.startswith("/") else "text"
        try:
            await asyncio.wait_for(processor.handle_message(message), self._settings.turn_timeout)
        except Exception as error:
            metrics.turn(kind, "lost", time.perf_counter() - begun)
            _failed("a turn", error)
            return Reply(emergency_messages(self._pack, language, retry), degraded=True), False
        said = list(collector.messages)
        degraded = bool(failures) or not said
        if degraded:
            what = "actions" if failures else "silence"
            logger.error("degraded", what=what, failures=failures or None)
            metrics.FAILURES.labels(what, failures[0] if failures else "").inc()
        if degraded and not messages.enough(said):
            said += emergency_messages(self._pack, language, retry)
        metrics.turn(kind, "degraded" if degraded else "answered", time.perf_counter() - begun)
        metrics.said(said, collector.responses)
        if not metadata.get(MASKED):
            return Reply(messages.complete(said, language), degraded), True
        # First, so that the open question stays the last thing said.
        said = [masked_notice(self._pack, language), *said]
        return Reply(messages.complete(said, language), degraded, sent=text), True

    def _recorded(self, user: Event, said: list[Message], language: str) -> Reply:
        """The reply to a message that was handled before, as it was."""
        degraded = not said
        said = said or emergency_messages(
            self._pack, language, _retry(user.get("message_id"), user.get("text"))
        )
        sent = None
        if messages.was_masked(user):
            said = [masked_notice(self._pack, language), *said]
            sent = str(user.get("text") or "")
        reply = Reply(messages.complete(said, language), degraded, sent)
        silent = handover.was_held(user) and not handover.by_staff(user)
        return reply.kept_silent() if silent else reply


def _retry(message_id: str | None, text: str | None) -> str | None:
    """The payload to offer again when this message got no answer; typed words the person can send again."""
    return text if text and text.startswith("/") and message_id != OPENING else None


def _failed(what: str, error: Exception) -> ApiError:
    """A failure below us, in the log and counted, without any content of the conversation."""
    logger.error("failed", what=what, error=type(error).__name__)
    metrics.FAILURES.labels(what, type(error).__name__).inc()
    return unavailable()
