"""The numbers for Prometheus and the lines of the log: counted, bound, and nothing of what was said."""

import asyncio
import io
import json
import logging
import re
import socket
import urllib.request

import pytest
import structlog
from prometheus_client import REGISTRY

from rasa_project import places
from rasa_project.channels import logs, metrics


def value(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_turns_warnings_and_misses_are_counted():
    before = [
        value("steady_turns_total", kind="text", result="answered"),
        value("steady_warnings_total", kind="crisis"),
        value("steady_fallbacks_total"),
    ]
    metrics.turn("text", "answered", 0.03)
    crisis = {"custom": {"type": "warning", "kind": "crisis"}}
    metrics.said([crisis, {"text": "hello"}], ["utter_unclear_elapsed"])
    metrics.said([{"text": "hello"}], ["utter_greet", ""])
    after = [
        value("steady_turns_total", kind="text", result="answered"),
        value("steady_warnings_total", kind="crisis"),
        value("steady_fallbacks_total"),
    ]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 1]


def test_they_are_served_only_where_a_setting_says_so():
    assert metrics.serve({}) is False
    with pytest.raises(ValueError, match=metrics.PORT):
        metrics.serve({metrics.PORT: "public"})
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert metrics.serve({metrics.PORT: str(port)})
    text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
    assert "steady_turns_total" in text


def test_the_dashboard_asks_only_for_numbers_that_there_are():
    board = json.loads((places.ROOT / "deploy/grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = set()
    for panel in board["panels"]:
        for target in panel["targets"]:
            asked |= set(re.findall(r"\b(steady_[a-z_]+|process_[a-z_]+)", target["expr"]))
    metrics.turn("text", "answered", 0.03)
    metrics.READY.labels("store").set(True)
    known = {sample.name for family in REGISTRY.collect() for sample in family.samples}
    known |= {"steady_failures_total", "steady_warnings_total"}
    assert asked and asked <= known, asked - known


@pytest.fixture
def lines():
    """What was logged, as read back from the lines."""
    root, ours = logging.getLogger(), logging.getLogger("rasa_project")
    before = root.handlers[:], root.level, ours.level
    logs.configure()
    out = io.StringIO()
    root.handlers[0].setStream(out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers[:], root.level, ours.level = before
    structlog.contextvars.clear_contextvars()


def test_a_line_is_bound_to_its_conversation_and_says_nothing_of_it(lines):
    async def turn(conversation):
        structlog.contextvars.clear_contextvars()
        logs.about(conversation)
        await asyncio.sleep(0)
        structlog.get_logger("rasa_project.test").error("failed", text="my card 6222", error="Timeout")
        logging.getLogger("rasa_project.other").warning("plain")

    async def both():
        await asyncio.gather(turn("conversation-one"), turn("conversation-two"))

    asyncio.run(both())
    found = lines()
    assert len(found) == 4 and len({line["conversation"] for line in found}) == 2
    assert {line["event"] for line in found} == {"failed", "plain"}
    assert all(set(line) <= set(logs.KEYS) for line in found)
    assert "6222" not in json.dumps(found) and "conversation-one" not in json.dumps(found)
