"""What a person reads after the visits, and what a program reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from knowledge.load import Places
from knowledge.source_check.verdict import VERDICTS, Result

TO_DO = {
    "changed": "another number stands there: find out which is right, on the owner's own site or by calling",
    "gone": "look for it on the owner's own site, then correct the page or the number",
    "moved": "make sure the new host is the owner's before you follow it",
    "silent": "did not answer: try again later, or look by hand",
    "no page": "no page known: look the number up on the owner's own site",
}
ALL_SHOWN, LOOK, NOTHING_REACHED = 0, 1, 2


def status(results: Sequence[Result]) -> int:
    """0 every page that was visited shows it, 1 a person must look, 2 nothing was reached."""
    verdicts = [visit.verdict for result in results for visit in result.visits]
    if not any(verdict != "silent" for verdict in verdicts):
        return NOTHING_REACHED
    return ALL_SHOWN if all(verdict == "shown" for verdict in verdicts) else LOOK


def lines(results: Sequence[Result], places: Places, today: date) -> Iterator[str]:
    """The report: worst first, each with what was seen and what to do, then the dates to set by hand."""
    for verdict in VERDICTS:
        group = [result for result in results if result.verdict == verdict]
        if not group:
            continue
        yield f"{verdict} ({len(group)})" + (f": {TO_DO[verdict]}" if verdict in TO_DO else "")
        for result in group:
            contact = result.contact
            name = " / ".join(contact.name.values())
            yield f"  {contact.id}: {name}: {contact.phone or contact.url}"
            yield from (f"    {visit.url} {visit.seen}" for visit in result.visits)
        yield ""
    yield from _dates([r for r in results if r.verdict == "shown"], places, today)
    yield ", ".join(f"{v} {sum(r.verdict == v for r in results)}" for v in VERDICTS)


def _dates(confirmed: Sequence[Result], places: Places, today: date) -> Iterator[str]:
    if not confirmed:
        return
    yield "Confirmed. After a look of your own, write these dates:"
    for result in confirmed:
        contact = result.contact
        place = places[f"contacts[{contact.id}].checked"]
        yield f"  # {place.file}:{place.line} {contact.id}"
        yield f"    checked: {today}"
        yield f"    review_by: {today + (contact.review_by - contact.checked)}"
    yield ""


def as_json(results: Sequence[Result], today: date) -> dict[str, Any]:
    """The same for a program: date, status, and each contact with its visits."""
    return {
        "date": today.isoformat(),
        "status": status(results),
        "contacts": [
            {
                "id": result.contact.id,
                "name": dict(result.contact.name),
                "way": result.contact.phone or result.contact.url,
                "verdict": result.verdict,
                "pages": [
                    {"url": visit.url, "verdict": visit.verdict, "seen": visit.seen}
                    for visit in result.visits
                ],
            }
            for result in results
        ],
    }
