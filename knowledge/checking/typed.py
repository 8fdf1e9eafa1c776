"""Numbers and addresses typed into a text. They come only from contacts.yml: one correction corrects all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from knowledge.checking.contacts import wrong_number
from knowledge.checking.finding import Finding, digits
from knowledge.checking.shown import shown_texts
from knowledge.pack import PLACEHOLDER, Pack

CALL = r"(?:拨打|拨|致电|打电话给?|电话|打|热线|call|dial|phone|ring|hotline|tel)\s*[:：]?\s*"
#: An amount, a time or a law article is no phone number.
UNIT = (
    r"(?!\s*(?:[元块万亿%天日个秒条年次]|小时|分钟|yuan|rmb|cny|days?|hours?|minutes?|seconds?|characters))"
)
BEFORE = re.compile(r"(?:第|article|articles|art\.|¥|\$|rmb|cny|no\.)\s*$", re.IGNORECASE)
ANY_NUMBER = re.compile(
    rf"{CALL}(?P<called>\d{{3,}})(?!\d){UNIT}"
    rf"|(?<!\d)(?<!\d[,.])(?P<service>[48]00[ -]?\d{{3,4}}[ -]?\d{{3,4}})(?!\d)"
    rf"|(?<!\d)(?<!\d[,.])(?P<long>\d{{5,}})(?!\d){UNIT}",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[a-z0-9-]+\.(?:com|cn|net|org|top|app)\b(?:\.cn)?", re.IGNORECASE
)
#: An ending that tells an authority's own site is advice, not an address.
OWN_ENDING = re.compile(r"(?<![\w-])\.?gov\.cn\b", re.IGNORECASE)


def findings(pack: Pack) -> Iterator[Finding]:
    """Numbers and addresses that stand in a text."""
    phones = sorted({digits(c.phone) for c in pack.contacts.values() if c.phone}, key=lambda d: (-len(d), d))
    phones += sorted(digits(wrong.number) for wrong in pack.never_show)
    alternatives = "|".join("[ -]?".join(phone) for phone in phones) or "(?!)"
    contacts = re.compile(rf"(?<!\d)(?<!\d[,.])(?:{alternatives})(?!\d)(?![,.]\d){UNIT}", re.IGNORECASE)
    # A company may be called Booking.com.
    names = {
        a.lower()
        for _, text, use in shown_texts(pack)
        if use == "name"
        for w in text.values()
        for a in _addresses(w)
    }
    for field, text, use in shown_texts(pack):
        owner = re.match(r"contacts\[(.+?)\]", field)
        own = digits(pack.contacts[owner.group(1)].phone or "") if owner else ""
        for language, words in text.items():
            plain = PLACEHOLDER.sub(" ", words)
            typed_here = [*_typed(plain, contacts)]
            if use != "name":
                typed_here += [address for address in _addresses(plain) if address.lower() not in names]
            for typed in typed_here:
                # A service may be named after its own number ("12345 hotline").
                if not own or digits(typed) != own:
                    wrong = wrong_number(typed, pack)
                    advice = "is typed; write {contact_id} instead"
                    said = f"is never shown: {wrong.reason}" if wrong else advice
                    yield f"{field}.{language}", f"`{typed}` {said}", "error"


def _typed(words: str, contacts: re.Pattern[str]) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", words)
    seen: list[tuple[int, int]] = []
    for pattern in (contacts, ANY_NUMBER):
        for match in pattern.finditer(text):
            name = match.lastgroup or 0
            start, end = match.span(name)
            if any(start < e and s < end for s, e in seen) or BEFORE.search(text[:start]):
                continue
            seen.append((start, end))
            yield match.group(name)


def _addresses(words: str) -> list[str]:
    return [match.group(0) for match in ADDRESS.finditer(OWN_ENDING.sub(" ", words))]
