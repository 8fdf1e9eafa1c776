"""Accounts of hotline staff: made, listed, disabled and given a new password by `steady staff`.

Every function takes a connection inside a transaction (database.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]

from rasa_project.staff import passwords
from rasa_project.staff.tables import accounts, sessions

ROLES = ("staff", "supervisor")
#: A name is typed at sign-in, stands in lists and in the audit trail.
NAME = re.compile(r"\w[\w.@+-]{0,62}\w")


class AccountError(ValueError):
    """The account cannot be made or changed; the message says why."""


@dataclass(frozen=True)
class Account:
    """Who is signed in. ``language`` is the one their notes and buttons are in."""

    id: int
    name: str
    role: str
    language: str

    @property
    def is_supervisor(self) -> bool:
        return self.role == "supervisor"

    def to_dict(self) -> dict[str, str]:
        return {"name": self.name, "role": self.role, "language": self.language}


def add(db: Any, name: str, role: str, password: str, language: str) -> None:
    """Make an account. Raises :class:`AccountError` or passwords.WeakPassword."""
    name = name.strip()
    if not NAME.fullmatch(name):
        raise AccountError("A name has 2 to 64 letters, digits and . @ + - _, and no spaces.")
    if role not in ROLES:
        raise AccountError(f"A role is one of: {', '.join(ROLES)}.")
    if db.execute(sa.select(accounts.c.id).where(_named(name))).first():
        raise AccountError(f"There is an account {name} already.")
    values = {"name": name, "role": role, "language": language, "password": passwords.hashed(password, name)}
    db.execute(accounts.insert().values(**values, created_at=datetime.now(timezone.utc)))


def everyone(db: Any) -> list[dict[str, Any]]:
    """name, role, language, created_at, disabled_at of every account, by name."""
    columns = (
        getattr(accounts.c, each) for each in ("name", "role", "language", "created_at", "disabled_at")
    )
    return [dict(row) for row in db.execute(sa.select(*columns).order_by(accounts.c.name)).mappings()]


def disable(db: Any, name: str) -> None:
    """Let nobody in by this name any more, and end its sessions. Raises :class:`AccountError`."""
    number = _number(db, name)
    db.execute(
        accounts.update().where(accounts.c.id == number).values(disabled_at=datetime.now(timezone.utc))
    )
    db.execute(sessions.delete().where(sessions.c.account == number))


def enable(db: Any, name: str) -> None:
    """Let a disabled account in again. Raises :class:`AccountError`."""
    db.execute(accounts.update().where(accounts.c.id == _number(db, name)).values(disabled_at=None))


def reset(db: Any, name: str, password: str) -> None:
    """Give an account a new password and end its sessions. Raises AccountError or passwords.WeakPassword."""
    number = _number(db, name)
    stored = passwords.hashed(password, name)
    db.execute(accounts.update().where(accounts.c.id == number).values(password=stored))
    db.execute(sessions.delete().where(sessions.c.account == number))


def speak(db: Any, account: Account, language: str) -> None:
    """Set the language of an account's notes and buttons."""
    db.execute(accounts.update().where(accounts.c.id == account.id).values(language=language))


def find(db: Any, name: str) -> tuple[Account, str] | None:
    """The enabled account of this name, whatever its case, and its password's hash."""
    if not NAME.fullmatch(name.strip()):
        return None  # nobody has it, and a database may refuse to be asked for it
    row = (
        db.execute(sa.select(accounts).where(_named(name), accounts.c.disabled_at.is_(None)))
        .mappings()
        .first()
    )
    return (of_row(row), row["password"]) if row else None


def written(db: Any, name: str) -> str | None:
    """The name of this account as it was made, whatever its case and also when it is disabled; else None."""
    if not NAME.fullmatch(name.strip()):
        return None
    found: str | None = db.execute(sa.select(accounts.c.name).where(_named(name))).scalar()
    return found


def any_enabled(db: Any) -> bool:
    """Whether anybody could sign in."""
    return db.execute(sa.select(accounts.c.id).where(accounts.c.disabled_at.is_(None))).first() is not None


def of_row(row: Any) -> Account:
    return Account(row["id"], row["name"], row["role"], row["language"])


def _named(name: str) -> Any:
    return sa.func.lower(accounts.c.name) == name.strip().lower()


def _number(db: Any, name: str) -> int:
    row = db.execute(sa.select(accounts.c.id).where(_named(name))).first()
    if row is None:
        raise AccountError(f"There is no account {name}.")
    return int(row[0])
