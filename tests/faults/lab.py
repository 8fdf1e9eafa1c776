"""Servers that can be ended, stopped and started one by one, on stores of their own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests

from rasa_project import places, processes, serve, train
from tests.chat import Chat
from tests.servers import free_port, own_home

START_LIMIT = 240  # seconds
QUICK = {"STEADY_WEB_ACTION_TIMEOUT": "2", "STEADY_WEB_TURN_TIMEOUT": "8"}


class Process:
    """One server. ``address`` answers once it is up."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path, address: str) -> None:
        self.command, self.env, self.log, self.address = command, env, log, address
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(
                self.command,
                cwd=places.ROOT,
                env=self.env,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def signal(self, number: int) -> None:
        assert self.running is not None
        os.killpg(self.running.pid, number)

    def kill(self) -> None:
        """As a crash or the kernel would: nothing is tidied up."""
        self.signal(signal.SIGKILL)
        assert self.running is not None
        self.running.wait(20)

    def freeze(self) -> None:
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.signal(signal.SIGCONT)

    def end(self) -> None:
        if self.running is not None:
            if self.running.poll() is None:
                self.signal(signal.SIGCONT)
            processes.stop([self.running])

    def until_up(self) -> None:
        def up() -> bool:
            assert self.running is not None and self.running.poll() is None, processes.tail(self.log)
            return status(f"{self.address}/health") is not None

        until(up, START_LIMIT, processes.tail(self.log))


class Lab:
    """A home for some servers: :meth:`rasa` and :meth:`actions` make them, ``stack`` ends them."""

    def __init__(self, home: Path, stack: ExitStack, **env: str) -> None:
        self.model = train.ensure_model()
        self.home = own_home(home)
        (self.home / "pack").unlink()  # its own, so that a test may harm it
        shutil.copytree(places.home() / "pack", self.home / "pack")
        (self.home / "data").mkdir()
        self.stack, self.env = stack, env
        self.actions_port = free_port()

    def _process(self, name: str, command: list[str], to: serve.Settings, address: str) -> Process:
        env = {**serve.server_env(to), "STEADY_HOME": str(self.home), **QUICK, **self.env}
        process = Process(command, env, self.home / f"{name}.log", address)
        self.stack.callback(process.end)
        process.start()
        return process

    def rasa(self, name: str = "rasa", split: bool = False) -> Process:
        """A Rasa server that is starting; ``split``: with its actions on the lab's action server."""
        port = free_port()
        own = ("127.0.0.1", self.actions_port) if split else ("", 0)
        to = serve.Settings("127.0.0.1", port, *own)
        command = serve.rasa_command(self.model, to.host, port, serve.endpoints(self.env))
        return self._process(name, command, to, f"http://127.0.0.1:{port}")

    def actions(self) -> Process:
        """The action server, starting."""
        to = serve.Settings("127.0.0.1", free_port(), "127.0.0.1", self.actions_port)
        command = [sys.executable, "-m", "actions"]
        return self._process("actions", command, to, f"http://127.0.0.1:{self.actions_port}")


def until(true: Callable[[], bool], seconds: float, otherwise: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, otherwise
        time.sleep(0.2)


def status(url: str) -> int | None:
    """The status of a GET; ``None`` where nobody answers."""
    try:
        return requests.get(url, timeout=5).status_code
    except requests.RequestException:
        return None


def ready(process: Process) -> dict[str, Any]:
    """What /ready says, after what it last found is no longer believed."""
    time.sleep(1.1)
    return dict(requests.get(f"{process.address}/ready", timeout=10).json())


def begun(process: Process, language: str = "zh") -> Chat:
    """A conversation with two answers in it."""
    chat = Chat(process.address, language).open()
    chat.answer("situation", "lost_money")
    chat.answer("channels", "bank_card")
    return chat


def helped(reply: requests.Response) -> bool:
    """Whether what came back has the police's number and the warning of the second fraud."""
    chat = Chat("")
    chat.last = reply.json()["messages"]
    return "110" in chat.phones() and chat.warned


def send_and_hang_up(chat: Chat, body: bytes, wait: float = 0.0) -> None:
    """Send a message as a phone that loses its connection: nobody reads the answer."""
    host, _, port = chat.url.removeprefix("http://").partition(":")
    head = (
        f"POST /chat/message HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {chat.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        time.sleep(wait)


def new_id() -> str:
    return uuid.uuid4().hex
