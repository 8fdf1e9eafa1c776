"""The calls: opened, listed, annotated, closed, deleted. What a call is about is copied from its case.

Every function takes a connection inside a transaction (database.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]

from rasa_project.staff.accounts import Account
from rasa_project.staff.tables import accounts, calls, tags

OPEN, CLOSED = "open", "closed"
#: Under what the counts have the calls without a channel, platform or disposition; no id has brackets.
NOT_KNOWN = "(not known)"
#: Calls on one page of the list.
PAGE = 50
#: The times of a call that the API tells.
TIMES = ("opened_at", "closed_at", "began_at", "changed_at", "since", "withdrawn_at")


@dataclass(frozen=True)
class About:
    """What is copied from the case of a call, to list, search and count by (about.py)."""

    language: str
    risk: bool = False
    elapsed: str | None = None
    amount: float | None = None
    currency: str | None = None
    channels: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Filter:
    """What of the list is wanted; everything that is set must be true. ``to`` is the last day, inclusive."""

    state: str | None = None
    text: str = ""
    channel: str | None = None
    platform: str | None = None
    disposition: str | None = None
    since: date | None = None
    to: date | None = None
    mine: bool = False
    page: int = 1


@dataclass(frozen=True)
class Call:
    """One call, as the database has it. ``session`` is the id inside the conversation's token."""

    row: Mapping[str, Any]
    staff: str
    channels: tuple[str, ...] = field(default=())
    platforms: tuple[str, ...] = field(default=())

    @property
    def number(self) -> int:
        return int(self.row["number"])

    @property
    def session(self) -> bytes:
        return bytes.fromhex(self.row["session"])

    @property
    def is_open(self) -> bool:
        return bool(self.row["state"] == OPEN)

    @property
    def about(self) -> About:
        """What was last copied from the case."""
        row = self.row
        same = {name: row[name] for name in ("language", "elapsed", "amount", "currency", "words")}
        return About(**same, risk=bool(row["risk"]), channels=self.channels, platforms=self.platforms)

    def to_dict(self) -> dict[str, Any]:
        """The call as the API tells it, without what only the server needs."""
        row = self.row
        amount = {"value": row["amount"], "currency": row["currency"]} if row["amount"] is not None else None
        same = (
            "id",
            "number",
            "state",
            "language",
            "region",
            "disposition",
            "elapsed",
            "afterwards",
            "handover",
        )
        return {
            **{name: row[name] for name in same},
            **{name: iso(row[name]) for name in TIMES},
            "staff": self.staff,
            "risk": "high" if row["risk"] else "normal",
            "channels": list(self.channels),
            "platforms": list(self.platforms),
            "amount": amount,
            "notes_version": row["notes_version"],
            "holder": row["holder"],
        }


def open_call(
    db: Any,
    account: Account,
    session: bytes,
    language: str,
    region: str,
    began_at: datetime | None = None,
    afterwards: bool = False,
    handover: bool = False,
) -> Call:
    """A new call of ``account``."""
    now = datetime.now(timezone.utc)
    number = db.execute(
        calls.insert().values(
            id=secrets.token_hex(16),
            session=session.hex(),
            account=account.id,
            language=language,
            region=region,
            state=OPEN,
            afterwards=afterwards,
            handover=handover,
            holder="bot",
            began_at=began_at or now,
            opened_at=now,
            changed_at=now,
            notes="",
            notes_version=0,
            risk=0,
            words="",
        )
    ).inserted_primary_key[0]
    return _found(db, calls.c.number == number)[0]


def find(db: Any, call_id: str, account: Account) -> Call | None:
    """The call of this id, if ``account`` may see it."""
    found = _found(db, sa.and_(calls.c.id == call_id, _visible(account)))
    return found[0] if found else None


def listing(db: Any, account: Account, wanted: Filter) -> dict[str, Any]:
    """``{"calls", "total", "page", "pages"}``: open ones first, of these those at high risk, then newest."""
    where = _where(account, wanted)
    total = db.execute(sa.select(sa.func.count()).select_from(calls).where(where)).scalar_one()
    is_open = sa.case((calls.c.state == OPEN, 1), else_=0)
    order = (is_open.desc(), (calls.c.risk * is_open).desc(), calls.c.began_at.desc(), calls.c.number.desc())
    found = _found(db, where, order, PAGE, (wanted.page - 1) * PAGE)
    pages = max(1, -(-total // PAGE))
    return {"calls": [c.to_dict() for c in found], "total": total, "page": wanted.page, "pages": pages}


def describe(db: Any, call: Call, about: About) -> Call:
    """Copy what the call is about."""
    values = {name: getattr(about, name) for name in ("language", "elapsed", "amount", "currency", "words")}
    now = datetime.now(timezone.utc)
    db.execute(_row(call, calls.update()).values(**values, risk=int(about.risk), changed_at=now))
    wanted = {("channel", value) for value in about.channels} | {
        ("platform", value) for value in about.platforms
    }
    stored = sa.select(tags.c.kind, tags.c.value).where(tags.c.call == call.number)
    if wanted != {tuple(row) for row in db.execute(stored)}:
        db.execute(tags.delete().where(tags.c.call == call.number))
        if wanted:
            rows = [{"call": call.number, "kind": kind, "value": value} for kind, value in sorted(wanted)]
            db.execute(tags.insert(), rows)
    return _again(db, call)


def write_notes(db: Any, call: Call, notes: str, version: int) -> tuple[bool, str, int]:
    """Whether the notes were ``version`` until now and are these from now on; the notes, their version."""
    here = sa.and_(calls.c.number == call.number, calls.c.notes_version == version)
    values = {"notes": notes, "notes_version": version + 1, "changed_at": datetime.now(timezone.utc)}
    written = bool(db.execute(calls.update().where(here).values(**values)).rowcount)
    row = _again(db, call).row
    return written, row["notes"], row["notes_version"]


def change(db: Any, call: Call, **values: Any) -> Call:
    """Set columns of a call."""
    db.execute(_row(call, calls.update()).values(**values, changed_at=datetime.now(timezone.utc)))
    return _again(db, call)


def close(db: Any, call: Call, disposition: str) -> Call:
    return change(db, call, state=CLOSED, disposition=disposition, closed_at=datetime.now(timezone.utc))


def reopen(db: Any, call: Call) -> Call:
    return change(db, call, state=OPEN, closed_at=None)


def delete(db: Any, call: Call) -> None:
    """Remove the call and its notes. Its conversation is removed by whoever owns that."""
    db.execute(tags.delete().where(tags.c.call == call.number))
    db.execute(_row(call, calls.delete()))


def of_session(db: Any, session: bytes) -> list[Call]:
    """The calls that staff have of a person's conversation."""
    return _found(db, calls.c.session == session.hex())


def withdrawn(db: Any, session: bytes) -> None:
    """The person ended staff's access to the conversation.

    The call stays with staff's own notes; what was copied from the person's case is forgotten.
    """
    mine = sa.and_(calls.c.session == session.hex(), calls.c.handover, calls.c.withdrawn_at.is_(None))
    now = datetime.now(timezone.utc)
    numbers = list(db.execute(sa.select(calls.c.number).where(mine)).scalars())
    db.execute(tags.delete().where(tags.c.call.in_(numbers)))
    copied = {"elapsed": None, "amount": None, "currency": None, "since": None, "words": "", "risk": 0}
    values = {**copied, "withdrawn_at": now, "holder": "bot", "changed_at": now}
    db.execute(calls.update().where(mine).values(**values))


def old(db: Any, before: datetime) -> list[Call]:
    """The calls that nobody has changed since ``before``."""
    return _found(db, calls.c.changed_at < before)


def counts(db: Any, account: Account, wanted: Filter) -> dict[str, Any]:
    """How many calls, by channel, platform, disposition and day (UTC) on which they began. Nobody's data.

    Every call is in every group: of which nothing is known, or no more since its person withdrew, under
    ``NOT_KNOWN``; with two channels, under both.
    """
    where = _where(account, wanted)

    def by(column: Any, source: Any = calls) -> dict[str, int]:
        query = sa.select(column, sa.func.count()).select_from(source).where(where)
        rows = db.execute(query.group_by(column).order_by(column))
        return {NOT_KNOWN if value is None else str(value): number for value, number in rows}

    def tagged(kind: str) -> Any:
        return calls.outerjoin(tags, sa.and_(tags.c.call == calls.c.number, tags.c.kind == kind))

    day = sa.func.date(calls.c.began_at)
    return {
        "total": db.execute(sa.select(sa.func.count()).select_from(calls).where(where)).scalar_one(),
        "by_channel": by(tags.c.value, tagged("channel")),
        "by_platform": by(tags.c.value, tagged("platform")),
        "by_disposition": by(calls.c.disposition),
        "by_day": by(day),
    }


def _visible(account: Account) -> Any:
    return sa.true() if account.is_supervisor else calls.c.account == account.id


def _where(account: Account, wanted: Filter) -> Any:
    conditions = [_visible(account)]
    if wanted.mine:
        conditions.append(calls.c.account == account.id)
    if wanted.state:
        conditions.append(calls.c.state == wanted.state)
    if wanted.disposition:
        conditions.append(calls.c.disposition == wanted.disposition)
    for kind, value in (("channel", wanted.channel), ("platform", wanted.platform)):
        if value:
            of = tags.alias()  # counts join the tags themselves
            tagged = sa.and_(of.c.call == calls.c.number, of.c.kind == kind, of.c.value == value)
            conditions.append(sa.exists().where(tagged))
    if wanted.since:
        conditions.append(calls.c.began_at >= midnight(wanted.since))
    if wanted.to:
        conditions.append(calls.c.began_at < midnight(wanted.to + timedelta(days=1)))
    for word in wanted.text.lower().split()[:8]:
        number = word.lstrip("#")
        texts = (sa.func.lower(calls.c.words), sa.func.lower(calls.c.notes))
        found = [text.contains(word, autoescape=True) for text in texts]
        by_staff = sa.select(accounts.c.id).where(
            sa.func.lower(accounts.c.name).contains(word, autoescape=True)
        )
        found.append(calls.c.account.in_(by_staff))
        if number.isascii() and number.isdecimal() and len(number) < 10:
            found.append(calls.c.number == int(number))
        conditions.append(sa.or_(*found))
    return sa.and_(*conditions)


def midnight(day: date) -> datetime:
    """The beginning of a day (UTC)."""
    return datetime.combine(day, time(), timezone.utc)


def _row(call: Call, statement: Any) -> Any:
    return statement.where(calls.c.number == call.number)


def _again(db: Any, call: Call) -> Call:
    return _found(db, calls.c.number == call.number)[0]


def _found(
    db: Any, where: Any, order: tuple[Any, ...] = (calls.c.number,), limit: int | None = None, offset: int = 0
) -> list[Call]:
    joined = calls.join(accounts, accounts.c.id == calls.c.account)
    query = sa.select(*calls.c, accounts.c.name.label("staff")).select_from(joined).where(where)
    rows = db.execute(query.order_by(*order).limit(limit).offset(offset)).mappings().all()
    tagged: dict[int, dict[str, list[str]]] = {}
    if rows:
        of = sa.select(tags).where(tags.c.call.in_([row["number"] for row in rows])).order_by(tags.c.value)
        for tag in db.execute(of):
            tagged.setdefault(tag.call, {}).setdefault(tag.kind, []).append(tag.value)
    return [
        Call(
            dict(row),
            row["staff"],
            *(tuple(tagged.get(row["number"], {}).get(k, ())) for k in ("channel", "platform")),
        )
        for row in rows
    ]


def iso(value: datetime | None) -> str | None:
    """A time as the API tells it."""
    return value.isoformat(timespec="seconds").replace("+00:00", "Z") if value else None
