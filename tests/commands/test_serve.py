"""``steady run``: it says what is in its way, comes up, and stops without leaving a process behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from rasa_project import places, ports, processes, serve


@contextmanager
def listening() -> Iterator[int]:
    """A port that this test holds."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def steady_run(**env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasa_project.cli", "run"]
    return subprocess.run(
        command, cwd=places.ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("name", ["PORT", "ACTIONS_PORT"])
def test_a_taken_port_stops_it_and_names_port_process_and_variable(own_home: Path, name: str) -> None:
    with listening() as port:
        done = steady_run(**{"PORT": str(ports.free("127.0.0.1")), name: str(port)})
    assert done.returncode == 1
    for needed in (str(port), str(os.getpid()), f"{name}="):
        assert needed in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("value", ["chat", "0", "70000", "-1", "50.5"])
def test_what_is_not_a_port_is_refused_by_name(own_home: Path, value: str) -> None:
    done = steady_run(PORT=value)
    assert done.returncode == 1
    assert "PORT" in done.stdout and value in done.stdout and "Traceback" not in done.stderr


def test_without_a_wish_the_actions_have_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACTIONS_PORT", "ACTIONS_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORT", str(ports.free("127.0.0.1")))
    assert serve.settings().actions_port == 0 and serve.settings().actions == serve.INSIDE


def test_without_a_port_the_action_server_takes_any_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACTIONS_PORT", raising=False)
    monkeypatch.setenv("ACTIONS_HOST", "127.0.0.1")
    monkeypatch.setenv("PORT", str(ports.free("127.0.0.1")))
    monkeypatch.setattr(serve.ports, "problem", lambda host, port: "taken" if port == 5055 else None)
    assert serve.settings().actions_port not in (5055, serve.settings().port)


def test_both_servers_on_one_port_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    port = str(ports.free("127.0.0.1"))
    monkeypatch.setenv("PORT", port)
    monkeypatch.setenv("ACTIONS_PORT", port)
    with pytest.raises(serve.CannotServe):
        serve.settings()


class Running:
    """``make run`` on ports of its own, with the processes it started, an action server among them."""

    def __init__(self, home: Path) -> None:
        self.port = ports.free("127.0.0.1")
        env = {**os.environ, "PORT": str(self.port), "STEADY_HOME": str(home)}
        env |= {"ACTIONS_HOST": "127.0.0.1", "ACTIONS_PORT": ""}
        self.begun = time.monotonic()
        self.out = (home / "out").open("w+")
        # a session of its own: signalling the group is what a terminal does
        self.make = subprocess.Popen(
            ["make", "run"],
            cwd=places.ROOT,
            env=env,
            start_new_session=True,
            stdout=self.out,
            stderr=subprocess.STDOUT,
            # A person's terminal has not set these aside; who runs the tests under nohup has.
            preexec_fn=lambda: [signal.signal(each, signal.SIG_DFL) for each in processes.STOP_SIGNALS],
        )

    def text(self) -> str:
        self.out.seek(0)
        return self.out.read()

    def until_healthy(self) -> list[psutil.Process]:
        """Everything it started, once it is up."""
        while not (serve.healthy("127.0.0.1", self.port) and f":{self.port}/" in self.text()):
            assert self.make.poll() is None, self.text()
            assert time.monotonic() - self.begun < 200, self.text()
            time.sleep(0.2)
        return psutil.Process(self.make.pid).children(recursive=True)

    def server(self, word: str) -> psutil.Process:
        for process in psutil.Process(self.make.pid).children(recursive=True):
            if word in process.cmdline():
                return process
        raise AssertionError(f"no process with {word} in its command")


@pytest.fixture
def running(built_home: Path) -> Iterator[Running]:
    started = Running(built_home)
    yield started
    if started.make.poll() is None:
        os.killpg(started.make.pid, signal.SIGKILL)
    started.make.wait()
    started.out.close()


def all_end(those: list[psutil.Process], seconds: float = 20) -> bool:
    _, alive = psutil.wait_procs(those, timeout=seconds)
    return not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.server
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP], ids=["ctrl-c", "terminal closed"])
def test_it_comes_up_and_stops_without_leaving_a_process(running: Running, number: int) -> None:
    those = running.until_healthy()
    assert len(those) >= 3, "steady, Rasa and the action server"
    for word in ("rasa", "actions"):
        connections = running.server(word).net_connections("tcp")
        assert {each.laddr.ip for each in connections if each.status == "LISTEN"} == {"127.0.0.1"}, word
    os.killpg(running.make.pid, number)
    running.make.wait(20)
    assert all_end(those)
    assert ports.problem("127.0.0.1", running.port) is None
    assert "Traceback" not in running.text()


@pytest.mark.server
def test_if_one_server_dies_the_other_is_stopped_and_the_status_says_so(running: Running) -> None:
    those = running.until_healthy()
    running.server("actions").kill()
    assert running.make.wait(20) != 0
    assert all_end(those)


@pytest.mark.server
def test_a_killed_make_leaves_no_process(running: Running) -> None:
    those = running.until_healthy()
    running.make.kill()
    assert all_end(those)
