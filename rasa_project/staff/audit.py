"""The audit trail: who did what to which call, when. Never what was said."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]

from rasa_project.staff.tables import audit

#: Everything that is written down.
ACTIONS = (
    "signed_in",
    "signed_out",
    "opened",  # began a call, or looked into one
    "changed",  # notes, ticks, the time of the transfer
    "closed",
    "reopened",
    "exported",  # a summary, the list's counts
    "linked",  # made the code to the plan
    "joined",  # entered a person's code
    "taken",
    "given",
    "deleted",
)
PAGE = 100


def note(db: Any, account: str, action: str, call: int | None = None) -> None:
    """Write one line of the trail."""
    assert action in ACTIONS
    db.execute(
        audit.insert().values(at=datetime.now(timezone.utc), account=account, action=action, call=call)
    )


def page(db: Any, number: int) -> dict[str, Any]:
    """``{"entries": [{"at", "account", "action", "call"}], "total", "page", "pages"}``, the newest first."""
    total = db.execute(sa.select(sa.func.count()).select_from(audit)).scalar_one()
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(PAGE).offset((number - 1) * PAGE)
    entries = [
        {"at": row.at.isoformat(), "account": row.account, "action": row.action, "call": row.call}
        for row in db.execute(query)
    ]
    return {"entries": entries, "total": total, "page": number, "pages": max(1, -(-total // PAGE))}


def purge(db: Any, before: datetime) -> int:
    """Forget what is older; how many lines."""
    return int(db.execute(audit.delete().where(audit.c.at < before)).rowcount)
