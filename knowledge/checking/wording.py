"""Where the rules of knowledge/wording.py hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.checking.finding import Finding
from knowledge.checking.shown import shown_texts
from knowledge.pack import Pack
from knowledge.wording import offences

#: Which wording rules do not hold where: a flag and a question may repeat what swindlers say.
REPEATS = (
    "promise",
    "reassurance",
    "odds",
    "percentage",
    "false deadline",
    "minimum amount",
    "hopeless",
    "power",
)
EXEMPT: Mapping[str, tuple[str, ...]] = {
    "name": (*REPEATS, "blame", "victim", "address"),
    "flag": REPEATS,
    "question": (*REPEATS, "blame"),
    "document": ("victim", "address"),
}


def findings(pack: Pack) -> Iterator[Finding]:
    """What no text may say."""
    for field, text, use in shown_texts(pack):
        for language, words in text.items():
            for rule, found in offences(words, language):
                if rule.id not in EXEMPT.get(use, ()):
                    yield f"{field}.{language}", f"`{found}` {rule.message}", rule.severity
