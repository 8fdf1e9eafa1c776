"""A region that is only data: own numbers and a language of its own, through the real servers over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from knowledge.load import load
from tests.chat import Chat, Message
from tests.conversations.test_happy_path import finish_by_buttons
from tests.servers import Running, serving

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "tests" / "regions" / "packs"
OURS = load(PACKS / "xx")
POLICE = OURS.contacts["police"].phone
#: Every number of mainland China: each would send a person of another region astray.
FOREIGN = sorted({c.phone for c in load(ROOT / "knowledge" / "cn").contacts.values() if c.phone})
#: Fields that nobody reads.
CODES = {"id", "slot", "slots", "payload", "values", "kind", "type", "lang", "stage", "checked"}

Talk = Callable[..., Chat]


@pytest.fixture(scope="module")
def testland(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Both servers for the region xx, whose pack lies outside knowledge/."""
    home = tmp_path_factory.mktemp("testland") / "home"
    with serving(home, STEADY_REGION="xx", STEADY_PACKS=str(PACKS)) as running:
        yield running


@pytest.fixture
def talk(testland: Running) -> Iterator[Talk]:
    """Opens a conversation; at the end of the test every message of each is swept for foreign numbers."""
    opened: list[Chat] = []

    def begin(language: str | None) -> Chat:
        opened.append(Chat(testland.url, language).open())
        return opened[-1]

    yield begin
    for chat in opened:
        for text in read_by_a_person([*chat.all, *chat.history(), chat.plan()]):
            for phone in FOREIGN:
                assert not re.search(rf"(?<![\d-]){re.escape(phone)}(?![\d-])", text), f"{phone} in {text!r}"


def read_by_a_person(value: Any) -> Iterator[str]:
    """Every text inside a message that is shown."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in CODES and key != "case":
                yield from read_by_a_person(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from read_by_a_person(inner)


def test_the_sweep_would_find_a_foreign_number() -> None:
    message: Message = {"text": "x", "custom": {"contacts": [{"id": "a", "phone": "110"}]}}
    assert "110" in list(read_by_a_person(message)) and "110" in FOREIGN


@pytest.mark.parametrize("language", OURS.languages)
def test_by_buttons_to_the_plan(talk: Talk, language: str) -> None:
    chat = talk(language)
    assert chat.question == "situation" and str(POLICE) in chat.text
    chat.answer("situation", "lost_money")
    chat.answer("channels", "third_party_payment")
    assert {"first_third_party_payment", "call_the_police"} <= {step["id"] for step in chat.steps}
    finish_by_buttons(chat)
    assert chat.warned
    plan = chat.plan()
    assert plan["language"] == language and plan["case"]["region"] == "xx"
    assert "warn_recovery" in {step["id"] for step in plan["steps"]}
    assert {POLICE, OURS.contacts["zoupay"].phone} <= chat.phones()
    assert {message["lang"] for message in chat.all} == {language}
    assert OURS.phrases["recovery_warning"][language] in chat.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "J’ai été trompé, j’ai envoyé 300 à un escroc avec zoopay"),
        ("en", "I was scammed, I sent 300 to the scammer with zpay"),
        ("zh", "我被骗了，用祖付转了300给骗子"),
    ],
)
def test_in_free_words_with_an_invented_platform(talk: Talk, language: str, said: str) -> None:
    chat = talk(language)
    chat.say(said)
    case = chat.case
    assert case["platforms"] == ["zoupay"] and case["channels"] == ["third_party_payment"], case
    assert case["language"] == language
    assert chat.question not in ("situation", "channels")
    finish_by_buttons(chat)
    assert chat.warned and POLICE in chat.phones()
    assert {message["lang"] for message in chat.all} == {language}


def test_an_amount_without_a_currency_is_in_the_region_s(talk: Talk) -> None:
    chat = talk("fr")
    chat.answer("situation", "lost_money")
    chat.answer("channels", "bank_card")
    chat.answer("channels_complete", "yes")
    chat.answer("platforms", "banque_lunaire")
    chat.answer("elapsed", "days")
    chat.say("300")
    assert chat.case["amount"] == {"value": 300, "currency": "XTS"}


def test_switching_the_language_keeps_every_answer(talk: Talk) -> None:
    chat = talk("fr")
    chat.answer("situation", "lost_money")
    chat.answer("channels", "bank_card")
    before = {name: value for name, value in chat.case.items() if name != "language"}
    asked = chat.question
    for how in ("English please", {"payload": '/switch_language{"language":"zh"}'}, "en français"):
        chat.say(how) if isinstance(how, str) else chat._turn(**how)
        assert chat.question == asked
        assert {name: value for name, value in chat.case.items() if name != "language"} == before
        assert {message["lang"] for message in chat.last} == {chat.case["language"]}
    assert chat.case["language"] == "fr"


def test_french_does_not_count_as_english(talk: Talk) -> None:
    chat = talk("fr")
    chat.answer("situation", "lost_money")
    chat.say("je ne sais plus, mon fils est dans la cuisine avec nous")
    assert chat.case["language"] == "fr"
    chat.say("I think he asked me for it and I paid them")
    assert chat.case["language"] == "en"


def test_a_crisis_in_the_third_language(talk: Talk) -> None:
    chat = talk("fr")
    chat.say("j’ai tout perdu, j’ai envie de mourir")
    assert [card["kind"] for card in chat.cards("warning")] == ["crisis"]
    assert {OURS.contacts[i].phone for i in ("listeners", "police", "ambulance")} <= chat.phones()


def test_what_is_not_translated_is_said_in_the_fallback_and_says_so(talk: Talk) -> None:
    chat = talk("fr")
    chat.answer("situation", "lost_money")
    chat.answer("channels", "cash")
    chat.say("why")
    assert chat.case["language"] == "fr"
    said = [message for message in chat.last if message["lang"] == "en"]
    assert said and said[0].get("text")


def test_an_offer_to_get_it_back_is_flagged_in_the_third_language(talk: Talk) -> None:
    chat = talk("fr")
    chat.say("Bonjour, nous récupérons votre argent en un jour, frais de dossier 50")
    flags = {flag["id"] for card in chat.cards("offer_check") for flag in card["flags"]}
    assert flags == {"promise", "fee"}
    assert chat.warned


def test_the_pages_speak_the_regions_languages(testland: Running) -> None:
    for page in ("/chat/", "/chat/emergency"):
        html = requests.get(f"{testland.url}{page}?lang=fr", timeout=30).text
        assert '<html lang="fr">' in html and str(POLICE) in html
        for language in OURS.languages:
            assert f'data-emergency="{language}"' in html
        for phone in FOREIGN:
            assert f">{phone}<" not in html and f'tel:{phone}"' not in html
    assert requests.get(f"{testland.url}/health", timeout=30).json()["pack"]["id"] == "xx"


def test_another_region_s_language_or_region_is_refused(testland: Running) -> None:
    for body in ({"language": "de"}, {"region": "cn"}):
        assert requests.post(f"{testland.url}/chat/session", json=body, timeout=30).status_code == 400
