"""The training sentences: both languages equal, nothing twice, nothing from the measuring texts."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
NLU = ROOT / "rasa_project" / "data" / "nlu"
MEASURING = ROOT.parent / "shared" / "eval"  # real texts, kept outside the repository on purpose
OTHER_LANGUAGES = "other_languages.yml"  # routed to help, but not one of the two languages spoken here

MINIMUM = 40
MAX_IMBALANCE = 0.25
TOO_ALIKE = 0.5


class Sentence(NamedTuple):
    text: str
    intent: str
    file: str

    @property
    def language(self) -> str:
        """One Chinese character is enough: mixed sentences come from people who write Chinese."""
        return "zh" if re.search(r"[\u3400-\u9fff]", self.text) else "en"

    @property
    def key(self) -> str:
        """The letters and digits alone: case, spaces and punctuation do not make another sentence."""
        return re.sub(r"[\W_]+", "", self.text.lower()) or self.text


@cache
def sentences() -> tuple[Sentence, ...]:
    yaml = YAML(typ="safe")  # the round-trip default takes seconds on these files
    found = []
    for path in sorted(NLU.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                assert line.startswith("- "), f"{path.name}: not an example: {line!r}"
                found.append(Sentence(line[2:].strip(), block["intent"], path.name))
    return tuple(found)


@cache
def spoken() -> dict[str, Counter[str]]:
    """intent -> how many sentences in each of the two languages."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences():
        if sentence.file != OTHER_LANGUAGES:
            counts[sentence.intent][sentence.language] += 1
    return dict(counts)


def grams(text: str) -> frozenset[str]:
    """The runs of four letters in a key; a shorter text is one run."""
    return frozenset(text[i : i + 4] for i in range(max(1, len(text) - 3)))


def alike(measured: list[frozenset[str]]) -> Iterator[Sentence]:
    """Sentences sharing more than ``TOO_ALIKE`` (Jaccard) of their runs of letters with one measured text."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, runs in enumerate(measured):
        for run in runs:
            holders[run].append(number)
    for sentence in sentences():
        runs = grams(sentence.key)
        shared = Counter(number for run in runs for number in holders.get(run, ()))
        if any(n / (len(runs) + len(measured[i]) - n) > TOO_ALIKE for i, n in shared.items()):
            yield sentence


def test_there_is_training_data() -> None:
    assert len(spoken()) > 20, "no intents were read"


def test_every_intent_has_enough_of_both_languages() -> None:
    few = {intent: dict(n) for intent, n in spoken().items() if min(n["zh"], n["en"]) < MINIMUM}
    assert not few, f"at least {MINIMUM} sentences in each language: {few}"


def test_both_languages_weigh_the_same() -> None:
    uneven = {
        intent: dict(n)
        for intent, n in spoken().items()
        if abs(n["zh"] - n["en"]) > MAX_IMBALANCE * max(n["zh"], n["en"])
    }
    assert not uneven, uneven


def test_every_file_speaks_both_languages() -> None:
    languages = defaultdict(set)
    for sentence in sentences():
        languages[sentence.file].add(sentence.language)
    assert {f for f, found in languages.items() if found != {"zh", "en"}} <= {OTHER_LANGUAGES}


def test_no_sentence_is_written_twice() -> None:
    intents = defaultdict(list)
    for sentence in sentences():
        intents[sentence.key].append((sentence.intent, sentence.text))
    twice = {key: found for key, found in intents.items() if len(found) > 1}
    assert not twice, twice


def test_no_entity_is_annotated() -> None:
    """Entities come from the pack's rules; an annotation here would train a second, different reader."""
    assert not [s for s in sentences() if re.search(r"\[[^\]]*\][({]", s.text)]


def test_nobody_can_be_reached_through_the_training_data() -> None:
    """Sentences about swindlers carry no number, address or handle that somebody might try."""
    reachable = re.compile(r"\d{7,}|https?:|www\.|@\w|\b\w+\.(?:com|net|org|cn|io)\b", re.IGNORECASE)
    assert not [s for s in sentences() if reachable.search(s.text)]


def test_the_measuring_texts_are_not_learnt() -> None:
    if not MEASURING.is_dir():
        pytest.skip("the measuring texts are not here: nothing to compare with")
    rows = [
        row for path in MEASURING.glob("*.jsonl") for row in path.read_text(encoding="utf-8").splitlines()
    ]
    measured = [grams(Sentence(json.loads(row)["text"], "", "").key) for row in rows if row.strip()]
    assert measured, f"no texts in {MEASURING.name}"
    # Only our own side is shown: some of the measured texts must not appear in logs.
    found = [(s.file, s.text) for s in alike(measured)]
    assert not found, found
