"""Passwords: argon2 hashes, and as long a wait for a name that does not exist as for a wrong password."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: The library's own choice (RFC 9106, low memory): about 50 ms and 64 MiB a check.
_hasher = PasswordHasher()

SHORTEST, LONGEST = 12, 200


class WeakPassword(ValueError):
    """The password is too easily guessed; the message says what is wanted."""


def hashed(password: str, name: str = "") -> str:
    """The argon2 hash of a password fit for ``name``. Raises :class:`WeakPassword`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"A password needs {SHORTEST} to {LONGEST} characters.")
    if len(set(password)) < 5 or (name and name.casefold() in password.casefold()):
        raise WeakPassword("Choose a password that is not the name and not one character over and over.")
    return _hasher.hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one. ``None`` (no such account) takes as long, and is False."""
    try:
        return _hasher.verify(stored or _nobodys(), password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody's")
