"""The response generator: numbers, phrases and cards from the pack, in the conversation's language."""

import asyncio
import logging

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import read_endpoint_config

from rasa_project import places
from rasa_project.channels.nlg import HotlineNLG
from rasa_project.components.nlg import PackNLG, fill

DOMAIN = """
version: "3.1"
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  amount: {type: any, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_numbers:
  - condition: [{type: slot, name: language, value: zh}]
    text: "中 {watch} {police} {recovery_warning}"
  - condition: [{type: slot, name: language, value: en}]
    text: "en {watch} {police} {recovery_warning}"
  - text: "{watch} {recovery_warning}"
  utter_two:
  - condition: [{type: slot, name: language, value: zh}]
    text: "中"
  - condition: [{type: slot, name: language, value: en}]
    text: "en"
  utter_amount:
  - text: "lost {amount}, {unknown}"
  utter_buttons:
  - text: "choose"
    buttons:
    - {title: "a {watch}", payload: '/answer{"channels":"cash"}'}
    - {title: b, payload: '/answer{{"channels":"cash"}}'}
    - {title: c, payload: '/answer{"amount":{"value":1}}'}
    custom: {type: question, slot: channels, optional: true, nested: {list: ["{watch}", 1, null]}}
  utter_question:
  - text: "what happened?"
    buttons:
    - {title: a, payload: '/answer{"situation":"lost_money"}'}
    - {title: b, payload: '/answer{"for_whom":"family"}'}
    - {title: c, payload: '/stop'}
    custom: {type: question, slot: situation, optional: false}
  utter_contacts:
  - text: x
    custom: {type: contacts, ids: [police, doctors]}
  utter_warning:
  - text: x
    custom: {type: warning, kind: crisis}
"""


@pytest.fixture(scope="module")
def domain():
    return Domain.from_yaml(DOMAIN)


@pytest.fixture
def say(pack, domain):
    nlg = PackNLG(None, domain, pack)

    def generate(response, language=None, **more):
        slots = {"language": language, **more}
        events = [SlotSet(name, value) for name, value in slots.items()]
        tracker = DialogueStateTracker.from_events("x", events, domain.slots, domain=domain)
        return asyncio.run(nlg.generate(response, tracker, "web", domain_responses=domain.responses))

    return generate


def test_numbers_and_phrases_in_the_conversations_language(say, pack):
    for language in pack.languages:
        response = say("utter_numbers", language)
        assert response["text"].count(pack.contacts["watch"].phone) == 3
        assert pack.fill(pack.phrases["recovery_warning"], language) in response["text"]
        assert "{" not in response["text"]
        assert response["lang"] == language


def test_before_the_language_is_known_every_language_is_said(say, pack):
    response = say("utter_numbers")
    for language in pack.languages:
        assert pack.fill(pack.phrases["recovery_warning"], language) in response["text"]
    assert response["text"].startswith(pack.contacts["watch"].phone + " ")
    assert "lang" not in response


def test_a_response_without_a_plain_variation_is_never_silent(say):
    assert say("utter_two") == {**say("utter_two", "zh")}
    assert say("utter_two", "fr")["text"] == say("utter_two", "zh")["text"]


def test_missing_slots_and_unknown_names_do_no_harm(say, caplog):
    caplog.set_level(logging.ERROR)
    assert say("utter_amount", "en")["text"] == "lost , {unknown}"
    assert not caplog.records


def test_slots_cannot_bring_variables_in(say):
    assert say("utter_amount", "en", amount="{watch} {{x}}")["text"].startswith("lost {watch}")


def test_payloads_may_be_written_as_they_are_sent_or_doubled(say, caplog):
    response = say("utter_buttons", "en")
    assert [b["payload"] for b in response["buttons"]] == [
        '/answer{"channels":"cash"}',
        '/answer{"channels":"cash"}',
        '/answer{"amount":{"value":1}}',
    ]
    assert response["buttons"][0]["title"] == "a 999-1"
    assert response["custom"]["nested"] == {"list": ["999-1", 1, None]}
    assert not caplog.records


def test_short_cards_are_completed_from_the_pack(say):
    contacts = say("utter_contacts", "en")["custom"]["contacts"]
    assert [c["id"] for c in contacts] == ["watch", "doctors"]
    warning = say("utter_warning")["custom"]
    assert warning["kind"] == "crisis" and warning["contacts"]


def test_the_domain_is_not_changed_by_filling(say, domain):
    say("utter_buttons", "en")
    assert domain.responses["utter_buttons"][0]["buttons"][0]["title"] == "a {watch}"


def test_an_unknown_response_is_none(say):
    assert say("utter_nothing", "en") is None


def test_rasa_reads_the_endpoints_with_their_variables(monkeypatch):
    values = {"STEADY_HOME": "/some/home", "STEADY_ACTIONS": "http://127.0.0.9:5999/webhook"}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    file = str(places.ROOT / "rasa_project" / "endpoints.yml")
    assert read_endpoint_config(file, "tracker_store").kwargs["db"].startswith("/some/home/")
    assert read_endpoint_config(file, "action_endpoint").url == "http://127.0.0.9:5999/webhook"
    assert read_endpoint_config(file, "nlg").type == f"{HotlineNLG.__module__}.{HotlineNLG.__name__}"


@pytest.mark.parametrize("value", ["", "{", "}", "{}", "{ a }", "{a b}", "{{a}", "{\n}", "%s {0} {a.b}"])
def test_odd_braces_never_fail(value):
    assert isinstance(fill(value, {"a": "x"}), str)


VARIED = """
version: "3.1"
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  audience: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  staff_language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
responses:
  utter_varied:
  - condition: [{type: slot, name: language, value: zh}]
    text: "一"
    buttons: [{title: "甲", payload: /a}, {title: "乙", payload: /b}]
  - condition: [{type: slot, name: language, value: zh}]
    text: "二"
    buttons: [{title: "甲", payload: /a}, {title: "乙", payload: /b}]
  - condition: [{type: slot, name: language, value: en}]
    text: "one"
    buttons: [{title: "A", payload: /a}, {title: "B", payload: /b}]
  - condition: [{type: slot, name: language, value: zh}, {type: slot, name: audience, value: staff}]
    text: "念"
    buttons: [{title: "甲", payload: /a}, {title: "乙", payload: /b}]
"""


@pytest.fixture
def varied(pack):
    domain = Domain.from_yaml(VARIED)
    nlg = PackNLG(None, domain, pack)

    def generate(slots, said=0, **more):
        tracker = DialogueStateTracker("t", domain.slots)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        for _ in range(said):
            tracker.update(BotUttered("x", metadata={"utter_action": "utter_varied"}))
        return asyncio.run(nlg.generate("utter_varied", tracker, "web", **more))

    return generate


def test_variations_are_said_in_turn(varied):
    said = [varied({"language": "zh"}, said=n)["text"] for n in range(4)]
    assert said == ["一", "二", "一", "二"]


def test_the_variation_with_the_most_conditions_is_said(varied):
    assert varied({"language": "zh", "audience": "staff"}, said=1)["text"] == "念"
    assert varied({"language": "zh", "audience": "victim"})["text"] == "一"


def test_staff_read_the_text_aloud_and_the_buttons_themselves(varied):
    message = varied({"language": "zh", "audience": "staff", "staff_language": "en"})
    assert message["text"] == "念" and [b["title"] for b in message["buttons"]] == ["A", "B"]
    assert message["lang"] == "zh"


def test_only_some_buttons(varied):
    assert [b["payload"] for b in varied({"language": "en"}, only=["/b"])["buttons"]] == ["/b"]


@pytest.mark.parametrize(
    ("known", "left"),
    [
        ({}, "abc"),
        ({"for_whom": "self"}, "abc"),
        ({"for_whom": "family"}, "ac"),
        ({"for_whom": "family", "situation": "lost_money"}, "ac"),
    ],
)
def test_under_a_question_only_its_answers_and_what_is_new(pack, domain, known, left):
    response = PackNLG(None, domain, pack).generate_from_slots("utter_question", known, "web")
    assert "".join(b["title"] for b in response["buttons"]) == left
