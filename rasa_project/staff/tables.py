"""The tables of the hotline's database. Alembic's migrations make them (migrations/); times are UTC."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa  # type: ignore[import-untyped]

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.TypeDecorator[Any]):
    """A time with its zone in Python, stored in UTC without one: SQLite keeps none."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        return value.astimezone(timezone.utc).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        return value.replace(tzinfo=timezone.utc) if value else None


#: ``role`` is one of accounts.ROLES. A disabled account keeps its name in the audit trail.
accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("password", sa.String(200), nullable=False),  # an argon2 hash
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("disabled_at", Moment),
)

#: ``id`` is a hash of the cookie's value: who reads the database cannot use a session.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("account", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
)

#: Failed sign-ins, by what is locked: an account's name from an address, or an address (both hashed).
failures = sa.Table(
    "failures",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
)

#: One row a call. ``number`` is what people say; ``id`` is what addresses carry, and cannot be guessed.
#: ``session`` (hexadecimal) is the id that the conversation's token would hold (channels/tokens.py).
calls = sa.Table(
    "calls",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(32), nullable=False, unique=True),
    sa.Column("session", sa.String(32), nullable=False, index=True),
    sa.Column("account", sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("region", sa.String(32), nullable=False),
    sa.Column("state", sa.String(8), nullable=False, index=True),
    sa.Column("afterwards", sa.Boolean, nullable=False),
    sa.Column("handover", sa.Boolean, nullable=False),
    sa.Column("holder", sa.String(8), nullable=False),  # who answers: bot or staff; copied (handover.py)
    sa.Column("began_at", Moment, nullable=False, index=True),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("closed_at", Moment),
    sa.Column("withdrawn_at", Moment),  # the person ended staff's access to a handed-over conversation
    sa.Column("since", Moment),  # when the money left, as staff read it off a receipt
    sa.Column("disposition", sa.String(64), index=True),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("notes_version", sa.Integer, nullable=False),
    # What follows is copied from the conversation's case after each turn, to list, search and count by.
    sa.Column("risk", sa.Integer, nullable=False),  # 1: high
    sa.Column("elapsed", sa.String(16)),
    sa.Column("amount", sa.Float),
    sa.Column("currency", sa.String(8)),
    sa.Column("words", sa.Text, nullable=False),  # names of channels and platforms, in every language
    sqlite_autoincrement=True,  # a deleted call's number is nobody else's: the audit trail names it
)

#: The channels and platforms of a call: ``kind`` is channel or platform.
tags = sa.Table(
    "call_tags",
    metadata,
    sa.Column("call", sa.ForeignKey("calls.number", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("value", sa.String(64), primary_key=True),
)

#: Short codes, hashed. ``kind``: person (opens a conversation to staff) or plan (opens a plan to read).
codes = sa.Table(
    "codes",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("session", sa.String(32), nullable=False, index=True),
    sa.Column("expires_at", Moment, nullable=False),
)

#: Who did what to which call, when. Never what was said. The name is copied: it outlives the account.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("account", sa.String(64), nullable=False),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("call", sa.Integer),  # the call's number; no reference: it outlives the call
)
