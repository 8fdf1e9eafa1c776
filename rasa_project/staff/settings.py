"""The settings of the hotline: credentials.yml, and over it the environment (``STEADY_STAFF_<NAME>``)."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from rasa_project.channels.setting_values import given, number

#: Zero switches these off; every other number must be above zero.
MAY_BE_ZERO = ("keep_days", "keep_audit_days", "secure_cookie")


@dataclass(frozen=True)
class StaffSettings:
    """Times are in the unit that the name ends with."""

    #: A session ends after so long, whatever happens, and after so long without a request.
    session_hours: float = 12.0
    idle_minutes: float = 60.0
    #: So many wrong passwords for one name from one address, and sign-in is locked for so long.
    failures: int = 5
    lock_minutes: float = 15.0
    #: Calls are deleted, with their conversation, so long after the last change; 0: never by themselves.
    #: What was said is gone at the latest when the web channel's ``retention_days`` are over.
    keep_days: float = 30.0
    #: The same for the audit trail.
    keep_audit_days: float = 730.0
    #: How long the code to a plan, and the code that lets staff into a conversation, can be used.
    link_hours: float = 72.0
    code_minutes: float = 30.0
    #: 1: the cookie is sent over TLS only, even where the server cannot see that a proxy has TLS.
    secure_cookie: int = 0
    #: The header in which a proxy names who is signed in; empty: sign-in is by password only.
    sso_header: str = ""
    #: The proxies (addresses, networks) whose header is believed, separated by spaces or commas.
    sso_proxies: tuple[str, ...] = ()


def read_settings(
    credentials: Mapping[str, Any] | None, environment: Mapping[str, str] | None = None
) -> StaffSettings:
    """From ``credentials``, each overridden by ``STEADY_STAFF_<NAME>``. ValueError names a bad one."""
    environment = os.environ if environment is None else environment
    defaults = StaffSettings()
    known = {f.name: getattr(defaults, f.name) for f in fields(StaffSettings)}
    chosen = given(credentials, environment, "STEADY_STAFF_", known)
    settings = replace(defaults, **{name: _read(name, value, known[name]) for name, value in chosen.items()})
    if settings.sso_header and not settings.sso_proxies:
        raise ValueError("setting sso_header: name the proxies that may send it in sso_proxies")
    return settings


def _read(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        named = re.split(r"[\s,]+", value) if isinstance(value, str) else list(value)
        return tuple(_network(name, each) for each in named if each)
    if isinstance(default, str):
        if not re.fullmatch(r"[A-Za-z0-9-]*", str(value)):
            raise ValueError(f"setting {name}: {value!r} is not the name of a header")
        return str(value)
    return number(name, value, default, MAY_BE_ZERO, below=1e6)


def _network(name: str, value: str) -> str:
    try:
        return str(ipaddress.ip_network(value, strict=False))
    except ValueError:
        raise ValueError(f"setting {name}: {value!r} is no address and no network") from None
