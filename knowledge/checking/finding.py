"""What a rule of knowledge/checking yields, and the small words that several rules share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from knowledge.pack import Pack

#: field, what is wrong and what to do, severity (error or warning)
Finding = tuple[str, str, str]
Rule = Callable[[Pack], Iterator[Finding]]

HOST = re.compile(r"(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])", re.IGNORECASE)


def digits(phone: str) -> str:
    """A number as it is dialled: without spaces, hyphens and the sign before a country code."""
    return re.sub(r"\D", "", phone)


def bare_host(url: str) -> str:
    """The host of an address in small letters, without `www.`; empty when there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def hosts(words: str) -> set[str]:
    """The hosts that a sentence names, in small letters, without `www.`"""
    return {match.group().lower().removeprefix("www.") for match in HOST.finditer(words)}
