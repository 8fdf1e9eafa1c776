"""Time that passes for a conversation in running servers: its token expires, or hours go by in its record."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

from rasa_project.channels import tokens
from tests.chat import Chat

HOUR = 3600
#: For so long another writer is waited for, in seconds.
BUSY = 30


def token_expires(chat: Chat, home: Path, hours: float = 1) -> None:
    """Give ``chat`` the token that its own was ``hours`` after it expired. ``home``: the servers' own."""
    secret = tokens.load_secret(None, home / "data" / "secret")
    session = tokens.verify(secret, chat.token, time.time())
    chat.token = tokens.issue(secret, session, int(time.time() - hours * HOUR))


def hours_go_by(chat: Chat, home: Path, hours: float) -> None:
    """Let everything that was said in ``chat`` have been said ``hours`` earlier. ``home`` is the servers'."""
    secret = tokens.load_secret(None, home / "data" / "secret")
    conversation = tokens.conversation_id(tokens.verify(secret, chat.token, time.time()))
    with sqlite3.connect(home / "data" / "tracker.db", timeout=BUSY) as database:
        rows = database.execute("SELECT id, data FROM events WHERE sender_id = ?", (conversation,)).fetchall()
        for row, data in rows:
            event = json.loads(data)
            event["timestamp"] -= hours * HOUR
            database.execute(
                "UPDATE events SET data = ?, timestamp = ? WHERE id = ?",
                (json.dumps(event), event["timestamp"], row),
            )
