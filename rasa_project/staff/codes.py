"""Short codes that people read out or type: one opens a conversation to staff, one a plan to read.

Stored as a hash with the server's secret, so that who reads the database cannot try them all against it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]

from rasa_project.staff.tables import codes

#: No letter or digit that is heard or read as another one; 8 of them: 8 * 10^11 codes.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
PERSON, PLAN = "person", "plan"


def make(db: Any, kind: str, session: bytes, secret: bytes, expires_at: datetime) -> str:
    """A new code as it is shown (``ABCD-2345``). An earlier code of the same kind ends."""
    revoke(db, session, kind)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    values = {"hash": _hash(code, kind, secret), "kind": kind, "session": session.hex()}
    db.execute(codes.insert().values(**values, expires_at=expires_at))
    return f"{code[:4]}-{code[4:]}"


def open_(db: Any, kind: str, code: str, secret: bytes, now: datetime, once: bool = False) -> bytes | None:
    """The session that a code stands for, however it is spelt; None when it is wrong or has expired."""
    here = codes.c.hash == _hash(_plain(code), kind, secret)
    row = db.execute(sa.select(codes).where(here, codes.c.expires_at > now)).mappings().first()
    if row is None:
        return None
    if once and not db.execute(codes.delete().where(here)).rowcount:
        return None  # somebody else was faster
    return bytes.fromhex(row["session"])


def active(db: Any, kind: str, session: bytes, now: datetime) -> bool:
    """Whether a code for this session could still be used."""
    mine = sa.and_(codes.c.session == session.hex(), codes.c.kind == kind, codes.c.expires_at > now)
    return db.execute(sa.select(codes.c.hash).where(mine)).first() is not None


def revoke(db: Any, session: bytes, kind: str | None = None) -> None:
    """End the codes of a session, of one kind or of all."""
    mine = codes.c.session == session.hex()
    db.execute(codes.delete().where(mine if kind is None else sa.and_(mine, codes.c.kind == kind)))


def purge(db: Any, now: datetime) -> int:
    """Forget codes that have expired; how many."""
    return int(db.execute(codes.delete().where(codes.c.expires_at <= now)).rowcount)


def _plain(code: str) -> str:
    return "".join(c for c in code.upper() if c in ALPHABET)[: LENGTH + 1]


def _hash(code: str, kind: str, secret: bytes) -> str:
    return hmac.new(secret, f"steady code {kind}\n{code}".encode(), hashlib.sha256).hexdigest()
