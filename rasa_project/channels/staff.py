"""The staff channel: the hotline's console under /staff/ and its JSON API. What it does is in StaffApi.

Who calls is known by a cookie that only this server reads; whoever changes something also sends the token
that the page was given (``X-CSRF-Token``), which another site's page cannot know.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa  # type: ignore[import-untyped]
import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from knowledge import cards, labels, search
from knowledge.case import Case
from knowledge.mask import mask_notes
from knowledge.offers import check_offer, is_offer, offer_clues
from knowledge.pack import Pack
from knowledge.store import open_pack
from rasa_project import packs, perf, places
from rasa_project.channels import http, incoming, staff_requests, tokens
from rasa_project.channels.conversations import Reply
from rasa_project.channels.errors import ApiError, bad_request, too_many, unavailable
from rasa_project.channels.http import json_response
from rasa_project.channels.limits import Limiter, address_key
from rasa_project.channels.settings import Settings
from rasa_project.channels.settings import read_settings as read_web_settings
from rasa_project.channels.shared import SharedConversations
from rasa_project.staff import about, accounts, audit, calls, codes, database, hotline, retention, signin
from rasa_project.staff import script as scripts
from rasa_project.staff.accounts import Account
from rasa_project.staff.calls import Call
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings, read_settings
from rasa_project.staff.signin import Locked, Session, utc_now
from rasa_project.staff.summary import DID, FORMATS, NOBODY, counts_csv, summary, trail_csv

PREFIX = "/staff"
COOKIE = "steady_staff"
#: A code to enter can be tried so often at once, then at this rate a second, by one account.
CODE_BURST, CODE_RATE = 30, 0.1
#: Seconds between two deletions of what is too old.
PURGE_EVERY = 6 * 3600

logger = structlog.get_logger(__name__)

T = TypeVar("T")
Handler = Callable[..., Awaitable[HTTPResponse]]


class StaffInput(InputChannel):
    """Rasa's input channel ``staff``."""

    def __init__(self, settings: StaffSettings) -> None:
        self.settings = settings

    @classmethod
    def name(cls) -> str:
        return "staff"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> StaffInput:
        return cls(read_settings(credentials))

    def url_prefix(self) -> str:
        """Absolute, so that Rasa's /webhooks/ does not go in front."""
        return PREFIX

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Rasa's own ``on_new_message`` is not used, as in the web channel."""
        perf.apply()
        routes = Blueprint("steady_staff")
        pack = open_pack(packs.database())
        api = StaffApi(
            settings=self.settings,
            web=read_web_settings(None),
            pack=pack,
            pack_file=packs.database(),
            hotline_=hotline.load(hotline.path(), pack),
            database_=database.shared(database.default_url()),
            secret=tokens.own_secret(),
        )
        for method, path, handler in ROUTES:
            routes.add_route(api.route(handler, path), path, [method], name=handler)
        pages = api.pages()
        if pages:
            routes.add_route(pages, "/", ["GET", "HEAD"], name="page")
        routes.listener(api.started, "after_server_start")
        routes.listener(api.stopped, "before_server_stop")
        return routes


#: Every call of the API: method, path below /staff, the method of StaffApi that answers it.
ROUTES = (
    ("POST", "/api/login", "login"),
    ("POST", "/api/logout", "logout"),
    ("GET", "/api/me", "me"),
    ("PUT", "/api/me", "set_language"),
    ("GET", "/api/calls", "list_calls"),
    ("POST", "/api/calls", "open_call"),
    ("GET", "/api/calls/<call_id:str>", "read_call"),
    ("DELETE", "/api/calls/<call_id:str>", "delete_call"),
    ("POST", "/api/calls/<call_id:str>/messages", "send"),
    ("GET", "/api/calls/<call_id:str>/sheet", "read_sheet"),
    ("POST", "/api/calls/<call_id:str>/plan/<step_id:str>", "tick"),
    ("PUT", "/api/calls/<call_id:str>/notes", "write_notes"),
    ("PUT", "/api/calls/<call_id:str>/since", "set_since"),
    ("POST", "/api/calls/<call_id:str>/close", "close_call"),
    ("POST", "/api/calls/<call_id:str>/reopen", "reopen_call"),
    ("GET", "/api/calls/<call_id:str>/summary", "read_summary"),
    ("POST", "/api/calls/<call_id:str>/link", "make_link"),
    ("POST", "/api/calls/<call_id:str>/take", "take"),
    ("POST", "/api/calls/<call_id:str>/give", "give"),
    ("POST", "/api/calls/<call_id:str>/say", "say"),
    ("GET", "/api/calls/<call_id:str>/updates", "updates"),
    ("POST", "/api/handover", "join"),
    ("GET", "/api/script", "read_script"),
    ("GET", "/api/search", "find"),
    ("POST", "/api/check", "check"),
    ("GET", "/api/counts", "read_counts"),
    ("GET", "/api/counts.csv", "export_counts"),
    ("GET", "/api/audit", "read_audit"),
    ("GET", "/api/audit.csv", "export_audit"),
)
#: What can be asked without being signed in; "me" answers whom a trusted proxy has signed in.
OPEN_TO_ALL = ("login", "me")
SUPERVISORS_ONLY = ("delete_call", "read_audit", "export_audit")


class StaffApi:
    """The API's calls. Each is given the request, the account where one is needed, and the path's parts."""

    def __init__(
        self,
        settings: StaffSettings,
        web: Settings,
        pack: Pack,
        pack_file: Path,
        hotline_: hotline.Hotline,
        database_: Database,
        secret: bytes,
    ) -> None:
        self._settings = settings
        self._pack = pack
        self._pack_file = pack_file
        self._hotline = hotline_
        self._database = database_
        self._secret = secret
        self._app: list[Sanic] = []
        self._purging: asyncio.Task[None] | None = None
        controls = scripts.controls(pack)
        self._calls = SharedConversations(self._agent, pack, web, "staff", "staff", controls)
        self._persons = SharedConversations(self._agent, pack, web, "web", "victim", controls)
        self._addresses = Limiter(web.address_rate, web.address_burst)
        self._codes = Limiter(CODE_RATE, CODE_BURST)

    # --- who calls --------------------------------------------------------------------------------------

    def route(self, name: str, path: str) -> Handler:
        """The handler of a route: limits, session, CSRF token, role, then the method ``name``."""
        method = getattr(self, name)

        async def answer(request: Request, **parts: str) -> HTTPResponse:
            if wait := self._addresses.take(address_key(http.client_address(request)), time.monotonic()):
                raise too_many(wait)
            if name in OPEN_TO_ALL:
                return await method(request)
            session = await self._session(request)
            if request.method != "GET" and not signin.same(
                request.headers.get("x-csrf-token") or "", session.csrf
            ):
                raise ApiError(403, "bad_csrf", "Send the token of this session: X-CSRF-Token.")
            if name in SUPERVISORS_ONLY and not session.account.is_supervisor:
                raise ApiError(403, "not_allowed", "Only a supervisor may do that.")
            if name == "logout":
                return await method(session)
            return await method(request, session.account, **parts)

        return answer

    async def _session(self, request: Request) -> Session:
        """The session of the request's cookie. ApiError 401 not_logged_in."""
        named = self._named_by_proxy(request)
        cookie = request.cookies.get(COOKIE)
        found = await self._run(signin.session_of, cookie, self._settings, utc_now()) if cookie else None
        if found is None or (named and found.account.name.lower() != named.lower()):
            raise ApiError(401, "not_logged_in", "Sign in first.")
        return found

    def _named_by_proxy(self, request: Request) -> str | None:
        """Who a trusted proxy says is signed in. ApiError 401 when anybody else says so."""
        header = self._settings.sso_header
        named = request.headers.get(header) if header else None
        if named and not signin.is_trusted(request.ip or "", self._settings.sso_proxies):
            raise ApiError(401, "untrusted_proxy", "Only the hotline's own proxy may say who is signed in.")
        return named

    async def login(self, request: Request) -> HTTPResponse:
        body = http.read_body(request)
        name = staff_requests.read_text(body, "name", staff_requests.LONGEST_NAME)
        password = staff_requests.read_text(body, "password", staff_requests.LONGEST_NAME)
        address = address_key(http.client_address(request))
        result = await self._work(
            signin.sign_in, self._database, name, password, address, self._settings, utc_now()
        )
        if isinstance(result, Locked):
            wait = max(1, int(result.seconds + 0.999))
            message = f"Too many wrong passwords. Try again in {wait} s."
            raise ApiError(429, "locked_out", message, {"Retry-After": str(wait)})
        if result is None:
            raise ApiError(401, "wrong_login", "The name or the password is wrong.")
        account, cookie = result
        return await self._signed_in(request, account, cookie)

    async def me(self, request: Request) -> HTTPResponse:
        try:
            session = await self._session(request)
        except ApiError as error:
            named = self._named_by_proxy(request)
            if error.code != "not_logged_in" or not named:
                raise
            found = await self._run(accounts.find, named)
            if found is None:
                await self._run(signin.refused, named, self._settings, utc_now())
                raise ApiError(403, "no_account", "There is no account of this name here.") from None
            cookie = await self._run(signin.begin, found[0], self._settings, utc_now())
            return await self._signed_in(request, found[0], cookie)
        return json_response(self._me(session.account, session.csrf))

    async def _signed_in(self, request: Request, account: Account, cookie: str) -> HTTPResponse:
        session = await self._run(signin.session_of, cookie, self._settings, utc_now())
        if session is None:
            raise unavailable()
        await self._run(audit.note, account.name, "signed_in")
        response = json_response(self._me(account, session.csrf))
        response.cookies[COOKIE] = cookie
        response.cookies[COOKIE].update({"path": PREFIX, "httponly": True, "samesite": "Strict"})
        if request.scheme == "https" or self._settings.secure_cookie:
            response.cookies[COOKIE]["secure"] = True
        return response

    def _me(self, account: Account, csrf: str) -> dict[str, Any]:
        names = {
            kind: {i: dict(item.name) for i, item in items.items()}
            for kind, items in (("channels", self._pack.channels), ("platforms", self._pack.platforms))
        }
        languages = {each: labels.language_name(each, self._pack) for each in self._pack.languages}
        described = {**self._hotline.to_dict(), "languages": languages}
        return {"account": account.to_dict(), "csrf": csrf, "hotline": described, "names": names}

    async def logout(self, session: Session) -> HTTPResponse:
        await self._run(signin.end, session.key)
        await self._run(audit.note, session.account.name, "signed_out")
        response = HTTPResponse(status=204)
        response.cookies[COOKIE] = ""
        response.cookies[COOKIE].update({"path": PREFIX, "max-age": 0})
        return response

    async def set_language(self, request: Request, account: Account) -> HTTPResponse:
        language = staff_requests.read_choice(http.read_body(request), "language", self._pack.languages)
        await self._run(accounts.speak, account, language)
        return json_response({"account": {**account.to_dict(), "language": language}})

    # --- calls ------------------------------------------------------------------------------------------

    async def list_calls(self, request: Request, account: Account) -> HTTPResponse:
        return json_response(
            await self._run(calls.listing, account, staff_requests.read_filter(request.args))
        )

    async def open_call(self, request: Request, account: Account) -> HTTPResponse:
        body = http.read_body(request)
        language = staff_requests.read_choice(body, "language", self._pack.languages)
        region = incoming.read_region(body, [self._pack.id])
        began = staff_requests.read_moment(body, "began_at", utc_now())
        afterwards = staff_requests.read_flag(body, "afterwards")
        session = tokens.new_id()
        audience = {"audience": "staff", "staff_language": account.language}
        reply = await self._calls.open(tokens.conversation_id(session), language, region, audience)
        call = await self._run(calls.open_call, account, session, language, region, began, afterwards)
        await self._run(audit.note, account.name, "opened", call.number)
        return json_response(await self._answered(call, account, reply), 201)

    async def read_call(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._call(call_id, account)
        await self._run(audit.note, account.name, "opened", call.number)
        return json_response(await self._whole(call, account))

    async def delete_call(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._call(call_id, account)
        if not call.row["handover"]:  # a person's own conversation is the person's to delete
            await self._calls.delete(_conversation(call))
        await self._run(retention.delete, call)
        await self._run(audit.note, account.name, "deleted", call.number)
        await self._work(self._database.tidy)
        return HTTPResponse(status=204)

    async def send(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._open_call(call_id, account)
        message = incoming.read_message(http.read_body(request))
        if call.row["handover"] and call.row["holder"] != "staff":
            raise ApiError(409, "not_taken", "Take the conversation before you answer for the person.")
        reply = await self._talk(call).send(
            _conversation(call), message, call.row["language"], by_staff=bool(call.row["handover"])
        )
        await self._run(audit.note, account.name, "changed", call.number)
        return json_response(await self._answered(call, account, reply))

    async def read_sheet(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        _, sheet = await self._look(await self._call(call_id, account), account)
        return json_response(sheet)

    async def tick(self, request: Request, account: Account, call_id: str, step_id: str) -> HTTPResponse:
        call = await self._open_call(call_id, account)
        done = incoming.read_done(http.read_body(request))
        ticked = await self._talk(call).tick(_conversation(call), step_id, done)
        await self._run(audit.note, account.name, "changed", call.number)
        return json_response(ticked)

    async def write_notes(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._call(call_id, account)
        body = http.read_body(request)
        given = staff_requests.read_text(body, "notes", staff_requests.LONGEST_NOTES, empty=True)
        notes = mask_notes(given)  # what a caller reads out is kept no more than what a person types
        version = staff_requests.read_version(body)
        written, now_there, newest = await self._run(calls.write_notes, call, notes, version)
        if not written:
            there = {"notes": now_there, "version": newest}
            raise ApiError(409, "changed", "Somebody else changed these notes meanwhile.", more=there)
        await self._run(audit.note, account.name, "changed", call.number)
        return json_response({"notes": now_there, "version": newest})

    async def set_since(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._open_call(call_id, account)
        self._talk(call)
        since = staff_requests.read_moment(http.read_body(request), "since", utc_now())
        call = await self._run(calls.change, call, since=since)
        await self._run(audit.note, account.name, "changed", call.number)
        return json_response({"since": call.to_dict()["since"]})

    async def close_call(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._open_call(call_id, account)
        disposition = staff_requests.read_choice(
            http.read_body(request), "disposition", self._hotline.dispositions
        )
        if call.row["holder"] == "staff" and not call.row["withdrawn_at"]:
            await self._persons.give(_conversation(call))
        call = await self._run(calls.change, call, holder="bot")
        call = await self._run(calls.close, call, disposition)
        await self._run(audit.note, account.name, "closed", call.number)
        return json_response({"call": call.to_dict()})

    async def reopen_call(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._run(calls.reopen, await self._call(call_id, account))
        await self._run(audit.note, account.name, "reopened", call.number)
        return json_response({"call": call.to_dict()})

    async def read_summary(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._call(call_id, account)
        kind = request.args.get("format") or "json"
        if kind not in FORMATS:
            raise bad_request(f'"format" must be one of: {", ".join(FORMATS)}.', "unknown_format")
        language = self._language(request, account)
        _, sheet = await self._look(call, account, language)
        await self._run(audit.note, account.name, "exported", call.number)
        if kind == "json":
            return json_response(summary(call, sheet, self._hotline, language, self._pack))
        text = FORMATS[kind](summary(call, sheet, self._hotline, language, self._pack))
        return _download(text, kind, f"call-{call.number}")

    async def make_link(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._call(call_id, account)
        await self._talk(call).plan(_conversation(call))  # 410 when there is none
        expires = utc_now() + timedelta(hours=self._settings.link_hours)
        code = await self._run(codes.make, codes.PLAN, call.session, self._secret, expires)
        await self._run(audit.note, account.name, "linked", call.number)
        token = tokens.issue(self._secret, call.session, int(expires.timestamp()), tokens.PLAN_LINK)
        link = {"code": code, "path": f"/chat/my-plan#{token}", "expires_at": calls.iso(expires)}
        return json_response(link, 201)

    # --- hand-over --------------------------------------------------------------------------------------

    async def join(self, request: Request, account: Account) -> HTTPResponse:
        if wait := self._codes.take(account.name, time.monotonic()):
            raise too_many(wait)
        code = staff_requests.read_text(http.read_body(request), "code", 40)
        session = await self._run(codes.open_, codes.PERSON, code, self._secret, utc_now(), once=True)
        if session is None:
            raise ApiError(404, "no_such_code", "This code is wrong or has expired.")
        state = await self._persons.state(tokens.conversation_id(session))
        language = self._pack.spoken(state.slots.get("language"))
        call = await self._run(
            calls.open_call, account, session, language, self._pack.id, None, False, handover=True
        )
        await self._run(audit.note, account.name, "joined", call.number)
        return json_response(await self._whole(call, account), 201)

    async def take(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._handed_over(call_id, account)
        await self._persons.take(_conversation(call))
        call = await self._run(calls.change, call, holder="staff")
        await self._run(audit.note, account.name, "taken", call.number)
        return json_response({"call": call.to_dict()})

    async def give(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._handed_over(call_id, account)
        await self._persons.give(_conversation(call))
        call = await self._run(calls.change, call, holder="bot")
        await self._run(audit.note, account.name, "given", call.number)
        return json_response({"call": call.to_dict()})

    async def say(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._handed_over(call_id, account)
        message = staff_requests.read_said(http.read_body(request))
        said = await self._persons.say(_conversation(call), message)
        await self._run(audit.note, account.name, "changed", call.number)
        return json_response(said)

    async def updates(self, request: Request, account: Account, call_id: str) -> HTTPResponse:
        call = await self._call(call_id, account)
        after = staff_requests.read_after(request.args.get("after"))
        return json_response(
            await self._talk(call).updates(_conversation(call), call.row["language"], after, for_staff=True)
        )

    # --- knowledge --------------------------------------------------------------------------------------

    async def read_script(self, request: Request, account: Account) -> HTTPResponse:
        language = self._language(request, account)
        labels_in = self._language(request, account, "staff_lang")
        return json_response({"questions": scripts.script(self._pack, self._say, language, labels_in)})

    async def find(self, request: Request, account: Account) -> HTTPResponse:
        query = staff_requests.read_query(request.args, "q")
        hits = await self._work(search.search, self._pack_file, query, None, scripts.SEARCHED, 40)
        language = self._language(request, account)
        labels_in = self._language(request, account, "staff_lang")
        return json_response({"results": scripts.found(hits, self._pack, language, labels_in)})

    async def check(self, request: Request, account: Account) -> HTTPResponse:
        body = http.read_body(request)
        text = incoming.clean_text(staff_requests.read_text(body, "text", incoming.LONGEST_TEXT))
        language = staff_requests.read_choice(body, "lang", self._pack.languages, account.language)

        def work() -> dict[str, Any]:
            flags = check_offer(text, self._pack)
            card = cards.offer_check_card(text, flags, self._pack, language)
            return {"flags": card["flags"], "offer": is_offer(offer_clues(text, flags))}

        return json_response(await self._work(work))

    async def read_counts(self, request: Request, account: Account) -> HTTPResponse:
        return json_response(await self._run(calls.counts, account, staff_requests.read_filter(request.args)))

    async def export_counts(self, request: Request, account: Account) -> HTTPResponse:
        counted = await self._run(calls.counts, account, staff_requests.read_filter(request.args))
        await self._run(audit.note, account.name, "exported")
        language = self._language(request, account)
        return _download(counts_csv(counted, self._hotline, self._pack, language), "csv", "counts")

    async def read_audit(self, request: Request, account: Account) -> HTTPResponse:
        page = await self._run(audit.page, staff_requests.read_trail(request.args))
        return json_response({**page, "names": {"accounts": NOBODY, "actions": DID}})

    async def export_audit(self, request: Request, account: Account) -> HTTPResponse:
        lines = await self._run(audit.everything, staff_requests.read_trail(request.args))
        await self._run(audit.note, account.name, "exported")
        return _download(trail_csv(lines, self._language(request, account)), "csv", "audit")

    # --- below the calls --------------------------------------------------------------------------------

    async def _call(self, call_id: str, account: Account) -> Call:
        """The call, if this account may see it. ApiError 404 no_such_call."""
        call = await self._run(calls.find, call_id, account)
        if call is None:
            raise ApiError(404, "no_such_call", "There is no such call.")
        return call

    async def _open_call(self, call_id: str, account: Account) -> Call:
        call = await self._call(call_id, account)
        if not call.is_open:
            raise ApiError(409, "closed", "This call is closed. Reopen it first.")
        return call

    async def _handed_over(self, call_id: str, account: Account) -> Call:
        call = await self._open_call(call_id, account)
        if not call.row["handover"]:
            raise ApiError(409, "not_handed_over", "No person has handed this conversation over.")
        self._talk(call)
        return call

    def _talk(self, call: Call) -> SharedConversations:
        """Where the call's conversation is. ApiError 410 withdrawn."""
        if call.row["withdrawn_at"]:
            raise ApiError(410, "withdrawn", "The person ended the hand-over.")
        return self._persons if call.row["handover"] else self._calls

    async def _look(
        self, call: Call, account: Account, labels_in: str | None = None
    ) -> tuple[Call, dict[str, Any]]:
        """The call as its case says it is now, and its sheet; staff's own part when the person withdrew."""
        shown_in = self._pack.spoken(labels_in or account.language)
        if call.row["withdrawn_at"]:
            nothing = Case(language=call.row["language"], region=self._pack.id)
            return call, about.own_sheet(nothing, call, shown_in, self._pack)
        state = await self._talk(call).state(_conversation(call))
        case = Case.from_slots(state.slots)
        case = case.with_(language=self._pack.spoken(state.slots.get("language")), region=self._pack.id)
        given = about.warnings(state.events)
        described = about.about(case, given, self._pack)
        if call.about != described:
            call = await self._run(calls.describe, call, described)
        return call, about.sheet(case, call, state.slots, given, state.open, state.told, shown_in, self._pack)

    async def _answered(self, call: Call, account: Account, reply: Reply) -> dict[str, Any]:
        """A turn's answer: the messages with their notes, the call and the sheet."""
        call, sheet = await self._look(call, account)
        answer = reply.to_dict()
        answer["messages"] = [self._noted(message, account) for message in answer["messages"]]
        return {"call": call.to_dict(), **answer, "sheet": sheet}

    async def _whole(self, call: Call, account: Account) -> dict[str, Any]:
        """``{"call", "history", "next", "holder", "sheet"}``; no history when the person withdrew."""
        conversation = _conversation(call)
        if call.row["withdrawn_at"]:
            call, sheet = await self._look(call, account)
            return {"call": call.to_dict(), "history": [], "next": 0, "holder": "bot", "sheet": sheet}
        said = await self._talk(call).history(conversation, call.row["language"], for_staff=True)
        call, sheet = await self._look(call, account)
        history = [self._noted(message, account) for message in said["messages"]]
        more = {"next": said["next"], "holder": said["holder"]}
        return {"call": call.to_dict(), "history": history, **more, "sheet": sheet}

    def _noted(self, message: dict[str, Any], account: Account) -> dict[str, Any]:
        """The message with staff's note to themselves: why its question is asked."""
        card = message.get("custom") or {}
        slot = card.get("slot") if card.get("type") == "question" else None
        note = scripts.why(slot, self._say, account.language) if slot else None
        return {**message, "note": note} if note else message

    def _say(self, response: str, slots: dict[str, str]) -> dict[str, Any] | None:
        agent = self._agent()
        generator = getattr(getattr(agent, "processor", None), "nlg", None)
        if generator is None:
            raise unavailable()
        said: dict[str, Any] | None = generator.generate_from_slots(response, slots, "staff")
        return said

    def _language(self, request: Request, account: Account, name: str = "lang") -> str:
        return self._pack.spoken(request.args.get(name) or account.language)

    def _agent(self) -> Any:
        return getattr(self._app[0].ctx, "agent", None) if self._app else None

    async def _run(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Database work in a transaction, in another thread. ApiError 503 when the database fails."""
        try:
            return await self._database.run(work, *args, **kwargs)
        except sa.exc.DBAPIError as error:
            raise _failed(error) from error

    async def _work(self, work: Callable[..., T], *args: Any) -> T:
        """Other slow work in another thread."""
        try:
            return await asyncio.get_running_loop().run_in_executor(None, work, *args)
        except sa.exc.DBAPIError as error:
            raise _failed(error) from error

    # --- the server -------------------------------------------------------------------------------------

    def pages(self) -> Handler | None:
        """What answers /staff/: the console in the language that the browser asks for."""
        from rasa_project.channels.pages import load_pages

        files = getattr(load_pages(places.ROOT / "rasa_project" / "web", self._pack), "staff", None)
        if files is None:
            return None

        async def page(request: Request) -> HTTPResponse:
            if not request.path.endswith("/"):
                return HTTPResponse(status=302, headers={"Location": f"{PREFIX}/"})
            header = request.headers.get("accept-language")
            asked = request.args.get("lang") or incoming.preferred_language(header, self._pack.languages)
            file = files[self._pack.spoken(asked)]
            return file.response(request.headers.get("if-none-match"), request.headers.get("accept-encoding"))

        return page

    async def started(self, server: Sanic, _loop: Any = None) -> None:
        self._app[:] = [server]
        self._purging = asyncio.get_running_loop().create_task(self._purge_now_and_then())

    async def stopped(self, server: Sanic, _loop: Any = None) -> None:
        if self._purging:
            self._purging.cancel()

    async def _purge_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(PURGE_EVERY)
            try:
                await retention.purge(self._database, self._settings, self._end_conversation)
            except (ApiError, sa.exc.DBAPIError) as error:
                logger.error("failed", what="deleting what is too old", error=type(error).__name__)

    async def _end_conversation(self, session: bytes) -> None:
        await self._calls.delete(tokens.conversation_id(session))


def _conversation(call: Call) -> str:
    return tokens.conversation_id(call.session)


def _failed(error: Exception) -> ApiError:
    """The database failed: in the log without any content."""
    logger.error("failed", what="the hotline's database", error=type(error).__name__)
    return unavailable()


def _download(text: str, kind: str, name: str) -> HTTPResponse:
    content_type = {"csv": "text/csv; charset=utf-8", "text": "text/plain; charset=utf-8"}[kind]
    suffix = {"csv": "csv", "text": "txt"}[kind]
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="steady-{name}.{suffix}"',
    }
    return HTTPResponse(text.encode("utf-8", "replace"), 200, headers, content_type=content_type)
