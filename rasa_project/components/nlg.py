"""The response generator: domain responses with the pack's numbers, phrases and cards in them.

In a response ``{police}`` is the contact of an emergency role, ``{recovery_warning}`` a phrase of the pack,
``{third_party_payment}`` a channel's name, ``{first_aid}`` the first three things to do, ``{languages}`` the
region's languages, ``{amount}`` a slot. (A contact's own id works too, but ties a response to one region.)
Anything else in braces stays as it is, so payloads are written as they are sent:
``/answer{"channels":"cash"}``. Cards that need the pack are written short and completed here, so they work
without the action server:

    custom: {type: contacts, ids: [police, crisis]}      ids are contacts or emergency roles
    custom: {type: warning, kind: crisis}

A response with several variations for the same conditions says them in turn, so that nobody hears the same
sentence twice running; the variation with the most conditions is the one chosen. Under a question, a button
that is no answer to it and says what the case already has is left out. For hotline staff the text, to be read
aloud, is in the caller's language and the buttons are in the staff member's.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from knowledge import cards, labels
from knowledge.pack import Pack
from knowledge.store import open_pack
from rasa_project import dialogue, packs

#: ``{name}``, but not ``{{name}}``, and not the braces of JSON.
VARIABLE = re.compile(r"(?<!\{)\{([A-Za-z_][A-Za-z0-9_]*)\}(?!\})")
#: What the payload of a button that answers begins with; JSON of slots and values follows.
ANSWER = "/answer"
#: Between the languages of a text that is said before the language is known.
BOTH = " / "


class PackNLG(TemplatedNaturalLanguageGenerator):
    """Rasa's own choice of the variation, our own filling. Adds ``lang`` to every response."""

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        pack: Pack | None = None,
    ) -> None:
        """Rasa gives the first two; the pack is the region's compiled one unless given."""
        self.pack = pack or open_pack(packs.database())
        super().__init__(domain.responses if domain else {})
        self._variables = {language: pack_variables(self.pack, language) for language in self.pack.languages}

    @property
    def responses(self) -> dict[str, list[dict[str, Any]]]:
        """The domain's responses, with those in the pack's own languages. Rasa sets them with each model."""
        return self._responses

    @responses.setter
    def responses(self, of_domain: dict[str, list[dict[str, Any]]]) -> None:
        self._responses = dialogue.translated(of_domain, self.pack)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        said = times_said(utter_action, tracker)
        slots = tracker.current_slot_values()
        return self.generate_from_slots(utter_action, slots, output_channel, said=said, **kwargs)

    def generate_from_slots(
        self,
        utter_action: str,
        filled_slots: dict[str, Any],
        output_channel: str,
        said: int = 0,
        only: Collection[str] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The response, filled. ``said``: how often it was said before; ``only``: the buttons to keep."""
        language = filled_slots.get("language")
        response = self._variation(utter_action, filled_slots, output_channel, said)
        if response is None and language not in self.pack.languages:
            # Every variation asks for a language and none is known yet: the first one, never silence.
            language = self.pack.languages[0]
            filled_slots = {**filled_slots, "language": language}
            response = self._variation(utter_action, filled_slots, output_channel, said)
        if response is None:
            return None
        response = self._fill_response(response, filled_slots, **kwargs)
        labels_in = filled_slots.get("staff_language")
        if (
            filled_slots.get("audience") == "staff"
            and labels_in in self.pack.languages
            and labels_in != language
        ):
            for_staff = {**filled_slots, "language": labels_in}
            if twin := self._variation(utter_action, for_staff, output_channel, said):
                buttons = self._fill_response(twin, for_staff, **kwargs).get("buttons")
                response.update({"buttons": buttons} if buttons else {})
        card = response.get("custom")
        if response.get("buttons") and isinstance(card, dict) and (question := card.get("slot")):
            response["buttons"] = [
                b for b in response["buttons"] if not _known(b["payload"], question, filled_slots)
            ]
        if only is not None:
            response["buttons"] = [b for b in response.get("buttons") or () if b["payload"] in only]
        if language in self.pack.languages:
            # An untranslated variation says itself which language it falls back to.
            response.setdefault("lang", language)
        return response

    def _variation(
        self, utter_action: str, slots: dict[str, Any], output_channel: str, said: int
    ) -> dict[str, Any] | None:
        """A copy of the variation to say now: of those that fit best, the one whose turn it is."""
        if utter_action not in self.responses:
            return None
        suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, slots
        )
        if not suitable:
            return None
        most = max(len(v.get("condition") or ()) for v in suitable)
        best = [v for v in suitable if len(v.get("condition") or ()) == most]
        return copy.deepcopy(best[said % len(best)])

    def _fill_response(
        self, response: dict[str, Any], filled_slots: dict[str, Any] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Put the variables in, and complete short cards. Never fails for want of a slot."""
        slots = filled_slots or {}
        language = response.get("lang") or slots.get("language")
        known = self._variables.get(language or "") or both(list(self._variables.values()))
        variables = {**slots, **known, **{k: v for k, v in kwargs.items() if k != "domain_responses"}}
        for key in ("text", "custom", "buttons"):
            if key in response:
                response[key] = fill(response[key], variables)
        if isinstance(response.get("custom"), dict):
            response["custom"] = complete_card(response["custom"], self.pack, self.pack.spoken(language))
        return response


def _known(payload: str, question: str, slots: Mapping[str, Any]) -> bool:
    """Whether a button only says what the case already has, and is no answer to ``question``."""
    if not payload.startswith(ANSWER):
        return False
    answers: dict[str, Any] = json.loads(payload.removeprefix(ANSWER))
    return question not in answers and all(slots.get(slot) == value for slot, value in answers.items())


def times_said(utter_action: str, tracker: DialogueStateTracker) -> int:
    """How often a response was said in this conversation, also in turns that the tracker left out."""
    earlier: Mapping[str, int] = getattr(tracker, "said_earlier", {})
    return earlier.get(utter_action, 0) + sum(
        isinstance(event, BotUttered) and event.metadata.get("utter_action") == utter_action
        for event in tracker.events
    )


def pack_variables(pack: Pack, language: str) -> dict[str, str]:
    """Everything of the pack that a response can name, in one language."""
    contacts = {i: pack.reach(i, language) for i in pack.contacts}
    roles = {role: pack.reach(i, language) for role, i in pack.emergency.items()}
    phrases = {i: pack.fill(text, language) for i, text in pack.phrases.items()}
    steps = [f"{n}. {pack.fill(text, language)}" for n, text in enumerate(pack.first_aid, 1)]
    channels = {i: channel.name[language] for i, channel in pack.channels.items()}
    languages = BOTH.join(labels.language_name(i, pack) for i in pack.languages)
    rest = {"first_aid": "\n".join(steps), "languages": languages}
    return {**contacts, **channels, **roles, **phrases, **rest}


def both(variables: list[dict[str, str]]) -> dict[str, str]:
    """One set of variables for when the language is not known: what is equal is said once."""
    return {name: BOTH.join(dict.fromkeys(v[name] for v in variables)) for name in variables[0]}


def fill(value: Any, variables: Mapping[str, Any]) -> Any:
    """``value`` with the variables put into every text in it. A slot's own braces are not filled."""
    if isinstance(value, str):
        text = VARIABLE.sub(lambda m: _word(variables, m), value)
        # Rasa's own generator wants the braces of JSON doubled; a response may still say it so.
        return text.replace("{{", "{").replace("}}", "}") if "{{" in value else text
    if isinstance(value, dict):
        return {key: fill(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, variables) for item in value]
    return value


def _word(variables: Mapping[str, Any], match: re.Match[str]) -> str:
    name = match.group(1)
    if name not in variables:
        return match.group(0)
    value = variables[name]
    return "" if value is None else str(value)


def complete_card(card: dict[str, Any], pack: Pack, language: str) -> dict[str, Any]:
    """A card written short in a response, with what the pack says; other cards as they are."""
    if card.get("type") == "contacts" and "ids" in card:
        ids = [pack.emergency.get(i, i) for i in card["ids"]]
        return cards.contacts_card(ids, pack, language)
    if card.get("type") == "warning" and card.get("kind") in cards.WARNINGS:
        return {**cards.warning_card(card["kind"], pack, language), **card}
    return card
