"""What a client sent, checked: bodies, message ids, texts, payloads, languages. Nothing here knows Rasa."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.case import AUDIENCES
from knowledge.payloads import payload
from rasa_project.channels.errors import ApiError, bad_request

LONGEST_TEXT = 2000
LONGEST_PAYLOAD = 2000
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
#: What a client may always send, offered or not: the page's own controls, and its switch of language.
CONTROLS = ("/show_plan", "/start_over")
SLASHES = "/\N{FULLWIDTH SOLIDUS}"
#: Characters that are invisible at the start of a text and would hide a slash behind them.
_INVISIBLE = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


@dataclass(frozen=True)
class Incoming:
    """One message of a client: exactly one of ``text`` and ``payload`` is set."""

    id: str
    text: str | None = None
    payload: str | None = None


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in ``body``; an empty body is the empty object. ApiError 400 for anything else."""
    if not body.strip():
        return {}
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_no_key_twice)
    except (ValueError, RecursionError):
        raise bad_request("The body is not valid JSON in UTF-8.", "bad_json") from None
    if not isinstance(value, dict):
        raise bad_request("The body must be a JSON object.")
    return value


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice reads differently to different readers, so it is refused."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise ValueError("a key twice")
    return read


def read_message(body: dict[str, Any]) -> Incoming:
    """A checked message. ApiError 400, or 413 text_too_long."""
    message_id = body.get("id")
    if not isinstance(message_id, str) or not MESSAGE_ID.fullmatch(message_id):
        raise bad_request('"id" must be 1 to 64 characters of A-Z, a-z, 0-9, "_" and "-".', "bad_id")
    if ("text" in body) == ("payload" in body):
        raise bad_request('Send exactly one of "text" and "payload".')
    if "payload" in body:
        payload = body["payload"]
        if not isinstance(payload, str) or not 2 <= len(payload) <= LONGEST_PAYLOAD:
            raise bad_request('"payload" must be the payload of a button.')
        return Incoming(message_id, payload=payload)
    if not isinstance(body["text"], str):
        raise bad_request('"text" must be a string.')
    return Incoming(message_id, text=clean_text(body["text"]))


def clean_text(text: str) -> str:
    """What a person typed, fit to store: no control characters, no lone surrogates, not empty."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()
    if not kept:
        raise bad_request('"text" must not be empty.', "empty_text")
    if len(kept) > LONGEST_TEXT:
        raise ApiError(
            413, "text_too_long", f"A message may have at most {LONGEST_TEXT} characters. Send it in parts."
        )
    return kept


def as_typed(text: str) -> str:
    """``text`` such that Rasa reads it as typed words: to Rasa a text that starts with "/" is an intent."""
    start = 0
    while start < len(text) and unicodedata.category(text[start]) in _INVISIBLE:
        start += 1
    if start < len(text) and text[start] in SLASHES:
        return "\N{FULLWIDTH SOLIDUS}" + text[start + 1 :]
    return text


def offered(payload: str, payloads: Iterable[str]) -> str | None:
    """The one of ``payloads`` that says the same as ``payload``, or None. Spaces in JSON do not matter."""
    wanted = _parsed(payload)
    for candidate in payloads:
        if candidate == payload or (wanted is not None and _parsed(candidate) == wanted):
            return candidate
    return None


def _parsed(payload: str) -> tuple[str, Any] | None:
    name, brace, rest = payload.partition("{")
    try:
        return name.strip(), json.loads(brace + rest) if brace else None
    except (ValueError, RecursionError):
        return None


def always_allowed(languages: Iterable[str]) -> tuple[str, ...]:
    """The payloads that a client may send unoffered, where these languages are spoken."""
    return (*(payload("switch_language", language=language) for language in languages), *CONTROLS)


def read_language(body: dict[str, Any], accept_language: str | None, languages: Sequence[str]) -> str:
    """The one of ``languages`` asked for in the body, else in Accept-Language, else the first of them."""
    asked = body.get("language")
    if asked is None:
        return preferred_language(accept_language, languages) or languages[0]
    if asked not in languages:
        raise bad_request(f'"language" must be one of: {", ".join(languages)}.', "unknown_language")
    return str(asked)


def preferred_language(header: str | None, languages: Sequence[str]) -> str | None:
    """The first of ``languages`` in an Accept-Language header, by weight; None when it names none of them."""
    ranked = []
    for position, part in enumerate((header or "")[:500].split(",")):
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.replace(" ", "").removeprefix("q=")) if weight else 1.0
        except ValueError:
            quality = 0.0
        ranked.append((-quality, position, tag.strip().lower()))
    for negative, _, wanted in sorted(ranked):
        for language in (wanted, wanted.partition("-")[0]):
            if negative < 0 and language in languages:
                return language
    return None


def read_audience(body: dict[str, Any], staff_allowed: bool, languages: Sequence[str]) -> dict[str, str]:
    """``audience`` and, for staff, ``staff_language``, as far as the body names them.

    ApiError 400: not one of ours, or staff where that is not allowed.
    """
    audience = body.get("audience")
    if audience is None:
        return {}
    if audience not in AUDIENCES or (audience == "staff" and not staff_allowed):
        raise bad_request('"audience" must be one that is served here.', "unknown_audience")
    asked = body.get("staff_language")
    if asked is None:
        return {"audience": str(audience)}
    if asked not in languages:
        raise bad_request(f'"staff_language" must be one of: {", ".join(languages)}.', "unknown_language")
    return {"audience": str(audience), "staff_language": str(asked)}


def read_continue(body: dict[str, Any]) -> bool:
    """Whether the conversation of the token is to be continued instead of a new one begun."""
    wanted = body.get("continue", False)
    if not isinstance(wanted, bool):
        raise bad_request('"continue" must be true or false.')
    return wanted


def read_region(body: dict[str, Any], regions: Iterable[str]) -> str:
    """The region asked for, else the first of ours."""
    known = list(regions)
    asked = body.get("region")
    if asked is None:
        return known[0]
    if asked not in known:
        raise bad_request(f'"region" must be one of: {", ".join(known)}.', "unknown_region")
    return str(asked)


def read_done(body: dict[str, Any]) -> bool:
    """The new state of a step's tick."""
    done = body.get("done")
    if not isinstance(done, bool):
        raise bad_request('"done" must be true or false.')
    return done
