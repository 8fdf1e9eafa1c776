"""The plan as a document, and the papers a person completes: which drafts fit a case, what is known for them.

What a person writes into a paper never reaches us; only what the conversation already holds is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from knowledge import calling, cards, labels
from knowledge.case import Case
from knowledge.losses import second_loss, whole_plan
from knowledge.pack import PLACEHOLDER, Document, Pack
from knowledge.plan import STOP_PAYMENT_NEEDS, Plan, meets

#: The fields of a paper that say what a stop-payment compares: field -> the item of the pack's evidence.
NEEDED: Mapping[str, str] = dict(
    zip(("payee_name", "payee_account", "amount", "paid_at"), STOP_PAYMENT_NEEDS, strict=True)
)
#: Fields that take several lines.
LONG = re.compile(
    r"what_|their_|already_|attachments|reason|exposed|extra_|evidence|wish|answer|numbers|why_"
)


#: The field that names whom a paper is addressed to.
ADDRESSEES = ("platform_name", "bank_name", "exchange_name", "issuer_name", "courier_name")
#: Fields about one payment or one addressee: two complaints hold two of them, and not the same.
OWN = re.compile(
    r"_name$|account|transaction_no|paid_at|amount|payee|order|_at$|complaint_no|own_or_not|extra_|goods|card_|coin_|wallet|tx_hash"
)
#: What is the person's own in every paper, whatever :data:`OWN` says of its name.
PERSONAL = ("your_name",)


def plan_document(case: Case, pack: Pack, done: Collection[str], now: datetime) -> dict[str, Any]:
    """Everything a printed plan and its papers need, in the case's language, as JSON types.

    A step has ``say`` beside what its card has: sentences for the telephone. ``evidence`` is everything the
    steps name to keep, each once: ``{"id", "text"}``.
    """
    language = case.language
    plan = whole_plan(case, pack, now)
    steps = cards.steps_card(plan, pack, language, done)["steps"]
    for shown, step in zip(steps, plan.steps, strict=True):
        shown["say"] = calling.what_to_say(step, case, pack)
    return {
        "language": language,
        "made": now.isoformat(timespec="minutes"),
        "steps": steps,
        "evidence": evidence_of(plan, pack, language),
        "case": case.to_dict(),
        "answers": cards.case_card(case, pack, language),
        "warning": pack.fill(pack.phrases["recovery_warning"], language),
        "papers": papers(case, pack, now),
    }


def evidence_of(plan: Plan, pack: Pack, language: str) -> list[dict[str, str]]:
    """What the steps of ``plan`` name to keep, each once, in the order of the pack."""
    named = {item for step in plan.steps for item in step.evidence}
    return [{"id": i, "text": pack.fill(t, language)} for i, t in pack.evidence.items() if i in named]


def papers_for(case: Case, pack: Pack) -> tuple[Document, ...]:
    """The drafts that fit the case or its second loss, in the order of the pack."""
    losses = [loss for loss in (case, second_loss(case)) if loss is not None]
    return tuple(d for d in pack.documents.values() if any(meets(loss, d.when) for loss in losses))


def papers(case: Case, pack: Pack, now: datetime) -> list[dict[str, Any]]:
    """Every draft that fits the case; one for each platform of the case that it is meant for."""
    wanted = [(d, p) for d in papers_for(case, pack) for p in addressees(d, case, pack) or (None,)]
    apart = sum(bool(document.when) for document, _ in wanted) > 1
    several = {d.id for d, _ in wanted if sum(d is other for other, _ in wanted) > 1}
    return [
        paper(d, case, pack, now, p, key=f"{d.id}-{p}" if d.id in several else d.id, apart=apart)
        for d, p in wanted
    ]


def addressees(document: Document, case: Case, pack: Pack) -> tuple[str, ...]:
    """The platforms of the case, and of its second loss, that a draft is meant for: by how they are paid."""
    channels = set(document.when.get("channels", ()))
    named = dict.fromkeys((*(case.platforms or ()), *(case.second_platforms or ())))
    return tuple(p for p in named if p in pack.platforms and channels & set(pack.platforms[p].channels))


def paper(
    document: Document,
    case: Case,
    pack: Pack,
    now: datetime,
    platform: str | None = None,
    *,
    key: str | None = None,
    apart: bool = False,
) -> dict[str, Any]:
    """``{"id", "title", "lines", "fields"}``: a line is a list of ``{"text"}`` and ``{"field"}`` parts.

    A field is ``{"id", "key", "label", "long"}``; with ``value``, where the conversation told it, and
    ``needs``, where a stop-payment compares it. Fields with one ``key`` hold the same words in every paper.
    ``platform``: whom it is for. ``apart``: there are other complaints, so what it says of its payment is
    its own.
    """
    language = case.language
    known = known_values(case, pack, now, platform)
    name_of_paper = key or document.id
    fields = []
    for name, label in document.fields.items():
        own = apart and bool(document.when) and name not in PERSONAL and bool(OWN.search(name))
        field: dict[str, Any] = {
            "id": name,
            "key": f"{name}@{name_of_paper}" if own else name,
            "label": label[language],
            "long": bool(LONG.search(name)),
        }
        if known.get(name) and not (own and name == "amount"):
            field["value"] = known[name]
        if name in NEEDED and not own:
            field["needs"] = NEEDED[name]
        fields.append(field)
    title = pack.fill(document.title, language)
    lines = document.body[language].split("\n")
    return {
        "id": name_of_paper,
        "title": f"{title} · {pack.platforms[platform].name[language]}" if platform else title,
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


def known_values(case: Case, pack: Pack, now: datetime, platform: str | None = None) -> dict[str, str]:
    """What the conversation says already, by the name of the field it belongs into.

    ``platform``: the one a paper is for; else all of the case. An amount that was told is only a beginning:
    people round, and a stop-payment needs it to the cent.
    """
    language = case.language
    between = "；" if language == "zh" else "; "
    values = {"date": now.date().isoformat()}
    if case.amount is not None:
        values["amount"] = cards.value_name("amount", case.amount, pack, language)
    names = [cards.value_name("platforms", p, pack, language) for p in case.platforms or ()]
    if platform:
        names = [cards.value_name("platforms", platform, pack, language)]
        values |= dict.fromkeys(ADDRESSEES, names[0])
    if names:
        values["your_account"] = between.join(f"{name}: " for name in names)
    if case.exposure is not None:
        named = [cards.value_name("exposure", e, pack, language) for e in case.exposure]
        none = labels.label("none_of_these", pack, language)
        values["exposed"] = between.join(named) or none
    return values
