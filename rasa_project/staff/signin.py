"""Signing in: sessions that expire, the lock after repeated failures, sign-in by a trusted proxy's header."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]
from sqlalchemy.dialects import postgresql, sqlite  # type: ignore[import-untyped]

from rasa_project.staff import accounts, audit, passwords
from rasa_project.staff.accounts import Account
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings
from rasa_project.staff.tables import accounts as account_table
from rasa_project.staff.tables import failures, sessions

#: A session is written to at most this often.
SEEN_EVERY = timedelta(minutes=1)
#: How many times the tries at one name from one address there are from an address at all names, and at a name
#: from all addresses. Generous: a hotline may share one address, and nobody should lock a colleague out.
ADDRESS_SHARE, ACCOUNT_SHARE = 4, 10


@dataclass(frozen=True)
class Session:
    """A session that is good now. ``key`` is how the database knows it."""

    key: str
    account: Account
    csrf: str


@dataclass(frozen=True)
class Locked:
    """Too many failures: ``seconds`` until the next try."""

    seconds: float


def sign_in(
    database: Database, name: str, password: str, address: str, settings: StaffSettings, now: datetime
) -> tuple[Account, str] | Locked | None:
    """The account and the value of a new session's cookie; None: wrong name or password.

    A name that does not exist is answered in the same time and locked in the same way. The try is counted
    before the password is looked at, so that many at once are counted too.
    """
    keys = _keys(name, address)
    if locked := database.do(_try, keys, settings, now):
        return locked
    found = database.do(accounts.find, name)
    if not passwords.fits(password, found[1] if found else None) or found is None:
        database.do(_failed, name, keys, settings, now)
        return None

    def succeed(db: Any, account: Account) -> str:
        # What failed from this address at other names stays counted: an own account is no key to others.
        *own, address_key = keys
        db.execute(failures.delete().where(failures.c.key.in_(own)))
        here = failures.c.key == address_key
        db.execute(failures.update().where(here).values(count=failures.c.count - 1))
        return begin(db, account, settings, now)

    return found[0], database.do(succeed, found[0])


def begin(db: Any, account: Account, settings: StaffSettings, now: datetime) -> str:
    """A new session; the value of its cookie. Sessions that have ended are forgotten on the way."""
    db.execute(sessions.delete().where(sessions.c.expires_at <= now))
    cookie = secrets.token_urlsafe(32)
    db.execute(
        sessions.insert().values(
            id=_hash("session", cookie),
            account=account.id,
            csrf=secrets.token_urlsafe(24),
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(hours=settings.session_hours),
        )
    )
    return cookie


def session_of(db: Any, cookie: str, settings: StaffSettings, now: datetime) -> Session | None:
    """The session of a cookie; None when there is none, or it expired or was idle too long."""
    key = _hash("session", cookie)
    joined = sessions.join(account_table)
    columns = (sessions.c.csrf, sessions.c.seen_at, sessions.c.expires_at)
    query = sa.select(*account_table.c, *columns).select_from(joined)
    row = (
        db.execute(query.where(sessions.c.id == key, account_table.c.disabled_at.is_(None)))
        .mappings()
        .first()
    )
    if row is None:
        return None
    if row["expires_at"] <= now or row["seen_at"] + timedelta(minutes=settings.idle_minutes) <= now:
        end(db, key)
        return None
    if row["seen_at"] + SEEN_EVERY <= now:
        db.execute(sessions.update().where(sessions.c.id == key).values(seen_at=now))
    return Session(key, accounts.of_row(row), row["csrf"])


def end(db: Any, key: str) -> None:
    db.execute(sessions.delete().where(sessions.c.id == key))


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing."""
    return hmac.compare_digest(_bytes(one), _bytes(other))


def is_trusted(address: str, proxies: Iterable[str]) -> bool:
    """Whether the machine at the other end of the connection is one of our proxies (addresses, networks)."""
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(peer, "ipv4_mapped", None)
    return any((mapped or peer) in ipaddress.ip_network(each, strict=False) for each in proxies)


def _keys(name: str, address: str) -> dict[str, int]:
    """What a failure counts against, the address last; how many times the failures of one name from there."""
    folded = name.strip().lower()
    return {
        _hash("account from address", f"{folded}\n{address}"): 1,
        _hash("account", folded): ACCOUNT_SHARE,
        _hash("address", address): ADDRESS_SHARE,
    }


def _try(db: Any, keys: dict[str, int], settings: StaffSettings, now: datetime) -> Locked | None:
    """Count one try against every key; or the lock, and then nothing is counted."""
    db.execute(failures.delete().where(failures.c.last_at <= now - _lock(settings)))
    wait = _wait(db, keys, settings, now)
    if wait > timedelta():
        return Locked(wait.total_seconds())
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[db.dialect.name]
    for key in keys:
        db.execute(
            insert(failures)
            .values(key=key, count=1, last_at=now)
            .on_conflict_do_update(
                index_elements=["key"], set_={"count": failures.c.count + 1, "last_at": now}
            )
        )
    return None


def _wait(db: Any, keys: dict[str, int], settings: StaffSettings, now: datetime) -> timedelta:
    """How long sign-in is locked by these keys; zero or less when it is not."""
    waits = [timedelta()]
    for key, share in keys.items():
        row = db.execute(sa.select(failures).where(failures.c.key == key)).mappings().first()
        if row and row["count"] >= settings.failures * share:
            waits.append(row["last_at"] + _lock(settings) - now)
    return max(waits)


def refused(db: Any, name: str, settings: StaffSettings, now: datetime) -> None:
    """Write into the audit trail that somebody was not let in."""
    audit.note_refusal(db, name, "refused", now, _lock(settings))


def _failed(db: Any, name: str, keys: dict[str, int], settings: StaffSettings, now: datetime) -> None:
    """The same for a wrong name or password and, if it was one too many, that it locked."""
    refused(db, name, settings, now)
    if _wait(db, keys, settings, now) > timedelta():
        audit.note_refusal(db, name, "locked", now, _lock(settings))


def _lock(settings: StaffSettings) -> timedelta:
    return timedelta(minutes=settings.lock_minutes)


def _hash(purpose: str, value: str) -> str:
    return hashlib.sha256(_bytes(f"steady {purpose}\n{value}")).hexdigest()


def _bytes(value: str) -> bytes:
    """As UTF-8; bytes of a header that are no text come from Sanic as lone surrogates."""
    return value.encode("utf-8", "surrogatepass")


def utc_now() -> datetime:
    return datetime.now(timezone.utc)
