"""What there is in a pack, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from knowledge.checking.shown import shown_texts
from knowledge.load import LANGUAGE_NAMES
from knowledge.pack import CONFIDENCES, Pack
from knowledge.readability import medians


def counts(pack: Pack) -> dict[str, str]:
    """What there is: label -> value."""
    texts = [text for _, text, _ in shown_texts(pack)]
    dated = [(f"{id_}", item) for items in (pack.contacts, pack.sources) for id_, item in items.items()]
    oldest = min(dated, key=lambda pair: pair[1].checked, default=None)
    due = min(dated, key=lambda pair: pair[1].review_by, default=None)
    numbers = sum(1 for contact in pack.contacts.values() if contact.phone)
    pages = sum(1 for contact in pack.contacts.values() if contact.pages)
    wordings = (len(words) for faq in pack.faq.values() for words in faq.wordings.values())
    return {
        "contacts": f"{len(pack.contacts)} ({numbers} with a number, {pages} with a page to check it on)",
        "  confidence": _by_confidence(contact.confidence for contact in pack.contacts.values()),
        "platforms": str(len(pack.platforms)),
        "steps": f"{len(pack.steps)} ({_listed(Counter(step.stage for step in pack.steps.values()))})",
        "red flags": str(len(pack.red_flags)),
        "FAQ": f"{len(pack.faq)} ({sum(wordings)} wordings)",
        "documents": str(len(pack.documents)),
        "sources": str(len(pack.sources)),
        "  by trust": _by_confidence(source.confidence for source in pack.sources.values()),
        "never shown": f"{len(pack.never_show)} numbers",
        "texts": ", ".join(
            f"{LANGUAGE_NAMES.get(language, language)} {sum(1 for t in texts if language in t)}"
            for language in pack.languages
        ),
        "readability": medians(pack),
        "oldest check": f"{oldest[1].checked} ({oldest[0]})" if oldest else "none",
        "next review": f"{due[1].review_by} ({due[0]})" if due else "none",
    }


def _by_confidence(confidences: Iterable[str]) -> str:
    found = Counter(confidences)
    return _listed({name: found[name] for name in CONFIDENCES if found[name]})


def _listed(counted: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counted.items())
