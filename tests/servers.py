"""The real servers, for tests: started as ``steady run`` starts them, on free ports, with own data."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from rasa_project import packs, places, train

START_LIMIT = 180


@dataclass
class Running:
    """A server that runs. ``home`` holds its data and logs, ``process`` is ``steady run``."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_home(home: Path, **settings: str) -> Path:
    """A home with its own data and logs, and the trained model and compiled pack of the repository's home.

    ``settings`` may name another region; its pack is then compiled and its model trained in the same place.
    """
    home.mkdir(parents=True, exist_ok=True)
    if settings.keys() & {"STEADY_REGION", "STEADY_PACKS"}:
        command = [sys.executable, "-m", "rasa_project.cli", "train"]
        subprocess.run(command, cwd=places.ROOT, env={**os.environ, **settings}, check=True, timeout=590)
    else:
        train.ensure_model()
        packs.ensure_pack()
    for shared in ("models", "pack"):
        if not (home / shared).exists():  # it does when a server is started again
            (home / shared).symlink_to(places.home() / shared)
    return home


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Running]:
    """``steady run`` until the block ends; then Ctrl-C, and it must have ended by itself."""
    own_home(home, **settings)
    port = int(settings.get("PORT") or free_port())
    environment = {
        **os.environ,
        "STEADY_HOME": str(home),
        "PORT": str(port),
        "STEADY_WEB_CONVERSATION_RATE": "1000",
        "STEADY_WEB_CONVERSATION_BURST": "100000",
        "STEADY_WEB_STAFF": "1",
        "STEADY_WEB_SESSION_RATE": "1000",
        "STEADY_WEB_SESSION_BURST": "100000",
        "STEADY_WEB_ADDRESS_RATE": "10000",
        "STEADY_WEB_ADDRESS_BURST": "100000",
        **settings,
    }
    output = home / "run.log"
    with output.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "rasa_project.cli", "run"],
            cwd=places.ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, output)
        yield Running(url, home, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes], output: Path) -> None:
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"steady run ended: {output.read_text(errors='replace')[-3000:]}")
        try:
            if requests.get(f"{url}/health", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.3)
    raise AssertionError(f"not healthy after {START_LIMIT} s: {output.read_text(errors='replace')[-3000:]}")
