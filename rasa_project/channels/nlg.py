"""The response generator of a server with a hotline: its number for who asks for a person, if it has one."""

from __future__ import annotations

from typing import Any

from rasa_project.components.nlg import PackNLG
from rasa_project.staff import hotline

#: The response to whoever asks for a person.
HUMAN = "utter_human"
#: Said before it; English where a region's own language is not among them.
CALL_US = {
    "zh": "想和真人说话，请打{name} {phone}。",
    "en": "To speak with a person, call {name}: {phone}.",
}
HOURS = {"zh": "接听时间：{hours}。", "en": "It answers: {hours}."}


class HotlineNLG(PackNLG):
    """The pack's responses, with the hotline before :data:`HUMAN`. Not for its own staff's callers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hotline = hotline.load(hotline.path(), self.pack)

    def generate_from_slots(
        self, utter_action: str, filled_slots: dict[str, Any], *args: Any, **kwargs: Any
    ) -> dict[str, Any] | None:
        response = super().generate_from_slots(utter_action, filled_slots, *args, **kwargs)
        if response is None or utter_action != HUMAN or filled_slots.get("audience") == "staff":
            return response
        language = self.pack.spoken(response.get("lang"))
        contact = self.hotline.contact(language)
        if contact is None:
            return response
        said = (CALL_US.get(language) or CALL_US["en"]).format(**contact)
        if contact.get("hours"):
            said += " " * (language != "zh") + (HOURS.get(language) or HOURS["en"]).format(**contact)
        card = response.get("custom") or {"type": "contacts"}
        response["custom"] = {**card, "contacts": [contact, *card.get("contacts", ())]}
        response["text"] = f"{said}\n{response.get('text') or ''}".rstrip()
        return response
