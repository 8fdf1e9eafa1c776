"""A staff member at the console, over HTTP: signs in, has calls, reads what comes back by structure."""

from __future__ import annotations

import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from typing import Any

import requests

from rasa_project import places

TIMEOUT = 60
PASSWORD = "four ducks on a pond"


def staff_command(
    home: Any, *arguments: str, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """``steady staff ...`` with this home, as somebody at a terminal runs it."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "rasa_project.cli", "staff", *arguments],
        cwd=places.ROOT,
        env={**os.environ, "STEADY_HOME": str(home), **settings},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )


@dataclass
class Console:
    """One browser of one staff member."""

    url: str
    name: str = ""
    csrf: str = ""
    http: requests.Session = field(default_factory=requests.Session)

    def sign_in(self, name: str, password: str = PASSWORD) -> requests.Response:
        reply = self.http.post(
            f"{self.url}/staff/api/login", json={"name": name, "password": password}, timeout=TIMEOUT
        )
        if reply.status_code == 200:
            self.name, self.csrf = name, reply.json()["csrf"]
        return reply

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        headers = {"X-CSRF-Token": self.csrf, **more.pop("headers", {})}
        return self.http.request(
            method, f"{self.url}/staff/api/{path}", json=body, headers=headers, timeout=TIMEOUT, **more
        )

    def get(self, path: str, **params: Any) -> Any:
        reply = self.ask("GET", path, params=params)
        assert reply.status_code == 200, f"{reply.status_code} {reply.text}"
        return reply.json()

    def calls(self, **filters: Any) -> list[dict[str, Any]]:
        """Every call on every page of the list."""
        pages = range(1, self.get("calls", **filters)["pages"] + 1)
        return [call for page in pages for call in self.get("calls", page=page, **filters)["calls"]]

    def do(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        reply = self.ask(method, path, body)
        assert reply.status_code == status, f"{reply.status_code} {reply.text}"
        return reply.json() if reply.content else None

    def call(self, language: str = "zh", **more: Any) -> Call:
        opened = self.do("POST", "calls", {"language": language, **more}, 201)
        return Call(self, opened["call"], opened)


@dataclass
class Call:
    """One call at the console. ``last`` is the last answer of the server."""

    console: Console
    call: dict[str, Any]
    last: dict[str, Any]

    @property
    def path(self) -> str:
        return f"calls/{self.call['id']}"

    def _send(self, **body: str) -> dict[str, Any]:
        self.last = self.console.do("POST", f"{self.path}/messages", {"id": uuid.uuid4().hex, **body})
        self.call = self.last["call"]
        return self.last

    def tell(self, text: str) -> dict[str, Any]:
        return self._send(text=text)

    def press(self, payload: str) -> dict[str, Any]:
        return self._send(payload=payload)

    def answer(self, slot: str, value: str) -> dict[str, Any]:
        return self._send(payload=f'/answer{{"{slot}":"{value}"}}')

    @property
    def sheet(self) -> dict[str, Any]:
        return dict(self.console.get(f"{self.path}/sheet"))
