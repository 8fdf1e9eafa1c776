"""The plan as a document, and the papers a person completes: which drafts fit a case, what is known for them.

What a person writes into a paper never reaches us; only what the conversation already holds is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from knowledge import cards, labels
from knowledge.case import Case
from knowledge.losses import second_loss, whole_plan
from knowledge.pack import PLACEHOLDER, Document, Pack
from knowledge.plan import STOP_PAYMENT_NEEDS, meets

#: The fields of a paper that say what a stop-payment compares: field -> the item of the pack's evidence.
NEEDED: Mapping[str, str] = dict(
    zip(("payee_name", "payee_account", "amount", "paid_at"), STOP_PAYMENT_NEEDS, strict=True)
)
#: Fields that take several lines.
LONG = re.compile(
    r"what_|their_|already_|attachments|reason|exposed|extra_|evidence|wish|answer|numbers|why_"
)


def plan_document(case: Case, pack: Pack, done: Collection[str], now: datetime) -> dict[str, Any]:
    """Everything a printed plan and its papers need, in the case's language, as JSON types."""
    language = case.language
    plan = whole_plan(case, pack, now)
    return {
        "language": language,
        "made": now.isoformat(timespec="minutes"),
        "steps": cards.steps_card(plan, pack, language, done, staff=True)["steps"],
        "case": case.to_dict(),
        "answers": cards.case_card(case, pack, language),
        "warning": pack.fill(pack.phrases["recovery_warning"], language),
        "papers": [paper(document, case, pack, now) for document in papers_for(case, pack)],
    }


def papers_for(case: Case, pack: Pack) -> tuple[Document, ...]:
    """The drafts that fit the case or its second loss, in the order of the pack."""
    losses = [loss for loss in (case, second_loss(case)) if loss is not None]
    return tuple(d for d in pack.documents.values() if any(meets(loss, d.when) for loss in losses))


def paper(document: Document, case: Case, pack: Pack, now: datetime) -> dict[str, Any]:
    """``{"id", "title", "lines", "fields"}``: a line is a list of ``{"text"}`` and ``{"field"}`` parts.

    A field is ``{"id", "label", "long"}``; with ``value``, where the conversation told it, and ``needs``,
    where a stop-payment compares it.
    """
    language = case.language
    known = known_values(case, pack, now)
    fields = []
    for name, label in document.fields.items():
        field: dict[str, Any] = {"id": name, "label": label[language], "long": bool(LONG.search(name))}
        if known.get(name):
            field["value"] = known[name]
        if name in NEEDED:
            field["needs"] = NEEDED[name]
        fields.append(field)
    lines = document.body[language].split("\n")
    return {
        "id": document.id,
        "title": pack.fill(document.title, language),
        "lines": [_parts(line, document, pack, language) for line in lines],
        "fields": fields,
    }


def _parts(line: str, document: Document, pack: Pack, language: str) -> list[dict[str, str]]:
    parts: list[dict[str, str]] = []
    last = 0
    for match in PLACEHOLDER.finditer(line):
        name = match.group(1)
        parts.append({"text": line[last : match.start()]})
        parts.append({"field": name} if name in document.fields else {"text": pack.reach(name, language)})
        last = match.end()
    parts.append({"text": line[last:]})
    return [part for part in parts if part.get("text") != ""]


def known_values(case: Case, pack: Pack, now: datetime) -> dict[str, str]:
    """What the conversation says already, by the name of the field it belongs into.

    An amount that was told is only a beginning: people round, and a stop-payment needs it to the cent.
    """
    language = case.language
    values = {"date": now.date().isoformat()}
    if case.amount is not None:
        values["amount"] = cards.value_name("amount", case.amount, pack, language)
    if case.platforms:
        names = [cards.value_name("platforms", p, pack, language) for p in case.platforms]
        values["platform_name"] = names[0]
        values["your_account"] = f"{names[0]}: "
    if case.exposure is not None:
        named = [cards.value_name("exposure", e, pack, language) for e in case.exposure]
        none = labels.label("none_of_these", pack, language)
        values["exposed"] = ("；" if language == "zh" else "; ").join(named) or none
    return values
