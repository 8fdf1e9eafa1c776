"""Whatever happens to us, what we started ends: also stubborn programs, their children, and after SIGKILL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from rasa_project import places, ports, processes


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_stop_ends_a_stubborn_child_and_its_children(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "grandchild = subprocess.Popen(['sleep', '60']); "
        "pathlib.Path(sys.argv[1]).write_text(str(grandchild.pid)); time.sleep(60)"
    )
    note = tmp_path / "pid"
    with (tmp_path / "log").open("wb") as log:
        child = processes.start([sys.executable, "-c", program, str(note)], os.environ, log, tmp_path)
    until(lambda: note.is_file() and note.read_text() != "")
    processes.stop([child], grace=0.5)
    assert child.returncode == -signal.SIGKILL
    until(lambda: gone(int(note.read_text())))


def test_a_polite_child_is_not_killed(tmp_path: Path) -> None:
    program = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7)); "
        "print('up', flush=True); time.sleep(60)"
    )
    log_path = tmp_path / "log"
    with log_path.open("wb") as log:
        child = processes.start([sys.executable, "-c", program], os.environ, log, tmp_path)
    until(lambda: "up" in log_path.read_text())
    processes.stop([child])
    assert child.returncode == 7


def test_children_end_when_the_starter_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = f"""
import os, pathlib, time
from rasa_project import processes
child = processes.start(["sleep", "60"], os.environ, open(os.devnull, "wb"), pathlib.Path("."))
pathlib.Path({str(note)!r}).write_text(str(child.pid))
time.sleep(60)
"""
    starter = subprocess.Popen([sys.executable, "-c", program], cwd=places.ROOT)
    until(lambda: note.is_file() and note.read_text() != "")
    starter.kill()
    starter.wait()
    until(lambda: gone(int(note.read_text())))


def test_a_taken_port_names_its_holder_and_a_free_one_is_no_problem() -> None:
    port = ports.free("127.0.0.1")
    assert ports.problem("127.0.0.1", port) is None
    import socket

    with socket.socket() as held:
        held.bind(("127.0.0.1", port))
        held.listen()
        assert str(os.getpid()) in (ports.problem("127.0.0.1", port) or "")
        assert str(os.getpid()) in (ports.problem("0.0.0.0", port) or "")


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.1"])
def test_a_host_that_is_not_ours_is_a_problem_in_words(host: str) -> None:
    assert host in (ports.problem(host, 5399) or "")
