"""The person's side of the hotline: ask for a person, withdraw, read what staff write, open a plan."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa  # type: ignore[import-untyped]
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels import http, staff_requests, tokens
from rasa_project.channels.errors import ApiError, too_many, unavailable
from rasa_project.channels.http import json_response
from rasa_project.channels.limits import Limiter, address_key
from rasa_project.channels.shared import SharedConversations
from rasa_project.staff import accounts, calls, codes, retention
from rasa_project.staff.database import Database
from rasa_project.staff.hotline import Hotline
from rasa_project.staff.settings import StaffSettings
from rasa_project.staff.signin import utc_now

#: Codes of plans can be tried so often at once, then at this rate a second, from one address.
CODE_BURST, CODE_RATE = 10, 0.05

#: Every call: method, path below /chat, the method of PersonsSide that answers it.
ROUTES = (
    ("GET", "/person", "offered"),
    ("POST", "/person", "ask"),
    ("DELETE", "/person", "withdraw"),
    ("GET", "/updates", "updates"),
    ("POST", "/code", "open_code"),
)

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[HTTPResponse]]


class PersonsSide:
    """The calls under /chat/ that reach the hotline. ``session_of`` reads and limits a request's token."""

    def __init__(
        self,
        conversations: SharedConversations,
        database: Database,
        hotline: Hotline,
        settings: StaffSettings,
        secret: bytes,
        session_of: Callable[[Request], bytes],
        language_of: Callable[[Request], str],
    ) -> None:
        self._conversations = conversations
        self._database = database
        self._hotline = hotline
        self._settings = settings
        self._secret = secret
        self._session_of = session_of
        self._language_of = language_of
        self._codes = Limiter(CODE_RATE, CODE_BURST)

    def add_to(self, routes: Blueprint) -> None:
        """Put the routes on the web channel's blueprint."""
        for method, path, name in ROUTES:
            routes.add_route(_handler(getattr(self, name)), path, [method], name=f"person_{name}")

    async def offered(self, request: Request) -> HTTPResponse:
        """Whether there is anybody to ask for, and whether a code or a hand-over of this person is open."""
        session = self._session_of(request)

        def look(db: Any) -> dict[str, bool]:
            joined = [call for call in calls.of_session(db, session) if not call.row["withdrawn_at"]]
            return {
                "offered": accounts.any_enabled(db),
                "code_active": codes.active(db, codes.PERSON, session, utc_now()),
                "joined": bool(joined),
            }

        return json_response({**await self._run(look), **self._hotline.reach()})

    async def ask(self, request: Request) -> HTTPResponse:
        """The person agrees that staff see this conversation: the code that lets them in, once."""
        session = self._session_of(request)
        await self._conversations.plan(tokens.conversation_id(session))  # 410 when there is none
        if not await self._run(accounts.any_enabled):
            raise ApiError(404, "no_hotline", "No hotline answers here.")
        expires = utc_now() + timedelta(minutes=self._settings.code_minutes)
        code = await self._run(codes.make, codes.PERSON, session, self._secret, expires)
        return json_response({"code": code, "expires_at": calls.iso(expires), **self._hotline.reach()}, 201)

    async def withdraw(self, request: Request) -> HTTPResponse:
        """Staff see this conversation no more, and the bot answers again."""
        session = self._session_of(request)

        def end(db: Any) -> None:
            codes.revoke(db, session, codes.PERSON)
            calls.withdrawn(db, session)

        await self._run(end)
        await self._conversations.give(tokens.conversation_id(session))
        return HTTPResponse(status=204)

    async def updates(self, request: Request) -> HTTPResponse:
        """What was said after message ``after``, by anybody."""
        session = self._session_of(request)
        after = staff_requests.read_after(request.args.get("after"))
        conversation = tokens.conversation_id(session)
        return json_response(
            await self._conversations.updates(conversation, self._language_of(request), after)
        )

    async def open_code(self, request: Request) -> HTTPResponse:
        """The address of the plan that a code stands for, as staff read it out."""
        if wait := self._codes.take(address_key(http.client_address(request)), time.monotonic()):
            raise too_many(wait)
        code = staff_requests.read_text(http.read_body(request), "code", 40)
        session = await self._run(codes.open_, codes.PLAN, code, self._secret, utc_now())
        if session is None:
            raise ApiError(404, "no_such_code", "This code is wrong or has expired.")
        expires = int(time.time() + self._settings.link_hours * 3600)
        token = tokens.issue(self._secret, session, expires, tokens.PLAN_LINK)
        return json_response({"path": f"my-plan#{token}"})

    async def held(self, session: bytes) -> list[dict[str, Any]]:
        """The calls that staff have of this person's conversation, with their notes."""
        found = await self._run(calls.of_session, session)
        return [{**call.to_dict(), "notes": call.row["notes"]} for call in found]

    async def forget(self, session: bytes) -> None:
        """The conversation is deleted: what the hotline has of it goes as well."""
        await self._run(retention.forget, session)
        await asyncio.get_running_loop().run_in_executor(None, self._database.tidy)

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        try:
            return await self._database.run(work, *args)
        except sa.exc.DBAPIError as error:
            raise unavailable() from error


def _handler(method: Handler) -> Handler:
    """A function: Sanic marks its handlers, and a bound method cannot be marked."""

    async def handle(request: Request) -> HTTPResponse:
        return await method(request)

    return handle
