"""A PostgreSQL and a Redis of our own, as Debian installs them, that a test may stop and start."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import free_port

DATABASE = USER = "steady"


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def missing() -> str:
    """What is not installed, or nothing."""
    return ", ".join(
        name
        for name, there in (
            ("postgresql", _postgres_programs()),
            ("redis-server", shutil.which("redis-server")),
        )
        if not there
    )


@dataclass
class Postgres:
    """One cluster, owned by Debian's user for it: PostgreSQL does not run as root."""

    folder: Path
    port: int

    def _run(self, program: str, *arguments: str) -> None:
        programs = _postgres_programs()
        assert programs is not None
        command = ["runuser", "-u", "postgres", "--", str(programs / program), *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)

    def create(self) -> None:
        shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", USER, "-E", "UTF8", "-N")
        self.start()
        self._run("createdb", "-h", str(self.folder), "-p", str(self.port), "-U", USER, DATABASE)

    def start(self) -> None:
        options = f"-k {self.folder} -p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run(
            "pg_ctl", "-D", f"{self.folder}/data", "-o", options, "-l", f"{self.folder}/log", "-w", "start"
        )

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")

    @property
    def env(self) -> dict[str, str]:
        names = {"PGHOST": "127.0.0.1", "PGPORT": self.port, "PGDATABASE": DATABASE, "PGUSER": USER}
        return {name: str(value) for name, value in names.items()}


@dataclass
class Redis:
    """One server that keeps nothing on disk."""

    port: int
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command: Sequence[str] = (
            "redis-server",
            "--port",
            str(self.port),
            "--save",
            "",
            "--bind",
            "127.0.0.1",
        )
        self.running = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/")
        ping = ["redis-cli", "-p", str(self.port), "ping"]
        while subprocess.run(ping, capture_output=True).stdout.strip() != b"PONG":
            assert self.running.poll() is None
            time.sleep(0.1)

    def stop(self) -> None:
        assert self.running is not None
        self.running.kill()
        self.running.wait(10)

    @property
    def env(self) -> dict[str, str]:
        return {"REDIS_URL": f"redis://127.0.0.1:{self.port}/1"}


@contextmanager
def shared_stores() -> Iterator[tuple[Postgres, Redis]]:
    """Both, running; the test is skipped where they are not installed."""
    if lacking := missing():
        pytest.skip(f"not installed: {lacking} (Debian: apt-get install postgresql redis-server)")
    with tempfile.TemporaryDirectory(prefix="steady-pg-") as folder:
        postgres, redis = Postgres(Path(folder), free_port()), Redis(free_port())
        postgres.create()
        redis.start()
        try:
            yield postgres, redis
        finally:
            redis.stop()
            postgres.stop()
