"""A small region of its own for the channel's tests: they must not depend on what the real pack says."""

from datetime import date

import pytest

from knowledge.pack import Channel, Contact, Pack, Platform, Source, Step

DAY = date(2026, 1, 1)


def both(text):
    return {"zh": f"{text}（中文）", "en": text}


def contact(contact_id, kind, confidence="official", **way):
    return Contact(
        id=contact_id,
        kind=kind,
        name=both(contact_id),
        sources=("X-1.1",),
        checked=DAY,
        review_by=DAY,
        confidence=confidence,
        **way,
    )


def step(step_id, stage, rank, saves="support", **more):
    texts = {name: both(f"{step_id} {name}") for name in ("title", "why", "staff")}
    body = both("call {watch} first")
    more |= {"rank": rank, "saves": saves, "body": body, "sources": ("X-1.1",)}
    return Step(id=step_id, stage=stage, **texts, **more)


@pytest.fixture(scope="session")
def pack():
    contacts = [
        contact("watch", "police", phone="999-1"),
        contact("advisers", "advice", url="https://advice.example/start"),
        contact("listeners", "crisis", where=both("at the door"), hours=both("by day")),
        contact("doctors", "medical", phone="999 <2>"),
        contact("rumour", "bank", confidence="unverified", phone="000", where=both("on the card")),
        contact("coinbank", "bank", phone="777"),
    ]
    steps = [
        step("report", "now", 1, contacts=("watch",), evidence=("payee_name",)),
        step("ask_bank", "now", 2, when={"channels": ("bank_card",)}, contacts_of="platforms"),
        step("wait", "while_waiting", 1, deadline=both("3 days")),
    ]
    source = Source(
        id="X-1.1",
        title="A source",
        claim=both("claim"),
        published="2025",
        checked=DAY,
        review_by=DAY,
        confidence="official",
        url="https://source.example/",
    )
    return Pack(
        id="xx",
        version="1",
        name=both("Testland"),
        languages=("zh", "en"),
        currency="CNY",
        emergency={"police": "watch", "advice": "advisers", "crisis": "listeners", "medical": "doctors"},
        phrases={
            "recovery_warning": both("offers are frauds; {watch} is free"),
            "masked": both("hidden"),
            "emergency_title": both("first things"),
            "emergency_intro": both("call {watch}"),
            "pressure_warning": both("hang up"),
        },
        first_aid=(both("one {watch}"), both("two"), both("three <b>")),
        evidence={name: both(name) for name in ("payee_name", "payee_account", "amount_exact", "time_exact")},
        contacts={c.id: c for c in contacts},
        channels={"bank_card": Channel("bank_card", both("bank card"), {"zh": (), "en": ()})},
        platforms={
            "coin": Platform(
                "coin", both("Coin Bank"), "bank", ("bank_card",), {"zh": (), "en": ()}, contact="coinbank"
            )
        },
        steps={s.id: s for s in steps},
        red_flags={},
        faq={},
        documents={},
        sources={source.id: source},
    )
