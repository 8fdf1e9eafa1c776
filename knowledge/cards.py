"""Cards: the structured messages that page, console and tests read, built from the pack in one language.

Every function is pure and returns plain JSON types with a ``type``. All words are in ``language``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from knowledge import labels
from knowledge.case import LIST_FIELDS, Case, Money
from knowledge.losses import is_second
from knowledge.offers import Flag
from knowledge.pack import SHOWABLE, Contact, Pack
from knowledge.plan import Plan, PlanStep, missing_for_stop_payment

Card = dict[str, Any]

WARNINGS = ("recovery_offer", "pressure", "crisis")
#: kind of warning -> roles of ``Pack.emergency`` whose contacts the card carries.
_WARNING_ROLES = {"recovery_offer": (), "pressure": ("police",), "crisis": ("crisis", "medical", "police")}


def contact(value: Contact, language: str) -> dict[str, Any]:
    """One contact: id, kind, name and exactly one of phone, url, where; hours and note when known.

    A number or address without a good source is never given out, whatever the pack holds.
    """
    shown: dict[str, Any] = {"id": value.id, "kind": value.kind, "name": value.name[language]}
    good = value.confidence in SHOWABLE
    if good and value.phone:
        shown["phone"] = value.phone
    elif good and value.url:
        shown["url"] = value.url
    elif value.where:
        shown["where"] = value.where[language]
    for name in ("hours", "note"):
        text = getattr(value, name)
        if text:
            shown[name] = text[language]
    return shown


def contacts_card(ids: Iterable[str], pack: Pack, language: str) -> Card:
    """``{"type": "contacts", "contacts": [...]}`` in the given order, each once. KeyError: not there."""
    found = [contact(pack.contacts[i], language) for i in dict.fromkeys(ids)]
    return {"type": "contacts", "contacts": found}


def emergency_card(pack: Pack, language: str, roles: Iterable[str] | None = None) -> Card:
    """The contacts of the pack's emergency roles (police, advice ...); all when ``roles`` is None."""
    wanted = pack.emergency if roles is None else [r for r in roles if r in pack.emergency]
    return contacts_card([pack.emergency[r] for r in wanted], pack, language)


def warning_card(kind: str, pack: Pack, language: str) -> Card:
    """``{"type": "warning", "kind", "text"?, "contacts"?}``. ``kind`` is one of :data:`WARNINGS`.

    The text is the pack's phrase : ``recovery_warning`` for recovery_offer, else ``<kind>_warning``.
    """
    if kind not in WARNINGS:
        raise ValueError(f"no such warning: {kind!r}; one of {', '.join(WARNINGS)}")
    card: Card = {"type": "warning", "kind": kind}
    phrase = pack.phrases.get("recovery_warning" if kind == "recovery_offer" else f"{kind}_warning")
    if phrase is not None:
        card["text"] = pack.fill(phrase, language)
    roles = _WARNING_ROLES[kind]
    if roles:
        card["contacts"] = emergency_card(pack, language, roles)["contacts"]
    return card


def step(
    value: PlanStep, pack: Pack, language: str, *, done: bool, staff: bool = False, spoken: str | None = None
) -> dict[str, Any]:
    """One step of the plan. ``staff`` adds the sentence to read aloud, in the language ``spoken`` if given.

    A step about the second loss says so: ``"loss": "second"``.
    """
    shown = {
        "id": value.id,
        "stage": value.stage,
        "title": pack.fill(value.title, language),
        "body": pack.fill(value.body, language),
        "why": pack.fill(value.why, language),
        "contacts": [contact(c, language) for c in value.contacts],
        "deadline": pack.fill(value.deadline, language) if value.deadline else None,
        "evidence": [pack.fill(pack.evidence[e], language) for e in value.evidence if e in pack.evidence],
        "sources": [source(s, pack) for s in value.sources if s in pack.sources],
        "done": done,
    }
    if staff:
        shown["staff"] = pack.fill(value.staff, spoken or language)
    if is_second(value.id):
        shown["loss"] = "second"
    return shown


def source(source_id: str, pack: Pack) -> dict[str, Any]:
    """Where a claim comes from: id, title, day it was checked; a url where the publisher is the host."""
    found = pack.sources[source_id]
    shown = {"id": found.id, "title": found.title, "checked": found.checked.isoformat()}
    if found.url:
        shown["url"] = found.url
    return shown


def steps_card(
    plan: Plan,
    pack: Pack,
    language: str,
    done: Collection[str] = (),
    *,
    staff: bool = False,
    spoken: str | None = None,
) -> Card:
    """``{"type": "steps", "steps": [...]}`` in the plan's order; ``done`` are the ids of ticked steps."""
    steps = [step(s, pack, language, done=s.id in done, staff=staff, spoken=spoken) for s in plan.steps]
    return {"type": "steps", "steps": steps}


def case_card(case: Case, pack: Pack, language: str) -> Card:
    """``{"type": "case", "answers": [...], "missing": [...]}``: answers so far, what stop-payment needs.

    An answer is ``{"slot", "label", "value", "values", "skipped"?}``: ``value`` in words, ``values`` as the
    case holds them. A missing item is ``{"id", "text"}``.
    """
    answers = []
    for slot in labels.FIELDS:
        value = getattr(case, slot)
        if value is None and slot not in case.skipped:
            continue
        answer: dict[str, Any] = {"slot": slot, "label": labels.label(slot, pack, language)}
        if value is None:
            answer |= {"value": labels.label("skipped", pack, language), "values": [], "skipped": True}
        else:
            held = list(value) if slot in LIST_FIELDS else [value]
            words = [value_name(slot, v, pack, language) for v in held]
            joined = labels.label("list_comma", pack, language).join(words)
            none = labels.label("none_of_these", pack, language)
            answer |= {"value": joined or none, "values": [_plain(v) for v in held]}
        answers.append(answer)
    needed = missing_for_stop_payment(case, pack)
    missing = [{"id": e, "text": pack.fill(pack.evidence[e], language)} for e in needed]
    return {"type": "case", "answers": answers, "missing": missing}


def offer_check_card(text: str, flags: Iterable[Flag], pack: Pack, language: str) -> Card:
    """``{"type": "offer_check", "text", "flags"}``: what is suspicious in ``text``, by character positions.

    A flag is ``{"id", "name", "start", "end", "explanation", "source"?}``.
    """
    shown = []
    for flag in flags:
        item: dict[str, Any] = {
            "id": flag.id,
            "name": pack.red_flags[flag.id].name[language],
            "start": flag.start,
            "end": flag.end,
            "explanation": pack.fill(flag.explanation, language),
        }
        known = [s for s in flag.sources if s in pack.sources]
        if known:
            item["source"] = source(known[0], pack)
        shown.append(item)
    return {"type": "offer_check", "text": text, "flags": shown}


def _plain(value: Any) -> Any:
    return {"value": value.value, "currency": value.currency} if isinstance(value, Money) else value


def value_name(slot: str, value: Any, pack: Pack, language: str) -> str:
    """What one value of ``slot`` is called; the value itself where nothing names it."""
    slot = slot.removeprefix("second_")  # the second loss is described in the words of the first
    if isinstance(value, Money):
        return f"{value.value:,.2f}".removesuffix(".00") + f" {value.currency}"
    if slot == "channels" and value in pack.channels:
        return pack.channels[value].name[language]
    if slot == "platforms" and value in pack.platforms:
        return pack.platforms[value].name[language]
    key = f"{slot}.{value}"
    return labels.label(key, pack, language) if key in labels.LABELS else str(value)
