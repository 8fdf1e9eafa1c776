"""Days of checking and of the next review: the only rules that depend on the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.checking.finding import Finding
from knowledge.pack import Pack

#: A review that is overdue by more days than this is an error.
OVERDUE_DAYS = 90


def findings(pack: Pack, today: date) -> Iterator[Finding]:
    """Dates that cannot be, and reviews that are due as of ``today``."""
    for kind, items in (("contacts", pack.contacts), ("sources", pack.sources)):
        for item in items.values():
            at = f"{kind}[{item.id}]"
            if item.checked > today:
                yield f"{at}.checked", f"{item.checked} is in the future; write the day of the check", "error"
            if item.review_by <= item.checked:
                yield f"{at}.review_by", f"{item.review_by} is not after `checked`; give a later day", "error"
            late = (today - item.review_by).days
            if late > 0:
                message = f"the review was due {late} days ago; check it again and set both dates"
                yield f"{at}.review_by", message, "error" if late > OVERDUE_DAYS else "warning"
