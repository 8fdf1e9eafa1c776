"""Numbers and addresses: who has them, who says so, and which are never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from urllib.parse import urlsplit

from knowledge.checking.finding import Finding, bare_host, digits, hosts
from knowledge.pack import SHOWABLE, Contact, Pack, Text, WrongNumber

#: From here on a number is long enough that another one ending in it is the same line with a prefix.
WHOLE_LINE = 5
#: What may stand inside one number: 400-820 1234, +86 (10) 12308. In "95559 (400 ..." another number begins.
SEPARATED = re.compile(r"(?<=\d)(?: ?\((?=\d{1,4}\)[ -]?\d)|\)[ -]?|[ -])(?=\d)")
NUMBER = re.compile(r"\d{3,}")
#: What a name may end in without naming anybody.
ROLE = re.compile(r"(官方)?(客服|热线|电话|专线|官网)$|\s(support|line|official site)$", re.IGNORECASE)


def findings(pack: Pack) -> Iterator[Finding]:
    """Every rule of this file."""
    for rule in (_reach, _shared_numbers, _never_show, _numbers_in_sources, _urls_in_sources, _pages):
        yield from rule(pack)


def wrong_number(phone: str, pack: Pack) -> WrongNumber | None:
    """The entry of ``never_show`` that ``phone`` is, with or without a prefix."""
    dialled = digits(phone)
    return next((wrong for wrong in pack.never_show if _same_line(dialled, digits(wrong.number))), None)


def _same_line(one: str, other: str) -> bool:
    """Whether two numbers reach the same line: equal, or one is the other after a country or area code."""
    if min(len(one), len(other)) < WHOLE_LINE:
        return one == other
    return one.endswith(other) or other.endswith(one)


def _reach(pack: Pack) -> Iterator[Finding]:
    for role, contact_id in pack.emergency.items():
        contact = pack.contacts.get(contact_id)
        if contact is not None and not contact.phone:
            yield f"emergency.{role}", f"`{contact_id}` has no phone; an emergency contact needs one", "error"
    for contact in pack.contacts.values():
        way = "phone" if contact.phone else "url"
        if contact.where is not None:
            continue
        if contact.confidence not in SHOWABLE:
            field = f"contacts[{contact.id}].{way}"
            yield field, f"its confidence is {contact.confidence}: say `where` to find it instead", "error"
        known = [pack.sources[s] for s in contact.sources if s in pack.sources]
        if known and not any(source.confidence in SHOWABLE for source in known):
            field = f"contacts[{contact.id}].sources"
            yield field, f"no source is good enough to show a {way}: say `where` to find it instead", "error"


def _shared_numbers(pack: Pack) -> Iterator[Finding]:
    numbers = [(digits(contact.phone), contact) for contact in pack.contacts.values() if contact.phone]
    for (taken, first), (number, contact) in combinations(numbers, 2):
        if not _same_line(taken, number):
            continue
        if contact.id in first.shared_with or first.id in contact.shared_with:
            continue
        field = f"contacts[{contact.id}].phone"
        remedy = f"correct one, or write `shared_with: [{first.id}]` if it is truly shared"
        yield field, f"`{first.id}` has the same number; {remedy}", "error"


def _never_show(pack: Pack) -> Iterator[Finding]:
    for contact in pack.contacts.values():
        wrong = wrong_number(contact.phone, pack) if contact.phone else None
        if wrong is not None:
            field = f"contacts[{contact.id}].phone"
            yield field, f"{wrong.number} is never shown: {wrong.reason} Correct it or say `where`", "error"


def _numbers_in_sources(pack: Pack) -> Iterator[Finding]:
    """A number stands in what a showable source says, digit for digit, and not beside another owner's name.

    There is no rule against two numbers that differ by one digit: 95588, 95568, 95566, 95558, 95559 and 95555
    are six real banks. What keeps a slip of one digit out is that each number must stand in its own sources.
    """
    names = _names(pack)
    for contact in pack.contacts.values():
        sources = [pack.sources[s] for s in contact.sources if s in pack.sources]
        showable = [source for source in sources if source.confidence in SHOWABLE]
        if not contact.phone or not showable:
            continue
        field, listed = f"contacts[{contact.id}].phone", ", ".join(contact.sources)
        beside = [
            words for source in showable for words in _beside_in_all(digits(contact.phone), source.claim)
        ]
        if not beside:
            yield field, f"no source ({listed}) says {contact.phone}; correct one of the two", "error"
            continue
        if any(_names_one(words, names[contact.id]) for words in beside):
            continue
        owners = [[id_ for id_, called in names.items() if _names_one(words, called)] for words in beside]
        if all(owners):
            message = f"the sources ({listed}) say {contact.phone} of `{owners[0][0]}`; correct it"
            yield field, message, "error"


def _beside_in_all(number: str, claim: Text) -> list[str]:
    """What leads up to ``number`` in a claim that says it in every language; else nothing."""
    found = [_beside(number, words) for words in claim.values()]
    return [words for each in found for words in each] if all(found) else []


@lru_cache(maxsize=1024)
def _before_each_number(claim: str) -> tuple[tuple[str, str], ...]:
    """Each number of ``claim``, however grouped, and the words that lead up to it."""
    joined = SEPARATED.sub("", claim)
    found, words, start = [], "", 0
    for match in NUMBER.finditer(joined):
        between = joined[start : match.start()]
        # "JD 950618/95118": what leads up to the first number leads up to the second.
        words = between if re.search(r"\w", between) else words
        start = match.end()
        found.append((match.group(), words))
    return tuple(found)


def _beside(number: str, claim: str) -> list[str]:
    return [words for said, words in _before_each_number(claim) if said == number]


def names_of(contact: Contact, pack: Pack) -> tuple[str, ...]:
    """What a page may call the owner: its name without the role, its platforms and their aliases."""
    return _names(pack, (contact.id,))[contact.id]


def _names(pack: Pack, ids: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
    names = {
        id_: {ROLE.sub("", name) for name in pack.contacts[id_].name.values()} for id_ in ids or pack.contacts
    }
    for platform in pack.platforms.values():
        if platform.contact in names:
            names[platform.contact].update(platform.name.values())
            names[platform.contact].update(a for aliases in platform.aliases.values() for a in aliases)
    return {id_: tuple(name.casefold() for name in called if len(name) > 1) for id_, called in names.items()}


def _names_one(words: str, called: tuple[str, ...]) -> bool:
    lower = words.casefold()
    return any(name in lower for name in called)


def _urls_in_sources(pack: Pack) -> Iterator[Finding]:
    for contact in pack.contacts.values():
        if contact.url and bare_host(contact.url) not in _hosts_of_sources(contact, pack):
            host = urlsplit(contact.url).hostname
            message = f"no source ({', '.join(contact.sources)}) names {host}; correct one of the two"
            yield f"contacts[{contact.id}].url", message, "error"


def _pages(pack: Pack) -> Iterator[Finding]:
    for contact in pack.contacts.values():
        field = f"contacts[{contact.id}].pages"
        if contact.pages and contact.where is not None:
            yield field, "has no phone or url to look for there; remove the pages", "error"
        for i, page in enumerate(contact.pages):
            if bare_host(page) not in _hosts_of_sources(contact, pack):
                host = urlsplit(page).hostname
                message = f"no source ({', '.join(contact.sources)}) was read at {host}; name that source"
                yield f"{field}[{i}]", message, "error"


def _hosts_of_sources(contact: Contact, pack: Pack) -> set[str]:
    found: set[str] = set()
    for source in (pack.sources[s] for s in contact.sources if s in pack.sources):
        if source.url:
            found.add(bare_host(source.url))
        for claim in source.claim.values():
            found |= hosts(claim)
    return found
