"""The API is as it is described: every route is in the description, made-up requests find no difference."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests
from sanic import Sanic

from rasa_project import places
from rasa_project.channels.settings import Settings
from rasa_project.channels.staff import COOKIE, StaffInput
from rasa_project.channels.web import WebInput
from rasa_project.staff.settings import StaffSettings
from tests.chat import TIMEOUT, Chat
from tests.servers import Running, own_home, serving
from tests.staff.console import PASSWORD, Console, staff_command
from tests.staff.test_handover import joined

SCHEMATHESIS = "schemathesis==4.32.5"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
#: Without these the conversation, the call or the session would be gone.
ENDING = ("deleteSession", "deleteCall", "logout", "withdraw")
#: Takes the place of another method in the router.
IMPLIED = "HEAD"

Described = dict[str, Any]


def description() -> Described:
    described: Described = json.loads((places.ROOT / "rasa_project/channels/openapi.json").read_text("utf-8"))
    return described


def routes(described: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(method, path) of each call, the path's parts without their names, nor with a slash at its end."""
    return {
        (method.upper(), re.sub(r"\{\w+\}", "{}", path).rstrip("/"))
        for path, calls in described["paths"].items()
        for method in calls
    }


def served() -> set[tuple[str, str]]:
    """The same, of the routes that the channels put on a server."""
    app = Sanic("described")
    for channel in (WebInput(Settings()), StaffInput(StaffSettings())):
        app.blueprint(channel.blueprint(_nobody), url_prefix=channel.url_prefix())
    return {
        (method, re.sub(r"<[^>]+>", "{}", f"/{route.path}").rstrip("/"))
        for route in app.router.routes
        for method in route.methods - {IMPLIED}
    }


async def _nobody(_message: Any) -> None:
    raise AssertionError("no message is sent")


def test_every_route_is_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEADY_HOME", str(own_home(tmp_path / "home")))
    there, described = served(), routes(description())
    assert there - described == set(), "served, and not described"
    assert described - there == set(), "described, and not served"
    assert len(there) > 45


def test_the_description_is_served(server: Running) -> None:
    assert requests.get(f"{server.url}/chat/openapi.json", timeout=TIMEOUT).json() == description()


def test_whoever_changes_something_has_to_show_who_they_are() -> None:
    """Every call under /staff/api/ but those that sign in needs the cookie, and all but GET the token."""
    for path, calls in description()["paths"].items():
        for method, call in calls.items():
            if not path.startswith("/staff/api/") or call["operationId"] == "login":
                continue
            needed = {name for each in call["security"] for name in each}
            assert needed == ({"staff"} if method == "get" else {"staff", "csrf"}), (method, path)
            assert {"401", "429", "503"} <= set(call["responses"]), (method, path)


def uvx() -> Path | None:
    own = places.ROOT / ".tools" / "uv" / "bin" / "uvx"
    found = own if own.exists() else shutil.which("uvx")
    return Path(found) if found else None


def attack(
    url: str,
    paths: str,
    examples: int,
    headers: Mapping[str, str],
    folder: Path,
    known: Mapping[str, Collection[str]] | None = None,
    without: Collection[str] = ENDING,
) -> None:
    """Made-up requests to the calls whose path fits ``paths``; fails where an answer is not as described.

    ``known``: parts of paths that exist, so that more than "not found" is met.
    """
    tool = uvx()
    assert tool is not None, "uv is not there: make setup"
    described = description()
    for calls in described["paths"].values():
        for part in (each for call in calls.values() for each in call.get("parameters", ())):
            if part["in"] == "path" and part["name"] in (known or {}):
                part["schema"] = {"type": "string", "enum": list((known or {})[part["name"]])}
    file = folder / "description.json"
    file.write_text(json.dumps(described), "utf-8")
    given = (each for name, value in headers.items() for each in ("-H", f"{name}: {value}"))
    result = subprocess.run(
        [
            *(str(tool), "--from", SCHEMATHESIS, "schemathesis", "run", str(file), "--url", url),
            *("--include-path-regex", paths, "--checks", CHECKS, "--seed", "20261123", "--no-color"),
            *("--max-examples", str(examples), *given),
            *(part for name in without for part in ("--exclude-operation-id", name)),
        ],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    print(result.stdout[-1500:])
    # The first lines of each finding: what is sent can be as long as a request may be.
    said = "\n".join(line[:200] for line in result.stdout.splitlines())
    assert result.returncode == 0, said[-8000:] + result.stderr[-2000:]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, whole: bool) -> Iterator[Running]:
    """A server of its own: tried passwords lock the address out."""
    if not whole:
        pytest.skip("minutes long: make fuzz")
    with serving(tmp_path_factory.mktemp("attacked") / "home") as running:
        made = staff_command(running.home, "add", "chief", "--role", "supervisor", stdin=f"{PASSWORD}\n")
        assert made.returncode == 0, made.stderr
        yield running


@pytest.mark.timeout(1800)
def test_a_person_finds_no_difference(attacked: Running, tmp_path: Path) -> None:
    chat = Chat(attacked.url, "en").open()
    attack(attacked.url, "^/(chat|health|ready)", 100, chat.headers, tmp_path)


@pytest.mark.timeout(1800)
def test_staff_find_no_difference(attacked: Running, tmp_path: Path) -> None:
    console = Console(attacked.url)
    assert console.sign_in("chief").status_code == 200
    own = console.call("en")
    handed = joined(console, Chat(attacked.url, "zh").open())
    console.do("POST", f"{handed.path}/take", {})
    headers = {"Cookie": f"{COOKIE}={console.http.cookies[COOKIE]}", "X-CSRF-Token": console.csrf}
    known = {
        "call": [own.call["id"], handed.call["id"], "0" * 32],
        "step": [*(step["id"] for step in own.sheet["steps"][:3]), "no_such_step"],
    }
    attack(attacked.url, "^/staff", 50, headers, tmp_path, known, (*ENDING, "login"))


@pytest.mark.timeout(1800)
def test_nobody_finds_no_difference(attacked: Running, tmp_path: Path) -> None:
    attack(attacked.url, "^/(chat|staff)", 20, {}, tmp_path)
