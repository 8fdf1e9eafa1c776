"""Every text of a pack that a person may read. A text that is forgotten here is checked by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.pack import Pack, Text


def shown_texts(pack: Pack) -> Iterator[tuple[str, Text, str]]:
    """Every text a person may read: its field, the text, its use.

    A use is name, text, flag, question, document or dialogue: not every rule holds for each.
    """
    yield "name", pack.name, "name"
    for name, phrase in pack.phrases.items():
        yield f"phrases.{name}", phrase, "text"
    for i, text in enumerate(pack.first_aid):
        yield f"first_aid[{i}]", text, "text"
    for name, text in pack.evidence.items():
        yield f"evidence.{name}", text, "text"
    for contact in pack.contacts.values():
        yield f"contacts[{contact.id}].name", contact.name, "name"
        yield from _parts("contacts", contact, ("where", "hours", "note"), "text")
    for channel in pack.channels.values():
        yield f"channels[{channel.id}].name", channel.name, "name"
    for platform in pack.platforms.values():
        yield f"platforms[{platform.id}].name", platform.name, "name"
    for step in pack.steps.values():
        yield from _parts("steps", step, ("title", "body", "why", "staff", "deadline"), "text")
        for i, limit in enumerate(step.limits):
            yield f"steps[{step.id}].limits[{i}].text", limit.text, "text"
    for flag in pack.red_flags.values():
        yield from _parts("red_flags", flag, ("name", "explanation"), "flag")
    for faq in pack.faq.values():
        yield f"faq[{faq.id}].question", faq.question, "question"
        yield f"faq[{faq.id}].answer", faq.answer, "text"
    for document in pack.documents.values():
        yield from _parts("documents", document, ("title", "body"), "document")
        for name, label in document.fields.items():
            yield f"documents[{document.id}].fields.{name}", label, "document"
    for own in pack.dialogue.values():
        for part in ("labels", "responses", "buttons"):
            for name, words in getattr(own, part).items():
                yield f"dialogue[{own.id}].{part}.{name}", {own.id: words}, "dialogue"


def _parts(kind: str, item: object, names: Iterable[str], use: str) -> Iterator[tuple[str, Text, str]]:
    for name in names:
        text = getattr(item, name)
        if text is not None:
            yield f"{kind}[{item.id}].{name}", text, use  # type: ignore[attr-defined]
