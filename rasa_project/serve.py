"""``steady run``: the servers up, checked, watched, and stopped together with nothing left behind.

One server does everything, with the actions in its own process. With ``ACTIONS_PORT`` or ``ACTIONS_HOST`` set
the actions get a server of their own.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from rasa_project import packs, places, ports, processes, train
from rasa_project.channels import tokens

START_LIMIT = 180.0  # seconds until the servers must be healthy; a loaded small machine needs 40
#: The actions in Rasa's own process: the address that `channels.watch` knows.
INSIDE = "inside:actions.inside"


class CannotServe(Exception):
    """The servers cannot be started or did not stay up; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """Where the servers listen. ``actions_port`` 0: the actions have no server of their own."""

    host: str
    port: int
    actions_host: str = ""
    actions_port: int = 0

    @property
    def actions(self) -> str:
        """Where Rasa finds the actions."""
        return actions_address(self.actions_host, self.actions_port)

    @property
    def address(self) -> str:
        """The address a person on this machine opens."""
        return f"http://{_reachable(self.host)}:{self.port}/chat/"


@dataclass(frozen=True)
class Server:
    """One of the servers: how to start it, where it listens, which file its output goes to."""

    name: str
    command: list[str]
    host: str
    port: int
    log_name: str

    @property
    def log(self) -> Path:
        """Its log, written anew at each start."""
        return places.logs() / self.log_name

    def end(self) -> str:
        """The last lines of its log, introduced."""
        return f"The end of {self.log}:\n{processes.tail(self.log)}"


def _reachable(host: str) -> str:
    """An address to reach a server that listens on ``host`` from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)


def _port(name: str, default: int) -> int:
    given = os.environ.get(name) or str(default)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CannotServe(f"{name}={given} is not a port number (1 to 65535).")
    return int(given)


def settings() -> Settings:
    """The settings from the environment, ports checked to be free. Raises :class:`CannotServe`.

    ``PORT`` must be free, and ``ACTIONS_PORT`` if it is set; with ``ACTIONS_HOST`` alone any free port does.
    """
    host = os.environ.get("HOST") or "127.0.0.1"
    port = _port("PORT", 5005)
    _must_be_free("PORT", host, port)
    if not _own_actions_server():
        return Settings(host, port)
    actions_host, actions_port = os.environ.get("ACTIONS_HOST") or "127.0.0.1", _port("ACTIONS_PORT", 5055)
    if os.environ.get("ACTIONS_PORT"):
        _must_be_free("ACTIONS_PORT", actions_host, actions_port)
    elif actions_port == port or ports.problem(actions_host, actions_port):
        actions_port = ports.free(actions_host)
    if actions_port == port:
        raise CannotServe(f"PORT and ACTIONS_PORT are both {port}; they must differ.")
    return Settings(host, port, actions_host, actions_port)


def _own_actions_server() -> bool:
    return bool(os.environ.get("ACTIONS_HOST") or os.environ.get("ACTIONS_PORT"))


def actions_address(host: str, port: int) -> str:
    """Where Rasa finds the actions: on a server, or with port 0 in its own process."""
    return f"http://{host}:{port}/webhook" if port else INSIDE


def _must_be_free(name: str, host: str, port: int) -> None:
    if trouble := ports.problem(host, port):
        raise CannotServe(
            f"{trouble}\nStop that program, or choose another port:   {name}={port + 1} make run"
        )


def rasa_command(model: Path, host: str, port: int, stores: str | None = None) -> list[str]:
    """The Rasa server with this very model (see :func:`rasa_project.train.current_model`).

    ``stores``: the file of endpoints, else :func:`endpoints`.
    """
    return [
        *(sys.executable, "-m", "rasa", "run", "--model", str(model)),
        *("--endpoints", stores or endpoints(), "--credentials", "rasa_project/credentials.yml"),
        *("--interface", host, "--port", str(port)),
    ]


def endpoints(environment: Mapping[str, str] = os.environ) -> str:
    """The stores: files of this machine, or with ``REDIS_URL`` set those that several workers share."""
    several = "-many" if environment.get("REDIS_URL") else ""
    return f"rasa_project/endpoints{several}.yml"


def actions_command() -> list[str]:
    """The action server; it reads ``ACTIONS_HOST`` and ``ACTIONS_PORT``."""
    return [sys.executable, "-m", "actions"]


def server_env(to: Settings) -> dict[str, str]:
    """The environment the servers share."""
    return places.child_env(
        HOST=to.host,
        PORT=str(to.port),
        ACTIONS_HOST=to.actions_host,
        ACTIONS_PORT=str(to.actions_port),
        STEADY_ACTIONS=to.actions,
    )


def serve(to: Settings, model: Path) -> None:
    """Run them until asked to stop (raises :class:`processes.Stopped`) or one ends (:class:`CannotServe`)."""
    for folder in (places.logs(), places.home() / "data"):
        folder.mkdir(parents=True, exist_ok=True)
    env = server_env(to)
    servers = [Server("Rasa server", rasa_command(model, to.host, to.port), to.host, to.port, "rasa.log")]
    if to.actions_port:
        own = Server("action server", actions_command(), to.actions_host, to.actions_port, "actions.log")
        servers.insert(0, own)
    children: list[subprocess.Popen[bytes]] = []
    with ExitStack() as opened:
        opened.callback(lambda: processes.stop(children))
        for server in servers:
            out = opened.enter_context(server.log.open("wb"))
            children.append(processes.start(server.command, env, out, places.ROOT))
        begun = time.monotonic()
        say(f"Starting the servers (logs in {places.logs()}) ...")
        for server in servers:
            while not healthy(server.host, server.port):
                _all_alive(servers, children)
                if time.monotonic() - begun > START_LIMIT:
                    raise CannotServe(
                        f"The {server.name} is not healthy after {START_LIMIT:.0f} s. {server.end()}"
                    )
                time.sleep(0.2)
        say(f"Steady is ready after {time.monotonic() - begun:.0f} s. Open {to.address}    (Ctrl-C stops it)")
        while True:
            _all_alive(servers, children)
            time.sleep(0.5)


def _all_alive(servers: Sequence[Server], children: Sequence[subprocess.Popen[bytes]]) -> None:
    for server, child in zip(servers, children, strict=True):
        if child.poll() is not None:
            raise CannotServe(f"The {server.name} ended (status {child.returncode}). {server.end()}")


def healthy(host: str, port: int) -> bool:
    """Whether ``GET /health`` answers 200. Asked directly: a proxy of the environment has no say in it."""
    connection = http.client.HTTPConnection(_reachable(host).strip("[]"), port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def only(which: str) -> int:
    """Become one of the two servers (for containers, where each has its own). Does not train or build."""
    if which == "actions":
        command, env = actions_command(), places.child_env()
    else:
        model = train.current_model()
        if model is None:
            raise CannotServe("No model fits the files as they are: run `steady train` first.")
        tokens.own_secret()
        command = rasa_command(model, os.environ.get("HOST") or "127.0.0.1", _port("PORT", 5005))
        actions_host = os.environ.get("ACTIONS_HOST") or "127.0.0.1"
        actions_port = _port("ACTIONS_PORT", 5055) if _own_actions_server() else 0
        env = places.child_env(STEADY_ACTIONS=actions_address(actions_host, actions_port))
        (places.home() / "data").mkdir(parents=True, exist_ok=True)
    os.chdir(places.ROOT)
    sys.stdout.flush()
    os.execvpe(command[0], command, env)


def say(message: str) -> None:
    """One line to whoever watches; nobody may be there any more (the terminal was closed)."""
    with suppress(OSError, ValueError):
        print(message, flush=True)


def main(arguments: Sequence[str] = ()) -> int:
    """``steady run``; the exit status is 0 after Ctrl-C or SIGTERM, 1 if something failed."""
    parser = argparse.ArgumentParser(
        prog="steady run",
        description="Build and train what is stale, start the servers, print the address, stop on Ctrl-C.",
        epilog="Environment: PORT (5005), HOST (127.0.0.1), STEADY_HOME (.steady), ACTIONS_PORT (unset: the "
        "actions run in Rasa's process; a port: on a server of their own).",
    )
    only_help = "be just this server, as it was built (for containers)"
    parser.add_argument("--only", choices=("rasa", "actions"), help=only_help)
    options = parser.parse_args(arguments)
    if os.environ.get(
        "STEADY_STOP_WITH_PARENT"
    ):  # set by the Makefile: a killed make must not leave us behind
        processes.die_with_parent()
    try:
        if options.only:
            return only(options.only)
        with processes.stop_requests():
            to = settings()
            tokens.own_secret()  # a weak one is told here, and not at the end of a log
            packs.ensure_pack(say)
            model = train.ensure_model(say)
            serve(to, model)
    except processes.Stopped:
        say("\nStopped.")
        return 0
    except (CannotServe, tokens.WeakSecret, train.TrainingFailed, packs.PackInvalid) as error:
        say(f"\n{error}")
        return 1
    return 0
