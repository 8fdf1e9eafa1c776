"""The web channel for people who were defrauded: the JSON API and the pages under /chat/."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from knowledge.store import open_pack
from rasa_project import packs, perf, places
from rasa_project.channels import http, incoming, logs, metrics, retention, stores, tokens, watch
from rasa_project.channels.errors import ApiError, too_many
from rasa_project.channels.http import json_response
from rasa_project.channels.limits import Limiter, address_key
from rasa_project.channels.pages import File, load_pages
from rasa_project.channels.person import PersonsSide
from rasa_project.channels.settings import Settings, read_settings
from rasa_project.channels.shared import SharedConversations
from rasa_project.staff import database, hotline
from rasa_project.staff.settings import read_settings as read_staff_settings

PREFIX = "/chat"
#: What the file is called that a person takes home.
EXPORT = "steady-conversation.json"


def moment(seconds: int) -> str:
    """Seconds since 1970 as the API writes a time."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat().replace("+00:00", "Z")


class AppBlueprint(Blueprint):
    """A blueprint that also sets up the app it is registered on: Rasa hands channels no other way to it.

    ``ctx.set_up`` is called with the app.
    """

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        super().register(app, options)
        self.ctx.set_up(app)


class WebInput(InputChannel):
    """Rasa's input channel ``web``."""

    audience = "victim"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        return cls(read_settings(credentials))

    def url_prefix(self) -> str:
        """Absolute, so that Rasa's /webhooks/ does not go in front."""
        return PREFIX

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Rasa's own ``on_new_message`` is not used: it hides failures and locks too late."""
        perf.apply()
        metrics.serve()
        routes = AppBlueprint("steady_web")
        pack = open_pack(packs.database())
        secret = tokens.own_secret()
        pages = load_pages(places.ROOT / "rasa_project" / "web", pack)
        description = json.loads(Path(__file__).with_name("openapi.json").read_text(encoding="utf-8"))
        settings = self.settings
        addresses = Limiter(settings.address_rate, settings.address_burst)
        openings = Limiter(settings.session_rate, settings.session_burst)
        talks = Limiter(settings.conversation_rate, settings.conversation_burst)
        app: list[Sanic] = []

        def agent() -> Any:
            return getattr(app[0].ctx, "agent", None) if app else None

        conversations = SharedConversations(agent, pack, settings, self.name(), self.audience)

        def limit(limiter: Limiter, key: str) -> None:
            if wait := limiter.take(key, time.monotonic()):
                raise too_many(wait)

        def session_of(request: Request, purpose: bytes = tokens.SESSION) -> bytes:
            limit(addresses, address_key(http.client_address(request)))
            token = tokens.bearer(request.headers.get("authorization"))
            session_id = tokens.verify(secret, token, time.time(), purpose)
            limit(talks, tokens.conversation_id(session_id))
            return session_id

        def conversation_of(request: Request) -> str:
            return tokens.conversation_id(session_of(request))

        def language_of(request: Request) -> str:
            asked = request.args.get("lang")
            if asked in pack.languages:
                return str(asked)
            header = request.headers.get("accept-language")
            return pack.spoken(incoming.preferred_language(header, pack.languages))

        async def open_session(request: Request) -> HTTPResponse:
            address = address_key(http.client_address(request))
            limit(addresses, address)
            body = http.read_body(request)
            language = incoming.read_language(body, request.headers.get("accept-language"), pack.languages)
            region = incoming.read_region(body, [pack.id])
            audience = incoming.read_audience(body, bool(settings.staff), pack.languages)
            limit(openings, address)
            expires = int(time.time() + settings.session_hours * 3600)
            if incoming.read_continue(body):
                # A token that expired not long ago still continues its conversation, and nothing else.
                token = tokens.bearer(request.headers.get("authorization"))
                session_id = tokens.verify(secret, token, time.time() - settings.grace_hours * 3600)
                reply, language = await conversations.come_back(
                    tokens.conversation_id(session_id), language, expires
                )
            else:
                session_id = tokens.new_id()
                reply = await conversations.open(
                    tokens.conversation_id(session_id), language, region, audience
                )
            opened = {
                "token": tokens.issue(secret, session_id, expires),
                "expires_at": moment(expires),
                "language": language,
            }
            return json_response({**opened, **reply.to_dict()}, 201)

        async def send(request: Request) -> HTTPResponse:
            conversation = conversation_of(request)
            message = incoming.read_message(http.read_body(request))
            reply = await conversations.send(conversation, message, language_of(request))
            return json_response(reply.to_dict())

        async def history(request: Request) -> HTTPResponse:
            return json_response(await conversations.history(conversation_of(request), language_of(request)))

        async def export(request: Request) -> HTTPResponse:
            session_id = session_of(request)
            held = await conversations.export(tokens.conversation_id(session_id), language_of(request))
            held["hotline"] = await person.held(session_id)
            return json_response(held, headers={"Content-Disposition": f'attachment; filename="{EXPORT}"'})

        async def plan(request: Request) -> HTTPResponse:
            return json_response(await conversations.plan(conversation_of(request)))

        async def tick(request: Request, step_id: str) -> HTTPResponse:
            conversation = conversation_of(request)
            done = incoming.read_done(http.read_body(request))
            return json_response(await conversations.tick(conversation, step_id, done))

        async def link(request: Request) -> HTTPResponse:
            session_id = session_of(request)
            await conversations.plan(tokens.conversation_id(session_id))  # 410 when there is none
            expires = int(time.time() + settings.link_hours * 3600)
            token = tokens.issue(secret, session_id, expires, tokens.PLAN_LINK)
            # After "#": a browser never sends that part, so it stands in no log on the way.
            return json_response(
                {"path": f"my-plan#{token}", "token": token, "expires_at": moment(expires)}, 201
            )

        async def shared(request: Request) -> HTTPResponse:
            # Who talks reads it with the session's own token and may tick; whoever holds a link only reads.
            own = tokens.is_for(secret, request.headers.get("authorization"), tokens.SESSION)
            session_id = session_of(request, tokens.SESSION if own else tokens.PLAN_LINK)
            document = await conversations.papers(
                tokens.conversation_id(session_id), request.args.get("lang")
            )
            return json_response({**document, "own": own})

        async def delete(request: Request) -> HTTPResponse:
            session_id = session_of(request)
            await person.forget(session_id)
            await conversations.delete(tokens.conversation_id(session_id))
            return HTTPResponse(status=204)

        person = PersonsSide(
            conversations,
            database.shared(database.default_url()),
            hotline.load(hotline.path(), pack),
            read_staff_settings(None),
            secret,
            session_of,
            language_of,
        )

        def answer_with(file: File, request: Request, cache: str = "no-cache") -> HTTPResponse:
            known, packing = request.headers.get("if-none-match"), request.headers.get("accept-encoding")
            return file.response(known, packing, cache)

        async def chat_page(request: Request) -> HTTPResponse:
            if not request.path.endswith("/"):
                return HTTPResponse(status=302, headers={"Location": f"{PREFIX}/"})
            return answer_with(pages.chat[language_of(request)], request)

        async def emergency_page(request: Request) -> HTTPResponse:
            return answer_with(pages.emergency[language_of(request)], request)

        async def my_plan_page(request: Request) -> HTTPResponse:
            return answer_with(pages.my_plan[language_of(request)], request)

        async def papers_page(request: Request) -> HTTPResponse:
            return answer_with(pages.papers[language_of(request)], request)

        async def embed(request: Request) -> HTTPResponse:
            response = answer_with(pages.embed, request)
            # Any site may load it, as it may any link; what it calls asks for permission by origin.
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response

        async def static(request: Request, name: str) -> HTTPResponse:
            file, cache = pages.file(name)
            if file is None:
                raise ApiError(404, "not_found", "There is nothing here.")
            return answer_with(file, request, cache)

        async def openapi(request: Request) -> HTTPResponse:
            return json_response(description)

        async def health(request: Request) -> HTTPResponse:
            good, parts = await conversations.health()
            return json_response(parts, 200 if good else 503)

        async def ready(request: Request) -> HTTPResponse:
            good, parts = await conversations.ready()
            return json_response(parts, 200 if good else 503)

        async def started(server: Sanic, _loop: Any = None) -> None:
            logs.configure()  # now: Rasa has set its own up while it started
            app[:] = [server]
            rasa_agent = agent()
            if rasa_agent is not None:
                stores.fail_aloud(rasa_agent)
                watch.watch(rasa_agent, settings.action_timeout)
                server.add_task(retention.keep_deleting(conversations.expire, settings.retention_days))
                server.add_task(
                    retention.keep_forgetting(lambda: stores.forget_deleted(rasa_agent.tracker_store))
                )

        read = ["GET", "HEAD"]
        routes.add_route(open_session, "/session", ["POST"], name="open_session")
        routes.add_route(delete, "/session", ["DELETE"], name="delete")
        routes.add_route(send, "/message", ["POST"])
        routes.add_route(history, "/history", ["GET"])
        routes.add_route(export, "/export", ["GET"], name="export")
        routes.add_route(plan, "/plan", ["GET"], name="plan")
        routes.add_route(tick, "/plan/<step_id:str>", ["POST"], name="tick")
        routes.add_route(chat_page, "/", read)
        routes.add_route(emergency_page, "/emergency", read)
        routes.add_route(link, "/link", ["POST"])
        routes.add_route(shared, "/shared", ["GET"])
        routes.add_route(my_plan_page, "/my-plan", read)
        routes.add_route(papers_page, "/papers", read)
        person.add_to(routes)
        routes.add_route(embed, "/embed.js", read)
        routes.add_route(openapi, "/openapi.json", read)
        routes.add_route(static, "/static/<name:path>", read)
        routes.listener(started, "after_server_start")

        def set_up(server: Sanic) -> None:
            logs.install(server)
            http.install(server, settings, f"{PREFIX}/")
            server.add_route(health, "/health", read)
            server.add_route(ready, "/ready", read)

        routes.ctx.set_up = set_up
        return routes
