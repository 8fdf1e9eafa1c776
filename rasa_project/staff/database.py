"""The hotline's database: SQLite or PostgreSQL by URL, up to date from the start, used off the event loop."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa  # type: ignore[import-untyped]
from alembic import command
from alembic.config import Config
from sqlalchemy import event

from rasa_project import places

#: Set on every SQLite connection. ``secure_delete``: what is deleted is overwritten.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "busy_timeout=5000",
)
#: Threads that wait for the database, so that the event loop never does.
THREADS = 4
#: PostgreSQL's lock of whoever migrates; any number that nothing else uses.
MIGRATION_LOCK = 7_305_021

T = TypeVar("T")


def default_url() -> str:
    """``STEADY_CASES_URL``, else the SQLite file of this home."""
    return os.environ.get("STEADY_CASES_URL") or f"sqlite:///{places.home() / 'data' / 'staff.db'}"


class Database:
    """One database. ``run`` is for the server, ``begin`` for commands and tests."""

    def __init__(self, url: str) -> None:
        self.url = sa.engine.make_url(url)
        self.file = Path(self.url.database) if self.is_sqlite and self.url.database else None
        if self.file:
            _private(self.file)
        self.engine = sa.create_engine(self.url, pool_pre_ping=not self.is_sqlite, hide_parameters=True)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _tune)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="staff-db")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; anything else is PostgreSQL."""
        return bool(self.url.get_backend_name() == "sqlite")

    @contextmanager
    def begin(self) -> Iterator[Any]:
        """A connection with a transaction that is committed at the end of the block."""
        with self.engine.begin() as connection:
            yield connection

    def do(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """``work(connection, ...)`` in a transaction of its own, here and now."""
        with self.begin() as connection:
            return work(connection, *args, **kwargs)

    async def run(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The same in another thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(self.do, work, *args, **kwargs))

    def migrate(self) -> None:
        """Bring the tables up to date. Several workers may call it at once: one does it, the others wait."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._only_one(), self.engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        if self.file:
            with open(self.file.with_suffix(".lock"), "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            return
        with self.engine.connect() as connection:
            connection.execute(sa.text("select pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
            try:
                yield
            finally:
                connection.execute(sa.text("select pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})

    def tidy(self) -> None:
        """After a deletion: leave no copy of the deleted rows in SQLite's write-ahead log."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def close(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()


@cache
def shared(url: str) -> Database:
    """The one database of this process, for the channels that share it; up to date."""
    database = Database(url)
    database.migrate()
    return database


def _tune(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _private(file: Path) -> None:
    """Make the file before SQLite does: others on this machine must not read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
