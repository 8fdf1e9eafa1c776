"""What a person is told when the dialogue cannot answer: built from the pack alone."""

from __future__ import annotations

from knowledge import cards, labels
from knowledge.pack import Pack
from rasa_project.channels.messages import Message


def emergency_messages(pack: Pack, language: str, retry: str | None = None) -> list[Message]:
    """The first things to do with the emergency contacts, then the warning of the second fraud.

    ``retry`` is the payload that could not be answered; it comes back as a button.
    """
    intro = pack.fill(pack.phrases["emergency_intro"], language)
    steps = [f"{n}. {pack.fill(text, language)}" for n, text in enumerate(pack.first_aid, 1)]
    warning = cards.warning_card("recovery_offer", pack, language)
    last: Message = {"text": warning["text"], "custom": warning, "lang": language}
    if retry:
        last["buttons"] = [{"title": labels.label("try_again", pack, language), "payload": retry}]
    return [
        {
            "text": "\n".join([intro, *steps]),
            "custom": cards.emergency_card(pack, language),
            "lang": language,
        },
        last,
    ]


def masked_notice(pack: Pack, language: str) -> Message:
    """Told after a number or secret was hidden in what the person typed."""
    return {"text": pack.fill(pack.phrases["masked"], language), "lang": language}
