"""What ``rasa data validate`` does not see: a missing language, a placeholder or button to nowhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.case import CHOICES, LANGUAGES
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.triage import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "rasa_project" / "domain"
RULES = ROOT / "rasa_project" / "data" / "rules"
#: Texts that must be right even before a language is known, or with the action server down.
ALWAYS = ("utter_greet", "utter_crisis", "utter_pressure", "utter_recovery_warning")
#: Endings: each carries the warning of the second fraud.
ENDINGS = ("utter_goodbye", "utter_stop", "utter_human", "utter_recovery_warning")
#: Questions whose buttons come from the pack, by an action.
ASKED_BY_ACTION = ("channels_complete", "platforms")


def domain() -> dict[str, Any]:
    merged: dict[str, Any] = {"responses": {}}
    for file in sorted(DOMAIN.glob("*.yml")):
        for key, value in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            if key == "responses":
                assert not set(value) & set(merged["responses"]), f"{file.name}: a response is defined twice"
                merged["responses"].update(value)
            else:
                merged[key] = value
    return merged


DOMAIN_DATA = domain()
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN_DATA["responses"]
INTENTS = {name for item in DOMAIN_DATA["intents"] for name in (item if isinstance(item, dict) else [item])}


def language(variation: dict[str, Any]) -> str | None:
    for condition in variation.get("condition", []):
        assert condition["type"] == "slot" and condition["name"] == "language"
        assert condition["value"] in LANGUAGES
        return str(condition["value"])
    return None


def by_language(name: str) -> dict[str | None, dict[str, Any]]:
    return {language(variation): variation for variation in RESPONSES[name]}


def payload_of(button: dict[str, str]) -> tuple[str, dict[str, Any]]:
    match = re.fullmatch(r"/([a-z_]+)(\{\{.*\}\})?", button["payload"])
    assert match, f"a payload with single braces, or none: {button['payload']}"
    values = json.loads(match.group(2)[1:-1]) if match.group(2) else {}
    return match.group(1), values


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{([a-z0-9_]+)\}(?!\})", text))


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_response_is_equal_in_every_language(name: str) -> None:
    variations = by_language(name)
    assert set(LANGUAGES) <= set(variations), f"{name} lacks a language"
    first, *rest = (variations[code] for code in LANGUAGES)
    for other in rest:
        assert placeholders(first["text"]) == placeholders(other["text"])
        assert [b["payload"] for b in first.get("buttons", [])] == [
            b["payload"] for b in other.get("buttons", [])
        ]
        assert first.get("custom") == other.get("custom")


@pytest.mark.parametrize("name", ALWAYS)
def test_emergency_texts_need_no_language(name: str) -> None:
    assert None in by_language(name)


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_no_number_is_typed_into_a_response(name: str) -> None:
    for variation in RESPONSES[name]:
        texts = [variation["text"], *(b["title"] for b in variation.get("buttons", []))]
        for text in texts:
            typed = re.sub(r"\{[a-z0-9_]+\}", "", text)
            assert not re.search(r"\d{3,}|https?:|www\.", typed), f"{name}: use a placeholder: {text}"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(ROOT / "knowledge" / "cn")


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_placeholder_is_in_every_pack(name: str, pack: Pack) -> None:
    known = {*pack.emergency, *pack.phrases, *pack.channels, "first_aid", "languages"}
    for variation in RESPONSES[name]:
        for text in [variation["text"], *(b["title"] for b in variation.get("buttons", []))]:
            assert placeholders(text) <= known, f"{name}: {placeholders(text) - known}"


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_button_leads_somewhere(name: str) -> None:
    for variation in RESPONSES[name]:
        for button in variation.get("buttons", []):
            intent, values = payload_of(button)
            assert intent in INTENTS
            for slot, value in values.items():
                allowed = {*CHOICES.get(slot, ()), "none"} if slot in CHOICES else None
                assert slot in DOMAIN_DATA["entities"]
                assert allowed is None or value in allowed, f"{name}: {slot} has no value {value}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_asked_and_explained(question: str) -> None:
    asking = RESPONSES[f"utter_ask_{question}"]
    for variation in asking:
        assert variation["custom"]["type"] == "question"
        assert variation["custom"]["slot"] == question
    if question in ASKED_BY_ACTION:
        assert f"action_ask_{question}" in DOMAIN_DATA["actions"]
    assert f"utter_why_{question}" in RESPONSES
    assert (
        question in DOMAIN_DATA["slots"] and question in DOMAIN_DATA["forms"]["triage_form"]["required_slots"]
    )


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q not in ("situation", "channels_complete")])
def test_every_question_but_the_first_offers_to_skip(question: str) -> None:
    for variation in RESPONSES[f"utter_ask_{question}"]:
        assert "skip" in {payload_of(b)[0] for b in variation["buttons"]}


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q in CHOICES and q not in ("situation", "channels_complete")]
)
def test_every_choice_has_a_button(question: str) -> None:
    for variation in RESPONSES[f"utter_ask_{question}"]:
        offered = {values.get(question) for _, values in map(payload_of, variation["buttons"])}
        assert set(CHOICES[question]) <= offered


@pytest.mark.parametrize("name", ENDINGS)
def test_every_ending_warns_of_the_second_fraud(name: str) -> None:
    for variation in RESPONSES[name]:
        assert variation["custom"] == {"type": "warning", "kind": "recovery_offer"}
        assert "{recovery_warning}" in variation["text"]


def rules() -> list[dict[str, Any]]:
    return [
        rule
        for file in sorted(RULES.glob("*.yml"))
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
    ]


def test_every_intent_has_a_rule_or_is_heard_by_the_open_question() -> None:
    handled = {step["intent"] for rule in rules() for step in rule["steps"] if "intent" in step}
    assert handled >= INTENTS, f"no rule outside the questions for {INTENTS - handled}"


def test_a_crisis_is_answered_from_everywhere() -> None:
    places = {
        (rule.get("condition") or [{}])[0].get("active_loop")
        for rule in rules()
        if {"intent": "crisis"} in rule["steps"]
    }
    assert places == {None, *DOMAIN_DATA["forms"]}


def test_the_case_is_written_by_one_action() -> None:
    for question in QUESTIONS:
        mappings = DOMAIN_DATA["slots"][question]["mappings"]
        assert mappings == [{"type": "custom", "action": "action_take_in"}]


def test_slots_do_not_decide_the_flow() -> None:
    assert all(slot["influence_conversation"] is False for slot in DOMAIN_DATA["slots"].values())


def test_every_action_of_the_domain_exists() -> None:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(DOMAIN_DATA["actions"]) == set(executor.actions)
