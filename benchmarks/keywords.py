"""A plain keyword reader built from the same data: what a list of words alone understands.

Channels: the pack's names and cues, wherever they stand. Amount: the first number with a unit. Intent: the
one with most of its own words in the text; its own are those said there far more than elsewhere.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import yaml  # type: ignore[import-untyped]

from benchmarks import scoring
from knowledge.pack import Pack
from knowledge.reading.language import detect_language
from knowledge.reading.mentions import pack_names
from knowledge.reading.normalise import normalise
from knowledge.reading.numbers import find_numbers
from rasa_project import places as project
from rasa_project.components.text_features import grams

#: How many words stand for an intent.
WORDS = 40
_UNIT = re.compile(r"\s?(?:元|块|yuan|rmb|dollars?)")


def sentences() -> list[tuple[str, str]]:
    """(sentence, intent) of all training data."""
    found = []
    for path in sorted((project.ROOT / "rasa_project/data/nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            found += [(line[2:], block["intent"]) for line in block["examples"].splitlines() if line.strip()]
    return found


def own_words(told: list[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Intent -> the runs of letters said there far more than elsewhere."""
    of_intent: dict[str, Counter[str]] = defaultdict(Counter)
    everywhere: Counter[str] = Counter()
    for text, intent in told:
        runs = {run for run in grams(text) if len(run.strip()) > 1}
        of_intent[intent].update(runs)
        everywhere.update(runs)
    return {
        intent: frozenset(
            sorted(counts, key=lambda run: (-counts[run] * math.log1p(counts[run]) / everywhere[run], run))[
                :WORDS
            ]
        )
        for intent, counts in of_intent.items()
    }


def reader(pack: Pack) -> Callable[[str], dict[str, Any]]:
    """A function from text to a reading with the fields of ``steady understand`` and ``exposure``."""
    words = own_words(sentences())
    names = {normalise(name): target for name, target in pack_names(pack).items()}

    def channel(kind: str, known: str) -> str:
        return known if kind == "channel" else pack.platforms[known].channels[0]

    def read(text: str) -> dict[str, Any]:
        folded = normalise(text)
        runs = set(grams(text))
        hits = {intent: len(runs & own) for intent, own in words.items()}
        best = max(hits, key=lambda intent: hits[intent])
        intent = best if hits[best] else "nlu_fallback"
        money = next((n for n in find_numbers(folded) if n.scaled or _UNIT.match(folded, n.end)), None)
        return {
            "language": detect_language(text),
            "intent": intent,
            "confidence": 1.0,
            "situation": intent if intent in scoring.STARTS - {"crisis", "for_family"} else None,
            "channels": sorted({channel(*target) for name, target in names.items() if name in folded}),
            "platforms": [],
            "amount": {"value": money.value, "currency": "CNY"} if money else None,
            "elapsed": None,
            "exposure": [],
            "recovery_offer": intent == "recovery_offer",
            "crisis": intent == "crisis",
            "in_scope": intent in scoring.STARTS,
        }

    return read
