"""The generator in a region's own language: translated texts, the fallback for the rest, nothing unfilled."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from knowledge.load import load
from rasa_project import places
from rasa_project.components.nlg import PackNLG

XX = load(Path(__file__).parent / "packs" / "xx")
DOMAIN = Domain.load(str(places.ROOT / "rasa_project" / "domain"))


@pytest.fixture(scope="module")
def nlg() -> PackNLG:
    generator = PackNLG(None, None, XX)
    generator.responses = DOMAIN.responses  # as Rasa does when it has loaded a model
    return generator


#: What actions put into a response.
BY_ACTIONS = {"answers": "x", "steps": "x", "limits": "x", "finished": 1, "left": 2}


def say(nlg: PackNLG, name: str, language: str) -> dict[str, Any]:
    said = nlg.generate_from_slots(name, {"language": language}, "web", **BY_ACTIONS)
    assert said is not None
    return said


@pytest.mark.parametrize("language", XX.languages)
@pytest.mark.parametrize("name", sorted(DOMAIN.responses))
def test_every_response_is_complete_in_every_language(nlg: PackNLG, name: str, language: str) -> None:
    said = say(nlg, name, language)
    texts = [said["text"], *(button["title"] for button in said.get("buttons", ()))]
    assert not [text for text in texts if re.search(r"\{[a-z_0-9]+\}", text)], texts
    assert [b["payload"] for b in said.get("buttons", ())] == [
        b["payload"] for b in say(nlg, name, XX.languages[0]).get("buttons", ())
    ]
    own = language != "fr" or name in XX.dialogue["fr"].responses
    assert said["lang"] == (language if own else XX.dialogue["fr"].fallback)


def test_a_text_in_the_fallback_has_everything_in_the_fallback() -> None:
    french = XX.dialogue["fr"]
    words = {name: text for name, text in french.responses.items() if name != "utter_near_neighbour"}
    changed = replace(XX, dialogue={"fr": replace(french, responses=words)})
    said = say(PackNLG(None, DOMAIN, changed), "utter_near_neighbour", "fr")
    assert said["lang"] == "en"
    assert "the number on the back of your card" in said["text"], "not half of it in French"


def test_cards_are_in_the_language_of_the_conversation(nlg: PackNLG) -> None:
    card = say(nlg, "utter_crisis", "fr")["custom"]
    names = [XX.contacts[i].name["fr"] for i in ("listeners", "ambulance", "police")]
    assert [contact["name"] for contact in card["contacts"]] == names
