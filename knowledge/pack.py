"""The pack in memory: what a region knows, as frozen values. Files: load.py. Database: build.py, store.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

#: language code -> text
Text = Mapping[str, str]
#: language code -> several texts (aliases, wordings, patterns)
Texts = Mapping[str, tuple[str, ...]]

STAGES = ("now", "today", "this_week", "while_waiting")
CONFIDENCES = ("official", "law", "reprint", "community", "unverified", "contradictory")
#: Confidences good enough to be shown as a number or stated as a rule.
SHOWABLE = ("official", "law", "reprint", "community")

PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class Source:
    """One fact and where it was read. ``url`` only where the publisher itself is the host."""

    id: str
    title: str
    claim: Text
    published: str
    checked: date
    review_by: date
    confidence: str
    url: str | None = None


@dataclass(frozen=True)
class Contact:
    """A way to reach an institution: exactly one of phone, url, where (how to find it) is the way.

    ``shared_with`` names other contacts that truly have the same number.
    """

    id: str
    kind: str
    name: Text
    sources: tuple[str, ...]
    checked: date
    review_by: date
    confidence: str
    phone: str | None = None
    url: str | None = None
    where: Text | None = None
    hours: Text | None = None
    note: Text | None = None
    shared_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Channel:
    """A way money moves. ``cues`` are words that name it in free text."""

    id: str
    name: Text
    cues: Texts


@dataclass(frozen=True)
class Platform:
    """A bank, wallet, card, shop or exchange. The first of ``channels`` is the usual one.

    ``venue``: people also meet swindlers there, so its name alone does not say how they paid.
    """

    id: str
    name: Text
    kind: str
    channels: tuple[str, ...]
    aliases: Texts
    contact: str | None = None
    venue: bool = False
    button: bool = False


@dataclass(frozen=True)
class Step:
    """One thing to do. Shown when every field of ``when`` meets the case and no field of ``unless`` does.

    ``rank`` orders steps inside a stage (smaller first). ``contacts_of`` "platforms" adds the contacts of the
    platforms in the case. ``deadline`` is said only where a rule sets one.
    """

    id: str
    stage: str
    rank: int
    title: Text
    body: Text
    why: Text
    staff: Text
    sources: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contacts: tuple[str, ...] = ()
    contacts_of: str | None = None
    deadline: Text | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class RedFlag:
    """A sign of a recovery fraud or pressure; ``patterns`` are regular expressions over normalised text."""

    id: str
    name: Text
    explanation: Text
    strength: str
    patterns: Texts
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Faq:
    id: str
    question: Text
    wordings: Texts
    answer: Text
    sources: tuple[str, ...]
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A draft a person completes: ``{field}`` marks what they fill in."""

    id: str
    title: Text
    body: Text
    fields: Mapping[str, Text]


@dataclass(frozen=True)
class Dialogue:
    """The words that run the dialogue, in one language that they are not written in. ``id`` is its code.

    ``name`` is what the language calls itself, ``asked_for`` are whole messages that ask for it,
    ``common_words`` tell that a text is in it, ``crisis`` is what somebody says who may not be safe.
    ``labels`` are those of labels.py, ``responses`` texts by their names. ``buttons``: payload -> title, or
    name of a response, space, payload -> its title there. What is not here is said in ``fallback``.
    """

    id: str
    name: str
    fallback: str
    asked_for: tuple[str, ...]
    common_words: tuple[str, ...]
    crisis: tuple[str, ...]
    labels: Mapping[str, str]
    responses: Mapping[str, str]
    buttons: Mapping[str, str]


@dataclass(frozen=True)
class Pack:
    """All a region knows. Every mapping is id -> value, in file order."""

    id: str
    version: str
    name: Text
    languages: tuple[str, ...]
    currency: str
    emergency: Mapping[str, str]
    phrases: Mapping[str, Text]
    first_aid: tuple[Text, ...]
    evidence: Mapping[str, Text]
    contacts: Mapping[str, Contact]
    channels: Mapping[str, Channel]
    platforms: Mapping[str, Platform]
    steps: Mapping[str, Step]
    red_flags: Mapping[str, RedFlag]
    faq: Mapping[str, Faq]
    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    dialogue: Mapping[str, Dialogue] = field(default_factory=dict)

    def spoken(self, language: str | None) -> str:
        """``language`` if the region speaks it, else the region's first language."""
        return language if language in self.languages else self.languages[0]

    def reach(self, contact_id: str, language: str) -> str:
        """What a text shows in place of ``{contact_id}``: the number, the address, or where to find it."""
        contact = self.contacts[contact_id]
        if contact.phone:
            return contact.phone
        if contact.url:
            return contact.url
        assert contact.where is not None
        return contact.where[language]

    def fill(self, text: Text, language: str) -> str:
        """``text`` in ``language`` with every ``{contact_id}`` replaced; unknown names stay."""

        def one(match: re.Match[str]) -> str:
            name = match.group(1)
            return self.reach(name, language) if name in self.contacts else match.group(0)

        return PLACEHOLDER.sub(one, text[language])
