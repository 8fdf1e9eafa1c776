"""What the console sent, checked: calls, notes, filters, dates. Nothing here knows Rasa or the database."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from rasa_project.channels.errors import ApiError, bad_request
from rasa_project.channels.incoming import MESSAGE_ID, Incoming, clean_text
from rasa_project.staff import audit
from rasa_project.staff.calls import CLOSED, OPEN, Filter

LONGEST_NOTES = 8000
LONGEST_NAME = 200
#: How far back a call can be entered afterwards.
OLDEST = timedelta(days=366)


def read_text(body: Mapping[str, Any], name: str, longest: int, empty: bool = False) -> str:
    """A text of the body without control characters. ApiError 400, 413."""
    value = body.get(name)
    if not isinstance(value, str) or not (value.strip() or empty):
        raise bad_request(f'"{name}" must be a text.')
    if len(value) > longest:
        raise ApiError(413, "text_too_long", f'"{name}" may have at most {longest} characters.')
    return printable(value)


def printable(text: str) -> str:
    """``text`` without control characters and lone surrogates."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def read_choice(
    body: Mapping[str, Any], name: str, choices: Collection[str], default: str | None = None
) -> str:
    """One of ``choices``, or ``default`` where the body does not say."""
    value = body.get(name, default)
    if not isinstance(value, str) or value not in choices:
        raise bad_request(f'"{name}" must be one of: {", ".join(choices)}.', f"unknown_{name}")
    return value


def read_flag(body: Mapping[str, Any], name: str) -> bool:
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise bad_request(f'"{name}" must be true or false.')
    return value


def read_version(body: Mapping[str, Any]) -> int:
    value = body.get("version")
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise bad_request('"version" must be the version of the notes that were changed.')
    return value


def read_moment(body: Mapping[str, Any], name: str, now: datetime) -> datetime | None:
    """A time in the past (ISO 8601, with its zone), or None where the body does not say."""
    value = body.get(name)
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        raise bad_request(f'"{name}" must be a time such as 2026-11-23T16:00:00Z.') from None
    if at.tzinfo is None:
        raise bad_request(f'"{name}" needs its time zone, such as Z or +08:00.')
    if not now - OLDEST <= at <= now + timedelta(minutes=5):
        raise bad_request(f'"{name}" must be within the last year.')
    return at.astimezone(timezone.utc)


def read_said(body: Mapping[str, Any]) -> Incoming:
    """A message of staff to the person: an id and a text."""
    message_id = body.get("id")
    if not isinstance(message_id, str) or not MESSAGE_ID.fullmatch(message_id):
        raise bad_request('"id" must be 1 to 64 characters of A-Z, a-z, 0-9, "_" and "-".', "bad_id")
    text = body.get("text")
    if not isinstance(text, str):
        raise bad_request('"text" must be a string.')
    return Incoming(message_id, text=clean_text(text))


def read_after(value: str | None) -> int:
    """The number after which messages are wanted."""
    return read_number(value, "after", 0)


def read_number(value: str | None, name: str, default: int) -> int:
    if value is None:
        return default
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise bad_request(f'"{name}" must be a number.')
    return int(value)


def read_query(args: Mapping[str, Any], name: str) -> str:
    """Words of the address, cut to what anybody searches for. PostgreSQL takes no null characters."""
    return printable(args.get(name) or "")[:200]


def read_filter(args: Mapping[str, Any]) -> Filter:
    """The list's filter from the address (``args.get`` gives the first value of a name)."""
    state = args.get("state")
    if state and state not in (OPEN, CLOSED):
        raise bad_request(f'"state" must be {OPEN} or {CLOSED}.')
    return Filter(
        state=state or None,
        text=read_query(args, "q"),
        channel=read_query(args, "channel") or None,
        platform=read_query(args, "platform") or None,
        disposition=read_query(args, "disposition") or None,
        since=_day(args.get("from"), "from"),
        to=_day(args.get("to"), "to"),
        mine=args.get("mine") == "1",
        page=max(1, read_number(args.get("page"), "page", 1)),
    )


def read_trail(args: Mapping[str, Any]) -> audit.Wanted:
    """What of the audit trail is wanted, from the address."""
    action = args.get("action") or None
    if action and action not in audit.ACTIONS:
        raise bad_request(f'"action" must be one of: {", ".join(audit.ACTIONS)}.', "unknown_action")
    call = (args.get("call") or "").lstrip("#")
    return audit.Wanted(
        account=read_query(args, "account") or None,
        action=action,
        call=read_number(call, "call", 0) if call else None,
        since=_day(args.get("from"), "from"),
        to=_day(args.get("to"), "to"),
        page=max(1, read_number(args.get("page"), "page", 1)),
    )


def _day(value: str | None, name: str) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise bad_request(f'"{name}" must be a day such as 2026-11-23.') from None
    if not 2000 <= day.year < 2200:
        raise bad_request(f'"{name}" must be a day of this century.')
    return day
