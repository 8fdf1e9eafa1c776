"""Starting either project's servers, timed, with data of its own; the memory that each server takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from rasa_project import places, ports, processes, serve

START_LIMIT = 900.0  # seconds; the default project needs 30 alone on two cores, far more beside others
HOST = "127.0.0.1"
RASA = "Rasa server"
MB = 1024 * 1024
#: So many turns a second from one address that the limits for people would be in the way.
NO_LIMITS = {
    f"STEADY_WEB_{whose}_{what}": "100000"
    for whose in ("CONVERSATION", "SESSION", "ADDRESS")
    for what in ("RATE", "BURST")
}


@dataclass(frozen=True)
class Running:
    """Servers that answer. ``started`` are the seconds from process start to healthy; ``log`` is Rasa's."""

    url: str
    started: float
    pids: dict[str, int]
    log: Path

    def memory(self) -> dict[str, tuple[float, float]]:
        """Server -> (resident, proportional) megabytes, over all processes of that server."""
        return {name: _memory(pid) for name, pid in self.pids.items()}


def _memory(pid: int) -> tuple[float, float]:
    leader = psutil.Process(pid)
    used = [each.memory_full_info() for each in (leader, *leader.children(recursive=True))]
    return sum(each.rss for each in used) / MB, sum(each.pss for each in used) / MB


@contextmanager
def ours(model: Path, home: Path, more: Mapping[str, str] | None = None) -> Iterator[Running]:
    """Our server, as ``steady run`` starts it; ``more`` is added to its environment."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "pack").exists():
        (home / "pack").symlink_to(places.home() / "pack")
    port = ports.free(HOST)
    to = serve.Settings(HOST, port)
    env = {**serve.server_env(to), **NO_LIMITS, "STEADY_HOME": str(home), **(more or {})}
    commands = {RASA: serve.rasa_command(model, HOST, port, serve.endpoints(env))}
    checks = [lambda: serve.healthy(HOST, port)]
    with _running(commands, env, home, f"http://{HOST}:{port}", checks) as running:
        yield running


@contextmanager
def default(model: Path, project: Path, home: Path) -> Iterator[Running]:
    """Rasa's own two servers with the default project: `rasa run` (REST channel), `rasa run actions`."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "pack").exists():
        (home / "pack").symlink_to(places.home() / "pack")
    port, actions_port = ports.free(HOST), ports.free(HOST)
    to = serve.Settings(HOST, port, HOST, actions_port)
    env = {**serve.server_env(to), "STEADY_HOME": str(home)}
    rasa = [sys.executable, "-m", "rasa", "run"]
    changed = {
        f"rasa_project/{name}.yml": str(project / f"{name}.yml") for name in ("credentials", "endpoints")
    }
    commands = {
        RASA: [changed.get(part, part) for part in serve.rasa_command(model, HOST, port)],
        "action server": [*rasa, "actions", "--actions", "actions", "--port", str(actions_port)],
    }
    url = f"http://{HOST}:{port}"
    checks = [lambda: serve.healthy(HOST, actions_port), lambda: _answers(f"{url}/webhooks/rest/")]
    with _running(commands, env, home, url, checks) as running:
        yield running


@contextmanager
def _running(
    commands: dict[str, list[str]],
    env: dict[str, str],
    home: Path,
    url: str,
    checks: Sequence[Callable[[], bool]],
) -> Iterator[Running]:
    (home / "data").mkdir(exist_ok=True)
    children: dict[str, subprocess.Popen[bytes]] = {}
    with ExitStack() as opened:
        opened.callback(lambda: processes.stop(children.values()))
        begun = time.monotonic()
        for name, command in commands.items():
            out = opened.enter_context(_log(home, name).open("wb"))
            children[name] = processes.start(command, env, out, places.ROOT)
        for check in checks:
            while not check():
                _must_live(children, home)
                if time.monotonic() - begun > START_LIMIT:
                    raise serve.CannotServe(f"Not healthy after {START_LIMIT:.0f} s; the logs are in {home}.")
                time.sleep(0.1)
        pids = {name: child.pid for name, child in children.items()}
        yield Running(url, time.monotonic() - begun, pids, _log(home, RASA))


def _log(home: Path, name: str) -> Path:
    return home / f"{name.replace(' ', '-')}.log"


def _must_live(children: dict[str, subprocess.Popen[bytes]], home: Path) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise serve.CannotServe(f"The {name} ended.\n{processes.tail(_log(home, name))}")


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False
