"""Session tokens: random id and expiry, signed; and the secret they are signed with.

A token is ``base64url(16 bytes id + 8 bytes expiry, big-endian seconds) "." base64url(HMAC-SHA256)``. The
conversation is stored under a hash of the id, so nobody can get from a database back to a token.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import math
import os
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from rasa_project import places
from rasa_project.channels.errors import ApiError, unauthorised

ID_BYTES = 16
EXPIRY_BYTES = 8
SHORTEST_SECRET = 16
#: A random one of 16 hexadecimal digits has about 50.
FEWEST_BITS = 45
#: What examples and haste put where a secret belongs.
PLACEHOLDER = re.compile(
    r"change[-_ ]?(?:me|this|it)?|secret|passw(?:or)?d|default|example|sample|placeholder|insecure|steady|"
    r"token|admin|test(?:ing)?|your|here|please|key|dummy|demo|dev(?:elopment)?|prod(?:uction)?|local(?:host)?|"
    r"rasa|qwerty(?:uiop)?|asdf(?:ghjkl)?|letmein|[-_ .!]+|1234(?:567890?)?|abcd"
)
#: What a token is good for; one made for reading the plan opens nothing else.
SESSION, PLAN_LINK = b"session", b"plan link"


class WeakSecret(Exception):
    """The secret could be guessed, or cannot be read."""


def new_id() -> bytes:
    return secrets.token_bytes(ID_BYTES)


def conversation_id(session_id: bytes) -> str:
    """The id under which trackers, locks and logs know the conversation: 32 hexadecimal digits."""
    return hashlib.sha256(b"steady conversation " + session_id).hexdigest()[:32]


def issue(secret: bytes, session_id: bytes, expires_at: int, purpose: bytes = SESSION) -> str:
    """A token for ``session_id`` that :func:`verify` accepts until ``expires_at`` (seconds since 1970)."""
    body = session_id + expires_at.to_bytes(EXPIRY_BYTES, "big")
    return f"{_encode(body)}.{_encode(_sign(secret, body, purpose))}"


def verify(secret: bytes, token: str, now: float, purpose: bytes = SESSION) -> bytes:
    """The session id of a good token. ApiError 401 bad_token or expired_token otherwise."""
    bad = unauthorised("bad_token", "This token is not valid. Start a new conversation.")
    head, dot, tail = token.partition(".")
    if not dot or len(token) > 200:
        raise bad
    try:
        body, signature = _decode(head), _decode(tail)
    except (ValueError, binascii.Error):
        raise bad from None
    # Encoding again refuses the other spellings base64 has for the same bytes.
    if len(body) != ID_BYTES + EXPIRY_BYTES or f"{_encode(body)}.{_encode(signature)}" != token:
        raise bad
    if not hmac.compare_digest(_sign(secret, body, purpose), signature):
        raise bad
    if int.from_bytes(body[ID_BYTES:], "big") <= now:
        raise unauthorised("expired_token", "This token has expired. Start a new conversation.")
    return body[:ID_BYTES]


def is_for(secret: bytes, header: str | None, purpose: bytes) -> bool:
    """Whether the header holds a token that was signed for ``purpose``, expired or not."""
    try:
        verify(secret, bearer(header), 0, purpose)
    except ApiError:
        return False
    return True


def bearer(header: str | None) -> str:
    """The token in an ``Authorization`` header. ApiError 401 no_token when there is none."""
    scheme, _, token = (header or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise unauthorised("no_token", "Send the session's token: Authorization: Bearer <token>.")
    return token.strip()


def own_secret() -> bytes:
    """The secret of this installation: see :func:`load_secret`."""
    return load_secret(os.environ, places.home() / "data" / "secret")


def load_secret(environment: Mapping[str, str], file: Path) -> bytes:
    """``STEADY_SECRET``, else what the file ``STEADY_SECRET_FILE`` says, else ``file``, made when missing.

    :class:`WeakSecret` when it could be guessed or cannot be read. Several workers may start at once: the
    file appears complete or not at all, and the first one wins.
    """
    if given := environment.get("STEADY_SECRET"):
        return _strong(given.strip(), "STEADY_SECRET")
    if named := environment.get("STEADY_SECRET_FILE"):
        try:
            return _strong(Path(named).read_text(encoding="utf-8").strip(), f"STEADY_SECRET_FILE ({named})")
        except (OSError, UnicodeDecodeError) as error:
            why = type(error).__name__
            raise WeakSecret(f"STEADY_SECRET_FILE: {named} cannot be read ({why}).") from None
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32) + "\n")
            out.flush()
            os.fsync(out.fileno())  # else a power cut in the next seconds leaves an empty file
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return _strong(file.read_text(encoding="utf-8").strip(), str(file))


def _strong(secret: str, where: str) -> bytes:
    if weakness := weakness_of(secret):
        raise WeakSecret(
            f"{where}: this secret {weakness}, so the tokens signed with it could be forged. "
            f"Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return secret.encode()


def weakness_of(secret: str) -> str | None:
    """Why this secret could be guessed, or None. Without well-known words the rest has to be strong."""
    if len(secret) < SHORTEST_SECRET:
        return f"has fewer than {SHORTEST_SECRET} characters"
    if secret in (secret + secret)[1:-1]:
        return "repeats itself"
    if sum(abs(ord(a) - ord(b)) <= 1 for a, b in pairwise(secret)) > len(secret) / 2:
        return "is a row of neighbouring characters"
    rest = PLACEHOLDER.sub("", secret.lower())
    if _bits(rest) < FEWEST_BITS:
        known = len(rest) < len(secret)
        return "is made of well-known words" if known else "has too few different characters"
    return None


def _bits(text: str) -> float:
    """The information in ``text``, in bits, by how often each of its characters occurs in it."""
    return sum(-count * math.log2(count / len(text)) for count in Counter(text).values())


def _sign(secret: bytes, body: bytes, purpose: bytes) -> bytes:
    return hmac.new(secret, b"steady " + purpose + b" " + body, hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
