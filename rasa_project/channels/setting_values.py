"""What every channel's settings have in common: where they come from, and how a number is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


def given(
    credentials: Mapping[str, Any] | None, environment: Mapping[str, str], prefix: str, known: Collection[str]
) -> dict[str, Any]:
    """What is set of ``known``: in ``credentials``, over it as ``<prefix><NAME>``. ValueError: not known."""
    found = dict(credentials or {})
    if unknown := sorted(set(found) - set(known)):
        raise ValueError(f"credentials.yml: no such setting: {', '.join(unknown)}. Known: {', '.join(known)}")
    return found | {name: value for name in known if (value := environment.get(f"{prefix}{name.upper()}"))}


def number(name: str, value: Any, default: float, may_be_zero: Collection[str], below: float) -> float:
    """``value`` as a number of the kind of ``default``. ValueError: none, negative, too large, or a zero."""
    try:
        read = type(default)(value)
    except (TypeError, ValueError):
        raise ValueError(f"setting {name}: {value!r} is not a number") from None
    if not 0 <= read < below or (read == 0 and name not in may_be_zero):
        raise ValueError(f"setting {name}: {value!r} must be a number above zero")
    return read
