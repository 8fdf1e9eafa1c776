"""How long calls are kept: what is too old is deleted, with the conversation behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from rasa_project.staff import audit, calls, codes
from rasa_project.staff.calls import Call
from rasa_project.staff.database import Database
from rasa_project.staff.settings import StaffSettings
from rasa_project.staff.signin import utc_now


def delete(db: Any, call: Call) -> None:
    """Remove a call with its notes; the codes to its plan where the conversation was the hotline's own."""
    if not call.row["handover"]:
        codes.revoke(db, call.session)
    calls.delete(db, call)


def forget(db: Any, session: bytes) -> None:
    """A person deleted their conversation: the calls that staff made of it and its codes go as well."""
    for call in calls.of_session(db, session):
        calls.delete(db, call)
    codes.revoke(db, session)


async def purge(
    database: Database, settings: StaffSettings, end_conversation: Callable[[bytes], Awaitable[None]]
) -> dict[str, int]:
    """Delete what is older than the settings say. How many calls, codes and lines of the audit trail.

    ``end_conversation`` is given the session of each deleted call, except of one that a person handed over:
    that conversation is theirs. A call whose conversation cannot be deleted now stays for the next time.
    """
    now = utc_now()
    deleted = {"calls": 0, "codes": await database.run(codes.purge, now), "audit": 0}
    if settings.keep_days:
        for call in await database.run(calls.old, now - timedelta(days=settings.keep_days)):
            if not call.row["handover"]:
                await end_conversation(call.session)
            await database.run(delete, call)
            deleted["calls"] += 1
    if settings.keep_audit_days:
        before = now - timedelta(days=settings.keep_audit_days)
        deleted["audit"] = await database.run(audit.purge, before)
    if any(deleted.values()):
        database.tidy()
    return deleted
