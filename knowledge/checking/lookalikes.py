"""What looks like a number or an address we know: a letter for a digit, a domain one edit away."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from knowledge.checking.finding import Finding, bare_host, digits
from knowledge.checking.shown import shown_texts
from knowledge.pack import PLACEHOLDER, Pack

#: Signs that pass for a digit, Cyrillic letters among them (full-width and other forms are made plain first).
AS_DIGIT = {
    ord(sign): digit
    for digit, signs in zip(
        "0123456789", ("oOоОօ〇零", "lI|іІi一幺", "二", "三", "四", "五", "六", "七", "八", "九"), strict=True
    )
    for sign in signs
}
LOOKS_LIKE_A_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])[0-9lI|іІioOоОօ]{3,}(?![A-Za-z0-9])|[〇零一二三四五六七八九幺]{3,}"
)
#: Signs that pass for each other in a domain.
SKELETON = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("1", "l"), ("i", "l"), ("0", "o"), ("5", "s"), ("-", ""))
#: Only institutions of the state get an address under these, so two of them may well differ by one letter.
RESTRICTED = (".gov.cn", ".gov", ".edu.cn", ".mil")
#: Endings of two parts: a name is registered under these, not under the last part alone.
DOUBLE_ENDING = re.compile(r"\.(?:com|net|org|gov|edu|ac|co)\.[a-z]{2}$")


def findings(pack: Pack) -> Iterator[Finding]:
    """Every rule of this file."""
    yield from _numbers(pack)
    yield from _domains(pack)


def _numbers(pack: Pack) -> Iterator[Finding]:
    known = {digits(c.phone) for c in pack.contacts.values() if c.phone}
    known |= {digits(wrong.number) for wrong in pack.never_show}
    for field, text, _ in shown_texts(pack):
        for language, words in text.items():
            for match in LOOKS_LIKE_A_NUMBER.finditer(_plain(PLACEHOLDER.sub(" ", words))):
                if not match.group().isascii() or not match.group().isdigit():
                    number = match.group().translate(AS_DIGIT)
                    if number in known:
                        message = f"`{match.group()}` reads as {number}; write {{contact_id}} instead"
                        yield f"{field}.{language}", message, "error"


def _plain(words: str) -> str:
    """Full-width, circled and foreign digits as 0-9."""
    text = unicodedata.normalize("NFKC", words)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)


def _domains(pack: Pack) -> Iterator[Finding]:
    numbers = {digits(c.phone) for c in pack.contacts.values() if c.phone}
    known: dict[str, str] = {}
    for field, url in _addresses(pack):
        fault = _fault(url, numbers)
        if fault:
            yield field, fault, "error"
            continue
        site = _site(bare_host(url))
        if site in known or site.endswith(RESTRICTED):
            continue
        for other, owner in known.items():
            if looks_like(site, other):
                yield field, f"{site} looks like {other} of `{owner}`; make sure which is real", "error"
        known[site] = field


def _addresses(pack: Pack) -> Iterator[tuple[str, str]]:
    # Sources first: what was read there decides what the address of a contact is measured by.
    for source in pack.sources.values():
        if source.url:
            yield f"sources[{source.id}].url", source.url
    for contact in pack.contacts.values():
        if contact.url:
            yield f"contacts[{contact.id}].url", contact.url
        for i, page in enumerate(contact.pages):
            yield f"contacts[{contact.id}].pages[{i}]", page


def _fault(url: str, numbers: set[str]) -> str | None:
    """What is wrong with an address in itself."""
    try:
        parts = urlsplit(url)
        host, named = parts.hostname or "", parts.username
    except ValueError:
        return "is no address; correct it"
    if named is not None:
        return f"has something before `@`; the real host is {host}. Remove it"
    if not host.isascii() or any(label.startswith("xn--") for label in host.split(".")):
        return f"{host} has letters that can pass for others; use the owner's plain address"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return f"{host} is a machine, not a name; use the owner's own address"
    for label in host.split("."):
        if not label.isdigit() and label.translate(AS_DIGIT) in numbers:
            return f"`{label}` is {label.translate(AS_DIGIT)} with letters for digits; correct it"
    return None


def _site(host: str) -> str:
    """The part of a host that somebody registered: support.apple.com is apple.com."""
    keep = 3 if DOUBLE_ENDING.search(host) else 2
    return ".".join(host.split(".")[-keep:])


def looks_like(one: str, other: str) -> bool:
    """Whether two different sites pass for each other: one edit, one swap, or signs of the same shape."""
    return one != other and (_skeleton(one) == _skeleton(other) or one_edit(one, other))


def _skeleton(site: str) -> str:
    for sign, same in SKELETON:
        site = site.replace(sign, same)
    return site


def one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, left out, changed, or two neighbours swapped make ``other`` of ``one``."""
    if abs(len(one) - len(other)) > 1:
        return False
    unequal = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    start = next(unequal, min(len(one), len(other)))
    first, second = one[start:], other[start:]
    return (
        first[1:] == second[1:]
        or first == second[1:]
        or first[1:] == second
        or (first[:2] == second[:2][::-1] and first[2:] == second[2:])
    )
