"""A copy of the hotline's database while it is in use, and putting it back: SQLite's own way, or pg_dump."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from rasa_project.staff.database import Database


class BackupError(RuntimeError):
    """The copy could not be made or put back; the message says why."""


def save(database: Database, file: Path) -> None:
    """Copy the database into a new file that only its owner can read. Raises :class:`BackupError`."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise BackupError(f"{file}: {error.strerror}") from error
    try:
        if database.file:
            _copy(database.file, file)
        else:
            _postgres("pg_dump", database, "--format=custom", "--no-owner", f"--file={file}")
    except BackupError:
        file.unlink()  # what is left would be taken for a copy
        raise


def restore(database: Database, file: Path) -> None:
    """Put a copy back in place of what is there. Stop the servers first. Raises :class:`BackupError`."""
    if not file.is_file():
        raise BackupError(f"{file}: there is no such file")
    if database.file:
        _copy(file, database.file)
    else:
        _postgres(
            "pg_restore", database, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file)
        )


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            if not old.execute("select 1 from sqlite_master where name = 'calls'").fetchone():
                raise BackupError(f"{source}: this is no copy of the hotline's database")
            old.backup(new)
    except sqlite3.Error as error:
        raise BackupError(f"{source}: {error}") from error


def _postgres(program: str, database: Database, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the password goes by its environment, not by its command line."""
    url = database.url
    place = {
        "PGHOST": url.query.get("host") or url.host,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    environment = {**os.environ, **{name: value for name, value in place.items() if value}}
    into = ["--dbname", url.database or ""] if program == "pg_restore" else []
    try:
        done = subprocess.run([program, *into, *arguments], env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise BackupError(f"{program} is not installed (Debian: postgresql-client)") from None
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")
