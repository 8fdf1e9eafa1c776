"""Conversations that hotline staff join: look, take over, write to the person, give back. See handover.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.events import AgentUttered
from rasa.shared.core.events import Event as RasaEvent

from knowledge.mask import mask_next
from rasa_project.channels import handover, messages
from rasa_project.channels.conversations import Conversations
from rasa_project.channels.errors import ApiError
from rasa_project.channels.incoming import Incoming
from rasa_project.channels.messages import Event
from rasa_project.staff.moments import Told, told

#: The message id of the turn in which the bot goes on after staff.
GIVEN_BACK = "given-back"
TRIAGE_FORM = "triage_form"


@dataclass(frozen=True)
class State:
    """A conversation as staff look at it: its slots, its events, the open question, the time told."""

    slots: dict[str, Any]
    events: list[Event]
    open: str | None
    told: Told


class SharedConversations(Conversations):
    """The conversations of one channel, with what staff can do in them."""

    async def updates(
        self, conversation: str, language: str, after: int, for_staff: bool = False
    ) -> dict[str, Any]:
        """The messages of :meth:`history` with a number above ``after``, with its ``next`` and ``holder``."""
        whole = await self.history(conversation, language, for_staff)
        return {**whole, "messages": [m for m in whole["messages"] if m["n"] > after]}

    async def state(self, conversation: str) -> State:
        """What staff's sheet is made of. ApiError 410 when the conversation does not exist (any more)."""
        tracker = await self._tracker(self._ready(), conversation)
        events = await self._events(self._ready(), conversation)
        form = tracker.active_loop_name == TRIAGE_FORM
        slots = tracker.current_slot_values()
        return State(
            slots=slots,
            events=events,
            open=slots.get("requested_slot") if form else None,
            told=told(events),
        )

    async def take(self, conversation: str) -> None:
        """Staff answer from now on. Taking twice is no error."""
        async with self._alone(conversation) as agent:
            if handover.holder(await self._events(agent, conversation)) != handover.STAFF:
                await self._append(agent, conversation, AgentUttered(data=handover.marker(handover.STAFF)))

    async def give(self, conversation: str, go_on: bool = True) -> None:
        """The bot answers from now on; with ``go_on`` it says where they were. Giving twice is no error."""
        async with self._alone(conversation) as agent:
            events = await self._events(agent, conversation)
            if handover.holder(events) != handover.STAFF:
                return
            await self._append(agent, conversation, AgentUttered(data=handover.marker(handover.BOT)))
            if go_on:
                language = messages.language_of(events) or self._pack.languages[0]
                turn = f"{GIVEN_BACK}-{len(events)}"
                metadata = {handover.BY: handover.STAFF}
                await self._turn(agent, conversation, turn, "/go_on", language, metadata)

    async def say(self, conversation: str, message: Incoming) -> dict[str, Any]:
        """Staff's words to the person, masked like theirs; the same id is said once.

        ``{"n"}``: its number; with ``sent``: ``{"text"}`` as it is kept, when something in it was hidden.
        ApiError 409 not_taken.
        """
        async with self._alone(conversation) as agent:
            events = await self._events(agent, conversation)
            if handover.holder(events) != handover.STAFF:
                raise ApiError(409, "not_taken", "Take the conversation before you write to the person.")
            if not handover.said(message.id, events):
                hidden = mask_next(message.text or "", messages.begun(handover.last_said(events)))
                data = {"id": message.id, **messages.masking(hidden)}
                await self._append(agent, conversation, AgentUttered(hidden.text, data))
            events = await self._events(agent, conversation)
            said = {handover.said_id(event): (n, event) for n, event, _ in messages.numbered(events)}
            number, event = said[message.id]
            hidden_in = messages.was_hidden(event.get("data"))
            return {"n": number, **({"sent": {"text": event["text"]}} if hidden_in else {})}

    async def _append(self, agent: Agent, conversation: str, event: RasaEvent) -> None:
        tracker = await self._tracker(agent, conversation)
        tracker.update(event, agent.domain)
        await self._save(agent, tracker)
