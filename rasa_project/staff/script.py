"""The script: every question with its line to read aloud and its answers, and what staff may always send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from knowledge import cards, labels
from knowledge.case import CHOICES, LIST_FIELDS, SECOND_CHOICES
from knowledge.pack import Pack
from knowledge.payloads import answer, payload
from knowledge.search import Hit
from knowledge.triage import QUESTIONS

#: Intents that staff may send whether or not a button for them is on the screen.
ALWAYS = (
    "skip",
    "go_back",
    "why",
    "repeat",
    "finish",
    "go_on",
    "not_now",
    "crisis",
    "check_offer",
    "change_answer",
    "confirm_start_over",
)
#: What the search gives staff to read aloud.
SEARCHED = ("faq", "contact", "step")
#: What the question is called that is no field of the case; English where a region has no word for it.
FURTHER_WAYS = {"zh": "还有别的转账方式吗", "en": "Any other ways of paying"}
#: The rows of a search.
ROWS = 12

#: A response by its name and the slots, as Rasa's generator gives it; None when there is none.
Say = Callable[[str, dict[str, str]], dict[str, Any] | None]


def controls(pack: Pack) -> tuple[str, ...]:
    """The payloads that staff may send at any time: every answer there is, and moving about."""
    choices = {
        **CHOICES,
        **SECOND_CHOICES,
        "platforms": tuple(pack.platforms),
        "second_platforms": tuple(pack.platforms),
    }
    answers = [answer(name, value) for name, values in choices.items() for value in values]
    nothing = [answer(name, "none") for name in LIST_FIELDS]
    jumps = [payload("change_slot", slot_name=name) for name in QUESTIONS]
    return (*answers, *nothing, *jumps, *(payload(each) for each in ALWAYS))


def script(pack: Pack, say: Say, language: str, labels_in: str) -> list[dict[str, Any]]:
    """``{"slot", "title", "line", "answers", "note"}`` of every question, in the order of the path.

    ``line`` is in ``language``, the rest in ``labels_in``; ``note`` says why it is asked.
    """
    slots = {"language": language, "audience": "staff", "staff_language": labels_in}
    found = []
    for slot in QUESTIONS:
        asked = say(f"utter_ask_{slot}", slots) or {}
        own = _from_pack(slot, pack, labels_in)
        buttons = [b for b in asked.get("buttons") or () if b["payload"].startswith("/answer")]
        question = {
            "slot": slot,
            "title": _title(slot, pack, labels_in),
            "line": asked.get("text") or "",
            "answers": [*own, *({"title": b["title"], "payload": b["payload"]} for b in buttons)],
        }
        note = why(slot, say, labels_in)
        found.append({**question, "note": note} if note else question)
    return found


def why(slot: str, say: Say, language: str) -> str | None:
    """Why the question is asked: staff's note to themselves beside it."""
    said = say(f"utter_why_{slot}", {"language": language, "audience": "staff"})
    return said.get("text") if said else None


def found(hits: list[Hit], pack: Pack, language: str, labels_in: str) -> list[dict[str, Any]]:
    """Search results, each once: title, body and contacts in ``language``, ``label`` in ``labels_in``."""
    each = dict.fromkeys((hit.kind, hit.id) for hit in hits)
    return [_result(kind, id_, pack, language, labels_in) for kind, id_ in each][:ROWS]


def _result(kind: str, id_: str, pack: Pack, language: str, labels_in: str) -> dict[str, Any]:
    contacts: tuple[str, ...]
    if kind == "contact":
        contact = pack.contacts[id_]
        title, body, contacts = contact.name, contact.note, (id_,)
    elif kind == "faq":
        faq = pack.faq[id_]
        title, body, contacts = faq.question, faq.answer, faq.contacts
    else:
        step = pack.steps[id_]
        title, body, contacts = step.title, step.staff, step.contacts
    return {
        "kind": kind,
        "id": id_,
        "title": pack.fill(title, language),
        "label": pack.fill(title, labels_in),
        "body": pack.fill(body, language) if body else "",
        "contacts": cards.contacts_card(contacts, pack, language)["contacts"],
    }


def _title(slot: str, pack: Pack, language: str) -> str:
    if slot == "channels_complete":
        return FURTHER_WAYS.get(language) or FURTHER_WAYS["en"]
    return labels.label(slot, pack, language)


def _from_pack(slot: str, pack: Pack, language: str) -> list[dict[str, str]]:
    """The answers that are not in the domain, because the region has its own."""
    if slot in ("platforms", "second_platforms"):
        named = [platform for platform in pack.platforms.values() if platform.button]
        return [{"title": p.name[language], "payload": answer(slot, p.id)} for p in named]
    if slot == "channels_complete":
        return [
            {"title": c.name[language], "payload": answer("channels", c.id)} for c in pack.channels.values()
        ]
    return []
