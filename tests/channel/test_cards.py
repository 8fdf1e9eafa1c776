"""Cards: structure, languages, and that no badly sourced number is shown."""

import json
from datetime import datetime, timezone

import pytest

from knowledge import cards, labels
from knowledge.case import CHOICES, Case, Money
from knowledge.plan import build_plan

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
CASE = Case(
    situation="lost_money",
    channels=("bank_card",),
    platforms=("coin",),
    amount=Money(31200, "CNY"),
    exposure=(),
    skipped=("elapsed",),
)


def test_a_contact_has_exactly_one_way(pack):
    for contact in pack.contacts.values():
        for language in pack.languages:
            shown = cards.contact(contact, language)
            assert sum(way in shown for way in ("phone", "url", "where")) == 1


def test_a_badly_sourced_number_is_never_shown(pack):
    assert pack.contacts["rumour"].phone
    assert "phone" not in cards.contact(pack.contacts["rumour"], "en")


def test_contacts_keep_their_order_and_come_once(pack):
    card = cards.contacts_card(["doctors", "watch", "doctors"], pack, "en")
    assert [c["id"] for c in card["contacts"]] == ["doctors", "watch"]
    with pytest.raises(KeyError):
        cards.contacts_card(["nobody"], pack, "en")


def test_steps_are_the_plan_in_order(pack):
    plan = build_plan(CASE, pack, NOW)
    card = cards.steps_card(plan, pack, "en", ["report"])
    assert [s["id"] for s in card["steps"]] == [s.id for s in plan.steps] == ["report", "ask_bank", "wait"]
    assert [s["done"] for s in card["steps"]] == [True, False, False]
    assert [c["id"] for c in card["steps"][1]["contacts"]] == ["coinbank"]
    assert card["steps"][2]["deadline"] and card["steps"][0]["deadline"] is None
    assert not any("staff" in s for s in card["steps"])
    assert all("staff" in s for s in cards.steps_card(plan, pack, "en", staff=True)["steps"])


def test_numbers_are_filled_from_the_pack(pack):
    body = cards.steps_card(build_plan(CASE, pack, NOW), pack, "zh")["steps"][0]["body"]
    assert "999-1" in body and "{" not in body


@pytest.mark.parametrize("kind", cards.WARNINGS)
def test_every_kind_of_warning(kind, pack):
    for language in pack.languages:
        card = cards.warning_card(kind, pack, language)
        assert card["type"] == "warning" and card["kind"] == kind
    assert cards.warning_card("recovery_offer", pack, "en")["text"]
    assert "watch" in [c["id"] for c in cards.warning_card("pressure", pack, "en")["contacts"]]
    crisis = [c["id"] for c in cards.warning_card("crisis", pack, "en")["contacts"]]
    assert {"listeners", "doctors", "watch"} == set(crisis)


def test_an_unknown_warning_is_an_error(pack):
    with pytest.raises(ValueError):
        cards.warning_card("other", pack, "en")


def test_the_case_lists_answers_and_what_was_left_open(pack):
    card = cards.case_card(CASE, pack, "en")
    by_slot = {a["slot"]: a for a in card["answers"]}
    assert list(by_slot) == ["situation", "channels", "platforms", "elapsed", "amount", "exposure"]
    assert by_slot["elapsed"]["skipped"] and by_slot["elapsed"]["values"] == []
    assert by_slot["amount"]["values"] == [{"value": 31200.0, "currency": "CNY"}]
    assert by_slot["platforms"]["value"] == pack.platforms["coin"].name["en"]
    assert by_slot["exposure"]["values"] == [] and by_slot["exposure"]["value"]
    assert {m["id"] for m in card["missing"]} <= set(pack.evidence)
    assert card["missing"]
    assert not cards.case_card(CASE.with_(reported="receipt"), pack, "en")["missing"]


def test_cards_are_plain_json_in_one_language(pack):
    plan = build_plan(CASE, pack, NOW)
    english = [
        cards.steps_card(plan, pack, "en"),
        cards.case_card(CASE, pack, "en"),
        cards.emergency_card(pack, "en"),
        *(cards.warning_card(k, pack, "en") for k in cards.WARNINGS),
    ]
    text = json.dumps(english, ensure_ascii=False)
    assert "中文" not in text
    assert json.loads(text) == english


def test_every_value_of_the_case_has_a_name_in_every_language(pack):
    for slot, values in CHOICES.items():
        if slot == "channels":
            continue
        for value in values:
            for language in pack.languages:
                name = cards.value_name(slot, value, pack, language)
                assert name and name != value and "{" not in name
    assert set(labels.VALUES) == set(CHOICES) - {"channels"}
    assert set(CHOICES) <= set(labels.FIELDS)
