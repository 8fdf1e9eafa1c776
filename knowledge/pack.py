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
#: What a step saves; the order of a plan follows from it (plan.py, docs/adr/0005).
SAVES = (
    "person_safety",  # a person in danger, or being worked on right now
    "access",  # the swindler's hold on phone or screen, cut in seconds
    "stop_payment",  # the report, and what the police need for the order that only they give
    "accounts",  # what is left in own accounts, locked by a call
    "money_moving",  # money or cards that may not have arrived, been spent or handed over
    "money_held",  # money still with the person
    "evidence",  # what can be deleted, overwritten or forgotten
    "rights",  # what a rule gives the person, with or without a time limit
    "recovery",  # following up what may be found or returned
    "support",  # the people
)
#: Whose time a limit is: ``you`` must act within it, ``they`` have it to act.
LIMITED = ("you", "they")
#: What starts the clock of a time limit. A step that ``marks`` an event makes it known when it is ticked.
EVENTS = (
    "report_made",  # told the police
    "case_accepted",  # the case receipt was handed over
    "payment_stopped",  # a stop-payment took effect
    "not_opened",  # the police decided not to open a case
    "notice_received",  # the written notice of it arrived
    "reconsideration_asked",
    "reconsideration_received",  # the decision on it arrived
    "review_asked",
    "goods_received",
    "complaint_made",  # to the market regulator
    "complaint_accepted",  # by the market regulator
    "return_announced",  # a return in proportion was made public
    "return_ordered",  # the police told the bank to return money
)
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

    ``shared_with`` names other contacts that truly have the same number. ``pages`` are the owner's own pages
    that show it, for knowledge/source_check.py.
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
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrongNumber:
    """A number in circulation that is wrong, somebody else's, or vouched for by nobody. Never shown."""

    number: str
    reason: str
    sources: tuple[str, ...]


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
class TimeLimit:
    """A time that a rule sets, as data. Exactly one of hours, days, working_days is its length.

    ``who`` is one of :data:`LIMITED`, ``counts_from`` one of :data:`EVENTS`; ``text`` is the rule in words.
    """

    who: str
    counts_from: str
    text: Text
    hours: int | None = None
    days: int | None = None
    working_days: int | None = None


@dataclass(frozen=True)
class Step:
    """One thing to do. Shown when every field of ``when`` meets the case and no field of ``unless`` does.

    ``saves`` is one of :data:`SAVES`. ``until``, a value of the case's ``elapsed``: of no use when more time
    than that has passed. ``covered_by`` names steps that say the same: where one of them stands earlier in a
    plan, this step's contacts, evidence and sources join it. ``rank`` (smaller first) settles only what the
    rest leaves open. ``contacts_of`` "platforms" adds the contacts of the platforms in the case. ``deadline``
    is said only where a rule sets one; ``limits`` are such rules as data. ``marks``: the event that doing
    the step amounts to.
    """

    id: str
    stage: str
    saves: str
    title: Text
    body: Text
    why: Text
    staff: Text
    sources: tuple[str, ...]
    rank: int = 0
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    until: str | None = None
    covered_by: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    contacts_of: str | None = None
    deadline: Text | None = None
    limits: tuple[TimeLimit, ...] = ()
    marks: str | None = None
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
    ``common_words`` tell that a text is in it, ``fraud`` that it tells of one; ``crisis`` is what somebody
    says who may not be safe.
    ``labels`` are those of labels.py, ``responses`` texts by their names. ``buttons``: payload -> title, or
    name of a response, space, payload -> its title there. What is not here is said in ``fallback``.
    """

    id: str
    name: str
    fallback: str
    asked_for: tuple[str, ...]
    common_words: tuple[str, ...]
    fraud: tuple[str, ...]
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
    never_show: tuple[WrongNumber, ...] = ()
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
