"""The audit trail: who did what to which call or account, when. Never what was said or typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]

from rasa_project.staff import accounts
from rasa_project.staff.calls import midnight
from rasa_project.staff.tables import audit

#: Everything that is written down.
ACTIONS = (
    "signed_in",
    "signed_out",
    "opened",  # began a call, or looked into one
    "changed",  # answers, notes, ticks, the time of the transfer, words to the person
    "closed",
    "reopened",
    "exported",  # a summary, the list's counts, this trail
    "linked",  # made the code to the plan
    "joined",  # entered a person's code
    "taken",
    "given",
    "deleted",
    "refused",  # a wrong name or password
    "locked",  # so many of them that sign-in is locked
    "made",  # what an operator did to an account at the command line; the line names that account
    "disabled",
    "enabled",
    "reset",
    "backed_up",  # what an operator did to the whole database at the command line
    "restored",
    "purged",
)
#: Who tried to sign in by a name that is no account's. What was typed is not kept: it may be a password.
UNKNOWN = "(unknown)"  # no account can have it: accounts.NAME
#: Who copied, put back or purged the database: whoever may run commands on the server.
OPERATOR = "(operator)"
PAGE = 100
#: Changes that one account makes to one call within this time of each other's first are one line.
ONE_LINE = timedelta(minutes=5)


@dataclass(frozen=True)
class Wanted:
    """What of the trail is wanted; everything that is set must be true. ``to`` is the last day, inclusive."""

    account: str | None = None
    action: str | None = None
    call: int | None = None
    since: date | None = None
    to: date | None = None
    page: int = 1


def note(db: Any, account: str, action: str, call: int | None = None) -> None:
    """Write one line of the trail; none for a change right after another one by the same account."""
    assert action in ACTIONS
    now = datetime.now(timezone.utc)
    if action == "changed" and _just_changed(db, account, call, now):
        return
    db.execute(audit.insert().values(at=now, account=account, action=action, call=call))


def note_refusal(db: Any, name: str, action: str, now: datetime, within: timedelta) -> None:
    """Write that a sign-in as ``name`` was refused or locked.

    One line for each account, or for all names that are none, within this time: nobody can fill the disk.
    """
    account = accounts.written(db, name) or UNKNOWN
    same = sa.and_(audit.c.account == account, audit.c.action == action, audit.c.at > now - within)
    if db.execute(sa.select(audit.c.id).where(same).limit(1)).first() is None:
        db.execute(audit.insert().values(at=now, account=account, action=action))


def _just_changed(db: Any, account: str, call: int | None, now: datetime) -> bool:
    """Whether the last line about this call is that this account changed it, a moment ago."""
    newest = sa.select(audit).where(audit.c.call == call).order_by(audit.c.id.desc()).limit(1)
    row = db.execute(newest).first()
    return row is not None and (row.account, row.action) == (account, "changed") and row.at > now - ONE_LINE


def page(db: Any, wanted: Wanted) -> dict[str, Any]:
    """The newest lines first, a page of them.

    ``{"entries": [{"at", "account", "action", "call"}], "total", "page", "pages", "accounts", "actions"}``;
    ``accounts`` are the names in the whole trail, ``actions`` what it can hold.
    """
    where = _where(wanted)
    total = db.execute(sa.select(sa.func.count()).select_from(audit).where(where)).scalar_one()
    names = sa.select(audit.c.account).distinct().order_by(audit.c.account)
    return {
        "entries": list(_lines(db, where, PAGE, (wanted.page - 1) * PAGE)),
        "total": total,
        "page": wanted.page,
        "pages": max(1, -(-total // PAGE)),
        "accounts": list(db.execute(names).scalars()),
        "actions": list(ACTIONS),
    }


def everything(db: Any, wanted: Wanted) -> list[Mapping[str, Any]]:
    """All lines that are wanted, on whatever page: ``{"at", "account", "action", "call"}``, newest first."""
    return _lines(db, _where(wanted))


def _lines(db: Any, where: Any, limit: int | None = None, offset: int = 0) -> list[Mapping[str, Any]]:
    query = sa.select(audit).where(where).order_by(audit.c.id.desc()).limit(limit).offset(offset)
    return [
        {"at": row.at.isoformat(), "account": row.account, "action": row.action, "call": row.call}
        for row in db.execute(query)
    ]


def _where(wanted: Wanted) -> Any:
    columns = {"account": audit.c.account, "action": audit.c.action, "call": audit.c.call}
    conditions = [
        column == getattr(wanted, name)
        for name, column in columns.items()
        if getattr(wanted, name) is not None
    ]
    if wanted.since:
        conditions.append(audit.c.at >= midnight(wanted.since))
    if wanted.to:
        conditions.append(audit.c.at < midnight(wanted.to + timedelta(days=1)))
    return sa.and_(sa.true(), *conditions)


def purge(db: Any, before: datetime) -> int:
    """Forget what is older; how many lines."""
    return int(db.execute(audit.delete().where(audit.c.at < before)).rowcount)
