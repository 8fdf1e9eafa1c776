"""What ``rasa data validate`` does not see: a missing language, a placeholder or button to nowhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.case import AUDIENCES, CHOICES, CIRCUMSTANCES, LANGUAGES, SECOND_CHOICES
from knowledge.load import load
from knowledge.pack import Pack
from knowledge.triage import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "rasa_project" / "domain"
RULES = ROOT / "rasa_project" / "data" / "rules"
#: Texts that must be right even before a language is known, or with the action server down.
ALWAYS = ("utter_greet", "utter_crisis", "utter_pressure", "utter_recovery_warning")
#: Endings: each carries the warning of the second fraud.
ENDINGS = (
    "utter_goodbye",
    "utter_stop",
    "utter_human",
    "utter_not_now",
    "utter_come_back",
    "utter_recovery_warning",
)
#: Responses that can be the whole of a turn, or stand in any turn.
ENDS_A_TURN = {
    *ENDINGS[:3],
    "utter_not_now",
    "utter_crisis",
    "utter_ask_start_over",
    "utter_list_answers",
    "utter_anything_else",
    "utter_something_new",
    "utter_guess",
    "utter_come_back",
    "utter_again",
    *(f"utter_ask_{question}" for question in (*QUESTIONS, "offer_text")),
}
#: What an action puts into a response, beside the pack's words.
GIVEN = {
    "utter_changed": ("answers",),
    "utter_steps_dropped": ("steps",),
    "utter_noted_done": ("steps",),
    "utter_chase": ("limits",),
    "utter_welcome_back_plan": ("finished", "left"),
}
#: Questions whose buttons come from the pack, by an action.
ASKED_BY_ACTION = ("channels_complete", "platforms", "second_platforms")


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
ALL_CHOICES = {**CHOICES, **SECOND_CHOICES}
INTENTS = {name for item in DOMAIN_DATA["intents"] for name in (item if isinstance(item, dict) else [item])}


Fit = tuple[str | None, str | None]


def fit(variation: dict[str, Any]) -> Fit:
    """Whom a variation is for: language and audience, each None when it is for any."""
    found: dict[str, str] = {}
    for condition in variation.get("condition", []):
        assert condition["type"] == "slot" and condition["name"] in ("language", "audience")
        assert condition["value"] in {"language": LANGUAGES, "audience": AUDIENCES}[condition["name"]]
        found[condition["name"]] = condition["value"]
    return found.get("language"), found.get("audience")


def by_fit(name: str) -> dict[Fit, list[dict[str, Any]]]:
    """The variations of a response by whom they are for; those for the same are said in turn."""
    found: dict[Fit, list[dict[str, Any]]] = {}
    for variation in RESPONSES[name]:
        found.setdefault(fit(variation), []).append(variation)
    return found


def payload_of(button: dict[str, str]) -> tuple[str, dict[str, Any]]:
    match = re.fullmatch(r"/([a-z_]+)(\{\{.*\}\})?", button["payload"])
    assert match, f"a payload with single braces, or none: {button['payload']}"
    values = json.loads(match.group(2)[1:-1]) if match.group(2) else {}
    return match.group(1), values


def payloads(variation: dict[str, Any]) -> list[str]:
    return [b["payload"] for b in variation.get("buttons", [])]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{([a-z0-9_]+)\}(?!\})", text))


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_response_is_equal_in_every_language(name: str) -> None:
    fits = by_fit(name)
    assert {(code, None) for code in LANGUAGES} <= set(fits), f"{name} lacks a language"
    for audience in {audience for _, audience in fits}:
        first, *rest = (fits.get((code, audience), []) for code in LANGUAGES)
        for other in rest:
            assert len(first) == len(other), f"{name}: as many variations in every language"
            for one, its_twin in zip(first, other, strict=True):
                assert placeholders(one["text"]) == placeholders(its_twin["text"])
                assert payloads(one) == payloads(its_twin)
                assert one.get("custom") == its_twin.get("custom")


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_variations_differ_in_words_alone(name: str) -> None:
    fits = by_fit(name)
    for (code, _), variations in fits.items():
        assert len({v["text"] for v in variations}) == len(variations), f"{name}: the same words twice"
        for variation in variations:
            usual = fits[code, None][0]
            assert payloads(variation) == payloads(usual)
            assert variation.get("custom") == usual.get("custom")


@pytest.mark.parametrize("name", sorted(ENDS_A_TURN))
def test_what_may_be_said_twice_running_has_other_words(name: str) -> None:
    for code in LANGUAGES:
        assert len(by_fit(name)[code, None]) >= 2


@pytest.mark.parametrize("name", ALWAYS)
def test_emergency_texts_need_no_language(name: str) -> None:
    assert (None, None) in by_fit(name)


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
    known = {*pack.emergency, *pack.phrases, *pack.channels, "first_aid", "languages", *GIVEN.get(name, ())}
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
                allowed = {*ALL_CHOICES[slot], "none"} if slot in ALL_CHOICES else None
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
    assert f"utter_unclear_{question}" in RESPONSES, "a word on how to answer, after an unclear answer"
    assert (
        question in DOMAIN_DATA["slots"] and question in DOMAIN_DATA["forms"]["triage_form"]["required_slots"]
    )


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q not in ("situation", "channels_complete")])
def test_every_question_but_the_first_offers_to_skip(question: str) -> None:
    for variation in RESPONSES[f"utter_ask_{question}"]:
        assert "skip" in {payload_of(b)[0] for b in variation["buttons"]}


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q in ALL_CHOICES and q not in ("situation", "channels_complete")]
)
def test_every_choice_has_a_button(question: str) -> None:
    for variation in RESPONSES[f"utter_ask_{question}"]:
        offered = {values.get(question) for _, values in map(payload_of, variation["buttons"])}
        assert set(ALL_CHOICES[question]) <= offered


@pytest.mark.parametrize("name", ENDINGS)
def test_every_ending_warns_of_the_second_fraud(name: str) -> None:
    for variation in RESPONSES[name]:
        assert variation["custom"] == {"type": "warning", "kind": "recovery_offer"}
        assert "{recovery_warning}" in variation["text"]


def test_everything_new_that_can_happen_has_a_button() -> None:
    for variation in RESPONSES["utter_something_new"]:
        offered = [values.get("circumstances") for _, values in map(payload_of, variation["buttons"])]
        assert set(CIRCUMSTANCES) <= set(offered)


def test_every_guess_has_its_button() -> None:
    from actions.moving import GUESSES
    from rasa_project.components.case_reader import GUESSABLE

    assert set(GUESSES) == GUESSABLE
    for variation in RESPONSES["utter_guess"]:
        offered = {b["payload"].replace("{{", "{").replace("}}", "}") for b in variation["buttons"]}
        assert offered == {*GUESSES.values(), "/go_on"}


def rules() -> list[dict[str, Any]]:
    return [
        rule
        for file in sorted(RULES.glob("*.yml"))
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
    ]


def intents_of(rule: dict[str, Any]) -> list[str]:
    """The intents that a rule begins with."""
    first = rule["steps"][0]
    return [each["intent"] for each in first.get("or", [first]) if "intent" in each]


def test_every_rule_names_actions_and_responses_that_exist() -> None:
    builtin = {"action_listen", "action_deactivate_loop", *DOMAIN_DATA["forms"]}
    for rule in rules():
        for step in rule["steps"]:
            if name := step.get("action"):
                assert name in builtin | set(RESPONSES) | set(DOMAIN_DATA["actions"]), rule["rule"]


def test_whatever_interrupts_the_offer_form_is_not_taken_for_the_offer() -> None:
    (mapping,) = DOMAIN_DATA["slots"]["offer_text"]["mappings"]
    interrupting = {
        intent
        for rule in rules()
        if {"active_loop": "offer_form"} in rule.get("condition", [])
        for intent in intents_of(rule)
    }
    assert set(mapping["not_intent"]) == interrupting


def test_every_intent_has_a_rule_or_is_heard_by_the_open_question() -> None:
    handled = {intent for rule in rules() for intent in intents_of(rule)}
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
