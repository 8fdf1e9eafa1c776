"""Button payloads: an intent and, where it has one, a value; what comes back when a button is pressed."""

from __future__ import annotations

import json


def payload(intent: str, **values: str) -> str:
    """``/intent`` or ``/intent{"name":"value"}``, the form Rasa reads."""
    if not values:
        return f"/{intent}"
    return f"/{intent}{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}"


def answer(slot: str, value: str) -> str:
    """The payload that answers the question ``slot`` with ``value``."""
    return payload("answer", **{slot: value})
