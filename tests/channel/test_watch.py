"""The watched action endpoint, against real sockets: refused, silent, rejecting, failing, answering."""

import asyncio
import json
import sys
import time
import types
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from rasa_project.channels import watch


@asynccontextmanager
async def server(status=200, body=b"{}", delay=0.0):
    """A server that gives one answer to everything; yields its address and the list of requests."""
    calls = []

    async def answer(reader, writer):
        calls.append(await reader.readuntil(b"\r\n\r\n"))
        await asyncio.sleep(delay)
        head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        writer.write(head.encode() + b"connection: close\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/webhook", calls
    finally:
        listening.close()


def watched(url, timeout=5.0):
    return watch.WatchedEndpoint(EndpointConfig(url, enable_selective_domain=True), timeout)


def test_an_answer_is_passed_on():
    async def turn():
        async with server(body=b'{"events": []}') as (url, _):
            failures = watch.start_turn()
            assert await watched(url).request(json={}) == {"events": []}
            assert failures == []

    asyncio.run(turn())


def test_a_rejection_is_no_failure():
    async def turn():
        async with server(400, b'{"action_name": "a", "error": "b"}') as (url, calls):
            failures = watch.start_turn()
            for _ in range(2):
                with pytest.raises(ClientResponseError):
                    await watched(url).request(json={})
            assert failures == [] and len(calls) == 2

    asyncio.run(turn())


def test_an_error_is_noted_and_ends_the_calls_of_the_turn():
    async def turn():
        async with server(500) as (url, calls):
            failures = watch.start_turn()
            with pytest.raises(ClientResponseError):
                await watched(url).request(json={})
            with pytest.raises(aiohttp.ClientConnectionError):
                await watched(url).request(json={})
            assert len(failures) == 1 and len(calls) == 1
            assert watch.start_turn() == []
            with pytest.raises(ClientResponseError):
                await watched(url).request(json={})

    asyncio.run(turn())


def test_a_silent_server_is_left_after_the_timeout_as_a_connection_error():
    async def turn():
        async with server(delay=30) as (url, _):
            failures = watch.start_turn()
            begun = time.monotonic()
            with pytest.raises(aiohttp.ClientConnectionError):
                await watched(url, 0.3).request(json={}, timeout=300)
            assert time.monotonic() - begun < 3
            assert len(failures) == 1

    asyncio.run(turn())


def test_nobody_there_is_noted():
    async def turn():
        async with server() as (url, _):
            pass
        failures = watch.start_turn()
        with pytest.raises(aiohttp.ClientConnectionError):
            await watched(url).request(json={})
        assert len(failures) == 1

    asyncio.run(turn())


def test_turns_that_run_together_do_not_share_failures():
    async def turn(url):
        failures = watch.start_turn()
        with suppress(aiohttp.ClientError):
            await watched(url).request(json={})
        return len(failures)

    async def both():
        async with server() as (good, _), server(500) as (bad, _):
            return await asyncio.gather(*(turn(url) for url in (good, bad) * 5))

    assert asyncio.run(both()) == [0, 1] * 5


def test_the_settings_of_the_endpoint_are_kept():
    endpoint = watched("http://127.0.0.1:1/webhook")
    assert endpoint.url.endswith("/webhook") and endpoint.kwargs == {"enable_selective_domain": True}


def test_whether_the_action_server_is_there():
    class Agent:
        action_endpoint = None

    async def ask():
        found = [await watch.reachable(Agent)]
        async with server() as (url, calls):
            Agent.action_endpoint = EndpointConfig(url)
            found.append(await watch.reachable(Agent))
            assert calls[0].startswith(b"GET /health ")
        found.append(await watch.reachable(Agent))
        async with server(delay=30) as (url, _):
            Agent.action_endpoint = EndpointConfig(url)
            found.append(await watch.reachable(Agent, 0.2))
        return found

    assert asyncio.run(ask()) == [True, True, False, False]


@pytest.fixture
def inside(monkeypatch):
    """An endpoint whose actions are those of a module made here."""
    module = types.ModuleType("actions_of_this_test")

    async def answer(call):
        if call["next_action"] == "breaks":
            raise ValueError("a fault in an action")
        if call["next_action"] == "rejects":
            return 400, {"error": "no", "action_name": "rejects"}
        return 200, {"events": [], "responses": [{"text": call["next_action"]}]}

    module.answer = answer
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return watched(watch.INSIDE + module.__name__)


def test_actions_in_this_process_answer_reject_and_fail_as_on_a_server(inside):
    async def turn():
        failures = watch.start_turn()
        answer = await inside.request(json={"next_action": "hello"})
        with pytest.raises(ClientResponseError) as rejected:
            await inside.request(json={"next_action": "rejects"})
        assert json.loads(rejected.value.text)["action_name"] == "rejects"
        assert failures == []
        with pytest.raises(aiohttp.ClientConnectionError):
            await inside.request(json={"next_action": "breaks"})
        assert failures == ["ValueError"]
        return answer

    assert asyncio.run(turn())["responses"] == [{"text": "hello"}]
    assert inside.trusted and not watched("http://127.0.0.1:1/webhook").trusted


def test_the_real_actions_share_nothing_with_the_tracker():
    from actions import inside

    slots = {"done": ["a"], "region": "cn", "language": "en"}
    tracker = {"sender_id": "x", "slots": slots, "latest_message": {"text": "/skip"}, "events": []}
    call = {"next_action": "action_skip", "tracker": tracker}
    status, body = asyncio.run(inside.answer(call))
    assert status == 200 and body["events"] == []
    assert slots == {"done": ["a"], "region": "cn", "language": "en"}
    assert asyncio.run(inside.answer({**call, "next_action": "action_unheard_of"}))[0] == 404
