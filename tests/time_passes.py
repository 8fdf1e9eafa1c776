"""Time that passes for a conversation in running servers: its token expires, or hours go by in its record."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

from rasa_project.channels import tokens
from tests.chat import Chat

HOUR = 3600
#: Those of Rasa's table that stay as they are, and the event itself.
COLUMNS = "sender_id, type_name, intent_name, action_name, data"
#: For so long another writer is waited for, in seconds.
BUSY = 30


def token_expires(chat: Chat, home: Path, hours: float = 1) -> None:
    """Give ``chat`` the token that its own was ``hours`` after it expired. ``home``: the servers' own."""
    secret = tokens.load_secret({}, home / "data" / "secret")
    session = tokens.verify(secret, chat.token, time.time())
    chat.token = tokens.issue(secret, session, int(time.time() - hours * HOUR))


def hours_go_by(chat: Chat, home: Path, hours: float) -> None:
    """Let everything that was said in ``chat`` have been said ``hours`` earlier. ``home`` is the servers'.

    The rows are written anew: a server that remembers the old ones finds them gone, and reads again.
    """
    secret = tokens.load_secret({}, home / "data" / "secret")
    conversation = tokens.conversation_id(tokens.verify(secret, chat.token, time.time()))
    with sqlite3.connect(home / "data" / "tracker.db", timeout=BUSY) as database:
        rows = database.execute(f"SELECT id, {COLUMNS} FROM events WHERE sender_id = ?", (conversation,))
        for number, *others, data in rows.fetchall():
            event = json.loads(data)
            event["timestamp"] -= hours * HOUR
            database.execute(
                f"INSERT INTO events ({COLUMNS}, timestamp) VALUES (?, ?, ?, ?, ?, ?)",
                (*others, json.dumps(event), event["timestamp"]),
            )
            database.execute("DELETE FROM events WHERE id = ?", (number,))
