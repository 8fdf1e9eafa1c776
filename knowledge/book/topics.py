"""Which page of the book holds what: every item of the pack stands on exactly one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.pack import Contact, Faq, Pack, Step

EVERYONE = "everyone"
#: Situations with a page of their own; the others are a loss like any other.
SITUATIONS = ("unauthorised", "being_pressured_now", "not_paid_yet", "recovery_offer")
#: kinds of contacts -> their page; any other kind is an authority or a helper.
CONTACT_PAGES: Mapping[str, tuple[str, ...]] = {
    "banks": ("bank",),
    "platforms": ("payment", "shop", "card_issuer", "courier"),
}


@dataclass(frozen=True)
class Topic:
    """A page of steps. ``field`` and ``value`` of the case name it; both None: everyone."""

    id: str
    field: str | None = None
    value: str | None = None


def step_topics(pack: Pack) -> tuple[Topic, ...]:
    """The pages of steps in order: everyone, how the money moved, what happened, the rest of the case."""
    return (
        Topic(EVERYONE),
        *(Topic(channel, "channels", channel) for channel in pack.channels),
        *(Topic(situation, "situation", situation) for situation in SITUATIONS),
        Topic("exposure", "exposure"),
        Topic("circumstances", "circumstances"),
    )


def topic_of(step: Step) -> str:
    """The id of the page on which ``step`` is printed in full."""
    situations = step.when.get("situation", ())
    if situations and set(situations) <= set(SITUATIONS):
        return situations[0]
    if "recovery" in step.when:
        return "recovery_offer"
    if "channels" in step.when:
        return step.when["channels"][0]
    if "exposure" in step.when:
        return "exposure"
    if "circumstances" in step.when or "for_whom" in step.when:
        return "circumstances"
    return EVERYONE


def also_for(step: Step, topic: Topic) -> bool:
    """Whether ``step``, printed elsewhere, is for the case that ``topic`` is about as well."""
    if topic.field is None or topic_of(step) == topic.id:
        return False
    wanted = step.when.get(topic.field, ())
    return topic.value in wanted if topic.value else bool(wanted)


def faq_place(faq: Faq, pack: Pack) -> tuple[str, str]:
    """(page of steps, stage) of the step that rests on the most of the same sources; ("", "") if none.

    Steps for everyone cite widely, so a step of another page with as many common sources says more. The stage
    is "" on those other pages: only what is for everyone is long enough to be divided.
    """
    order = [topic.id for topic in step_topics(pack)]
    order.append(order.pop(0))
    best, place = 0, ("", "")
    for step in sorted(pack.steps.values(), key=lambda step: order.index(topic_of(step))):
        shared = len(set(faq.sources) & set(step.sources))
        if shared > best:
            topic = topic_of(step)
            best, place = shared, (topic, step.stage if topic == EVERYONE else "")
    return place


def contact_page(contact: Contact, pack: Pack) -> str:
    """The id of the page of ``contact``: emergency, banks, platforms or authorities."""
    if contact.id in pack.emergency.values():
        return "emergency"
    return next((page for page, kinds in CONTACT_PAGES.items() if contact.kind in kinds), "authorities")
